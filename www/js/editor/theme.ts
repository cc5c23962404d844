// How the editor looks: the page's own variables, so that it follows the theme.
import { EditorView } from "@codemirror/view";

const popup = {
  backgroundColor: "var(--panel)",
  color: "var(--ink)",
  border: "1px solid var(--line-2)",
  borderRadius: "8px",
  boxShadow: "0 6px 20px light-dark(#1b203029, #0008)",
};

const button = {
  minHeight: "30px",
  padding: "2px 8px",
  backgroundColor: "var(--panel)",
  backgroundImage: "none",
  border: "1px solid var(--line)",
  borderRadius: "8px",
  color: "var(--ink)",
  font: "inherit",
};

/** The theme. */
export const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--panel)", fontSize: "12px" },
  // The page draws it around the whole.
  "&.cm-focused": { outline: "none" },
  "@media (pointer: coarse)": { "&": { fontSize: "16px" } },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.7", scrollbarWidth: "thin" },
  ".cm-content": { caretColor: "var(--ink)", padding: "6px 0" },
  ".cm-line": { padding: "0 8px 0 6px" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "light-dark(#c5d9fb, #2b4576)",
  },
  ".cm-gutters": { backgroundColor: "var(--panel)", color: "var(--dim)", border: "0" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 4px 0 8px", minWidth: "26px" },
  ".cm-activeLine": { backgroundColor: "var(--soft)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--soft)", color: "var(--ink)" },
  ".cm-line.cm-standing": { backgroundColor: "var(--user-bg)", boxShadow: "inset 3px 0 var(--user)" },
  ".cm-result": { color: "var(--dim)", paddingLeft: "1.5ch", fontSize: ".95em" },
  ".cm-result-bad": { color: "var(--err)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "transparent",
    outline: "1px solid var(--line-2)",
  },
  ".cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket": {
    backgroundColor: "var(--err-bg)",
    color: "var(--err)",
  },
  ".cm-selectionMatch": { backgroundColor: "var(--soft)" },
  ".cm-searchMatch": { backgroundColor: "var(--ready-bg)", outline: "1px solid var(--ready-line)" },
  ".cm-snippetField": { backgroundColor: "var(--soft)", borderRadius: "3px" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--err)",
    textUnderlineOffset: "3px",
  },
  ".cm-lintRange-warning": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--ready-line)",
    textUnderlineOffset: "3px",
  },
  ".cm-lintPoint-error::after": { borderBottomColor: "var(--err)" },
  ".cm-lintPoint-warning::after": { borderBottomColor: "var(--ready-line)" },
  ".cm-gutter-lint": { width: "1em" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0" },
  ".cm-lint-marker": { content: "''", width: ".9em", height: "1.7em" },
  ".cm-lint-marker-error": { content: "'✗'", color: "var(--err)", fontWeight: "700" },
  ".cm-lint-marker-warning": { content: "'!'", color: "var(--ready)", fontWeight: "700" },
  ".cm-tooltip": { ...popup, maxWidth: "min(420px, 92vw)", fontFamily: "system-ui, sans-serif" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "14em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 10px", minHeight: "24px" },
  "@media (pointer: coarse) ": {
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { minHeight: "44px", padding: "10px" },
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--user)",
    color: "var(--panel)",
  },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { color: "var(--dim)", fontStyle: "normal", marginLeft: "1.5ch" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-diagnostic": { padding: "6px 10px", borderLeftWidth: "4px", whiteSpace: "pre-wrap" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--err)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--ready-line)" },
  ".cm-help": { padding: "8px 12px", fontSize: "12.5px", lineHeight: "1.5" },
  ".cm-help-title": { fontFamily: "var(--mono)", fontWeight: "650", overflowWrap: "anywhere" },
  ".cm-help p": { margin: "4px 0 0" },
  ".cm-help-heading": { color: "var(--dim)" },
  ".cm-help dl": {
    display: "grid",
    gridTemplateColumns: "auto minmax(0, 1fr)",
    gap: "1px 10px",
    margin: "2px 0 0",
  },
  ".cm-help dt": { fontFamily: "var(--mono)", color: "var(--err)" },
  ".cm-help dd": { margin: "0" },
  ".cm-panels": { backgroundColor: "var(--soft)", color: "var(--ink)" },
  ".cm-panels.cm-panels-bottom": { borderTop: "1px solid var(--line)" },
  ".cm-panel.cm-search": { padding: "6px 28px 6px 8px", fontSize: "12px" },
  ".cm-panel.cm-search label": { display: "inline-flex", alignItems: "center", minHeight: "24px" },
  ".cm-textfield": { ...button, minHeight: "28px", fontSize: "inherit" },
  ".cm-button": button,
  ".cm-panel button[name=close]": { minWidth: "24px", minHeight: "24px", color: "var(--ink)" },
  ".cm-panel.cm-panel-lint ul [aria-selected]": { backgroundColor: "var(--user-bg)" },
});
