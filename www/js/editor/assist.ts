// Completion and help: asked of the page, drawn by CodeMirror.
import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  autocompletion,
  snippet,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { hoverTooltip } from "@codemirror/view";
import type { Choice, Help, Page } from "./asks";

/** What a choice types, in the notation of CodeMirror's snippets. */
const template = (choice: Choice): string => {
  const escape = (text: string) => text.replace(/[{}]/g, "\\$&");
  const piece = ({ text, field }: Choice["pieces"][number]) =>
    field ? `#{${escape(text)}}` : escape(text);
  return choice.pieces.map(piece).join("");
};

const completion = (choice: Choice): Completion => ({
  label: choice.label,
  type: choice.kind,
  detail: choice.detail,
  apply: choice.pieces.some((piece) => piece.field)
    ? snippet(template(choice))
    : choice.pieces.map((piece) => piece.text).join(""),
});

const element = (tag: string, className: string, text: string): HTMLElement =>
  Object.assign(document.createElement(tag), { className, textContent: text });

/** The help as it is shown under the pointer. */
const card = (help: Help): HTMLElement => {
  const card = element("div", "cm-help", "");
  card.append(element("code", "cm-help-title", help.title));
  if (help.about) card.append(element("p", "", help.about));
  if (help.rows.length) {
    card.append(element("p", "cm-help-heading", help.heading));
    const list = document.createElement("dl");
    for (const { name, text } of help.rows) {
      list.append(element("dt", "", name), element("dd", "", text));
    }
    card.append(list);
  }
  return card;
};

/** Completion and hover help of a page. */
export const assist = (page: Pick<Page, "complete" | "help">): Extension => {
  const source = (context: CompletionContext): CompletionResult | null => {
    const found = page.complete(context.state.doc.toString(), context.pos);
    if (!found?.choices.length) return null;
    // Where nothing is typed yet, only who asks gets an answer.
    if (found.from === context.pos && !context.explicit) return null;
    const options = found.choices.map((choice, index) => ({ ...completion(choice), boost: -index }));
    return { from: found.from, options, validFor: /^\w*$/ };
  };
  const hover = hoverTooltip((view, pos) => {
    const help = page.help(view.state.doc.toString(), pos);
    if (!help) return null;
    return { pos: help.from, end: help.to, above: true, create: () => ({ dom: card(help) }) };
  });
  return [autocompletion({ override: [source], icons: false, maxRenderedOptions: 60 }), hover];
};

