// A live figure in a page of your own:
//
//   <script type="module" src="…/embed.js"></script>
//   <epoll-figure scenario="level-edge" line="13" play title="Level against edge"></epoll-figure>
//
// It is a still with its title until the reader comes near; then a frame with the figure, which rests
// while nobody sees it. It follows the page's theme, unless `theme` says otherwise. The attributes are
// those of a link: scenario, at, line, loop, play, lang, theme.
const home = new URL("./index.html", import.meta.url);

const figures = new Set();

const isDark = matchMedia("(prefers-color-scheme: dark)");

/** The theme of the place where an element stands. */
const themeAt = (element) => {
  const scheme = getComputedStyle(element).colorScheme.split(" ");
  if (scheme.includes("dark") !== scheme.includes("light")) {
    return scheme.includes("dark") ? "dark" : "light";
  }
  return isDark.matches ? "dark" : "light";
};

const tellAll = () => figures.forEach((figure) => figure.tell());
isDark.addEventListener("change", tellAll);
new MutationObserver(tellAll).observe(document.documentElement, {
  attributeFilter: ["data-theme", "class", "style"],
});

addEventListener("message", ({ data, source }) => {
  if (data?.type === "epoll-figure-listens") figures.forEach((figure) => figure.tell(source));
});

const near = new IntersectionObserver(
  (entries) => entries.filter((entry) => entry.isIntersecting).forEach(({ target }) => target.start()),
  { rootMargin: "400px" },
);

class EpollFigure extends HTMLElement {
  #frame;

  connectedCallback() {
    if (this.#frame) return;
    figures.add(this);
    this.style.display = "block";
    const still = document.createElement("p");
    still.className = "epoll-still";
    still.textContent = `▶ ${this.title}`;
    this.replaceChildren(still);
    near.observe(this);
  }

  disconnectedCallback() {
    figures.delete(this);
    near.unobserve(this);
    this.#frame?.remove();
    this.#frame = undefined;
  }

  /** Puts the figure in the place of the still. */
  start() {
    near.unobserve(this);
    if (this.#frame) return;
    const address = new URL(home);
    address.searchParams.set("embed", "1");
    for (const name of ["scenario", "at", "line", "loop", "lang"]) {
      const value = this.getAttribute(name);
      if (value !== null) address.searchParams.set(name, value);
    }
    if (this.hasAttribute("play")) address.searchParams.set("play", "1");
    address.searchParams.set("theme", this.getAttribute("theme") ?? themeAt(this));
    const frame = document.createElement("iframe");
    frame.src = address.href;
    frame.title = this.title || "epoll playground";
    frame.loading = "lazy";
    this.#frame = frame;
    this.replaceChildren(frame);
  }

  /** Tells the figure which theme it stands in; only that in this window, if one is named. */
  tell(only) {
    const window = this.#frame?.contentWindow;
    if (!window || this.hasAttribute("theme") || (only && only !== window)) return;
    window.postMessage({ type: "epoll-figure", theme: themeAt(this) }, home.origin);
  }
}

customElements.define("epoll-figure", EpollFigure);
