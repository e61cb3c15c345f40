// Makes a key pair for a service that receives sealed answers: the private half into a file that only its
// owner can read, the public half on the screen, to be pasted into the practice's configuration.
//
//   node .dev/keygen.mjs [FOLDER]
//
// Both are JWKs (RFC 7517) on the curve P-256. The name of the pair, `kid`, is the thumbprint of its public
// half (RFC 7638): the same key always has the same name, and two pairs never share one.

import { createHash, webcrypto } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The thumbprint of a public key: SHA-256 over its required members, in the order of their names. */
export function thumbprint({ crv, kty, x, y }) {
  return createHash("sha256").update(JSON.stringify({ crv, kty, x, y })).digest("base64url");
}

/** A new pair, `{ publicKey, privateKey }`, as JWKs. */
export async function newPair() {
  const pair = await webcrypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  const { kty, crv, x, y, d } = await webcrypto.subtle.exportKey("jwk", pair.privateKey);
  const kid = thumbprint({ kty, crv, x, y });
  const publicKey = { kty, crv, alg: "ECDH-ES", use: "enc", kid, x, y };
  return { publicKey, privateKey: { ...publicKey, d } };
}

async function main(folder) {
  const { publicKey, privateKey } = await newPair();
  const file = join(folder, `service-key-${publicKey.kid.slice(0, 8)}.private.json`);
  mkdirSync(folder, { recursive: true });
  // `wx`: never over another key, which would be lost and every answer sealed for it with it.
  writeFileSync(file, `${JSON.stringify(privateKey, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  console.log(`The private key is in ${file}

  Keep it on the service that opens the answers, and a copy where you keep other secrets. Whoever has it can
  read every answer sealed for it. Without it nobody can: answers that wait on people's devices are lost then.
  Never send it to anybody, and never put it into a configuration or a repository.

The public key goes into the practice's configuration, as it is, inside "collect":

  "key": ${JSON.stringify(publicKey, null, 2).replaceAll("\n", "\n  ")}

docs/service.md says how the service opens what it receives, and how to change keys.`);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main(resolve(process.argv[2] ?? ".")).catch((error) => {
    console.error(`The key could not be written: ${error.message}`);
    process.exit(1);
  });
}
