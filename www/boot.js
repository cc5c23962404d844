// Loads the page's wasm, and says so on the page when that cannot be done.
//
// A file of its own, because the page forbids inline scripts. A classic script, because a module
// does not load from file:// and then nobody would be left to tell.
(() => {
  const { module, wasm } = document.currentScript.dataset;
  const address = (name) => new URL(name, document.baseURI).href;

  const words = {
    en: {
      title: "The page could not start",
      file: "It was opened as a file, and browsers do not load WebAssembly from files. Serve the folder instead, for instance with “cargo xtask serve”, and open the address it prints.",
      old: "This browser has no WebAssembly. A current Firefox, Chrome, Edge or Safari does.",
      other: "Its WebAssembly did not load. Reload the page; if that does not help, this is what went wrong:",
    },
    zh: {
      title: "页面无法启动",
      file: "页面是作为本地文件打开的，浏览器不会从本地文件加载 WebAssembly。请通过服务器打开，例如运行“cargo xtask serve”并打开它给出的地址。",
      old: "此浏览器不支持 WebAssembly。请使用新版的 Firefox、Chrome、Edge 或 Safari。",
      other: "WebAssembly 加载失败。请重新加载页面；如果仍然失败，错误信息如下：",
    },
  };

  const fail = (error) => {
    console.error("epoll playground could not start:", error);
    const chinese = (new URLSearchParams(location.search).get("lang") ?? navigator.language).startsWith("zh");
    const say = chinese ? words.zh : words.en;
    const why =
      location.protocol === "file:" ? say.file
      : typeof WebAssembly === "undefined" ? say.old
      : say.other;

    const box = document.createElement("div");
    box.id = "boot-failed";
    box.className = "boot boot-failed";
    box.lang = chinese ? "zh-Hans" : "en";
    box.setAttribute("role", "alert");
    const add = (tag, text) => {
      box.append(Object.assign(document.createElement(tag), { textContent: text }));
    };
    add("h1", say.title);
    add("p", why);
    if (why === say.other) add("pre", String(error));
    document.querySelector("#app > .boot")?.remove();
    document.body.prepend(box);
  };

  // What the wasm asks for when it needs a module of www/js. Each is asked for by a new address
  // after a failure, since browsers remember that an address could not be had.
  let failures = 0;
  const load = (name) => {
    const meta = document.querySelector(`meta[name="module:${name}"]`);
    if (!meta) return Promise.reject(new Error(`this site has no module ${name}`));
    const again = failures ? `?again=${failures}` : "";
    return import(address(meta.content + again)).catch((error) => {
      failures += 1;
      throw error;
    });
  };
  globalThis.epollPlayground = { load };

  import(address(module))
    .then((glue) => glue.default({ module_or_path: address(wasm) }))
    .catch(fail);
})();
