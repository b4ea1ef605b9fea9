// Places: {line, column}, both from 1, columns in UTF-16 units, as the page counts them.

/** The offset of a place in the document; a place that is not there becomes the nearest that is. */
export function offset(doc, { line, column }) {
  const found = doc.line(Math.max(1, Math.min(line, doc.lines)));
  return Math.min(found.from + Math.max(0, column - 1), found.to);
}
