// What one attempt asks: its form, its items and the order in which each is shown. Decided once, at the beginning, and the same
// on every device.
import {need, orderOf} from '../player/items.js';
import {draw} from '../rules/drawing.js';
import {form} from '../rules/forms.js';

const isPaired = ({purpose}) => purpose === 'pre' || purpose === 'post';

// Of several assignments of one module the one with the lowest id, so that every device takes the same.
export const assignmentOf = (assignments, module) =>
  assignments.filter((row) => row.module === module).map(({id}) => id).sort()[0] ?? null;

// `attempt`: the id, which is the seed. `assignment`: an id or null.
export async function drawn(test, {attempt, officer, module, assignment}) {
  const chosen = isPaired(test) ? await form(officer, assignment ?? module, test.purpose) : '';
  const ids = chosen ? test.forms[chosen] : await draw(attempt, test.sections);
  const items = ids.map((id) => test.items.find((item) => item.id === id));
  await need(items);
  return {form: chosen, assignment: chosen ? assignment : null, items: await Promise.all(items.map((item) => shown(attempt, item)))};
}

// An item that is not shuffled has no order but its own.
const shown = async (attempt, item) => ({item: item.id, version: item.version ?? 0, order: (await orderOf(attempt, item)) ?? []});
