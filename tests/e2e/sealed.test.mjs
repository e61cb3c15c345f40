// Answers sealed for the service: opened by libraries that are not ours, refused when tampered with, and
// from the moment of finishing readable by nobody at the device.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { newPair } from "../../.dev/keygen.mjs";
import { answer, drop, outcome } from "./house/awkward_service.mjs";
import { assertGoodScreen } from "./house/checks.mjs";
import { Chance } from "./house/made_forms.mjs";
import { startOpeners } from "./house/openers.mjs";
import { built } from "./house/page_server.mjs";
import { say } from "./house/person.mjs";
import { problems } from "./house/validators.mjs";
import { ons4, reachesCircumstances, REFUSED, startTown } from "./house/visit.mjs";

const fixture = (name) => readFileSync(fileURLToPath(new URL(`../fixtures/sealed/${name}`, import.meta.url)), "utf8");
const VECTORS = ["short", "long"].map((name) => ({ name, sealed: fixture(`${name}.jwe`), frozen: JSON.parse(fixture(`${name}.json`)) }));
const { keys: KEYS } = JSON.parse(fixture("keys.json"));
/** How many tampered texts each library has to refuse; ./dev torture asks for 100,000. */
const TAMPERED = process.env.WM_TORTURE ? 100_000 : 1_000;
const CANARY = "canary, and nobody else’s business";
const CONFIG = "/config/demonstration.json";

const fromBase64 = (text) => Buffer.from(text, "base64url");
const headerOf = (sealed) => JSON.parse(fromBase64(sealed.split(".")[0]).toString());

/** A sealed text with something changed by chance: a bit, a part of the other's, the header, a length. */
function tampered(chance) {
  const which = chance.below(2);
  const [parts, other] = [VECTORS[which], VECTORS[1 - which]].map(({ sealed }) => sealed.split("."));
  const part = chance.of([0, 2, 3, 4]);
  const bytes = fromBase64(parts[part]);
  const ways = [
    () => {
      bytes[chance.below(bytes.length)] ^= 1 << chance.below(8);
      return bytes;
    },
    () => fromBase64(other[part]),
    () => bytes.subarray(0, chance.below(bytes.length)),
    () => {
      const [mine, theirs] = [parts, other].map(([header]) => JSON.parse(fromBase64(header).toString()));
      const name = chance.of(["response", "questionnaire", "apu", "apv", "kid", "epk", "wm", "cty"]);
      mine[name] = JSON.stringify(mine[name]) === JSON.stringify(theirs[name]) ? "other" : theirs[name];
      return Buffer.from(JSON.stringify(mine));
    },
  ];
  const way = chance.below(4);
  const at = way === 3 ? 0 : part;
  return parts.map((text, index) => (index === at ? ways[way]().toString("base64url") : text)).join(".");
}

describe("sealed responses, opened as docs/service.md shows", () => {
  let started;
  before(async () => (started = await startOpeners()));
  after(() => started?.close());

  for (const language of ["JavaScript", "Python"]) {
    it(`the golden vectors open in ${language} to the very response that was frozen`, async () => {
      const opened = await started.openers[language](VECTORS.map(({ sealed }) => sealed), KEYS);
      assert.deepEqual(opened.map(({ response }) => response), VECTORS.map(({ frozen }) => frozen));
    });

    it(`each of two overlapping keys opens its own and no other in ${language}`, async () => {
      const [first, second] = await started.openers[language](VECTORS.map(({ sealed }) => sealed), [KEYS[0]]);
      assert.ok(first.response && second.error);
      const impostor = { ...KEYS[1], kid: KEYS[0].kid };
      const [stolen] = await started.openers[language]([VECTORS[0].sealed], [impostor]);
      assert.ok(stolen.error);
    });

    it(`nothing tampered with opens in ${language}`, async () => {
      const chance = new Chance(7);
      for (let left = TAMPERED; left > 0; left -= 1_000) {
        const some = Array.from({ length: Math.min(left, 1_000) }, () => tampered(chance));
        const opened = (await started.openers[language](some, KEYS)).flatMap(({ response }, index) => (response ? [some[index]] : []));
        assert.deepEqual(opened, []);
      }
    });
  }
});

describe("answers sealed for the service", () => {
  let town;
  let pair;
  let started;
  before(async () => {
    [town, pair, started] = [await startTown(), await newPair(), await startOpeners()];
  });
  after(async () => {
    started?.close();
    await town?.close();
  });
  beforeEach(() => {
    town.awkward.behave(null);
    town.awkward.received.length = 0;
    configured(pair.publicKey);
  });

  function configured(key) {
    const config = built("config/demonstration.json");
    town.page.replace(CONFIG, { body: { ...config, collect: { fhir: { base: town.awkward.base }, ...(key && { key }) } } });
  }

  async function answersAll(person) {
    await person.opens("?instrument=ons4");
    await reachesCircumstances(person, [4, 5, 6, 7]);
    const box = person.tab.getByRole("textbox").first();
    if (await box.count()) await box.fill(CANARY);
    await person.continues();
    await person.sees(say("check.title"));
    await person.reads(CANARY);
  }

  /** What the service has: every Binary it was sent, read back through its own API. */
  async function received() {
    const paths = new Set(town.awkward.sent().map(({ path }) => path));
    const found = [];
    for (const path of paths) {
      const shown = await fetch(new URL(path, town.service.base), { headers: { Accept: "application/fhir+json" } });
      if (shown.ok) found.push(await shown.json());
    }
    return found;
  }

  const sealedIn = (binary) => Buffer.from(binary.data, "base64").toString("utf8");

  it("they arrive as a Binary, open in two languages, and say what was answered", async () => {
    const person = await town.somebody();
    await answersAll(person);
    assert.match(await person.onTheDevice(), /canary/, "the draft can be read, so that it can be resumed");
    await person.presses(say("check.send"));
    await person.sees(say("done.sent"));
    const [binary, ...more] = await received();
    assert.deepEqual(more, []);
    assert.equal(binary.contentType, "application/jose");
    const sealed = sealedIn(binary);
    const opened = [];
    for (const opener of Object.values(started.openers)) opened.push(...(await opener([sealed], [pair.privateKey])));
    assert.deepEqual(opened[0].response, opened[1].response);
    const { response } = opened[0];
    assert.equal(response.id, binary.id);
    const items = (list) => list.flatMap((item) => [item, ...items(item.item ?? [])]);
    const answered = Object.fromEntries(items(response.item).map(({ linkId, answer }) => [linkId, answer?.[0]]));
    for (const [at, { linkId }] of ons4().entries()) assert.equal(answered[linkId].valueInteger, at + 4);
    assert.ok(JSON.stringify(response).includes(CANARY));
    assert.deepEqual(problems(JSON.stringify(response)), [], "what is inside is valid FHIR");
    assert.deepEqual(problems(JSON.stringify(binary)), [], "and so is what it came in");
    const { response: id, questionnaire, kid } = headerOf(sealed);
    assert.deepEqual([id, questionnaire, kid], [response.id, response.questionnaire, pair.publicKey.kid]);
    // Not one request carried anything readable, and nothing of it is left.
    for (const { body, path } of town.awkward.received) assert.doesNotMatch(body + path, /canary|ons4\.satisfied/);
    assert.doesNotMatch(await person.onTheDevice(), /canary|ons4\.satisfied|jose/);
    person.watch.assertClean();
    await person.leaves();
  });

  it("from the moment of finishing nothing readable is on the device, sent or not", async () => {
    const person = await town.somebody({ allowed: [REFUSED] });
    town.awkward.behave(() => answer(503));
    await answersAll(person);
    await person.presses(say("check.send"));
    await person.sees(say("done.saved"));
    await person.reads(say("done.sealed"));
    await assertGoodScreen(person.tab, "saved, sealed and not sent");
    const nothingReadable = async (when) => {
      const there = await person.onTheDevice();
      assert.match(there, /wm\/1\/final\//, `${when}: it is kept`);
      assert.doesNotMatch(there, /canary|ons4\.satisfied|wm\/1\/(draft|asked)\//, when);
      assert.doesNotMatch(await person.words(), /canary/, when);
    };
    await nothingReadable("on the last page");
    await person.tab.goBack();
    await nothingReadable("after Back");
    await person.opens();
    await person.reads(say("start.waiting-heading"));
    await nothingReadable("opened again");
    // Whatever was tried was the same sealed text; in the end it arrives, once.
    town.awkward.behave(null);
    await person.triesAgain();
    for (let wait = 0; wait < 60 && /wm\/1\/final\//.test(await person.onTheDevice()); wait += 1) await new Promise((done) => setTimeout(done, 250));
    assert.doesNotMatch(await person.onTheDevice(), /wm\/1\/final\//, "received, and gone from here");
    assert.equal((await received()).length, 1);
    assert.equal(new Set(town.awkward.sent().map(({ body }) => body)).size, 1);
    await person.leaves();
  });

  it("no two responses share a key, an initialisation vector or a length that tells them apart", async () => {
    const sealed = [];
    for (let visit = 0; visit < 2; visit += 1) {
      town.awkward.received.length = 0;
      const person = await town.somebody();
      await answersAll(person);
      await person.presses(say("check.send"));
      await person.sees(say("done.sent"));
      sealed.push(sealedIn((await received())[0]));
      await person.leaves();
    }
    const [one, other] = sealed.map((text) => text.split("."));
    assert.notDeepEqual(headerOf(sealed[0]).epk, headerOf(sealed[1]).epk);
    assert.notEqual(one[2], other[2], "the initialisation vector");
    for (const text of [...VECTORS.map(({ sealed }) => sealed), ...sealed]) {
      assert.equal(fromBase64(text.split(".")[3]).length % 1024, 0);
    }
  });

  it("a page that cannot seal says so at the start, sends nothing, and keeps the draft", async () => {
    const prepare = (context) => context.addInitScript(() => Object.defineProperty(Crypto.prototype, "subtle", { value: undefined }));
    const person = await town.somebody({ prepare });
    await person.opens();
    await person.reads(say("seal.absent"));
    await answersAll(person);
    await person.presses(say("check.send"));
    await person.reads(say("seal.failed"));
    await person.sees(say("check.title"));
    assert.deepEqual(town.awkward.received, []);
    const there = await person.onTheDevice();
    assert.match(there, /canary/, "the draft is still here");
    assert.doesNotMatch(there, /wm\/1\/final\//, "and nothing readable is in the outbox");
    await person.leaves();
  });

  it("a private key in the configuration is refused by name, and nothing is asked", async () => {
    configured(pair.privateKey);
    const person = await town.somebody();
    await person.opens();
    await person.reads(say("trouble.configuration-unreadable"));
    await person.tab.getByText(say("trouble.for-staff")).click();
    await person.reads(/collect\.key\.d is part of a private key/);
    await person.doesNotRead(say("start.begin"));
    await person.leaves();
  });

  it("what was finished before there was a key is sealed before it is sent", async () => {
    configured(null);
    const person = await town.somebody({ allowed: [REFUSED] });
    town.awkward.behave(() => drop);
    await answersAll(person);
    await person.presses(say("check.send"));
    await person.sees(say("done.saved"));
    assert.match(await person.onTheDevice(), /canary/);
    configured(pair.publicKey);
    town.awkward.received.length = 0;
    town.awkward.behave(() => outcome(503, "throttled"));
    await person.opens();
    await person.reads(say("start.waiting-heading"));
    assert.doesNotMatch(await person.onTheDevice(), /canary/, "sealed at the start");
    town.awkward.behave(null);
    await person.opens();
    for (let wait = 0; wait < 60 && /wm\/1\/final\//.test(await person.onTheDevice()); wait += 1) await new Promise((done) => setTimeout(done, 250));
    const [binary, ...more] = await received();
    assert.deepEqual(more, []);
    const [{ response }] = await started.openers.JavaScript([sealedIn(binary)], [pair.privateKey]);
    assert.ok(JSON.stringify(response).includes(CANARY));
    assert.ok(town.awkward.sent().every(({ path }) => path.includes("/Binary/")));
    await person.leaves();
  });
});
