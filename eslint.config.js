// The learner's app must run on Chrome 90 (facts: docs/client.md). ES2021 syntax only, and none of the names below, which
// that browser does not have.
const LATER_METHODS = {
  at: 'Array.at is Chrome 92',
  findLast: 'findLast is Chrome 97',
  findLastIndex: 'findLastIndex is Chrome 97',
  toSorted: 'toSorted is Chrome 110',
  toReversed: 'toReversed is Chrome 110',
  toSpliced: 'toSpliced is Chrome 110',
  showPopover: 'popover is Chrome 114',
  hidePopover: 'popover is Chrome 114',
  getDirectory: 'OPFS is Chrome 109',
};

const member = (name, message) => ({
  selector: `CallExpression[callee.property.name="${name}"]`,
  message,
});
const of = (object, name, message) => ({
  selector: `MemberExpression[object.name="${object}"][property.name="${name}"]`,
  message,
});

const restricted = [
  ...Object.entries(LATER_METHODS).map(([name, message]) => member(name, message)),
  of('Object', 'hasOwn', 'Object.hasOwn is Chrome 93'),
  of('Object', 'groupBy', 'Object.groupBy is Chrome 117'),
  of('AbortSignal', 'timeout', 'AbortSignal.timeout is Chrome 124'),
  of('AbortSignal', 'any', 'AbortSignal.any is Chrome 116'),
  of('Promise', 'withResolvers', 'Promise.withResolvers is Chrome 119'),
  {
    selector: 'CallExpression[callee.object.name="crypto"][callee.property.name="randomUUID"]:not(IfStatement *)',
    message: 'randomUUID is Chrome 92: ask for it first',
  },
  {selector: 'AssignmentExpression[left.property.name="inert"]', message: 'inert is Chrome 102'},
  {selector: 'AssignmentExpression[left.property.name="innerHTML"]:not([left.object.name="template"])', message: 'only <clean-html> shows markup'},
];

const browser = Object.fromEntries(
  `addEventListener removeEventListener dispatchEvent btoa AbortController Blob BroadcastChannel CompressionStream CustomEvent DOMException Event EventTarget
  HashChangeEvent HTMLElement IDBKeyRange IntersectionObserver Intl Response TextDecoder TextEncoder URL caches clearInterval
  clearTimeout console crypto customElements document fetch history localStorage location navigator performance
  scrollTo sessionStorage setInterval setTimeout window`
    .split(/\s+/)
    .map((name) => [name, 'readonly']),
);

const rules = {
  'no-undef': 'error',
  'no-unused-vars': ['error', {argsIgnorePattern: '^_'}],
  'no-restricted-globals': ['error', {name: 'structuredClone', message: 'structuredClone is Chrome 98'}],
  'no-restricted-syntax': ['error', ...restricted],
  'no-eval': 'error',
  'no-implied-eval': 'error',
  'no-new-func': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  eqeqeq: 'error',
  'max-lines': ['error', {max: 300, skipBlankLines: true, skipComments: true}],
};

module.exports = [
  {
    files: ['elearning/offline/static/offline/**/*.js'],
    languageOptions: {ecmaVersion: 2021, sourceType: 'module', globals: browser},
    rules,
  },
  {
    files: ['elearning/offline/sw.js'],
    languageOptions: {ecmaVersion: 2021, sourceType: 'script', globals: {...browser, self: 'readonly'}},
    rules,
  },
];
