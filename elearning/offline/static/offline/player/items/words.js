// How many words a text has: by the browser's dictionary where it has one, for the scripts that part no words.
const segmenters = new Map();

function segmenter(language) {
  if (!Intl.Segmenter) return null;
  if (!segmenters.has(language)) segmenters.set(language, new Intl.Segmenter(language, {granularity: 'word'}));
  return segmenters.get(language);
}

export function countWords(text, language) {
  const cut = segmenter(language);
  if (!cut) return text.split(/\s+/).filter(Boolean).length;
  let count = 0;
  for (const {isWordLike} of cut.segment(text)) if (isWordLike) count += 1;
  return count;
}
