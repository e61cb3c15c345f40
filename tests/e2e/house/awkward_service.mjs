// Stands between the page and the service and, when told, behaves as servers and networks do on bad days.
//
//   const awkward = await startAwkward(service.base);
//   awkward.behave(() => answer(500));                 until told otherwise, for what carries answers
//   awkward.behave(once(dropAfterCommit));             the first time only
//   awkward.behave(null);                              passes everything on
//
// Preflights are always answered well: they are the browser's, not the service's.

import { createServer } from "node:http";

const CORS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Methods": "*",
  "Access-Control-Allow-Headers": "*, authorization",
  "Access-Control-Expose-Headers": "Location, ETag, Retry-After",
};

/** Answers with a status and a body, and tells the service nothing. */
export const answer = (status, body = "", headers = {}) => ({ kind: "answer", status, body, headers });

/** A FHIR OperationOutcome with that status. */
export const outcome = (status, code = "processing", diagnostics = "refused in a test") =>
  answer(
    status,
    JSON.stringify({ resourceType: "OperationOutcome", issue: [{ severity: "error", code, diagnostics }] }),
    { "Content-Type": "application/fhir+json" },
  );

/** What a captive portal says: 200, and a page. */
export const portal = answer(200, "<!doctype html><title>Free Wi-Fi</title><h1>Sign in to go online</h1>", {
  "Content-Type": "text/html; charset=utf-8",
});

/** 200 and not one byte. */
export const nothing = answer(200);

/** The connection closes before the service hears of it. */
export const drop = { kind: "drop" };

/** The service has it; the answer never arrives. */
export const dropAfterCommit = { kind: "dropAfterCommit" };

/** The service has it; only half of the answer arrives. */
export const halfAnAnswer = { kind: "halfAnAnswer" };

/** No answer and no end, until the browser gives up or the proxy stops. */
export const hang = { kind: "hang" };

/** The given behaviour the first `times` times, then passing on. */
export function once(behaviour, times = 1) {
  let left = times;
  return () => (left-- > 0 ? behaviour : null);
}

function bodyOf(request) {
  return new Promise((done, failed) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => done(Buffer.concat(chunks)));
    request.on("error", failed);
  });
}

const carried = ["content-type", "accept", "prefer", "if-none-exist", "if-none-match", "if-match", "authorization"];

async function passedOn(origin, request, body) {
  const headers = Object.fromEntries(carried.filter((name) => request.headers[name]).map((name) => [name, request.headers[name]]));
  const given = await fetch(origin + request.url, {
    method: request.method,
    headers,
    body: ["GET", "HEAD"].includes(request.method) ? undefined : body,
  });
  const kept = ["content-type", "location", "etag", "last-modified"];
  return {
    status: given.status,
    headers: Object.fromEntries(kept.filter((name) => given.headers.has(name)).map((name) => [name, given.headers.get(name)])),
    body: Buffer.from(await given.arrayBuffer()),
  };
}

/** Starts the proxy in front of the FHIR base `base`; its own `base` has the same path. */
export async function startAwkward(base) {
  const { origin, pathname } = new URL(base);
  const received = [];
  let behaviour = null;

  const server = createServer(async (request, response) => {
    if (request.method === "OPTIONS") return response.writeHead(204, CORS).end();
    const body = await bodyOf(request).catch(() => null);
    if (body === null) return response.destroy();
    const seen = { method: request.method, path: request.url, headers: request.headers, body: body.toString("utf8"), at: Date.now() };
    received.push(seen);
    const chosen = behaviour?.(seen) ?? null;
    const send = (status, headers, bytes) => {
      response.writeHead(status, { ...CORS, ...headers });
      response.end(request.method === "HEAD" ? undefined : bytes);
    };
    if (chosen?.kind === "answer") return send(chosen.status, chosen.headers, chosen.body);
    if (chosen?.kind === "drop") return request.socket.destroy();
    if (chosen?.kind === "hang") return undefined;
    try {
      const given = await passedOn(origin, request, body);
      if (chosen?.kind === "dropAfterCommit") return request.socket.destroy();
      if (chosen?.kind === "halfAnAnswer") {
        response.writeHead(given.status, { ...CORS, ...given.headers, "Content-Length": given.body.length });
        response.write(given.body.subarray(0, given.body.length >> 1));
        return setTimeout(() => request.socket.destroy(), 50);
      }
      return send(given.status, given.headers, given.body);
    } catch {
      return send(502, {}, "");
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    base: `http://127.0.0.1:${server.address().port}${pathname}`,
    received,
    /** What was sent that carries answers, in order. */
    sent: () => received.filter(({ method }) => method === "PUT" || method === "POST"),
    behave(rule) {
      behaviour = rule;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
