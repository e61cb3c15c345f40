// What the server of ./dev run promises: nothing outside its folder, the policy on every answer, the
// precompressed file where it is taken, long caching for hashed names only.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, it } from "node:test";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { DEFAULT_COLLECTOR, handler, listen } from "../../.dev/serve.mjs";

const folder = mkdtempSync(join(tmpdir(), "what-matters-serve-"));
const root = join(folder, "dist");
const PAGE = "<!doctype html><title>page</title>";
const HASHED = "app-0123456789abcdef.js";
const servers = [];

const started = async (options) => {
  const server = await listen(handler(root, options), 0);
  servers.push(server);
  return server.address().port;
};

/** A request exactly as written, which `fetch` would tidy up. */
function ask(port, path, { method = "GET", headers = {} } = {}) {
  return new Promise((done, failed) => {
    const asked = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
    });
    asked.on("error", failed);
    asked.end();
  });
}

let port;
before(async () => {
  mkdirSync(join(root, "config"), { recursive: true });
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(root, "index.html"), PAGE);
  writeFileSync(join(root, "index.html.br"), brotliCompressSync(PAGE));
  writeFileSync(join(root, "index.html.gz"), gzipSync(PAGE));
  writeFileSync(join(root, ".hidden"), "secret");
  writeFileSync(join(root, HASHED), "1");
  writeFileSync(join(root, "code.wasm"), "1");
  writeFileSync(join(root, "config/demonstration.json"), JSON.stringify({ collect: { fhir: { base: DEFAULT_COLLECTOR } } }));
  symlinkSync(join(folder, "secret.txt"), join(root, "link.txt"));
  port = await started();
});
after(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true });
});

it("gives nothing outside its folder, however the path is written", async () => {
  const hostile = [
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/config/../../secret.txt",
    "/..\\secret.txt",
    "/%5c..%5csecret.txt",
    "//secret.txt",
    `/${encodeURIComponent(join(folder, "secret.txt"))}`,
    "/.hidden",
    "/config/.",
    "/index.html%00.js",
    "/%",
    "/link.txt",
    "/config",
    "http://elsewhere.example/secret.txt",
  ];
  for (const path of hostile) {
    const { status, body } = await ask(port, path);
    assert.equal(status, 404, path);
    assert.equal(body.includes("secret"), false, path);
  }
});

it("answers reading only", async () => {
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
    const { status, headers } = await ask(port, "/", { method });
    assert.deepEqual([status, headers.allow], [405, "GET, HEAD"], method);
  }
  const head = await ask(port, "/", { method: "HEAD" });
  assert.deepEqual([head.status, head.body.length, head.headers["content-length"]], [200, 0, String(PAGE.length)]);
});

it("sends the policy with every answer, also with refusals", async () => {
  for (const path of ["/", "/nowhere", `/${HASHED}`]) {
    const { headers } = await ask(port, path);
    const policy = headers["content-security-policy"].split("; ");
    for (const rule of [
      "default-src 'none'",
      "script-src 'self' 'wasm-unsafe-eval'",
      "style-src 'self'",
      "connect-src 'self' http://127.0.0.1:8090",
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ]) {
      assert.ok(policy.includes(rule), `${rule} on ${path}`);
    }
    assert.equal(headers["referrer-policy"], "no-referrer");
    assert.equal(headers["x-content-type-options"], "nosniff");
  }
});

it("sends the smallest form the browser takes", async () => {
  const taken = async (accept) => (await ask(port, "/", { headers: { "Accept-Encoding": accept } })).headers["content-encoding"];
  assert.equal(await taken("gzip, deflate, br"), "br");
  assert.equal(await taken("gzip"), "gzip");
  assert.equal(await taken("br;q=0, gzip"), "gzip");
  assert.equal(await taken("identity"), undefined);
  const { headers } = await ask(port, "/code.wasm", { headers: { "Accept-Encoding": "br" } });
  assert.deepEqual([headers["content-encoding"], headers["content-type"]], [undefined, "application/wasm"]);
});

it("lets only hashed names be kept", async () => {
  assert.match((await ask(port, `/${HASHED}`)).headers["cache-control"], /immutable/);
  assert.equal((await ask(port, "/")).headers["cache-control"], "no-cache");
  assert.equal((await ask(port, "/config/demonstration.json")).headers["cache-control"], "no-cache");
});

it("puts the service's real address into the demonstration's configuration, and into the policy", async () => {
  const elsewhere = "http://127.0.0.1:49152/fhir";
  const other = await started({ collector: elsewhere });
  const { body, headers } = await ask(other, "/config/demonstration.json", { headers: { "Accept-Encoding": "br" } });
  assert.equal(JSON.parse(body).collect.fhir.base, elsewhere);
  assert.match(headers["content-security-policy"], /connect-src 'self' http:\/\/127\.0\.0\.1:49152;/);
});

it("takes a free port when the wanted one is taken", async () => {
  const second = await listen(handler(root), port);
  servers.push(second);
  assert.notEqual(second.address().port, port);
});
