// Memory and locks after a step. The value of an object is that of its coherence-latest write among
// the steps so far; what a thread may still read under a weak model can be older.

const RELEASED = {destroy: "destroyed", release: "freed"};

function fresh(step) {
  const isMutex = step.object_type === "mutex";
  return {
    name: step.object, life: step.life, type: step.object_type ?? "", isMutex, value: "", step: 0,
    coherence: -1, holder: null, waiting: [], ended: "",
  };
}

function write(entry, step) {
  if (step.coherence !== undefined && step.coherence < entry.coherence) return;
  entry.coherence = step.coherence ?? entry.coherence;
  entry.value = step.written;
  entry.step = step.n;
}

function lock(entry, step) {
  if (step.waits) entry.waiting.push(step.thread);
  else if (step.operation === "unlock") entry.holder = null;
  else if (step.operation === "lock" || step.success) entry.holder = step.thread;
  entry.step = step.n;
}

function take(entry, step) {
  if (step.object_type && !entry.type) entry.type = step.object_type;
  if (entry.isMutex && ["lock", "try_lock", "unlock"].includes(step.operation)) lock(entry, step);
  else if (step.written !== undefined) write(entry, step);
  if (step.operation === "construct" && step.written === undefined) {
    entry.value = entry.isMutex ? "" : "uninitialised";
    entry.coherence = step.coherence ?? 0;
    entry.step = step.n;
  }
  if (step.operation === "allocate") {
    entry.value = step.note ?? "";
    entry.step = step.n;
  }
  if (step.operation in RELEASED) {
    entry.ended = RELEASED[step.operation];
    entry.step = step.n;
  }
}

/** The objects that exist or existed up to step n, in the order of their first steps. */
export function stateAfter(model, n) {
  const entries = new Map();
  for (let i = 0; i < n; ++i) {
    const step = model.steps[i];
    if (!step.life) continue;
    if (!entries.has(step.life)) entries.set(step.life, fresh(step));
    take(entries.get(step.life), step);
  }
  return [...entries.values()];
}
