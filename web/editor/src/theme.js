// How the editor looks: the page's custom properties, which cross into the shadow root.
import { EditorView } from "@codemirror/view";

const code = { fontFamily: "var(--mono)", fontSize: "var(--code)", lineHeight: "20px", fontVariantLigatures: "none" };
const field = { border: "1px solid var(--line-control)", borderRadius: "var(--r-1)", backgroundColor: "var(--surface)", color: "var(--ink)", backgroundImage: "none" };
// From edge to edge: the shadows reach under the gutter, which is 38 px wide.
const tinted = (tone) => ({ backgroundColor: `var(--${tone}-tint)`, boxShadow: `-35px 0 0 var(--${tone}-tint), -38px 0 0 var(--${tone})` });
const wavy = (tone) => ({ textDecoration: `underline wavy var(--${tone})`, textDecorationThickness: "1.3px", textUnderlineOffset: "3px", textDecorationSkipInk: "none" });

export const theme = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--surface)", color: "var(--ink)" },
  "&.cm-focused": { outline: "none" },
  "&.cm-focused .cm-gutters": { boxShadow: "inset 2px 0 0 var(--accent)" },
  ".cm-scroller": { ...code, overflow: "auto", scrollbarWidth: "thin", scrollbarColor: "var(--line) transparent" },
  ".cm-content": { padding: "2px 0 12px", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 var(--s-4) 0 var(--s-2)" },
  ".cm-gutters": { backgroundColor: "transparent", border: "0", color: "var(--ink-3)", fontSize: "var(--t-11)" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "38px", padding: "0" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "& > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { backgroundColor: "var(--hover)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--accent) 24%, transparent)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--line-control)" },
  ".cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", color: "var(--remove)" },
  ".is-lit": tinted("accent"),
  ".is-wrong.is-error": tinted("remove"),
  ".is-wrong.is-warning": tinted("change"),
  ".squiggle.is-error": wavy("remove"),
  ".squiggle.is-warning": wavy("change"),
  ".squiggle.is-hint": wavy("ink-3"),
  ".says": { padding: "2px var(--s-4) 4px var(--s-2)", font: "500 var(--t-12) / 18px var(--sans)", whiteSpace: "normal" },
  ".says.is-error": { ...tinted("remove"), color: "var(--remove)" },
  ".says.is-warning": { ...tinted("change"), color: "var(--change)" },
  ".says.is-hint": { color: "var(--ink-2)" },
  ".help": { display: "block", color: "var(--ink-2)", fontWeight: "400" },
  ".fix": { ...field, display: "block", margin: "4px 0", padding: "2px 10px", font: "500 var(--t-12) / 20px var(--sans)", cursor: "pointer" },
  ".fix:focus-visible": { outline: "2px solid var(--accent)", outlineOffset: "2px" },
  ".cm-tooltip": { border: "1px solid var(--line)", borderRadius: "var(--r-2)", backgroundColor: "var(--surface)", color: "var(--ink)", boxShadow: "var(--shadow-over)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { ...code, maxHeight: "240px", maxWidth: "min(640px, 92vw)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent-tint)", color: "var(--ink)" },
  ".cm-completionMatchedText": { textDecoration: "none", color: "var(--accent)" },
  ".cm-completionDetail": { color: "var(--ink-3)", fontStyle: "normal" },
  ".cm-completionInfo": { padding: "6px 10px", font: "400 var(--t-12) / 18px var(--sans)" },
  ".cm-panels": { backgroundColor: "var(--sunken)", color: "var(--ink)", borderColor: "var(--line)" },
  ".cm-panel input, .cm-panel button": { ...field, font: "400 var(--t-12) / 20px var(--sans)" },
  ".cm-panel label": { font: "400 var(--t-12) / 20px var(--sans)" },
  ".cm-searchMatch": { backgroundColor: "var(--change-tint)" },
  ".cm-searchMatch-selected": { backgroundColor: "color-mix(in srgb, var(--change) 30%, transparent)" },
});
