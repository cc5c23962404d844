// What the editor and the page say to each other. Places are offsets in the text, as JavaScript
// counts them; lines count from 1. What is known of the format, the page knows: here nothing is.

/** What is wrong at a place. */
export type Wrong = { from: number; to: number; severity: "error" | "warning"; message: string };

/** What can be typed at a place. */
export type Choice = {
  label: string;
  /** What it is, in the page's words for CodeMirror's icons. */
  kind: "function" | "constant" | "variable" | "class" | "keyword" | "property";
  /** A few words beside it. */
  detail: string;
  /** What is typed for it: text, and fields between it. */
  pieces: Piece[];
};

/** A piece of what a choice types: as it is, or a field to be filled. */
export type Piece = { text: string; field: boolean };

/** All choices for what stands between `from` and the place. */
export type Choices = { from: number; choices: Choice[] };

/** What is known of the word between `from` and `to`. */
export type Help = {
  from: number;
  to: number;
  /** Set in the code's font. */
  title: string;
  about: string;
  /** Names with what each means, under a heading. */
  heading: string;
  rows: { name: string; text: string }[];
};

/** What came of a line. */
export type Result = { line: number; text: string; bad: boolean };

/** What the run has to show in the text. */
export type Shown = { line: number | null; results: Result[]; wrong: Wrong[] };

/** The page's words. */
export type Words = {
  /** The field's name. */
  label: string;
  /** How to use it, for those who do not see the line below. */
  about: string;
  /** CodeMirror's phrases in the reader's language. */
  phrases: Record<string, string>;
};

/** What the editor asks the page, and tells it. */
export type Page = {
  complete(text: string, at: number): Choices | undefined;
  help(text: string, at: number): Help | undefined;
  /** The text in its one canonical form. */
  format(text: string): string;
  /** The text is new; the cursor is on this line. */
  typed(text: string, line: number): void;
  /** The cursor went to another line, by hand. */
  moved(line: number): void;
};
