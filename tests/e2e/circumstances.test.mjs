// The circumstances: one press for somebody at home alone, once in a sitting, and beside the answers.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertGoodScreen } from "./house/checks.mjs";
import { built } from "./house/page_server.mjs";
import { say } from "./house/person.mjs";
import { ONS4, ons4, startTown } from "./house/visit.mjs";

const CONFIGURATION = "config/demonstration.json";

/** The demonstration practice, which offers the four questions a second time under another name. */
function offersTwo({ page, awkward }) {
  const configuration = built(CONFIGURATION);
  const [offer] = configuration.questionnaires.filter(({ id }) => id === "ons4");
  const another = { ...built(ONS4), url: "https://a.example/fhir/Questionnaire/another", title: "Four more questions" };
  const questionnaires = [offer, { ...offer, id: "another", url: "instruments/another.json" }];
  page.replace(`/${CONFIGURATION}`, { body: { ...configuration, questionnaires, collect: { fhir: { base: awkward.base } } } });
  page.replace("/instruments/another.json", { body: another });
}

async function skipsAll(person) {
  for (const { text } of ons4()) {
    await person.sees(text);
    await person.presses(say("ask.skip"));
  }
}

const code = (items, linkId) => items.find((item) => item.linkId === linkId)?.answer?.[0]?.valueCoding?.code;

describe("circumstances", () => {
  let town;
  before(async () => offersTwo((town = await startTown())));
  after(() => town?.close());

  it("one press says where and how, and the next questionnaire of the sitting does not ask again", async () => {
    const person = await town.somebody();
    await person.opens();
    await person.sees(say("start.title"));
    await person.tab.getByRole("button", { name: say("start.begin") }).first().click();
    await person.sees(built(ONS4).title);
    await person.reads(say("before.why"));
    await person.reads(say("before.questions", { count: 4 }));
    await assertGoodScreen(person.tab, "why we ask");
    await person.presses(say("start.begin"));
    await person.tab.getByText(say("ask.licence")).click();
    await person.reads(say("before.gives"));
    await skipsAll(person);
    await person.sees("About today");
    await assertGoodScreen(person.tab, "the circumstances with their shortcut");
    await person.presses(say("ask.alone-at-home"));
    await person.sees(say("check.title"));
    await person.reads("At home");
    await person.reads("On my own");
    await person.tab.goBack();
    await person.sees("About today");
    assert.ok(await person.option("At home").isChecked(), "the press shows as answers");
    assert.equal(await person.tab.getByRole("button", { name: say("ask.alone-at-home") }).count(), 0, "said already");
    await person.continues();
    await person.sees(say("check.title"));
    await person.presses(say("check.send"));
    await person.sees(say("done.sent"));
    await person.reads("On my own");

    await person.presses(say("trouble.go-to-start"));
    await person.tab.getByRole("button", { name: say("start.begin") }).nth(1).click();
    await person.sees("Four more questions");
    await person.presses(say("start.begin"));
    await skipsAll(person);
    await person.sees(say("check.title"));
    await person.reads("On my own");
    const change = { name: new RegExp(`${say("check.change")}.*Where are you right now`, "is") };
    await person.tab.getByRole("link", change).or(person.tab.getByRole("button", change)).click();
    await person.sees("About today");
    await person.chooses("At the GP surgery");
    await person.continues();
    await person.presses(say("check.send"));
    await person.sees(say("done.sent"));

    const responses = await town.service.responses();
    assert.equal(responses.length, 2);
    const said = responses.map(({ item }) => {
      const { item: items } = item.find(({ linkId }) => linkId === "context");
      return ["place", "how", "device"].map((name) => code(items, `context.${name}`)).join(" ");
    });
    assert.deepEqual(said.sort(), ["home self patient", "surgery self patient"]);
    person.watch.assertClean();
    await person.leaves();
  });
});
