// Makes the pictures of docs/images from real runs; tests/docs/pictures.py calls it.
// usage: node screenshots.mjs FOLDER
import {spawnSync} from "node:child_process";
import {mkdirSync, readFileSync, rmSync} from "node:fs";
import {join, resolve} from "node:path";

import {folder, launch, pageOf, traceOf} from "./support.mjs";

const target = resolve(process.argv[2]);

// One of each kind of error; `graph`: the page shows the graph, in the dark.
const PICTURES = JSON.parse(readFileSync(new URL("pictures.json", import.meta.url), "utf-8"));

const COLOURS = {"1;31": "#ff8078; font-weight: 700", 33: "#f2c265", 2: "#8d96a3"};

/** What a terminal of so many columns shows, as a page. */
function terminalPage(command, text) {
  const escape = (part) => part.replace(/&/gu, "&amp;").replace(/</gu, "&lt;");
  // eslint-disable-next-line no-control-regex
  const body = text.split(/\u001b\[/u).map((part, i) => {
    if (i === 0) return escape(part);
    const [, code, rest] = /^([\d;]*)m([^]*)$/u.exec(part);
    return `</span><span style="color: ${COLOURS[code] ?? "inherit"}">${escape(rest)}`;
  }).join("");
  return `<body style="margin: 0; display: inline-block; background: #15181d; color: #dfe3ea">
    <pre style="margin: 0; padding: 14px 18px; font: 13px/1.4 'DejaVu Sans Mono', monospace">` +
    `<span style="color: #7fb0ff">$ ${escape(command)}</span>\n<span>${body}</span></pre></body>`;
}

/** The text report as a terminal gets it, colours included. */
function onTerminal(scenario, options) {
  const words = ["run", scenario, ...options].join(" ");
  const {HEDDLE} = process.env;
  const ended = spawnSync("script", ["-qec", `stty cols 120; '${HEDDLE}' ${words} 2>/dev/null`,
                                     "/dev/null"],
                          {encoding: "utf-8", env: {...process.env, TERM: "xterm", NO_COLOR: ""}});
  if (!ended.stdout) throw new Error(`no output of ${words}: ${ended.error ?? ended.stderr}`);
  return {command: `heddle ${words}`, text: ended.stdout.replace(/\r/gu, "").trimEnd()};
}

async function shoot(browser, url, path, colorScheme) {
  const page = await browser.newPage({viewport: {width: 1280, height: 800}, colorScheme});
  await page.goto(url);
  await page.evaluate(() => document.activeElement.blur());
  await page.screenshot({path});
  await page.close();
}

mkdirSync(target, {recursive: true});
const browser = await launch();
for (const {name, scenario, options, graph} of PICTURES) {
  const {command, text} = onTerminal(scenario, options);
  const terminal = await browser.newPage({viewport: {width: 1100, height: 300}});
  await terminal.setContent(terminalPage(command, text));
  await terminal.locator("body").screenshot({path: join(target, `${name}-text.png`)});
  await terminal.close();
  const trace = traceOf(scenario, ...options);
  const stale = trace.steps.findIndex((step) => step.stale) + 1;
  const hash = `#step=${stale || trace.violation.step}${graph ? "&view=graph" : ""}`;
  await shoot(browser, pageOf(trace) + hash, join(target, `${name}-page.png`),
              graph ? "dark" : "light");
}
await browser.close();
rmSync(folder, {recursive: true});
