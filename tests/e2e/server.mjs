// Serves dist/ (or the folder E2E_DIST) under a sub-folder and nothing beside it, as a plain static server would.
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import sirv from "sirv";

const [port, base] = process.argv.slice(2);

const dist = process.env.E2E_DIST ?? "dist";

if (!existsSync(`${dist}/index.html`)) {
  console.error(`${dist}/ holds no site: cargo xtask build`);
  process.exit(1);
}

const files = sirv(dist, { etag: true });

createServer((request, response) => {
  const missing = () => response.writeHead(404).end("not found");
  if (!request.url.startsWith(base)) return missing();
  request.url = request.url.slice(base.length - 1);
  files(request, response, missing);
}).listen(Number(port), "127.0.0.1");
