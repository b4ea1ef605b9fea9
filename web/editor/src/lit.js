// The lit lines: those of the step that the page shows.
import { RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

/** Lights the lines from the first to the last; first 0 lights none. */
export const lit = StateEffect.define();

const line = Decoration.line({ class: "is-lit", attributes: { "aria-current": "step" } });

export const lines = StateField.define({
  create: () => Decoration.none,
  update(now, transaction) {
    for (const effect of transaction.effects) if (effect.is(lit)) now = between(transaction.state.doc, ...effect.value);
    return now.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function between(doc, first, last) {
  const builder = new RangeSetBuilder();
  for (let at = first; at > 0 && at <= Math.min(last, doc.lines); at += 1) {
    const { from } = doc.line(at);
    builder.add(from, from, line);
  }
  return builder.finish();
}
