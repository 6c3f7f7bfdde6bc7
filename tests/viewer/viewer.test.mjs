// The viewer in a real browser, used as a person does.
import assert from "node:assert/strict";
import {readFileSync, rmSync, statSync} from "node:fs";
import {createRequire} from "node:module";
import {after, before, test} from "node:test";
import {fileURLToPath} from "node:url";

import {folder, hostile, largeTrace, launch, pageOf, raceTrace, traceOf} from "./support.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");

let browser;
let raceUrl;
const race = raceTrace();
const complaints = [];

before(async () => {
  browser = await launch();
  raceUrl = pageOf(race);
});

after(async () => {
  await browser?.close();
  rmSync(folder, {recursive: true});
});

/** Opens a page; whatever it asks of the network or complains about is kept. */
async function open(url, options = {}) {
  const context = await browser.newContext({viewport: {width: 1440, height: 900}, ...options});
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.stack));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) complaints.push(`asked for ${request.url()}`);
  });
  page.on("dialog", (dialog) => complaints.push(`dialog ${dialog.message()}`));
  complaints.length = 0;
  await page.goto(url);
  return page;
}

async function close(page) {
  await page.context().close();
  assert.deepEqual(complaints, []);
}

const head = (page) => page.textContent("#detail-head");
const settled = (page) => page.evaluate(() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(done));
}));

test("loads without network and shows what went wrong", async () => {
  assert.ok(statSync(fileURLToPath(raceUrl)).size < 400_000);
  const page = await open(raceUrl);
  assert.equal(await page.textContent("#kind"), "data race");
  assert.equal(await page.textContent("#message"), race.violation.message);
  assert.match(await page.textContent("#where"),
               /scenario message_passing · model rc11 · ordered = 0/);
  assert.match(await page.title(), /data race in message_passing/);
  assert.equal(await head(page), "Step 9 of 9 · thread 2");
  assert.match(await page.textContent("#reasons"), /message\.write\(42\) step 6.*message\.read/su);
  assert.equal(await page.locator("#step-9.bad").count(), 1);
  assert.equal(await page.locator("#step-6.other").count(), 1);
  assert.match(await page.textContent("#step-0"), /main sets up message = 0/);
  await close(page);
});

test("shows what real runs found", async () => {
  for (const words of [["message_passing", "--set", "ordered=0"], ["fput_shipped"],
                       ["llist_unsafe_walk"]]) {
    const trace = traceOf(...words);
    const page = await open(pageOf(trace));
    assert.equal(await page.textContent("#message"), trace.violation.message);
    assert.equal(await page.locator("#step-" + trace.violation.step + ".bad").count(), 1);
    assert.match(await page.textContent("#source-head"),
                 new RegExp(`:${trace.steps[trace.violation.step - 1].line}$`, "u"));
    for (const reason of trace.explanation) {
      assert.ok((await page.textContent("#reasons")).includes(reason.text));
    }
    await page.keyboard.press("g");
    assert.ok(await page.locator("g.po").count() > 0);
    await close(page);
  }
});

test("steps with the keyboard; state, source and address follow", async () => {
  const page = await open(raceUrl);
  await page.keyboard.press("ArrowLeft");
  assert.equal(await head(page), "Step 8 of 9 · thread 2");
  assert.match(page.url(), /#step=8$/);
  await page.keyboard.press("k");
  assert.equal(await page.getAttribute("#steps", "aria-activedescendant"), "step-7");
  assert.equal(await page.getAttribute("#step-7", "aria-selected"), "true");
  const row = page.locator("#state tr", {hasText: "ready"});
  assert.match(await row.textContent(), /ready.*true.*7/);
  assert.equal(await row.evaluate((node) => node.classList.contains("changed")), true);
  assert.match(await page.textContent("#source-head"), /message_passing\.cpp:6$/);
  assert.match(await page.textContent(".line.now"), /ready\(\$\)\.store/);
  assert.match(await page.textContent("#live"),
               /Step 7, thread 1: ready\.store.*ready is now true/);
  await page.keyboard.press("ArrowLeft");
  assert.match(await page.locator("#state tr", {hasText: "ready"}).textContent(), /false/);
  await page.keyboard.press("Home"); // the first main step
  assert.equal(await head(page), "Step 6 of 9 · thread 1");
  await page.keyboard.press("m"); // all steps
  await page.keyboard.press("Home");
  assert.equal(await head(page), "Step 1 of 9 · main");
  await page.keyboard.press("End");
  await page.keyboard.press("j"); // no further than the end
  assert.equal(await head(page), "Step 9 of 9 · thread 2");
  await page.keyboard.press("[");
  assert.equal(await head(page), "Step 8 of 9 · thread 2");
  await page.keyboard.press("r"); // what it reads
  assert.equal(await head(page), "Step 7 of 9 · thread 1");
  await page.keyboard.press("v");
  assert.equal(await head(page), "Step 9 of 9 · thread 2");
  await close(page);
});

test("an arrow can be clicked and leads to its other end", async () => {
  const page = await open(`${raceUrl}#step=8`);
  const arrow = page.locator("g.rf[data-from='7'][data-to='8'] .hit");
  assert.equal(await arrow.count(), 1);
  await arrow.dispatchEvent("click");
  assert.equal(await head(page), "Step 7 of 9 · thread 1");
  // With a real pointer: the middle of the arrow of the race.
  const box = await page.locator("g.bad .line").boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  assert.match(await head(page), /Step [69] of 9/);
  await close(page);
});

test("arrows come and go as asked for, and are told in words", async () => {
  const page = await open(`${raceUrl}#step=8`);
  assert.match(await page.textContent("#relations"), /Reads from step 7/);
  assert.equal(await page.locator("g.rf").count(), 1);
  await page.uncheck("input[value=rf]");
  assert.equal(await page.locator("g.rf").count(), 0);
  await page.check("input[value=rf]");
  await page.keyboard.press("End");
  assert.equal(await page.locator("g.rf").count(), 0); // step 9 reads from nothing
  await page.selectOption("#scope", "all");
  assert.equal(await page.locator("g.rf").count(), 1);
  await page.locator("#relations button", {hasText: "step 6"}).click();
  assert.equal(await head(page), "Step 6 of 9 · thread 1");
  await close(page);
});

test("switches to the graph and back", async () => {
  const page = await open(raceUrl);
  await page.getByText("Graph", {exact: true}).click();
  assert.match(page.url(), /view=graph/);
  assert.equal(await page.locator("g.po").count(), 2);
  assert.deepEqual(await page.locator("g.rf text").allTextContents(), ["rf"]);
  // Steps that nothing orders stand side by side.
  const [write, load] = await Promise.all(["#step-6 .chip", "#step-9 .chip"].map(
    (chip) => page.locator(chip).boundingBox()));
  assert.ok(write.x + write.width < load.x);
  await page.keyboard.press("i");
  assert.equal(await page.locator("g.po").count(), 0);
  assert.doesNotMatch(page.url(), /view=/);
  await close(page);
});

test("searches", async () => {
  const page = await open(raceUrl);
  await page.keyboard.press("/");
  await page.keyboard.type("ready");
  assert.equal(await page.locator(".row.match").count(), 2); // the third is folded away
  assert.match(await page.textContent("#matches"), /– of 3/);
  await page.keyboard.press("Enter");
  assert.equal(await head(page), "Step 3 of 9 · main"); // round the end, and unfolded
  await page.keyboard.press("Enter");
  assert.equal(await head(page), "Step 7 of 9 · thread 1");
  assert.match(await page.textContent("#matches"), /2 of 3/);
  await page.fill("#search", "no such thing");
  assert.equal(await page.textContent("#matches"), "nothing");
  await close(page);
});

test("links lead to a step, and wrong ones do no harm", async () => {
  const page = await open(`${raceUrl}#step=6&view=graph`);
  assert.equal(await head(page), "Step 6 of 9 · thread 1");
  assert.equal(await page.isChecked("input[value=graph]"), true);
  await page.evaluate(() => { location.hash = "#step=8&view=interleaving"; });
  await page.waitForFunction(() => document.title && location.hash === "#step=8");
  assert.equal(await head(page), "Step 8 of 9 · thread 2");
  for (const wrong of ["#step=1000", "#step=-3", "#step=x<b>", "#__proto__", "#step=1e99"]) {
    const other = await open(raceUrl + wrong);
    assert.match(await head(other), /^Step [19] of 9/);
    await close(other);
  }
  await close(page);
});

test("is light or dark, as the system or the user has it", async () => {
  const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await open(raceUrl, {colorScheme: "light"});
  const dark = await open(raceUrl, {colorScheme: "dark"});
  assert.notEqual(await ground(light), await ground(dark));
  await light.click("#theme"); // auto -> light
  await light.click("#theme"); // light -> dark
  assert.equal(await ground(light), await ground(dark));
  await light.reload();
  assert.equal(await ground(light), await ground(dark));
  await dark.click("#theme");
  assert.notEqual(await ground(light), await ground(dark));
  await close(light);
  await close(dark);
});

test("2,000 steps: the page holds what can be seen", async () => {
  const trace = largeTrace(2000);
  const page = await open(pageOf(trace));
  const rows = () => page.locator(".row").count();
  assert.ok(await rows() < 120, `${await rows()} rows`);
  for (let i = 0; i < 50; ++i) await page.keyboard.press("ArrowLeft");
  const worker = trace.threads[trace.steps[1949].thread];
  assert.equal(await head(page), `Step 1950 of 2000 · ${worker}`);
  for (const view of ["i", "g"]) {
    await page.keyboard.press(view);
    await page.keyboard.press("Home");
    await page.evaluate(() => { document.getElementById("steps").scrollTop = 20_000; });
    await settled(page);
    assert.ok(await rows() < 250, `${await rows()} rows`);
    assert.equal(await page.locator(".row.current").count(), 1);
  }
  await close(page);
});

test("hostile text stays text", async () => {
  const page = await open(pageOf(hostile(race)));
  assert.doesNotMatch(await page.title(), /^broken/);
  for (const key of ["m", "Home", "j", "g", "a", "i", "End"]) {
    await page.keyboard.press(key);
    await settled(page);
  }
  await page.fill("#search", "<img");
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  assert.equal(await page.locator("img, b").count(), 0);
  assert.equal(await page.locator("script").count(), 2);
  const text = await page.evaluate(() => document.getElementById("app").textContent);
  assert.match(text, /<img src=x onerror/);
  assert.match(text, /\\u\{202e\}|\\u\{202E\}/);
  // eslint-disable-next-line no-control-regex
  assert.doesNotMatch(text, /[\u0000\u001b\u2028\u202e]/);
  await close(page);
});

test("shows an explanation, and says that it is the simplest", async () => {
  const explained = {...race, explanation: [{text: "Step 6 is not ordered", steps: [6, 9]}],
                     simplest: {switches: 1, events: 11, minimal: true}};
  const page = await open(pageOf(explained));
  const text = await page.textContent("#reasons");
  assert.match(text, /^Step 6 is not ordered step 9/);
  assert.match(text, /No execution shows this with fewer switches between threads \(1\)/);
  await page.locator("#reasons button", {hasText: "Step 6"}).click();
  assert.equal(await head(page), "Step 6 of 9 · thread 1");
  await close(page);
});

test("no violation, no steps, no sources", async () => {
  const none = {...race, violation: null, sources: {}};
  const page = await open(pageOf(none));
  assert.equal(await page.textContent("#kind"), "no violation");
  assert.match(await page.textContent("#code"), /RL_ASSERT/); // the step's own line is there
  await close(page);
  const empty = await open(pageOf({...none, steps: []}));
  assert.equal(await head(empty), "No steps");
  await empty.keyboard.press("j");
  await close(empty);
});

test("locks: who holds them, who waits", async () => {
  const step = (thread, operation, n, clock, more) => ({
    thread, operation, object: "m", object_type: "mutex", line: n, clock, ...more});
  const trace = {...race, threads: ["main", "a", "b"], sources: {}, steps: [
    step(0, "construct", 1, [1, 0, 0]), step(1, "lock", 2, [1, 2, 0], {reads_from: 1}),
    step(2, "lock", 3, [1, 0, 3], {waits: true, note: "waits for ever"}), step(1, "unlock", 4, [1, 4, 0])],
    violation: {...race.violation, kind: "deadlock", step: 3, other_step: 0}};
  const page = await open(pageOf(trace));
  assert.match(await page.textContent("#state"), /mheld by 1 a; 2 b waits for ever/);
  await page.keyboard.press("End");
  assert.match(await page.textContent("#state"), /mfree; 2 b waits for ever/);
  await close(page);
});

test("prints all steps on white", async () => {
  const page = await open(raceUrl, {colorScheme: "dark"});
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({media: "print", colorScheme: "dark"});
  assert.equal(await page.locator("#print tbody tr:visible").count(), 9);
  assert.equal(await page.locator(".bar").isVisible(), false);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
               "rgb(255, 255, 255)");
  await close(page);
});

test("fits a small screen", async () => {
  const page = await open(raceUrl, {viewport: {width: 390, height: 800}});
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, `${wide} pixels wide`);
  await close(page);
});

test("without scripts the text is there", async () => {
  const page = await open(raceUrl, {javaScriptEnabled: false});
  assert.match(await page.textContent("noscript pre"), /> 9 .*message\.read\(\)/);
  await close(page);
});

test("finds no fault with it: axe, in both views and themes", async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const view of ["interleaving", "graph"]) {
      const page = await open(`${raceUrl}#step=8&view=${view}`, {colorScheme, bypassCSP: true});
      await page.evaluate(AXE);
      const {violations} = await page.evaluate(() => globalThis.axe.run());
      const faults = violations.map(
        ({id, nodes}) => `${id}: ${nodes.map((node) => node.html).join("\n")}`);
      assert.deepEqual(faults, [], `${colorScheme}, ${view}`);
      await close(page);
    }
  }
});
