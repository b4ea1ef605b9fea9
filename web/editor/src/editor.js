// The editor of the page: CodeMirror 6 in a shadow root, so that its style sheets are adopted and the content policy holds.
//
// What the page calls (web/page/src/widgets/editor.rs); places are {line, column}, both from 1, columns in UTF-16 units:
//
//   create(host, { edited(path, text), fixed(path, index), left() }) -> editor
//       `host` is an empty element. `edited` on every change by the user, `fixed` when the button of a diagnostic's fix is
//       pressed (index into the diagnostics last given), `left` on Escape-then-Tab or F6, which leave the editor.
//   editor.show(path, text, kind)        kind "python" | "sql" | "ini" | "mako" | "text"; each path keeps its own undo
//                                        history, selection and scroll; a text that differs from the one shown is taken over
//   editor.forget(path)                  the file is gone or has another name
//   editor.light(first, last)            lit lines, first 0 for none: class is-lit, aria-current="step"; scrolled into sight
//   editor.diagnose(items)               [{start, end, severity: "error"|"warning"|"hint", message, help, fix: title|null}]
//                                        of the path shown; the message stands under the line as in the mock (.says)
//   editor.reveal(line, column)          moves the cursor there and scrolls
//   editor.focus(), editor.destroy()
//
// Colours come from the page's custom properties (--code-keyword and so on), which cross into a shadow root.
export function create() {}
