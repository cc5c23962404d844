// How a scenario is coloured. Colours mean what they mean on the stage: user space blue, the wire's
// bytes teal, errors red, what blocks grey.
import { HighlightStyle, StreamLanguage, type StringStream, syntaxHighlighting } from "@codemirror/language";
import { Tag } from "@lezer/highlight";

const tags = {
  task: Tag.define(),
  call: Tag.define(),
  constant: Tag.define(),
  error: Tag.define(),
  bytes: Tag.define(),
  number: Tag.define(),
  name: Tag.define(),
  point: Tag.define(),
  word: Tag.define(),
  note: Tag.define(),
  meta: Tag.define(),
};

type Place = { after: "start" | "arrow" | "at" | "" };

const token = (stream: StringStream, place: Place): string | null => {
  if (stream.sol()) place.after = "start";
  if (stream.eatSpace()) return null;
  if (stream.sol() && stream.match(/^#:\s*[\w.-]*/)) return "meta";
  if (stream.match("#")) {
    stream.skipToEnd();
    return "note";
  }
  const { after } = place;
  place.after = "";
  if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return "bytes";
  if (stream.match(/^-?(?:0x[\da-fA-F]+|\d+(?:ns|us|ms|s)?)\b/)) return "number";
  if (stream.match(/^[=-]>/)) {
    place.after = "arrow";
    return null;
  }
  if (stream.match("@")) {
    place.after = "at";
    return null;
  }
  if (after === "start" && stream.match(/^[A-Za-z_]\w*(?=\s*(?::|=>))/)) return "task";
  if (stream.match(/^[A-Za-z_]\w*(?=\s*\()/)) return "call";
  if (stream.match(/^(?:advance|continue|blocks|NULL|handler)\b/)) return "word";
  if (after === "at" && stream.match(/^\w+/)) return "point";
  // EPOLLIN is an event and no error: errors have no second meaning.
  if (stream.match(/^E(?!POLL|FD_|PIOC)[A-Z0-9]+\b/)) return "error";
  if (stream.match(/^[A-Z][A-Z0-9_]+\b/)) return "constant";
  if (stream.match(/^[A-Za-z_]\w*/)) return "name";
  stream.next();
  return null;
};

const language = StreamLanguage.define<Place>({
  name: "scenario",
  startState: () => ({ after: "start" }),
  token,
  tokenTable: tags,
  languageData: { commentTokens: { line: "#" }, closeBrackets: { brackets: ["(", "[", "{", '"'] } },
});

const style = HighlightStyle.define([
  { tag: tags.task, color: "var(--user)", fontWeight: "500" },
  { tag: tags.call, color: "var(--ink)", fontWeight: "650" },
  { tag: tags.constant, color: "var(--kernel)" },
  { tag: tags.error, color: "var(--err)" },
  { tag: tags.bytes, color: "var(--wire)" },
  { tag: tags.number, color: "var(--ink)" },
  { tag: tags.name, color: "var(--ink)" },
  { tag: tags.point, color: "var(--call)" },
  { tag: tags.word, color: "var(--dim)", fontWeight: "600" },
  { tag: tags.note, color: "var(--dim)", fontStyle: "italic" },
  { tag: tags.meta, color: "var(--dim)" },
]);

/** Colours and brackets of the format. */
export const scenario = [language, syntaxHighlighting(style)];
