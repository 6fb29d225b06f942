// An item in today's format, and what xAPI calls its kind.
const INTERACTIONS = {
  order: 'sequencing',
  match: 'matching',
  groups: 'matching',
  gaps: 'fill-in',
  short: 'fill-in',
  number: 'numeric',
  long: 'long-fill-in',
};

// Those of the first editions have `correct` and `feedback` in each choice.
export function normal(item) {
  const choices = item.choices ?? [];
  if ('key' in item || !choices.some((choice) => 'correct' in choice)) return item;
  const key = {
    right: choices.filter(({correct}) => correct).map(({id}) => id),
    feedback: Object.fromEntries(choices.map(({id, feedback = ''}) => [id, feedback])),
    scoring: 'all',
  };
  const old = {version: 0, objective: null, difficulty: 2, confidence: false, shuffle: false};
  return {...old, ...item, choices: choices.map(({id, text}) => ({id, text})), key};
}

// A number with a unit to choose is no kind that xAPI knows.
export const interaction = ({kind, units = []}) => (kind === 'number' && units.length > 1 ? 'other' : INTERACTIONS[kind] ?? 'choice');
