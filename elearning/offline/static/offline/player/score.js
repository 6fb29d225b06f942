// How an answer and a test are scored. The same rule as assessments/ on the server: all of it right, or not.
export const isRight = (item, response) =>
  item.choices.every((choice) => choice.correct === response.includes(choice.id));

export function scoreOf(test, responses) {
  const raw = test.questions.filter((item) => isRight(item, responses.get(item.id) ?? [])).length;
  const max = test.questions.length;
  const scaled = max ? raw / max : 0;
  return {raw, max, scaled, success: raw * 100 >= test.pass_mark * max};
}
