// What is said about the current step: relations in words, state of memory and locks.
import {byId, el, listing, stepLink} from "./dom.js";
import {stateAfter} from "./state.js";

const SENTENCES = {
  rf: {to: "Reads from", from: "Is read by"},
  co: {to: "Its write comes after", from: "Its write comes before"},
  fr: {to: "Overwrites what was read by", from: "Has read a value older than"},
  hb: {to: "Is ordered behind", from: "Is ordered before"},
  bad: {to: "Conflicts with", from: "Conflicts with"},
};
const TAIL = {co: " in coherence order", hb: " (happens-before)"};

/** The relations of a step as list items; they say all that the arrows show. */
function relationItems(model, step, go) {
  const items = [];
  for (const kind of ["bad", "rf", "co", "fr", "hb"]) {
    for (const side of ["to", "from"]) {
      const other = side === "to" ? "from" : "to";
      const steps = model.relations.of(step.n)
        .filter((edge) => edge.kind === kind && edge[side] === step.n).map((edge) => edge[other]);
      if (steps.length === 0) continue;
      const links = steps.slice(0, 8).map((n) => stepLink(n, go));
      if (steps.length > 8) links.push(`${steps.length - 8} more`);
      items.push(el("li", {class: kind}, `${SENTENCES[kind][side]} `, ...listing(links),
                    TAIL[kind] ?? ""));
    }
  }
  if (step.stale) {
    items.push(el("li", {class: "stale", text: "Stale: a newer value is earlier in this order; " +
                         "only a weak memory model allows this read"}));
  }
  const near = [];
  if (step.previous) near.push("before it ", stepLink(step.previous, go));
  if (step.next) near.push(near.length ? ", after it " : "after it ", stepLink(step.next, go));
  if (near.length) items.push(el("li", {class: "po"}, "In its thread: ", ...near));
  return items;
}

export function showDetail(model, n, go) {
  const step = model.step(n);
  byId("detail-head").textContent = `Step ${n} of ${model.size} · ${model.labels[step.thread]}`;
  byId("action").textContent = step.text;
  byId("relations").replaceChildren(...relationItems(model, step, go));
}

function holderText(model, entry) {
  const parts = [];
  if (entry.holder !== null) parts.push(`held by ${model.labels[entry.holder]}`);
  else if (!entry.ended) parts.push("free");
  for (const thread of entry.waiting) parts.push(`${model.labels[thread]} waits for ever`);
  return parts.join("; ");
}

function valueText(entry) {
  if (!entry.ended) return entry.value;
  return entry.value ? `${entry.ended} (was ${entry.value})` : entry.ended;
}

function table(caption, heads, rows) {
  return el("table", {}, el("caption", {text: caption}),
            el("thead", {}, el("tr", {}, ...heads.map((text) => el("th", {scope: "col", text})))),
            el("tbody", {}, ...rows));
}

function row(entry, n, text, go) {
  const changed = entry.step === n;
  const classes = `${changed ? "changed" : ""} ${entry.ended ? "ended" : ""}`;
  return el("tr", {class: classes},
            el("th", {scope: "row", text: entry.name}),
            el("td", {text, title: text}),
            el("td", {class: "since"},
               entry.step ? stepLink(entry.step, go, `${entry.step}`) : ""));
}

export function showState(model, n, go) {
  const entries = stateAfter(model, n);
  const isMain = (entry) => entry.type !== "memory" && model.busy.has(entry.life);
  const locks = entries.filter((entry) => entry.isMutex && isMain(entry));
  const used = entries.filter((entry) => !entry.isMutex && isMain(entry));
  const rest = entries.filter((entry) => !isMain(entry));
  const tables = [];
  const rows = (list, text) => list.map((entry) => row(entry, n, text(entry), go));
  if (used.length) {
    tables.push(table("Objects", ["object", "value", "since step"], rows(used, valueText)));
  }
  if (locks.length) {
    tables.push(table("Locks", ["mutex", "state", "since step"],
                      rows(locks, (entry) => holderText(model, entry))));
  }
  if (rest.length) {
    const open = byId("state").querySelector("details")?.open ?? used.length + locks.length === 0;
    const text = (entry) => (entry.isMutex ? holderText(model, entry) : valueText(entry));
    tables.push(el("details", {open}, el("summary", {text: `${rest.length} more`}),
                   table("", ["object", "value", "since step"], rows(rest, text))));
  }
  if (!tables.length) tables.push(el("p", {class: "none", text: "No object exists yet."}));
  byId("state").replaceChildren(...tables);
  return entries.filter((entry) => entry.step === n);
}

/** What a screen reader says when a step is chosen. */
export function announce(model, n, changed) {
  const step = model.step(n);
  const now = changed.filter((entry) => !entry.isMutex && entry.value)
    .map((entry) => `${entry.name} is now ${valueText(entry)}`);
  byId("live").textContent =
    [`Step ${n}, ${model.labels[step.thread]}: ${step.text}`, ...now].join(". ");
}

/** The headline and the explanation. */
export function showSummary(model, go) {
  const {trace, violation} = model;
  const settings = Object.entries(trace.settings).map(([name, value]) => `${name} = ${value}`);
  const place = violation?.file ? [`${violation.file}:${violation.line}`] : [];
  const parts = [`scenario ${trace.scenario}`, `model ${trace.model}`, ...settings, ...place,
                 `${model.size} steps`];
  if (trace.spurious) parts.push("with spurious failures");
  byId("kind").textContent = violation ? violation.kind : "no violation";
  byId("kind").classList.toggle("good", !violation);
  byId("message").textContent = violation ? violation.message : "An execution without violation";
  byId("where").textContent = parts.join(" · ");
  document.title = `${violation ? violation.kind : "execution"} in ${trace.scenario} – heddle`;
  const reasons = reasonItems(model, go);
  byId("reasons").replaceChildren(...reasons);
  byId("why").hidden = reasons.length === 0;
}

/** The sentence with its "step 7" as links; steps that it does not mention stand behind it. */
function reasonItem(reason, go) {
  const item = el("li");
  const rest = new Set(reason.steps);
  let last = 0;
  for (const match of reason.text.matchAll(/\bstep (\d+)\b/giu)) {
    const n = Number(match[1]);
    if (!reason.steps.includes(n)) continue;
    item.append(reason.text.slice(last, match.index), stepLink(n, go, match[0]));
    last = match.index + match[0].length;
    rest.delete(n);
  }
  item.append(reason.text.slice(last));
  for (const n of rest) item.append(" ", stepLink(n, go));
  return item;
}

function reasonItems(model, go) {
  const {trace, violation} = model;
  const items = trace.explanation.map((reason) => reasonItem(reason, go));
  if (items.length === 0 && violation) items.push(...plainReasons(model, go));
  if (trace.simplest?.minimal) {
    const {switches, events} = trace.simplest;
    const text = `No execution shows this with fewer switches between threads (${switches}), or ` +
      `as few and fewer events (${events}).`;
    items.push(el("li", {class: "aside", text}));
  }
  return items;
}

/** Without an explanation: what the violation itself names. */
function plainReasons(model, go) {
  const {step, other_step: other} = model.violation;
  const items = [];
  const who = (n) => `${model.labels[model.step(n).thread]}: ${model.step(n).text} `;
  const named = [other, step].filter(Boolean).sort((a, b) => a - b);
  for (const n of named) items.push(el("li", {}, who(n), stepLink(n, go)));
  const stale = model.steps.filter((each) => each.stale).map((each) => stepLink(each.n, go));
  if (stale.length) {
    items.push(el("li", {class: "stale"},
                  "This needs a weak memory model: stale values are read at ", ...listing(stale)));
  }
  return items;
}
