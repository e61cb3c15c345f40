// What ./dev keygen promises: a pair that works, a private half that only its owner can read and that is
// never written over another, a public half that our configuration takes.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { webcrypto } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, it } from "node:test";
import { fileURLToPath } from "node:url";
import { newPair, thumbprint } from "../../.dev/keygen.mjs";

const PROGRAM = fileURLToPath(new URL("../../.dev/keygen.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "what-matters-keygen-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const { subtle } = webcrypto;
const ECDH = { name: "ECDH", namedCurve: "P-256" };

/** A JWK as WebCrypto takes it: it does not know `ECDH-ES` as the `alg` of an ECDH key. */
const imported = ({ kty, crv, x, y, d }) => subtle.importKey("jwk", { kty, crv, x, y, d }, ECDH, false, d ? ["deriveBits"] : []);
const agreed = async (mine, theirs) =>
  Buffer.from(await subtle.deriveBits({ name: "ECDH", public: await imported(theirs) }, await imported(mine), 256)).toString("hex");

it("the thumbprint is that of RFC 7638, which leaves out all but the key itself", async () => {
  // Made with the Python library jwcrypto 1.6.1 from Bob's key of RFC 7518, appendix C.
  const bob = { kty: "EC", crv: "P-256", x: "weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ", y: "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck" };
  assert.equal(thumbprint({ ...bob, kid: "another", use: "enc" }), "Vy57XrArUrW0NbpI12tEzDHABxMwrTh6HHXRenSpnCo");
});

it("the two halves belong together, and every pair is a new one", async () => {
  const [one, other] = [await newPair(), await newPair()];
  assert.equal(await agreed(one.privateKey, other.publicKey), await agreed(other.privateKey, one.publicKey));
  assert.notEqual(one.publicKey.kid, other.publicKey.kid);
  assert.equal(one.publicKey.kid, thumbprint(one.privateKey));
});

it("the private key is written for its owner alone, and the public one shown without it", () => {
  const run = spawnSync(process.execPath, [PROGRAM, folder], { encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  const [name, ...more] = readdirSync(folder);
  assert.deepEqual(more, []);
  assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600);
  const privateKey = JSON.parse(readFileSync(join(folder, name), "utf8"));
  const shown = JSON.parse(/"key": (\{[^}]*\})/.exec(run.stdout)[1]);
  assert.deepEqual({ ...shown, d: privateKey.d }, privateKey);
  assert.ok(!run.stdout.includes(privateKey.d) && !("d" in shown), "the private part is on the screen");
});

it("a folder that cannot be written to is said in words, and nothing of a key is shown", () => {
  const run = spawnSync(process.execPath, [PROGRAM, join(folder, readdirSync(folder)[0])], { encoding: "utf8" });
  assert.equal(run.status, 1);
  assert.match(run.stderr, /could not be written/);
  assert.equal(run.stdout, "");
});
