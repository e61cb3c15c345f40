// Serves dist/ under the same policy as ./dev run, with the answers of single paths replaced where a test
// needs a missing configuration or a broken questionnaire.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_COLLECTOR, handler, headers, listen } from "../../../.dev/serve.mjs";
import { setting } from "./packages.mjs";

export const dist = () => setting("WHAT_MATTERS_DIST");

/** A JSON file of the build, read. */
export const built = (path) => JSON.parse(readFileSync(join(dist(), path), "utf8"));

/**
 * `collector` is the FHIR base the demonstration practice sends to. `instead` maps a path to what is sent in
 * its place: `{ status, type, body }`, "drop" to close the connection, or "hang" to leave it open without an answer.
 */
export async function startPage({ root = dist(), collector = DEFAULT_COLLECTOR, instead = {}, frameAncestors } = {}) {
  const serve = handler(root, { collector, frameAncestors });
  const common = headers([new URL(collector).origin], frameAncestors);
  const replaced = new Map(Object.entries(instead));
  const asked = [];
  let served = serve;
  let isGone = false;
  const server = await listen((request, response) => {
    if (isGone) return request.socket.destroy();
    const path = request.url.split("?", 1)[0];
    asked.push(request.url);
    const other = replaced.get(path);
    if (other === undefined) return served(request, response);
    if (other === "drop") return request.socket.destroy();
    if (other === "hang") return undefined;
    const { status = 200, type = "application/json", body = "" } = other;
    const shared = type.startsWith("text/html") ? {} : { "Access-Control-Allow-Origin": "*" };
    response.writeHead(status, { ...common, ...shared, "Content-Type": type, "Cache-Control": "no-store" });
    return response.end(typeof body === "string" ? body : JSON.stringify(body));
  }, 0);
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    asked,
    replace: (path, other) => (other === undefined ? replaced.delete(path) : replaced.set(path, other)),
    /** A connection to it is closed at once, as when there is no network, until it is back. */
    goes() {
      isGone = true;
      server.closeAllConnections();
    },
    comesBack() {
      isGone = false;
    },
    /** Another release is put in the place of this one. */
    releases(folder) {
      served = handler(folder, { collector });
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
