// Places on a picture, in thousandths of its width and height.
const clamp = (value) => Math.max(0, Math.min(1000, Math.round(value)));

export const pointOn = ({left, top, width, height}, {clientX, clientY}) => ({
  x: clamp(((clientX - left) / width) * 1000),
  y: clamp(((clientY - top) / height) * 1000),
});

const STEPS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};
const CENTRE = {x: 500, y: 500};

// Where an arrow key moves the crosshair: 1 %, with Shift 5 %; null for any other key. Without a crosshair it begins in the middle.
export function stepped(point, {key, shiftKey}) {
  const step = STEPS[key];
  if (!step) return null;
  const far = shiftKey ? 50 : 10;
  const {x, y} = point ?? CENTRE;
  return {x: clamp(x + step[0] * far), y: clamp(y + step[1] * far)};
}

const holds = ({x, y, width, height}, point) =>
  point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height;

// Of areas that lie in one another the smallest is meant.
export function areaAt(areas, point) {
  const hit = areas.filter((area) => holds(area, point));
  return hit.sort((a, b) => a.width * a.height - b.width * b.height)[0] ?? null;
}

export const responseAt = (areas, point) => [areaAt(areas, point)?.id ?? `${point.x},${point.y}`];

// Where the crosshair of a response stands: of an area its middle.
export function pointOf(areas, [given]) {
  if (!given) return null;
  const area = areas.find(({id}) => id === given);
  if (area) return {x: Math.round(area.x + area.width / 2), y: Math.round(area.y + area.height / 2)};
  const [x, y] = given.split(',').map(Number);
  return Number.isFinite(x) && Number.isFinite(y) ? {x, y} : null;
}
