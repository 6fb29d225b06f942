// What number a typed text may be: "1,234" is one and a bit, or a thousand.
import {normalText} from './text.js';

const LONGEST = 40;
const SIGNS = {'٫': '.', '٬': "'", '،': ',', 'ဝ': '0'};
const PLAIN = /^(\d*)(?:[.,](\d+))?$/;
// By thousands, or by lakh and crore.
const GROUPED = [
  /^([1-9]\d{0,2}([ '.,])\d{3}(?:\2\d{3})*)(?:(?!\2)[.,](\d+))?$/,
  /^([1-9]\d?([ '.,])\d{2}(?:\2\d{2})*\2\d{3})(?:(?!\2)[.,](\d+))?$/,
];

const decimal = (sign, whole, part = '') => {
  const number = (whole.replace(/^0+/, '') || '0') + `.${part}`.replace(/\.?0*$/, '');
  return sign === '-' && number !== '0' ? `-${number}` : number;
};

// None, one or two decimals, as texts.
export function readings(text) {
  const typed = normalText(text).replace(/[٫٬،ဝ]/g, (sign) => SIGNS[sign]);
  const [, sign, body] = (typed.length <= LONGEST && /^([+-]?) ?(.+)$/.exec(typed)) || [];
  if (!body) return [];
  const plain = PLAIN.exec(body);
  const found = plain ? [decimal(sign, plain[1], plain[2])] : [];
  const grouped = GROUPED.map((shape) => shape.exec(body)).find(Boolean);
  return grouped ? [...found, decimal(sign, grouped[1].replace(/\D/g, ''), grouped[3])] : found;
}

// The value of a decimal text as [n, places], n / 10 ** places; null where it is none.
const exact = (text) => {
  const [, whole, part = ''] = /^(-?\d+)(?:\.(\d+))?$/.exec(text ?? '') ?? [];
  return whole ? [BigInt(whole + part), part.length] : null;
};

// Whether reading × factor is within the tolerance of the value.
export function near(reading, {factor, value, tolerance}) {
  const parts = [reading, factor, value, tolerance].map(exact);
  if (parts.includes(null)) return false;
  const [[r, rp], [f, fp], [v, vp], [t, tp]] = parts;
  const places = Math.max(rp + fp, vp, tp);
  const at = (n, its) => n * 10n ** BigInt(places - its);
  const off = at(r * f, rp + fp) - at(v, vp);
  return (off < 0n ? -off : off) <= at(t, tp);
}
