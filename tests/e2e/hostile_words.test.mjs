// Somebody else's questionnaire is full of markup and addresses of scripts, in every place that takes words.
// Under the page's own policy nothing of it runs, asks for anything, or becomes an element.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { HOSTILE, hostile, PLACES } from "./house/hostile_words.mjs";
import { say } from "./house/person.mjs";
import { startTown } from "./house/visit.mjs";

/** What our own screens are made of; anything else came out of the words. */
const OURS = new Set(
  ("a article b br button code dd details div dl dt em fieldset form footer h1 h2 h3 h4 h5 h6 header hr i input label legend li main nav ol path svg " +
    "option p path rect circle g line polyline polygon ellipse section select small span strong sub summary sup svg textarea title ul use").split(" "),
);

/** In the page: what is there that should not be. */
function wrong(ours) {
  const known = new Set(ours);
  const found = [];
  if (window.hurt !== undefined) found.push("a script ran");
  for (const element of document.querySelectorAll("[data-app] *")) {
    if (!known.has(element.localName)) found.push(`<${element.localName}>: ${element.outerHTML.slice(0, 120)}`);
    for (const { name, value } of element.attributes) {
      if (/^on|^style$|^srcdoc$|^formaction$|^action$/i.test(name)) found.push(`${name}="${value}"`);
      if (/^(href|src|xlink:href)$/i.test(name) && !/^(https:|tel:|#|[\w/-]+\.(svg|html)(#|$))/.test(value)) found.push(`${name}="${value}"`);
    }
  }
  return found;
}

describe("hostile words", () => {
  let town;
  before(async () => (town = await startTown()));
  after(() => town?.close());

  it(`${HOSTILE.length} of them in each of ${PLACES.length} places stay words`, async (context) => {
    assert.ok(HOSTILE.length >= 500, `${HOSTILE.length}`);
    const person = await town.somebody({ allowed: [/preload/] });
    const dialogs = [];
    person.tab.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      dialog.dismiss();
    });
    let values = 0;
    let refused = 0;
    // A load asks for each place once for each of its words.
    const A_LOAD = 60;
    for (let from = 0; from < HOSTILE.length; from += A_LOAD) {
      const some = HOSTILE.slice(from, from + A_LOAD);
      const item = some.flatMap((words, row) => PLACES.map((place, column) => place(words, `${row}-${column}`)));
      town.page.replace("/hostile.json", { body: hostile(some[0], item) });
      await person.opens("?questionnaire=hostile.json&layout=all");
      await person.tab.locator("[data-app] main h1").first().waitFor();
      const heading = await person.tab.locator("[data-app] main h1").first().innerText();
      if (heading === say("trouble.title")) refused += 1;
      assert.deepEqual(await person.tab.evaluate(wrong, [...OURS]), [], `words ${from} to ${from + some.length}`);
      const text = await person.tab.evaluate(() => document.querySelector("[data-app]").textContent);
      if (heading !== say("trouble.title")) {
        for (const words of some) assert.ok(text.includes(words.trim()), `${JSON.stringify(words)} is shown as it is`);
      }
      values += some.length * PLACES.length;
    }
    // One at a time, those that a reader may refuse: the reasons quote them.
    for (const words of HOSTILE.filter((_, at) => at % 40 === 0)) {
      const bad = { linkId: words, type: words, text: words };
      town.page.replace("/hostile.json", { body: hostile(words, [bad]) });
      await person.opens("?questionnaire=hostile.json");
      await person.sees(say("trouble.title"));
      assert.deepEqual(await person.tab.evaluate(wrong, [...OURS]), []);
      values += 3;
    }
    assert.deepEqual(dialogs, []);
    person.watch.assertClean();
    context.diagnostic(`${values} values, ${refused} questionnaires refused, 0 ran`);
    assert.equal(refused, 0);
    await person.leaves();
  });

  it("as answers, they are read back, kept and sent as they were written", async () => {
    const person = await town.somebody({ allowed: [/preload/] });
    const lines = HOSTILE.filter((words) => !/[\u2028\u2029]/.test(words)).slice(0, 60);
    const item = lines.map((_, n) => ({ linkId: `${n}`, type: "text", text: `Line ${n}` }));
    town.page.replace("/hostile.json", { body: hostile("Lines", item) });
    await person.opens("?questionnaire=hostile.json&layout=all");
    await person.sees("Lines");
    const boxes = await person.tab.locator("main textarea").all();
    for (const [n, words] of lines.entries()) await boxes[n].fill(words);
    await person.continues();
    await person.sees(say("check.title"));
    assert.deepEqual(await person.tab.evaluate(wrong, [...OURS]), []);
    const text = await person.tab.evaluate(() => document.querySelector("[data-app]").textContent);
    for (const words of lines) assert.ok(text.includes(words), words);
    await person.presses(say("check.send"));
    await person.sees(say("done.sent"));
    const [sent] = (await town.service.responses()).slice(-1);
    assert.deepEqual(sent.item.slice(0, lines.length).map(({ answer }) => answer[0].valueString), lines);
    person.watch.assertClean();
    await person.leaves();
  });
});
