// The app's language: texts by gettext (an English text is its own key), plural rules, dates and numbers. English needs no
// request. Numbers keep Latin digits in every language, as in the sources the officers read.
const KEY = 'language';
const CONTEXT = '\u0004';

// The same rules as elearning/languages.py; languages that are not named have one form.
const few = (n) => n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14);
const one = (n) => n % 10 === 1 && n % 100 !== 11;
const oneOrMore = (n) => (n === 1 ? 0 : 1);
const PLURALS = {
  en: oneOrMore,
  ur: oneOrMore,
  si: oneOrMore,
  mk: (n) => (one(n) ? 0 : 1),
  sr: (n) => (one(n) ? 0 : few(n) ? 1 : 2),
};
// Chromium has no dates in these languages and would write them in the system's: numbers only, in the order of CLDR.
const DATES = {my: 'd-m-y', km: 'd/m/y', lo: 'd/m/y', mk: 'd.m.y', si: 'y-m-d'};
const NUMBERS = {mk: 'sr', 'zh-hans': 'zh-Hans'};

const offered = JSON.parse(document.getElementById('languages')?.textContent ?? '[]');
let code = 'en';
let catalogue = {};

export const languages = () => offered;
export const language = () => code;
export const nameOf = (wanted) => offered.find((entry) => entry.code === wanted)?.name ?? wanted;
// Its own name, and beside it what the language in force calls it, for readers whose tablet lacks its script.
export function bothNames({name, english}) {
  const here = look(english) || english;
  return here.toLowerCase() === name.toLowerCase() ? [name] : [name, here];
}
export const directionOf = (wanted) => offered.find((entry) => entry.code === wanted)?.direction ?? 'ltr';

// What this tablet was set to, else what the visitor chose on the site, else what the browser asks for, else English.
export function deviceLanguage() {
  const cookie = /(?:^|; )language=([\w-]+)/.exec(document.cookie)?.[1];
  const wishes = [localStorage.getItem(KEY), cookie, ...navigator.languages].filter(Boolean).map((wish) => wish.toLowerCase());
  for (const wish of wishes) {
    const exact = offered.find((entry) => entry.code === wish);
    const near = exact ?? offered.find((entry) => entry.code.split('-')[0] === wish.split('-')[0]);
    if (near) return near.code;
  }
  return 'en';
}

export const keepOnDevice = (wanted) => localStorage.setItem(KEY, wanted);

// False when the language's texts are not on this tablet and can't be fetched now: the language stays as it was.
export async function setLanguage(wanted) {
  const entry = offered.find((candidate) => candidate.code === wanted);
  if (!entry) return false;
  if (wanted !== code || !Object.keys(catalogue).length) {
    const texts = wanted === 'en' ? {} : await load(entry.catalogue);
    if (!texts) return false;
    catalogue = texts;
    code = wanted;
  }
  document.documentElement.lang = wanted;
  document.documentElement.dir = entry.direction;
  addFonts(entry);
  return true;
}

async function load(url) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 15000);
  try {
    const response = await fetch(url, {signal: controller.signal, credentials: 'omit'});
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

// Also for content in another language than the page's.
export function addFonts({fonts}) {
  if (!fonts || document.querySelector(`link[href="${fonts}"]`)) return;
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = fonts;
  document.head.append(link);
}

export function needFonts(wanted) {
  addFonts(offered.find((entry) => entry.code === wanted) ?? {});
}

const look = (key) => {
  const found = catalogue[key];
  return Array.isArray(found) ? found[0] : found;
};

export const gettext = (text) => look(text) || text;
export const pgettext = (context, text) => look(context + CONTEXT + text) || text;

export function ngettext(singular, plural, count) {
  const forms = catalogue[singular];
  if (!forms) return count === 1 ? singular : plural;
  if (!Array.isArray(forms)) return forms;
  return forms[(PLURALS[code] ?? (() => 0))(count)] || forms[forms.length - 1];
}

// "%(count)s answers" with {count: 7}.
export const interpolate = (text, values) =>
  text.replace(/%\((\w+)\)s/g, (whole, name) => (name in values ? String(values[name]) : whole));

const locale = () => `${NUMBERS[code] ?? (DATES[code] ? 'en' : code)}-u-nu-latn-ca-gregory`;
const two = (n) => String(n).padStart(2, '0');

// A date without a time is a day, not midnight in Greenwich.
const dayOf = (date) => new Date(/^\d{4}-\d\d-\d\d$/.test(date) ? `${date}T00:00` : date);

export function formatDate(date) {
  const at = dayOf(date);
  if (!DATES[code]) return new Intl.DateTimeFormat(locale(), {day: 'numeric', month: 'long', year: 'numeric'}).format(at);
  const values = {d: two(at.getDate()), m: two(at.getMonth() + 1), y: at.getFullYear()};
  return DATES[code].replace(/[dmy]/g, (letter) => values[letter]);
}

const formatTime = (date) => `${two(date.getHours())}:${two(date.getMinutes())}`;

export function formatDateTime(date) {
  const at = new Date(date);
  const values = {date: formatDate(at), time: formatTime(at)};
  if (at.toDateString() === new Date().toDateString()) return interpolate(gettext('today %(time)s'), values);
  return interpolate(gettext('%(date)s %(time)s'), values);
}

export const formatNumber = (number, options) => new Intl.NumberFormat(locale(), options).format(number);
// A share of 0.79 or 0.795 is 79 %: a score is never rounded up to a pass.
export const formatPercent = (share) => formatNumber(Math.floor(share * 100 + 1e-9) / 100, {style: 'percent'});

export function formatSize(bytes) {
  if (bytes >= 1e9) return interpolate(gettext('%(size)s GB'), {size: formatNumber(bytes / 1e9, {maximumFractionDigits: 1})});
  if (bytes >= 1e6) return interpolate(gettext('%(size)s MB'), {size: formatNumber(bytes / 1e6, {maximumFractionDigits: 1})});
  return interpolate(gettext('%(size)s KB'), {size: formatNumber(Math.ceil(bytes / 1e3))});
}
