// Walks through the first journey and keeps a picture of every screen at three sizes.
//
//   ./dev look FOLDER                 every screen at three sizes
//   ./dev look FOLDER ur ar           the screens with the most words, on a phone, in these languages

import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { built } from "./house/page_server.mjs";
import { say } from "./house/person.mjs";
import { ons4, startTown } from "./house/visit.mjs";

const SIZES = { phone: { width: 360, height: 740 }, tablet: { width: 820, height: 1180 }, desktop: { width: 1280, height: 800 } };

const options = ["Never", "Often"].map((display) => ({ valueCoding: { system: "https://elsewhere.example/often", code: display.toLowerCase(), display } }));
/** A question with a safety rule. */
const WORRY = {
  resourceType: "Questionnaire",
  url: "https://elsewhere.example/Questionnaire/worry",
  status: "active",
  title: "Worry",
  item: [
    {
      linkId: "1",
      type: "choice",
      text: "How often are things too much for you?",
      answerOption: options,
      extension: [
        {
          url: "https://what-matters.example/fhir/StructureDefinition/safety-rule",
          extension: [{ url: "trigger", valueCoding: options[1].valueCoding }],
        },
      ],
    },
    { linkId: "2", type: "text", text: "What would help?" },
  ],
};

const [folderName = "screens", ...languages] = process.argv.slice(2);
const folder = resolve(folderName);
mkdirSync(folder, { recursive: true });
const town = await startTown({ instead: { "/worry.json": { body: WORRY } } });

/** The start page, help now, a question, an explanation and the check page in one language. */
async function inLanguage(language) {
  const person = await town.somebody({ viewport: SIZES.phone, isMobile: true, hasTouch: true });
  const said = (key) => built(`words/${language}.json`)[key];
  const keep = (name) => person.tab.screenshot({ path: join(folder, `${language}-${name}.png`), fullPage: true });
  await person.tab.goto(`${person.address}?lang=${language}`);
  await person.sees(said("start.title"));
  await person.tab.getByRole("button", { name: said("start.begin"), exact: true }).first().waitFor();
  await keep("start");
  await person.tab.locator("header summary").filter({ hasText: said("shell.help-now") }).click();
  await keep("help");
  await person.tab.goto(`${person.address}?lang=${language}&instrument=ons4`);
  await person.tab.locator("[data-app] h1").waitFor();
  const begin = person.tab.getByRole("button", { name: said("start.begin"), exact: true });
  if (await begin.isVisible()) await begin.click();
  await person.sees(ons4()[0].text);
  await person.chooses(7);
  await person.reads(said("kept.saved"));
  await person.tab.locator("header summary").filter({ hasText: said("language.label") }).click();
  await keep("question");
  await person.leaves();
}

try {
  if (languages.length) town.configure({ languages: ["en-GB", ...languages] });
  for (const language of languages) await inLanguage(language);
  for (const [size, viewport] of languages.length ? [] : Object.entries(SIZES)) {
    const person = await town.somebody({ viewport, isMobile: size !== "desktop", hasTouch: size !== "desktop" });
    let at = 0;
    const keep = async (name) => {
      at += 1;
      await person.tab.screenshot({ path: join(folder, `${size}-${at}-${name}.png`), fullPage: true });
    };
    const [first, second] = ons4();
    await person.opens();
    await person.sees(say("start.title"));
    await person.tab.getByRole("button", { name: say("start.begin") }).waitFor();
    await keep("start");
    await person.presses(say("start.begin"));
    await person.sees(first.text);
    await keep("question");
    await person.presses(say("start.explain-link"));
    await person.sees("What is social prescribing?");
    await keep("explanation");
    await person.presses(say("shell.back"));
    await person.sees(first.text);
    await person.chooses(7);
    await person.reads(say("kept.saved"));
    await keep("answered");
    await person.continues();
    await person.sees(second.text);
    await person.presses(say("shell.stop"));
    await person.sees(say("stop.title"));
    await keep("stop");
    await person.presses(say("stop.cancel"));
    for (const { text } of ons4().slice(1)) {
      await person.sees(text);
      await person.presses(say("ask.skip"));
    }
    await person.sees("About today");
    await keep("circumstances");
    await person.continues();
    await person.sees(say("check.title"));
    await keep("check");
    await person.presses(say("check.send"));
    await person.sees(say("done.sent"));
    await keep("sent");
    await person.leaves();

    // Help now, and help before the next question.
    const worried = await town.somebody({ viewport, isMobile: size !== "desktop", hasTouch: size !== "desktop" });
    const see = async (name) => {
      at += 1;
      await worried.tab.screenshot({ path: join(folder, `${size}-${at}-${name}.png`), fullPage: true });
    };
    await worried.opens("?questionnaire=worry.json");
    await worried.sees(WORRY.item[0].text);
    await worried.tab.getByText(say("shell.help-now")).filter({ visible: true }).click();
    await see("help-now");
    await worried.tab.getByText(say("shell.help-now")).filter({ visible: true }).click();
    await worried.chooses("Often");
    await worried.continues();
    await worried.sees(say("pause.title"));
    await see("help-first");
    await worried.presses(say("pause.skip-rest"));
    await worried.sees(say("check.title"));
    await worried.presses(say("check.send"));
    await worried.sees(say("done.sent"));
    await see("sent-with-help");
    await worried.leaves();
  }
} finally {
  await town.close();
}
console.log(`The pictures are in ${folder}`);
