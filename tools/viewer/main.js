// Puts the page together: one state, one function that shows it, and what changes it.
import {byId} from "./dom.js";
import {Lanes} from "./lanes.js";
import {announce, showDetail, showState, showSummary} from "./panels.js";
import {preparePrint} from "./print.js";
import {Search} from "./search.js";
import {Source} from "./source.js";
import {nextTheme, startTheme} from "./theme.js";
import {isLeftOut, readTrace} from "./trace.js";

const model = readTrace(byId("data").textContent);
const search = new Search(model);

const isWeak = model.steps.some((step) => step.stale);
const state = {
  current: 1,
  view: "interleaving",
  brief: model.minor.size > 0 || model.setup.steps > 0,
  matches: new Set(),
  // What a stale read passes over is what a weak execution is about.
  kinds: new Set(isWeak ? ["rf", "co", "hb", "fr"] : ["rf", "co", "hb"]),
  all: {interleaving: false, graph: true},
};

let lanes;
let source;

function clamp(n) {
  return Math.min(model.size, Math.max(1, n));
}

function hash() {
  const view = state.view === "graph" ? "&view=graph" : "";
  return `#step=${state.current}${view}`;
}

function showEmpty() {
  byId("detail-head").textContent = "No steps";
  byId("action").textContent = "The execution has no steps.";
}

function show() {
  if (model.size === 0) return showEmpty();
  if (isLeftOut(model, state.current)) state.brief = false;
  byId("brief").checked = state.brief;
  byId("slider").value = state.current;
  byId("position").textContent = `${state.current} / ${model.size}`;
  for (const radio of document.getElementsByName("view")) {
    radio.checked = radio.value === state.view;
  }
  const all = state.all[state.view];
  byId("scope").value = all ? "all" : "step";
  lanes.show({...state, all});
  showDetail(model, state.current, go);
  const changed = showState(model, state.current, go);
  source.show(state.current);
  announce(model, state.current, changed);
  if (location.hash !== hash()) history.replaceState(null, "", hash());
}

function go(n) {
  state.current = clamp(n);
  show();
}

/** `count` steps further among those that are shown, backward if it is negative. */
function move(count) {
  const direction = Math.sign(count);
  let left = Math.abs(count);
  let reached = state.current;
  for (let n = reached + direction; left > 0 && n >= 1 && n <= model.size; n += direction) {
    if (state.brief && isLeftOut(model, n)) continue;
    reached = n;
    left -= 1;
  }
  go(reached);
}

/** With `brief` the nearest main step, if the current one is none. */
function setBrief(brief) {
  state.brief = brief;
  if (brief && isLeftOut(model, state.current)) move(-1);
  if (brief && isLeftOut(model, state.current)) move(1);
  show();
}

function change(members) {
  Object.assign(state, members);
  show();
}

function readHash() {
  const given = new URLSearchParams(location.hash.slice(1));
  const violation = model.violation;
  const n = Number.parseInt(given.get("step") ?? "", 10);
  state.current = clamp(Number.isNaN(n) ? violation?.step || model.size : n);
  if (given.has("view")) state.view = given.get("view") === "graph" ? "graph" : "interleaving";
}

function found() {
  const output = byId("matches");
  if (byId("search").value.trim() === "") output.textContent = "";
  else if (search.found.length === 0) output.textContent = "nothing";
  else {
    const at = search.found.indexOf(state.current) + 1;
    output.textContent = `${at || "–"} of ${search.found.length}`;
  }
}

function find(query) {
  state.matches = new Set(search.find(query));
  show();
  found();
}

function nextMatch(direction) {
  const n = search.next(state.current, direction);
  if (n !== undefined) go(n);
  found();
}

function setScope(all) {
  state.all[state.view] = all;
  show();
}

const KEYS = {
  ArrowRight: () => move(1),
  ArrowDown: () => move(1),
  j: () => move(1),
  ArrowLeft: () => move(-1),
  ArrowUp: () => move(-1),
  k: () => move(-1),
  Home: () => move(-model.size),
  End: () => move(model.size),
  PageDown: () => move(15),
  PageUp: () => move(-15),
  "]": () => go(model.step(state.current).next || state.current),
  "[": () => go(model.step(state.current).previous || state.current),
  v: () => go(model.violation?.step || model.size),
  r: () => go(model.step(state.current).reads_from || state.current),
  g: () => change({view: "graph"}),
  i: () => change({view: "interleaving"}),
  a: () => setScope(!state.all[state.view]),
  m: () => setBrief(!state.brief),
  n: () => nextMatch(1),
  p: () => nextMatch(-1),
  t: nextTheme,
  "/": () => byId("search").focus(),
  "?": () => byId("help").showModal(),
};

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || byId("help").open) return;
  const target = event.target instanceof Element ? event.target : document.body;
  const typing = target.matches("input[type=search], select");
  if (typing && event.key === "Escape") target.blur();
  if (typing) return;
  // What moves a slider or a radio button, or scrolls a panel, stays theirs.
  const moves = "input[type=range], input[type=radio], .code, .state";
  const own = target.matches(moves) && event.key.length > 1;
  const action = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : undefined;
  if (!action || own || model.size === 0) return;
  event.preventDefault();
  action();
}

function listen() {
  byId("first").addEventListener("click", KEYS.Home);
  byId("back").addEventListener("click", () => move(-1));
  byId("forth").addEventListener("click", () => move(1));
  byId("last").addEventListener("click", KEYS.End);
  byId("slider").addEventListener("input", (event) => go(Number(event.target.value)));
  for (const radio of document.getElementsByName("view")) {
    radio.addEventListener("change", () => change({view: radio.value}));
  }
  for (const box of document.getElementsByName("arrow")) {
    box.checked = state.kinds.has(box.value);
    box.addEventListener("change", () => {
      if (box.checked) state.kinds.add(box.value);
      else state.kinds.delete(box.value);
      show();
    });
  }
  byId("scope").addEventListener("change", (event) => setScope(event.target.value === "all"));
  byId("brief").addEventListener("change", (event) => setBrief(event.target.checked));
  byId("search").addEventListener("input", (event) => find(event.target.value));
  byId("search-form").addEventListener("submit", (event) => {
    event.preventDefault();
    nextMatch(1);
  });
  byId("help-button").addEventListener("click", () => byId("help").showModal());
  document.addEventListener("keydown", onKey);
  window.addEventListener("hashchange", () => {
    readHash();
    show();
  });
  window.addEventListener("beforeprint", () => preparePrint(model));
}

function start() {
  byId("app").hidden = false;
  startTheme();
  showSummary(model, go);
  byId("slider").max = Math.max(1, model.size);
  byId("brief-choice").hidden = !state.brief;
  lanes = new Lanes(model, {go, showAll: () => setBrief(false)});
  source = new Source(model);
  listen();
  readHash();
  show();
  if (model.size > 0) byId("steps").focus({preventScroll: true});
}

start();
