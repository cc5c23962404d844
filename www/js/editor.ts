// The script editor: loaded when somebody opens it.
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** Puts an editor into an element. */
export const open = (parent: Element, doc: string): EditorView =>
  new EditorView({ parent, state: EditorState.create({ doc }) });
