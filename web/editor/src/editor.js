// The editor of the page: CodeMirror 6 in a shadow root, so that its style sheets are adopted and the content policy holds.
//
// What the page calls (web/page/src/widgets/editor.rs); places are {line, column}, both from 1, columns in UTF-16 units:
//
//   create(host, { edited(path, text), fixed(path, index), left(back) }) -> editor
//       `host` is an empty element. `edited` on every change by the user, `fixed` when the button of a diagnostic's fix is
//       pressed (index into the diagnostics last given), `left` on F6, and with `back` on Shift-F6. Escape-then-Tab leaves it too, by itself.
//   editor.show(path, text, kind)        kind "python" | "sql" | "ini" | "mako" | "text"; each path keeps its own undo
//                                        history, selection and scroll; a text that differs from the one shown is taken over
//   editor.forget(path)                  the file is gone or has another name
//   editor.light(first, last)            lit lines, first 0 for none: class is-lit, aria-current="step"; scrolled into sight
//   editor.diagnose(items)               [{start, end, severity: "error"|"warning"|"hint", message, help, fix: title|null}]
//                                        of the path shown; the message stands under the line as in the mock (.says)
//   editor.sight(line)                   scrolls there and leaves cursor and focus alone
//   editor.reveal(line, column)          moves the cursor there and scrolls
//   editor.focus(), editor.destroy()
//
// Colours come from the page's custom properties (--code-keyword and so on), which cross into a shadow root.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { search, searchKeymap } from "@codemirror/search";
import { Annotation, EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { diagnostics, diagnosed } from "./diagnostics.js";
import { language } from "./language.js";
import { lines, lit } from "./lit.js";
import { offset } from "./place.js";
import { theme } from "./theme.js";

// On a phone a lit line is read whole, and nothing is scrolled sideways for it.
const narrow = matchMedia("(max-width: 860px)");

// What the page itself wrote into the editor is no news to it.
const taken = Annotation.define();

/** An editor inside `host`, which becomes a shadow root: its style sheets are adopted, as the content policy asks. */
export function create(host, hooks) {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open", delegatesFocus: true });
  const editor = new Editor(root, hooks);
  host.addEventListener("keydown", keepInside);
  return editor;
}

// The page's keys are single letters and arrows: what is typed here is not for it, unless a modifier says so.
function keepInside(event) {
  if (!event.altKey && !event.ctrlKey && !event.metaKey && event.key !== "F6") event.stopPropagation();
}

class Editor {
  constructor(root, hooks) {
    this.hooks = hooks;
    this.path = null;
    this.states = new Map();
    this.view = new EditorView({ root, parent: root });
  }

  show(path, text, kind) {
    if (path !== this.path) this.open(path, text, kind);
    else this.takeOver(text);
  }

  forget(path) {
    this.states.delete(path);
    if (path === this.path) this.path = null;
  }

  light(first, last) {
    this.view.dispatch({ effects: lit.of([first, last]) });
    if (first > 0) this.sight(first);
  }

  diagnose(items) {
    this.view.dispatch({ effects: diagnosed.of(items) });
  }

  sight(line) {
    const at = offset(this.view.state.doc, { line, column: 1 });
    this.view.dispatch({ effects: EditorView.scrollIntoView(at, { y: "center" }) });
  }

  reveal(line, column) {
    this.view.dispatch({ selection: { anchor: offset(this.view.state.doc, { line, column }) } });
    this.sight(line);
    this.view.focus();
  }

  focus() {
    this.view.focus();
  }

  destroy() {
    this.view.destroy();
  }

  open(path, text, kind) {
    if (this.path !== null) this.states.set(this.path, { state: this.view.state, scroll: this.view.scrollSnapshot() });
    const before = this.states.get(path);
    this.path = path;
    this.view.setState(before?.state ?? this.fresh(path, text, kind));
    this.takeOver(text);
    if (before) this.view.dispatch({ effects: before.scroll });
  }

  // Replaces what differs and nothing around it, so that the cursor and the undo history stay.
  takeOver(text) {
    const now = this.view.state.doc.toString();
    if (now === text) return;
    const most = Math.min(now.length, text.length);
    let start = 0;
    while (start < most && now[start] === text[start]) start += 1;
    let end = 0;
    while (end < most - start && now[now.length - 1 - end] === text[text.length - 1 - end]) end += 1;
    const changes = { from: start, to: now.length - end, insert: text.slice(start, text.length - end) };
    this.view.dispatch({ changes, annotations: taken.of(true) });
  }

  fresh(path, text, kind) {
    const label = EditorView.contentAttributes.of({ "aria-label": path, spellcheck: "false", tabindex: "0" });
    return EditorState.create({ doc: text, extensions: [label, language(kind), this.habits()] });
  }

  habits() {
    return [
      lineNumbers(),
      narrow.matches ? EditorView.lineWrapping : [],
      highlightActiveLineGutter(),
      highlightSpecialChars(),
      history(),
      drawSelection(),
      indentOnInput(),
      indentUnit.of("    "),
      EditorState.tabSize.of(4),
      bracketMatching(),
      closeBrackets(),
      autocompletion({ icons: false }),
      search({ top: true }),
      lines,
      diagnostics((index) => this.hooks.fixed(this.path, index)),
      theme,
      Prec.highest(keymap.of(this.leaving())),
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
      EditorView.updateListener.of((update) => this.updated(update)),
    ];
  }

  // F6 walks through the panes; Alt with an arrow is the page's own, and steps through the migrations.
  leaving() {
    const leave = (back) => () => (this.hooks.left(back), true);
    const pass = () => true;
    return [
      { key: "F6", run: leave(false), shift: leave(true) },
      { key: "Alt-ArrowLeft", run: pass, shift: pass },
      { key: "Alt-ArrowRight", run: pass, shift: pass },
    ];
  }

  updated(update) {
    if (update.docChanged && !update.transactions.some((each) => each.annotation(taken))) {
      this.hooks.edited(this.path, update.state.doc.toString());
    }
  }
}
