// What the tests share: traces (real, large, hostile), pages, and a browser.
import {execFileSync, spawnSync} from "node:child_process";
import {existsSync, mkdtempSync, readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {chromium} from "playwright-core";

const {HEDDLE, HEDDLE_SCENARIOS} = process.env;
export const folder = mkdtempSync(join(tmpdir(), "heddle-viewer-"));

/** Debian's Chromium, or the one that HEDDLE_CHROMIUM names. */
function browserPath() {
  const places = [process.env.HEDDLE_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser",
                  "/usr/bin/google-chrome"];
  const found = places.find((path) => path && existsSync(path));
  if (found) return found;
  throw new Error("no browser: install Debian's package chromium, or name one in HEDDLE_CHROMIUM");
}

export function launch() {
  return chromium.launch({executablePath: browserPath(), args: ["--no-sandbox"]});
}

/** The counterexample of a scenario, parsed. */
export function traceOf(scenario, ...options) {
  const path = join(folder, `${scenario}.json`);
  const ended = spawnSync(HEDDLE, ["run", scenario, ...options, "--trace", path],
                          {encoding: "utf-8", env: {...process.env, HEDDLE_SCENARIOS}});
  if (ended.status !== 1) throw new Error(`${scenario}: ${ended.stdout}${ended.stderr}`);
  return JSON.parse(readFileSync(path, "utf-8"));
}

let pages = 0;

/** The address of the viewer's page for a trace. */
export function pageOf(trace) {
  pages += 1;
  const json = join(folder, `page-${pages}.json`);
  const html = join(folder, `page-${pages}.html`);
  writeFileSync(json, JSON.stringify(trace));
  execFileSync(HEDDLE, ["show", json, "--html", html]);
  return pathToFileURL(html).href;
}

/** A data race in 9 steps: 1 to 5 prepare, 6 and 9 race; 8 reads from 7 without synchronising. */
export function raceTrace() {
  const file = "scenarios/message_passing.cpp";
  const message = {object: "message", object_type: "var", file, function: "thread"};
  const ready = {object: "ready", object_type: "atomic", file, function: "thread"};
  const source = ["// A writer and a reader.", "struct suite : rl::test_suite<suite, 2> {",
                  "  void thread(unsigned i) {", "    if (i == 0) {", "      VAR(message) = 42;",
                  "      ready($).store(true, rl::mo_relaxed);", "    } else {",
                  "      await([&] { return ready($).load(rl::mo_relaxed); });",
                  "      RL_ASSERT(VAR(message) == 42);", "    }", "  }", "};"];
  const step = (thread, operation, line, clock, more) => ({
    thread, operation, line, clock, text: source[line - 1].trim(), ...more});
  return {
    schema: "heddle.trace/4", scenario: "message_passing", settings: {ordered: 0}, model: "rc11",
    spurious: false, threads: ["main", "thread 1", "thread 2"], shared_memory: [],
    explanation: [], simplest: null,
    steps: [
      step(0, "allocate", 2, [1, 0, 0], {object: "message", object_type: "memory", file,
                                         note: "2 bytes"}),
      step(0, "construct", 2, [2, 0, 0], {...message, written: "0", coherence: 0}),
      step(0, "construct", 2, [3, 0, 0], {...ready, written: "false", coherence: 0}),
      step(0, "spawn", 2, [4, 0, 0], {target: 1, note: "starts thread 1", file}),
      step(0, "spawn", 2, [5, 0, 0], {target: 2, note: "starts thread 2", file}),
      step(1, "write", 5, [4, 6, 0], {...message, written: "42", coherence: 1}),
      step(1, "store", 6, [4, 7, 0], {...ready, order: "relaxed", written: "true", coherence: 1}),
      step(2, "load", 8, [5, 0, 8], {...ready, order: "relaxed", read: "true", reads_from: 7}),
      step(2, "read", 9, [5, 0, 9], {...message}),
    ],
    violation: {kind: "data race", message: "thread 2 and thread 1 access 'message'", thread: 2,
                step: 9, other_step: 6, file, line: 9},
    sources: {[file]: source},
  };
}

/** A trace of so many steps: threads that read and write shared objects, and a lock. */
export function largeTrace(size, threads = 4) {
  const names = ["main", ...Array.from({length: threads}, (_, i) => `worker ${i + 1}`)];
  const clocks = names.map(() => names.map(() => 0));
  const writer = new Map();
  const steps = [];
  const add = (thread, step) => {
    const n = steps.length + 1;
    const from = step.reads_from ? steps[step.reads_from - 1] : null;
    clocks[thread] = clocks[thread].map((own, i) => Math.max(own, from ? from.clock[i] : 0));
    clocks[thread][thread] = n;
    steps.push({thread, ...step, file: "large.cpp", line: 1 + n % 90, text: `line ${n}`,
                clock: [...clocks[thread]]});
    if (step.written !== undefined) writer.set(step.object, n);
  };
  const atomic = (i) => ({object: `object ${i}`, object_type: "atomic", order: "acq_rel"});
  for (let i = 0; i < 6; ++i) {
    add(0, {operation: "construct", ...atomic(i), order: "", written: "0", coherence: 0});
  }
  for (let i = 1; i <= threads; ++i) add(0, {operation: "spawn", target: i, note: `starts thread ${i}`});
  const versions = new Map();
  for (let n = 0; steps.length < size; ++n) {
    const thread = 1 + (n * 7 + Math.floor(n / 5)) % threads;
    const object = atomic((n * 5 + Math.floor(n / 6)) % 6);
    const from = writer.get(object.object);
    if (n % 3 === 0) {
      const version = (versions.get(object.object) ?? 0) + 1;
      versions.set(object.object, version);
      add(thread, {operation: "store", ...object, order: "release", written: `${n}`,
                   coherence: version});
    } else {
      add(thread, {operation: "load", ...object, order: "acquire", read: "0", reads_from: from});
    }
  }
  const last = steps.at(-1);
  const lines = Array.from({length: 100}, (_, i) => `  int value_${i} = ${i};  // of the source`);
  return {
    schema: "heddle.trace/4", scenario: "large", settings: {}, model: "rc11", spurious: false,
    threads: names, shared_memory: [],
    explanation: [], simplest: null, steps,
    violation: {kind: "assertion failed", message: "a value is missing", thread: last.thread,
                step: steps.length, other_step: 0, file: "large.cpp", line: 1},
    sources: {"large.cpp": lines},
  };
}

const HOSTILE = "</script><script>document.title='broken'</script>" +
  "<img src=x onerror=\"document.title='broken'\">]]>&amp;\"'`${1}" +
  "\u001b[31m\u202e\u0000\u2028--><b>";

/** The trace with hostile text wherever a scenario has a say. */
export function hostile(trace) {
  const bad = (text) => text + HOSTILE;
  const members = ["operation", "order", "object", "object_type", "read", "written", "note", "file",
                   "function", "text"];
  return {
    ...trace, scenario: bad(trace.scenario), model: bad(trace.model), settings: {[HOSTILE]: 1},
    threads: trace.threads.map(bad),
    explanation: [{text: HOSTILE, steps: [1, trace.steps.length]}],
    steps: trace.steps.map((step) => ({
      ...step,
      ...Object.fromEntries(members.filter((name) => step[name] !== undefined)
        .map((name) => [name, bad(step[name])])),
    })),
    violation: {...trace.violation, message: bad(trace.violation.message),
                file: bad(trace.violation.file)},
    sources: Object.fromEntries([...Object.entries(trace.sources), ["__proto__", ["x"]]]
      .map(([name, lines]) => [bad(name), lines.map(bad)])),
  };
}
