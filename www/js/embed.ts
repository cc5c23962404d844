// What a figure learns from the page that it stands in: whether it is seen, and which theme the host
// has. Loaded by figures only.

type Figure = {
  /** It came into sight, or went. */
  seen(is: boolean): void;
  /** The host's theme; a name that is none is refused where the reader looks. */
  theme(name: string): void;
};

/** The theme that a message to figures names. Other messages are not for us, and nobody's fault. */
const themeOf = (data: unknown): string | undefined => {
  if (typeof data !== "object" || data === null) return undefined;
  const { type, theme } = data as Record<string, unknown>;
  return type === "epoll-figure" ? String(theme).slice(0, 40) : undefined;
};

/** Tells the figure from now on. */
export const watch = (figure: Figure): void => {
  // Without a root of its own the observer sees through the frame, to the window at the top.
  const observer = new IntersectionObserver((entries) => {
    const last = entries.at(-1);
    if (last) figure.seen(last.isIntersecting);
  });
  observer.observe(document.documentElement);
  addEventListener("message", (event) => {
    const theme = event.source === parent ? themeOf(event.data) : undefined;
    if (theme !== undefined) figure.theme(theme);
  });
  // What was said while nobody listened yet is said again.
  if (parent !== window) parent.postMessage({ type: "epoll-figure-listens" }, "*");
};
