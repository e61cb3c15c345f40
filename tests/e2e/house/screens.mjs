// Every screen of the patient's door in every state, reached as people reach it. A walk goes through several of
// them in one visit; at each it calls `look` with the screen's name. What is looked at is for the caller to say.
//
// To add a screen: put its name in a walk's `screens` and `await person.look("its-name")` where it shows.

import { readFileSync } from "node:fs";
import { absent, broken, clocks, full, noDatabase, refusing } from "./devices.mjs";
import { built } from "./page_server.mjs";

const fixture = (path) => JSON.parse(readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), "utf8"));
const [{ d: _private, ...KEY }] = fixture("sealed/keys.json").keys;
const EVERY_KIND = fixture("every-kind.json");

/** A question whose answer is met with help, and one after it. */
const often = ["Never", "Often"].map((display) => ({ valueCoding: { system: "https://elsewhere.example/often", code: display.toLowerCase(), display } }));
export const WORRY = {
  resourceType: "Questionnaire",
  url: "https://elsewhere.example/Questionnaire/worry",
  status: "active",
  language: "en",
  title: "Worry",
  item: [
    {
      linkId: "1",
      type: "choice",
      text: "How often are things too much for you?",
      answerOption: often,
      extension: [
        {
          url: "https://what-matters.example/fhir/StructureDefinition/safety-rule",
          extension: [{ url: "trigger", valueCoding: often[1].valueCoding }],
        },
      ],
    },
    { linkId: "2", type: "text", text: "What would help?" },
  ],
};
/** One that asks for what we cannot show. */
const REFUSED = { ...WORRY, title: "A file", item: [{ linkId: "file", type: "attachment", text: "Send us a picture" }] };

/** Files that stand in for others on the page's server. */
export const MADE = { "/every-kind.json": { body: EVERY_KIND }, "/worry.json": { body: WORRY }, "/refused.json": { body: REFUSED } };

const noSealing = () => Object.defineProperty(Crypto.prototype, "subtle", { value: undefined });

const ONE = ["ons4"];
const SEVERAL = ["ons4", "loneliness", "what-matters-to-me"];

/** Answers the first question of ONS4 and goes on, past the others, to the answers read back. */
async function toTheCheckPage(person) {
  await person.turns("start.begin");
  await person.chooses(7);
  await person.turns("ask.continue");
  await person.skipsToTheEnd();
}

/** A walk whose answers do not arrive: `service` says why, `screen` is the last one, told by `word`, or by each of several. */
const unsent = (title, screen, word, more) => ({
  title,
  screens: [screen],
  offers: ONE,
  async go(person) {
    await person.opens();
    await toTheCheckPage(person);
    await person.turns(more.finish ?? "check.send");
    for (const one of [word].flat()) await person.hears(one);
    await person.look(screen);
  },
  ...more,
});

const startsBadly = (what, spoil, sentence) => ({
  title: `storage that is ${what}`,
  screens: [...(sentence ? [`start-storage-${what}`] : []), ...(what === "full" ? ["question-not-kept"] : [])],
  offers: ONE,
  script: spoil,
  async go(person) {
    await person.opens();
    if (sentence) {
      await person.hears(sentence);
      await person.look(`start-storage-${what}`);
    }
    if (what !== "full") return;
    await person.turns("start.begin");
    await person.chooses(7);
    await person.hears("kept.nowhere");
    await person.look("question-not-kept");
  },
});

const trouble = (screen, address, { sentence, detail, page }) => ({
  title: `what cannot be shown: ${screen}`,
  screens: [screen],
  offers: ONE,
  page,
  async go(person) {
    await person.opens(address);
    await person.hears(sentence);
    if (detail) await person.tab.getByText(person.say("trouble.for-staff")).click();
    await person.look(screen);
  },
});

/**
 * The walks. `offers` are the measures the practice offers, `settings` other settings of its configuration;
 * `service` is what becomes of what is sent ("drop", "hang" or a status), `script` runs in the page before ours,
 * `page` has paths that answer otherwise. `languages` are those it is walked in besides English, `ur` and `ar`, and
 * `names` are words that are in no language we know.
 */
export const WALKS = [
  {
    title: "from the start to the end, and again months later",
    screens: [
      "start", "help-now", "languages", "settings", "explanations", "explanation", "easy-read",
      "question", "question-saved", "later", "stop", "question-skipped", "question-to-talk-about", "question-about",
      "circumstances", "check", "question-changed", "sent", "copy-kept", "before-and-now",
    ],
    offers: ONE,
    languages: ["ur", "ar"],
    async go(person) {
      await person.opens();
      await person.look("start");
      await person.opensInHeader("shell.help-now");
      await person.look("help-now");
      await person.opensInHeader("shell.help-now");
      await person.opensInHeader("language.label");
      await person.look("languages");
      await person.opensInHeader("language.label");
      await person.opensInHeader("settings.label");
      await person.look("settings");
      await person.opensInHeader("settings.label");
      await person.turns("explain.more");
      await person.look("explanations");
      await person.turns("shell.back");
      await person.turns("explain.who-sees");
      await person.look("explanation");
      if (person.language === "en-GB") {
        await person.turns("explain.easy");
        await person.look("easy-read");
        await person.turns("explain.not-easy");
        await person.turns("shell.back");
      }
      await person.opens();
      await person.turns("start.begin");
      await person.look("question");
      await person.chooses(7);
      await person.hears("kept.saved");
      await person.look("question-saved");
      await person.turns("shell.later");
      await person.look("later");
      await person.turns("pause.carry-on");
      await person.turns("shell.stop");
      await person.look("stop");
      await person.turns("stop.cancel");
      await person.turns("ask.continue");
      await person.turns("ask.skip");
      await person.turns("shell.back");
      await person.look("question-skipped");
      await person.turns("ask.rather-talk");
      await person.turns("shell.back");
      await person.look("question-to-talk-about");
      await person.tab.getByText(person.say("ask.licence")).click();
      await person.look("question-about");
      await person.turns("ask.continue");
      await person.turns("ask.skip");
      await person.turns("ask.skip");
      await person.look("circumstances");
      await person.turns("ask.alone-at-home");
      await person.look("check");
      await person.turns("check.change", { name: new RegExp(`^${person.say("check.change")}`) });
      await person.look("question-changed");
      await person.turns("ask.continue");
      await person.turns("check.send");
      await person.hears("done.removed");
      await person.look("sent");
      await person.presses("copy.keep");
      await person.hears("copy.kept");
      await person.look("copy-kept");
      await person.turns("trouble.go-to-start");
      await toTheCheckPage(person);
      await person.turns("check.send");
      await person.hears("done.removed");
      await person.hears("answered.lead");
      await person.look("before-and-now");
    },
  },
  {
    title: "several questionnaires",
    screens: ["start-several", "before", "question-choice", "question-several", "question-own-words"],
    offers: SEVERAL,
    languages: ["ur"],
    async go(person) {
      await person.opens();
      await person.look("start-several");
      // The first of them says why it is asked; each of several says what it starts.
      await person.turns("start.begin", { name: new RegExp(`^${person.say("start.begin")}`) });
      await person.look("before");
      await person.opens("?instrument=loneliness");
      await person.hears("ask.continue");
      await person.look("question-choice");
      await person.opens("?instrument=what-matters-to-me");
      await person.beginsIfAsked();
      await person.look("question-several");
      await person.turns("ask.skip");
      await person.look("question-own-words");
    },
  },
  {
    title: "every kind of question, a page each",
    screens: ["kind-words", "kind-date-wrong", "kind-yes-or-no", "kind-number-missing", "kind-list", "kind-search", "kind-date-and-time", "kind-quantity", "kind-repeats", "kind-group-repeats", "kind-grid"],
    offers: ONE,
    async go(person) {
      await person.opens("?questionnaire=every-kind.json");
      const first = EVERY_KIND.item.flatMap(({ type, item, linkId }) => (type === "group" ? item.map(({ linkId }) => linkId) : [linkId]));
      const looked = { name: "words", helped: "yes-or-no", language: "list", town: "search", fell: "date-and-time", weight: "quantity", likes: "repeats", groups: "group-repeats", grid: "grid" };
      for (const linkId of first.filter((id) => !["intro", "who", "given", "thanks"].includes(id))) {
        if (looked[linkId]) await person.look(`kind-${looked[linkId]}`);
        if (linkId === "born") {
          await person.tab.getByRole("textbox", { name: person.say("item.day") }).fill("31");
          await person.isToldOfMistakes();
          await person.look("kind-date-wrong", { mistakes: true });
        }
        if (linkId === "people") {
          await person.isToldOfMistakes();
          await person.look("kind-number-missing", { mistakes: true });
        }
        const skip = ["ask.skip", "ask.skip-all"].map((key) => person.tab.getByRole("button", { name: person.say(key), exact: true }));
        const ways = (await Promise.all(skip.map((way) => way.isVisible()))).map((shows, at) => shows && ["ask.skip", "ask.skip-all"][at]);
        if (linkId !== "grid") await person.turns(ways.find(Boolean) || "ask.continue");
      }
    },
  },
  {
    title: "every kind of question on one page, and every mistake",
    screens: ["one-page", "one-page-mistakes"],
    // A unit and an answer that was given already: FHIR does not say in which language they are.
    names: ["minutes", "Your surgery"],
    offers: ONE,
    languages: ["ar"],
    async go(person) {
      await person.opens("?questionnaire=every-kind.json&layout=all");
      await person.look("one-page");
      for (const box of await person.tab.getByRole("textbox").all()) if (await box.isEditable()) await box.fill("31");
      await person.tab.locator("input[role=combobox]").fill("Nowhere");
      await person.isToldOfMistakes();
      await person.look("one-page-mistakes", { mistakes: true });
    },
  },
  {
    title: "help because of an answer",
    screens: ["help-first", "sent-with-help"],
    offers: ONE,
    languages: ["ur"],
    async go(person) {
      await person.opens("?questionnaire=worry.json");
      await person.chooses("Often");
      await person.turns("ask.continue");
      await person.look("help-first");
      await person.turns("pause.skip-rest");
      await person.turns("check.send");
      await person.hears("done.removed");
      await person.look("sent-with-help");
    },
  },
  {
    title: "answers that wait, and others begun",
    screens: ["waiting", "start-waiting", "start-resume", "stop-with-others-waiting", "deleted", "explanation-failed", "language-failed"],
    offers: ONE,
    service: "drop",
    async go(person) {
      await person.opens();
      await toTheCheckPage(person);
      await person.turns("check.send");
      await person.hears("done.try-again");
      await person.look("waiting");
      await person.turns("trouble.go-to-start");
      await person.hears("start.waiting-heading");
      await person.look("start-waiting");
      await person.turns("start.begin");
      await person.chooses(3);
      await person.hears("kept.saved");
      await person.opens();
      await person.hears("start.resume");
      await person.look("start-resume");
      await person.turns("start.resume");
      await person.turns("shell.stop");
      await person.look("stop-with-others-waiting");
      await person.turns("stop.confirm");
      await person.hears("stop.done");
      await person.look("deleted");
      await person.tab.route(/content|words/, (route) => route.abort());
      await person.turns("explain.more");
      await person.look("explanation-failed");
      await person.turns("shell.back");
      await person.opensInHeader("language.label");
      await person.presses("", built("words/bn.json").about.name);
      await person.hears("language.failed");
      await person.look("language-failed");
    },
  },
  {
    title: "what is kept on this device",
    screens: ["kept-nothing", "kept", "kept-code", "kept-code-wrong", "kept-answers", "kept-delete", "kept-deleted"],
    offers: ONE,
    service: "drop",
    languages: ["ur"],
    async go(person) {
      const named = (key) => ({ name: new RegExp(`^${person.say(key)}`) });
      await person.opens();
      await person.turns("shell.kept");
      await person.look("kept-nothing");
      await person.turns("shell.back");
      await toTheCheckPage(person);
      await person.turns("check.send");
      await person.hears("done.try-again");
      await person.turns("trouble.go-to-start");
      await person.turns("start.begin");
      await person.chooses(3);
      await person.hears("kept.saved");
      await person.turns("shell.kept");
      await person.look("kept");
      await person.turns("device.show-code", named("device.show-code"));
      await person.look("kept-code");
      await person.tab.getByRole("textbox").fill("1234 5678");
      await person.presses("device.receipt-confirm");
      await person.hears("device.receipt-wrong");
      await person.look("kept-code-wrong");
      await person.turns("shell.back");
      await person.turns("device.read", named("device.read"));
      await person.look("kept-answers");
      await person.turns("shell.back");
      await person.turns("device.delete-everything");
      await person.look("kept-delete");
      await person.turns("device.delete-confirm");
      await person.hears("device.deleted");
      await person.look("kept-deleted");
    },
  },
  unsent("answers on their way", "sending", "done.sending-body", { service: "hang" }),
  unsent("answers that the service does not accept", "held", "send.not-accepted", { service: 422, languages: ["ur"] }),
  unsent("answers with nowhere to go", "no-route", "done.no-route", { settings: { collect: {} }, finish: "check.finish-unsent" }),
  unsent("sealed answers that wait", "sealed-waiting", "done.sealed", { service: 503, sealed: true }),
  unsent("answers that the device does not keep", "memory-only", ["done.held", "done.memory-only"], { service: "drop", script: refusing }),
  startsBadly("refused", refusing, "storage.refused"),
  startsBadly("absent", absent, "storage.absent"),
  startsBadly("broken", broken, "storage.broken"),
  startsBadly("full", full, null),
  startsBadly("in one place", noDatabase, "storage.one"),
  {
    title: "a page that cannot seal",
    screens: ["start-cannot-seal", "check-not-sealed"],
    offers: ONE,
    sealed: true,
    script: noSealing,
    async go(person) {
      await person.opens();
      await person.hears("seal.absent");
      await person.look("start-cannot-seal");
      await toTheCheckPage(person);
      await person.presses("check.send");
      await person.hears("seal.failed");
      await person.look("check-not-sealed");
    },
  },
  {
    title: "answers that are gone or garbled",
    screens: ["start-garbled", "start-gone"],
    offers: ONE,
    async go(person) {
      await person.opens();
      await person.turns("start.begin");
      await person.chooses(7);
      await person.hears("kept.saved");
      await person.tab.evaluate(async () => {
        for (const key of Object.keys(localStorage)) localStorage.setItem(key, localStorage.getItem(key).slice(0, -9));
        for (const { name } of await indexedDB.databases()) await new Promise((done) => (indexedDB.deleteDatabase(name).onsuccess = done));
      });
      await person.opens();
      await person.hears("kept.recovered-none");
      await person.look("start-garbled");
      await person.turns("start.begin");
      const talk = await person.tab.context().newCDPSession(person.tab);
      await talk.send("Storage.clearDataForOrigin", { origin: new URL(person.address).origin, storageTypes: "all" });
      await person.tab.reload();
      await person.hears("kept.gone");
      await person.look("start-gone");
    },
  },
  {
    title: "a device that many people use",
    screens: ["start-shared", "question-shared", "still-there", "sent-shared"],
    offers: ONE,
    settings: { device: "shared" },
    sealed: true,
    script: clocks,
    languages: ["ur"],
    async go(person) {
      await person.opens();
      await person.look("start-shared");
      await person.turns("start.begin");
      await person.chooses(7);
      await person.hears("kept.shared");
      await person.look("question-shared");
      // What the looking has scrolled is told a frame later, and counts as a touch.
      await person.tab.evaluate(async () => {
        for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
        document.querySelector("[data-app] h1").wasHere = true;
        window.later(91_000);
      });
      await person.hears("idle.body");
      await person.arrives("a while without a touch");
      await person.look("still-there");
      await person.turns("idle.carry-on");
      await person.turns("ask.continue");
      await person.skipsToTheEnd();
      await person.turns("check.send");
      await person.hears("done.hand-back");
      await person.hears("done.sent-body");
      await person.look("sent-shared");
    },
  },
  {
    ...unsent("answers that are locked on such a device", "locked-shared", "done.try-again", { service: 503 }),
    settings: { device: "shared" },
    sealed: true,
  },
  trouble("trouble-configuration", "", {
    sentence: "trouble.configuration-unreadable",
    detail: true,
    page: { "/config/demonstration.json": { collct: {} } },
  }),
  trouble("trouble-network", "?instrument=ons4", { sentence: "trouble.questionnaire-network", page: { "/instruments/ons4.json": "drop" } }),
  trouble("trouble-refused", "?questionnaire=refused.json", { sentence: "trouble.questionnaire-refused", detail: true }),
  {
    title: "the page before the questions, and without them",
    screens: ["static-start", "static-failed", "static-explanations", "static-explanation", "static-easy-read"],
    offers: ONE,
    async go(person) {
      const { tab, address } = person;
      await tab.route(/embed.*\.js$/, (route) => route.abort());
      await tab.goto(address);
      await person.look("static-start");
      await tab.unroute(/embed.*\.js$/);
      await tab.route(/\.wasm$/, (route) => route.abort());
      await tab.goto(address);
      await tab.getByText("The questions did not open.").waitFor();
      await person.look("static-failed");
      await tab.goto(`${address}about/`);
      await person.look("static-explanations");
      await tab.goto(`${address}about/who-sees-my-answers.html`);
      await person.look("static-explanation");
      await tab.goto(`${address}about/easy/who-sees-my-answers.html`);
      await person.look("static-easy-read");
    },
  },
  trouble("trouble-review", "?instrument=phq9", { sentence: "trouble.questionnaire-review" }),
];

export { KEY };
