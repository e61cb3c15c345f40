// One visit to a page as it is measured: a new visitor on Slow 4G with a processor four times slower.

/** Lighthouse's "Slow 4G", applied by the browser to each request: round trip in milliseconds, bytes a second. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: (1_638.4 * 1_000) / 8, uploadThroughput: (675 * 1_000) / 8 };
const SLOWER = 4;
const A_MINUTE = 60_000;

/** Runs in the page before its own scripts: notes when `boxes` of them are there and painted, and answers at once. */
function watch({ boxes, answers }) {
  const seen = (globalThis.bench = { tasks: [] });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.tasks.push([startTime, duration]);
  }).observe({ type: "longtask", buffered: true });
  const inputs = document.getElementsByTagName("input");
  const areas = document.getElementsByTagName("textarea");
  const painted = () =>
    new Promise((done) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(performance.now());
        port2.postMessage(0);
      });
    });
  const heading = () => inputs[0]?.closest("main")?.querySelector("h1")?.textContent;
  const changes = (isThere) =>
    new Promise((done) => {
      if (isThere()) return done();
      const observer = new MutationObserver(() => {
        if (!isThere()) return;
        observer.disconnect();
        done();
      });
      observer.observe(document, { childList: true, subtree: true, characterData: true });
    });
  (async () => {
    await changes(() => inputs.length + areas.length >= boxes);
    seen.visible = await painted();
    if (!answers) return;
    const first = heading();
    inputs[3].click();
    await painted();
    if (!inputs[3].checked) throw new Error("The first question does not take an answer.");
    seen.answerable = performance.now();
    [...document.querySelectorAll("main button")].find(({ textContent }) => /continue/i.test(textContent)).click();
    await changes(() => inputs.length && heading() && heading() !== first);
    seen.second = await painted();
  })().catch((error) => {
    seen.error = String(error);
  });
}

/** What the page loaded until a time, and altogether: compressed bytes of all bodies that came over the network, and requests. */
function loaded(until) {
  const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  const entries = all.filter(({ transferSize }) => transferSize > 0);
  const sum = (some) => [some.reduce((bytes, { encodedBodySize }) => bytes + encodedBodySize, 0), some.length];
  const [bytes, requests] = sum(entries.filter(({ responseEnd }) => responseEnd <= until));
  const [allBytes, allRequests] = sum(entries);
  const text = performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
  return { bytes, requests, allBytes, allRequests, text };
}

/** From a click to what it changed on the screen, in milliseconds: `then` is called with it in the page. */
function timeClicks() {
  bench.clicks = [];
  addEventListener(
    "click",
    ({ timeStamp }) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => bench.clicks.push(performance.now() - timeStamp);
        port2.postMessage(0);
      }),
    true,
  );
}

/** The median of some numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** How long the page was busy beyond 50 ms at a time, until a time. */
export const blocked = (tasks, until) =>
  tasks.filter(([start]) => start < until).reduce((sum, [, duration]) => sum + Math.max(0, duration - 50), 0);

/** Waits until the page says so. Not waitForFunction: that needs eval, which our pages forbid. */
async function until(tab, holds, argument) {
  for (const end = Date.now() + A_MINUTE; Date.now() < end; ) {
    if (await tab.evaluate(holds, argument)) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`It took more than a minute until ${holds}: ${JSON.stringify(await tab.evaluate(() => bench))}`);
}

/** Visits `address` over the slow network, or with `isNear` over none, without the copy for later that our page has made beside it. With `answers`, answers the first question and goes on as soon as it is there. */
export async function visit(browser, address, { boxes, answers, isNear }) {
  const context = await browser.visitor({ serviceWorkers: "block" });
  const tab = await context.newPage();
  const session = await context.newCDPSession(tab);
  await session.send("Network.enable");
  if (!isNear) await session.send("Network.emulateNetworkConditions", NETWORK);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await tab.addInitScript(watch, { boxes, answers });
  await tab.goto(address, { waitUntil: "commit" });
  await until(tab, (wanted) => bench.error || bench[wanted], answers ? "second" : "visible");
  const seen = await tab.evaluate(() => bench);
  if (seen.error) throw new Error(seen.error);
  // Everything that comes by itself has come when nothing has been asked for during half a second.
  await tab.waitForLoadState("networkidle");
  await tab.evaluate(timeClicks);
  const radios = tab.locator("main input[type=radio]");
  const middle = Math.floor((await radios.count()) / 2);
  for (let click = 0; click < 7; click += 1) {
    const radio = radios.nth(middle - (click % 3));
    await radio.scrollIntoViewIfNeeded();
    await radio.click({ force: true });
    await until(tab, (count) => bench.clicks.length >= count, click + 1);
  }
  const clicks = await tab.evaluate(() => bench.clicks);
  const network = await tab.evaluate(loaded, seen.answerable ?? seen.visible);
  const { bytes: memory } = await tab.evaluate(() => performance.measureUserAgentSpecificMemory());
  await context.close();
  const shown = seen.answerable ?? seen.visible;
  return { ...network, visible: seen.visible, answerable: seen.answerable, second: seen.second, blocked: blocked(seen.tasks, shown), click: median(clicks), memory };
}
