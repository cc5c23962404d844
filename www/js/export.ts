// The stage as a picture, and files for the reader: loaded when somebody asks for one.
import { GIFEncoder, applyPalette, quantize } from "gifenc";
import { domToCanvas, domToForeignObjectSvg } from "modern-screenshot";

/** No picture has more pixels. */
const MOST_PIXELS = 16_000_000;
/** No animation is wider, in pixels. */
const WIDEST = 960;
/** No animation is larger, in bytes; the page says so too. */
const MOST_BYTES = 8 * 1024 * 1024;
/** How long a frame stays, in ms. */
const FRAME_MS = 700;
const LAST_FRAME_MS = 2000;

/** The page has no fonts of its own; looking for some would break its content security policy. */
const plain = { font: false } as const;

const stage = () => {
  const node = document.querySelector<HTMLElement>(".canvas");
  if (!node || node.offsetWidth === 0) throw new Error("the stage is not on the page");
  const width = Math.max(node.offsetWidth, node.scrollWidth);
  const height = Math.max(node.offsetHeight, node.scrollHeight);
  const backgroundColor = getComputedStyle(document.body).backgroundColor;
  return { node, width, height, backgroundColor };
};

const canvas = async (scale: (width: number, height: number) => number) => {
  const { node, width, height, backgroundColor } = stage();
  const options = { ...plain, width, height, backgroundColor, scale: scale(width, height) };
  return domToCanvas(node, options);
};

const save = (name: string, content: Blob) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has begun to read it long before.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

/** Saves a text. */
export const text = (name: string, content: string) =>
  save(name, new Blob([content], { type: "text/plain;charset=utf-8" }));

/** Saves the stage as SVG. */
export const svg = async (name: string) => {
  const { node, width, height, backgroundColor } = stage();
  const drawn = await domToForeignObjectSvg(node, { ...plain, width, height, backgroundColor });
  const content = new XMLSerializer().serializeToString(drawn);
  save(name, new Blob([content], { type: "image/svg+xml" }));
};

/** Saves the stage as PNG, twice as fine as it is on the page. */
export const png = async (name: string) => {
  const fit = (width: number, height: number) =>
    Math.min(2, Math.sqrt(MOST_PIXELS / (width * height)));
  const drawn = await canvas(fit);
  const content = await new Promise<Blob | null>((done) => drawn.toBlob(done, "image/png"));
  if (!content) throw new Error("the browser made no picture");
  save(name, content);
};

/** Waits until what was told to the page is on it. */
export const drawn = () =>
  new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done, 60)));

/** An animation in the making. */
export class Recorder {
  #encoder = GIFEncoder();
  #size: { width: number; height: number } | undefined;

  /** Adds the stage as it is now; whether there is room for more. */
  async frame(isLast: boolean): Promise<boolean> {
    const picture = await canvas((width) => Math.min(1, WIDEST / width));
    this.#size ??= { width: picture.width, height: picture.height };
    const { width, height } = this.#size;
    const sheet = document.createElement("canvas");
    Object.assign(sheet, this.#size);
    const pen = sheet.getContext("2d", { willReadFrequently: true });
    if (!pen) throw new Error("the browser has no canvas to draw on");
    pen.fillStyle = getComputedStyle(document.body).backgroundColor;
    pen.fillRect(0, 0, width, height);
    // A stage that has grown since the first frame is made to fit.
    const fit = Math.min(1, width / picture.width, height / picture.height);
    pen.drawImage(picture, 0, 0, picture.width * fit, picture.height * fit);
    const { data } = pen.getImageData(0, 0, width, height);
    const palette = quantize(data, 256);
    const index = applyPalette(data, palette);
    const delay = isLast ? LAST_FRAME_MS : FRAME_MS;
    this.#encoder.writeFrame(index, width, height, { palette, delay });
    return this.#encoder.bytesView().length < MOST_BYTES;
  }

  save(name: string) {
    this.#encoder.finish();
    save(name, new Blob([this.#encoder.bytes()], { type: "image/gif" }));
  }
}

export const recorder = () => new Recorder();
