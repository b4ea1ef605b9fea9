// What is wrong, at its place: a squiggle under the words, the sentence under the line, and the button that mends it.
import { Facet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, WidgetType } from "@codemirror/view";
import { offset } from "./place.js";

/** Replaces the diagnostics: [{start, end, severity, message, help, fix}]. */
export const diagnosed = StateEffect.define();

const fixing = Facet.define();

/** The extension; `fixed(index)` is called when the button of a fix is pressed. */
export const diagnostics = (fixed) => [field, fixing.of(fixed)];

const field = StateField.define({
  create: () => Decoration.none,
  update(now, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(diagnosed)) return marks(transaction.newDoc, effect.value);
    }
    return now.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function marks(doc, items) {
  const ranges = items.flatMap((item, index) => mark(doc, item, index));
  return Decoration.set(ranges, true);
}

function mark(doc, item, index) {
  const from = offset(doc, item.start);
  const line = doc.lineAt(from);
  // Something is always underlined, even where the place is empty.
  const to = Math.max(offset(doc, item.end), Math.min(from + 1, line.to));
  const kind = `is-${item.severity}`;
  const says = Decoration.widget({ widget: new Says(item, index), side: 1, block: true }).range(line.to);
  const found = [Decoration.line({ class: `is-wrong ${kind}` }).range(line.from), says];
  return to > from ? [...found, Decoration.mark({ class: `squiggle ${kind}` }).range(from, to)] : found;
}

class Says extends WidgetType {
  constructor(item, index) {
    super();
    this.item = item;
    this.index = index;
  }

  eq(other) {
    return other.index === this.index && JSON.stringify(other.item) === JSON.stringify(this.item);
  }

  toDOM(view) {
    const { severity, message, help, fix } = this.item;
    const says = document.createElement("div");
    says.className = `says is-${severity}`;
    says.append(message);
    if (help) says.append(element("span", "help", help));
    if (fix) says.append(this.button(view, fix));
    return says;
  }

  button(view, title) {
    const button = element("button", "fix", title);
    button.type = "button";
    button.onclick = () => view.state.facet(fixing).forEach((fixed) => fixed(this.index));
    return button;
  }

  // The button is the page's, not the text's.
  ignoreEvent() {
    return true;
  }
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
