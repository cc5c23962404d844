// The script editor: CodeMirror 6, loaded when somebody opens it. It holds the text while it is
// typed; what the text means is the page's to say, see editor/asks.ts.
//
// It lives in a shadow root: there CodeMirror adopts constructed style sheets, which the content
// security policy allows, instead of writing <style> elements, which it forbids.
import {
  acceptCompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, isolateHistory } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension, Transaction } from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import type { Page, Shown, Words } from "./editor/asks";
import { assist } from "./editor/assist";
import { scenario } from "./editor/language";
import { marks, show } from "./editor/marks";
import { theme } from "./editor/theme";

/** How long nothing is typed before the page is told, in ms. */
const REST_MS = 300;

/** An open editor. */
export class Editor {
  readonly #page: Page;
  readonly #view: EditorView;
  readonly #words = new Compartment();
  #timer: number | undefined;
  #closed = false;
  /** The line that the page knows the cursor to be on. */
  #line = 1;

  constructor(host: Element, text: string, words: Words, page: Page) {
    this.#page = page;
    const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    this.#view = new EditorView({
      parent: root,
      root,
      state: EditorState.create({ doc: text, extensions: this.#extensions(words) }),
    });
    addEventListener("pagehide", this.flush);
    // The page's shortcuts cannot see that somebody types in here.
    host.addEventListener("keydown", (event) => event.stopPropagation());
  }

  #extensions(words: Words): Extension {
    return [
      lineNumbers(),
      lintGutter(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      bracketMatching(),
      closeBrackets(),
      search(),
      EditorView.lineWrapping,
      scenario,
      marks,
      theme,
      assist({
        complete: (text, at) => (this.#closed ? undefined : this.#page.complete(text, at)),
        help: (text, at) => (this.#closed ? undefined : this.#page.help(text, at)),
      }),
      this.#words.of(said(words)),
      keymap.of([
        { key: "Shift-Alt-f", run: () => this.format() },
        // With no completion open, Tab goes on to what follows the editor.
        { key: "Tab", run: acceptCompletion },
        ...closeBracketsKeymap,
        ...defaultKeymap,
        ...historyKeymap,
        ...searchKeymap,
        ...completionKeymap,
        ...lintKeymap,
      ]),
      // Whoever turns to the stage finds the run there that the text makes.
      EditorView.domEventHandlers({ blur: this.flush }),
      EditorView.updateListener.of((update) => {
        const own = update.transactions.some((each) => each.annotation(Transaction.remote));
        if (update.docChanged && !own) {
          clearTimeout(this.#timer);
          this.#timer = setTimeout(this.flush, REST_MS);
        } else if (update.selectionSet && update.state.selection.main.empty && !own && this.#timer === undefined) {
          const line = this.#cursor();
          if (line !== this.#line) {
            this.#line = line;
            this.#page.moved(line);
          }
        }
      }),
    ];
  }

  #cursor(): number {
    const { doc, selection } = this.#view.state;
    return doc.lineAt(selection.main.head).number;
  }

  /** Tells the page now what it does not know yet. */
  readonly flush = (): void => {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#line = this.#cursor();
    this.#page.typed(this.#view.state.doc.toString(), this.#line);
  };

  /** The script became another one elsewhere: only what differs is replaced. It can be undone here. */
  setText(text: string): void {
    if (this.#timer !== undefined) return;
    const old = this.#view.state.doc.toString();
    if (old === text) return;
    let from = 0;
    while (from < old.length && from < text.length && old[from] === text[from]) from += 1;
    let [oldEnd, newEnd] = [old.length, text.length];
    while (oldEnd > from && newEnd > from && old[oldEnd - 1] === text[newEnd - 1]) {
      oldEnd -= 1;
      newEnd -= 1;
    }
    this.#view.dispatch({
      changes: { from, to: oldEnd, insert: text.slice(from, newEnd) },
      annotations: Transaction.remote.of(true),
    });
  }

  /** Shows where the run stands, what came of the lines, and what is wrong. */
  show(shown: Shown): void {
    const { state } = this.#view;
    const end = state.doc.length;
    const wrong = shown.wrong.map((one) => ({
      ...one,
      from: Math.min(one.from, end),
      to: Math.min(one.to, end),
    }));
    this.#view.dispatch({ effects: show.of(shown) }, setDiagnostics(state, wrong));
    if (shown.line !== null && shown.line <= state.doc.lines && !this.#view.hasFocus) {
      const { from } = state.doc.line(shown.line);
      this.#view.dispatch({ effects: EditorView.scrollIntoView(from, { y: "nearest", yMargin: 40 }) });
    }
  }

  /** Says everything in another language. */
  setWords(words: Words): void {
    this.#view.dispatch({ effects: this.#words.reconfigure(said(words)) });
  }

  /** Writes the text in its canonical form. */
  format(): boolean {
    const { doc, selection } = this.#view.state;
    const old = doc.toString();
    const text = this.#page.format(old);
    if (text === old) return true;
    const line = doc.lineAt(selection.main.head);
    const column = selection.main.head - line.from;
    this.#view.dispatch({
      changes: { from: 0, to: doc.length, insert: text },
      annotations: isolateHistory.of("full"),
    });
    const now = this.#view.state.doc;
    const place = now.line(Math.min(line.number, now.lines));
    this.#view.dispatch({ selection: { anchor: Math.min(place.from + column, place.to) } });
    this.flush();
    return true;
  }

  /** Puts the cursor into the text. */
  focus(): void {
    this.#view.focus();
  }

  /** Tells what was typed last, and goes. */
  close(): void {
    removeEventListener("pagehide", this.flush);
    this.flush();
    // CodeMirror may ask for completions a moment after it was destroyed; the page's functions are gone then.
    this.#closed = true;
    this.#view.destroy();
  }
}

/** What the field is called, and CodeMirror's own words. */
const said = (words: Words): Extension => [
  EditorState.phrases.of(words.phrases),
  EditorView.contentAttributes.of({
    "aria-label": words.label,
    "aria-description": words.about,
    // A field that can be edited has the focus anyway; that it has is told to who looks for it.
    tabindex: "0",
    autocapitalize: "off",
    spellcheck: "false",
  }),
];

/** Puts an editor into an element. */
export const open = (host: Element, text: string, words: Words, page: Page): Editor =>
  new Editor(host, text, words, page);
