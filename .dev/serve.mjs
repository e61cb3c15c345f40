// Serves a built folder on the loopback address, the way a careful host would.
//
//   node .dev/serve.mjs [--root dist] [--port 8080] [--collector http://127.0.0.1:8090/fhir] [--json]
//
// It sends the precompressed .br or .gz where the browser takes it, the strict Content-Security-Policy the
// product promises to work under, and long caching for names that carry a hash. If the port is taken it
// takes a free one. If the demonstration FHIR server had to listen elsewhere, --collector puts its address
// in place of the default one in config/demonstration.json, on the way out only.

import { createReadStream, existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, normalize, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

export const DEFAULT_COLLECTOR = "http://127.0.0.1:8090/fhir";
const DEMONSTRATION = "/config/demonstration.json";
const HASHED = /-[0-9a-f]{16}\.[a-z0-9]+$/;
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".wasm": "application/wasm",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};

/** The headers every answer carries. `collectors` are the origins the page may send answers to. */
export function headers(collectors, frameAncestors = "'none'") {
  const policy = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    `connect-src ${["'self'", ...collectors].join(" ")}`,
    "form-action 'none'",
    "base-uri 'none'",
    `frame-ancestors ${frameAncestors}`,
    "require-trusted-types-for 'script'",
    "trusted-types what-matters",
  ];
  return {
    "Content-Security-Policy": policy.join("; "),
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
  };
}

/** The file a request path names inside `root`, or nothing: no "..", no dot files, no links out. */
function fileFor(root, url) {
  let path;
  try {
    path = decodeURIComponent(url.split(/[?#]/, 1)[0]);
  } catch {
    return undefined;
  }
  if (path.includes("\0") || path.includes("\\") || path.split("/").some((part) => part.startsWith("."))) return undefined;
  const inside = normalize(join(root, path.endsWith("/") ? `${path}index.html` : path));
  if (!inside.startsWith(root + sep)) return undefined;
  if (!statSync(inside, { throwIfNoEntry: false })?.isFile()) return undefined;
  return realpathSync(inside).startsWith(realpathSync(root) + sep) ? inside : undefined;
}

/** What the browser said it takes, best first: precompressed file suffix and its encoding name. */
function encodingFor(request, file) {
  const taken = String(request.headers["accept-encoding"] ?? "")
    .split(",")
    .filter((token) => !/;\s*q=0(\.0*)?\s*$/.test(token))
    .map((token) => token.split(";")[0].trim());
  if (taken.includes("br") && existsSync(`${file}.br`)) return { suffix: ".br", name: "br" };
  if (taken.includes("gzip") && existsSync(`${file}.gz`)) return { suffix: ".gz", name: "gzip" };
  return undefined;
}

function refuse(response, status, sentence, common) {
  response.writeHead(status, { ...common, "Content-Type": "text/plain; charset=utf-8" });
  response.end(`${sentence}\n`);
}

/**
 * A request handler over `root`. `collector` is the FHIR base answers go to, `also` further origins;
 * `frameAncestors` are the origins whose pages may put this one in a frame, nobody unless it is said.
 */
export function handler(rootFolder, { collector = DEFAULT_COLLECTOR, also = [], frameAncestors } = {}) {
  const root = resolve(rootFolder);
  const common = headers([new URL(collector).origin, ...also], frameAncestors);
  return (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("Allow", "GET, HEAD");
      return refuse(response, 405, "Only GET and HEAD are answered here.", common);
    }
    const file = fileFor(root, request.url);
    if (!file) return refuse(response, 404, "There is no such file here.", common);
    const path = file.slice(root.length).replaceAll(sep, "/");
    const caching = HASHED.test(path) ? "public, max-age=31536000, immutable" : "no-cache";
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    const head = { ...common, "Content-Type": type, "Cache-Control": caching, Vary: "Accept-Encoding" };
    // Pages of other origins embed the element: its parts are public, and carry nothing of a person.
    if (!path.endsWith(".html")) head["Access-Control-Allow-Origin"] = "*";

    if (path === DEMONSTRATION && collector !== DEFAULT_COLLECTOR) {
      const text = readFileSync(file, "utf8").replaceAll(DEFAULT_COLLECTOR, collector);
      response.writeHead(200, { ...head, "Content-Length": Buffer.byteLength(text) });
      return response.end(request.method === "HEAD" ? undefined : text);
    }
    const encoding = encodingFor(request, file);
    const sent = encoding ? `${file}${encoding.suffix}` : file;
    if (encoding) head["Content-Encoding"] = encoding.name;
    response.writeHead(200, { ...head, "Content-Length": statSync(sent).size });
    if (request.method === "HEAD") return response.end();
    createReadStream(sent).on("error", () => response.destroy()).pipe(response);
  };
}

/** Starts listening on 127.0.0.1, on `port` or, if that is taken, a free one. Resolves to the server. */
export function listen(handle, port) {
  return new Promise((done, failed) => {
    const server = createServer(handle);
    server.once("error", (error) => {
      if (error.code !== "EADDRINUSE" || port === 0) return failed(error);
      server.listen(0, "127.0.0.1", () => done(server));
    });
    if (port === 0) server.listen(0, "127.0.0.1", () => done(server));
    else server.listen(port, "127.0.0.1", () => done(server));
  });
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      root: { type: "string", default: join(dirname(fileURLToPath(import.meta.url)), "..", "dist") },
      port: { type: "string", default: "8080" },
      collector: { type: "string", default: DEFAULT_COLLECTOR },
    },
  });
  if (!existsSync(join(values.root, "index.html"))) {
    console.error(`There is no ${join(values.root, "index.html")} to serve. Make it with ./dev build.`);
    process.exit(1);
  }
  const server = await listen(handler(values.root, { collector: values.collector }), Number(values.port));
  console.log(`http://127.0.0.1:${server.address().port}/`);
  const stop = () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}
