// A test as its edition delivers it, in today's format whatever the edition's age (docs/formats.md).
import {normal} from '../rules/items.js';

// The first editions had one kind of test: practice that decides, all questions in their order, as often as one likes.
const OLD = {purpose: 'practice', decides: true, attempts: 0, minutes: 0, one_by_one: false, forms: {}, pair: null};

export function asTest(file) {
  if (!file?.questions) return file;
  const {questions, ...rest} = file;
  const items = questions.map(normal);
  const ids = items.map(({id}) => id);
  return {...rest, ...OLD, items, sections: [{id: file.id, pick: ids.length, items: ids, fixed: true}]};
}

// A test that is not practice comes without its key: nobody can mark it here.
export const hasKey = ({purpose}) => purpose === 'practice';

// Milliseconds; 0 where there is no limit.
export const limitOf = ({minutes}) => (minutes ?? 0) * 60000;

// How many items an attempt asks.
export const asked = ({sections, forms}) =>
  forms.A ? forms.A.length : sections.reduce((sum, {pick}) => sum + pick, 0);
