// What the run shows in the text: the line at which it stands, and behind each line what came of it.
import { type Range, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";
import type { Shown } from "./asks";

/** The run stands elsewhere, or another one is shown. */
export const show = StateEffect.define<Shown>();

class ResultWidget extends WidgetType {
  constructor(
    readonly text: string,
    readonly bad: boolean,
  ) {
    super();
  }

  override eq(other: ResultWidget): boolean {
    return other.text === this.text && other.bad === this.bad;
  }

  /** A click on it is one on its line. */
  override ignoreEvent(): boolean {
    return false;
  }

  override toDOM(): HTMLElement {
    const span = document.createElement("span");
    span.className = this.bad ? "cm-result cm-result-bad" : "cm-result";
    span.textContent = this.text;
    return span;
  }
}

const standing = Decoration.line({ class: "cm-standing", attributes: { "aria-current": "step" } });

/** Keeps the marks, and moves them with what is typed until the run knows better. */
export const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, transaction) {
    let next = set.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(show)) continue;
      const { doc } = transaction.state;
      const ranges: Range<Decoration>[] = [];
      const { line, results } = effect.value;
      if (line !== null && line <= doc.lines) ranges.push(standing.range(doc.line(line).from));
      for (const result of results) {
        if (result.line > doc.lines) continue;
        const widget = new ResultWidget(result.text, result.bad);
        ranges.push(Decoration.widget({ widget, side: 1 }).range(doc.line(result.line).to));
      }
      next = Decoration.set(ranges, true);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});
