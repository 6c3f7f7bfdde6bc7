// The trace as the viewer sees it: numbered steps, objects with their lives, relations.
import {relationsOf} from "./relations.js";

// Characters that hide, reorder or control: shown by their numbers.
const UNSAFE =
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

export function shown(text) {
  return text.replace(UNSAFE, (c) => `\\u{${c.codePointAt(0).toString(16)}}`);
}

/** All strings of a JSON text made safe to show, the names of members too. */
function parse(text) {
  return JSON.parse(text, (_key, value) => {
    if (typeof value === "string") return shown(value);
    if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
    // No prototype: a file may be called "__proto__".
    const members = Object.create(null);
    for (const name of Object.keys(value)) members[shown(name)] = value[name];
    return members;
  });
}

/** One life of an object: a name may come back after the object's end. */
function numberLives(steps) {
  const lives = new Map();
  for (const step of steps) {
    if (!step.object) continue;
    const name = `${step.object_type === "memory" ? "memory" : "object"} ${step.object}`;
    const starts = step.operation === "construct" || step.operation === "allocate";
    if (starts || !lives.has(name)) lives.set(name, (lives.get(name) ?? 0) + 1);
    step.life = `${name} ${lives.get(name)}`;
  }
}

/** The objects that main steps use. */
function livesOfMainSteps(model) {
  return new Set(model.steps.filter((step) => step.life && !isLeftOut(model, step.n))
    .map((step) => step.life));
}

/**
 * What the page's data block holds: the trace, each step in words, what threads are called, and
 * how many steps at the start only prepare (`setup`), and which steps matter little (`minor`).
 */
export function readTrace(text) {
  const {trace, aids: {texts, labels, setup, minor, edges}} = parse(text);
  const lastOf = new Map();
  const steps = trace.steps.map((step, i) => {
    const previous = lastOf.get(step.thread) ?? 0;
    lastOf.set(step.thread, i + 1);
    return {...step, n: i + 1, text: texts[i], line_text: step.text ?? "", previous, next: 0};
  });
  for (const step of steps) if (step.previous) steps[step.previous - 1].next = step.n;
  numberLives(steps);
  const model = {trace, steps, labels, setup, violation: trace.violation, size: steps.length};
  model.minor = new Set(minor);
  model.step = (n) => steps[n - 1];
  model.relations = relationsOf(model, edges);
  model.busy = livesOfMainSteps(model);
  return model;
}

/** Whether the step is left out where only the main steps are shown. */
export function isLeftOut(model, n) {
  return n <= model.setup.steps || model.minor.has(n);
}
