// Relations between steps, as edges {kind, from, to}; all of them follow from the trace.

/** From which steps of other threads happens-before comes in at this step. */
function synchronising(model, step) {
  const before = step.previous ? model.step(step.previous).clock : [];
  const fresh = step.clock
    .map((last, thread) => ({last, thread}))
    .filter(({last, thread}) => thread !== step.thread && last > (before[thread] ?? 0));
  const follows = ({last, thread}) =>
    fresh.some((other) => other.thread !== thread && model.step(other.last).clock[thread] >= last);
  return fresh.filter((entry) => !follows(entry)).map(({last}) => last);
}

/** Life of an object -> its writes in coherence order. */
function writesByLife(model) {
  const lives = new Map();
  for (const step of model.steps) {
    if (step.coherence === undefined || step.object_type === "mutex") continue;
    if (!lives.has(step.life)) lives.set(step.life, []);
    lives.get(step.life).push(step);
  }
  for (const writes of lives.values()) writes.sort((a, b) => a.coherence - b.coherence);
  return lives;
}

function fromReads(model, lives) {
  const edges = [];
  for (const step of model.steps) {
    if (!step.reads_from || step.object_type === "mutex") continue;
    const writes = lives.get(step.life) ?? [];
    const at = writes.findIndex((write) => write.n === step.reads_from);
    const newer = at < 0 ? undefined : writes[at + 1];
    if (newer && newer !== step) edges.push({kind: "fr", from: step.n, to: newer.n});
  }
  return edges;
}

export function relationsOf(model) {
  const edges = [];
  for (const step of model.steps) {
    if (step.previous) edges.push({kind: "po", from: step.previous, to: step.n});
    if (step.reads_from) edges.push({kind: "rf", from: step.reads_from, to: step.n});
    for (const from of synchronising(model, step)) edges.push({kind: "hb", from, to: step.n});
  }
  const lives = writesByLife(model);
  for (const writes of lives.values()) {
    for (let i = 1; i < writes.length; ++i) {
      edges.push({kind: "co", from: writes[i - 1].n, to: writes[i].n});
    }
  }
  edges.push(...fromReads(model, lives));
  const violation = model.violation;
  if (violation?.step && violation.other_step) {
    edges.push({kind: "bad", from: violation.other_step, to: violation.step});
  }
  const of = new Map(model.steps.map((step) => [step.n, []]));
  for (const edge of edges) {
    of.get(edge.from).push(edge);
    if (edge.to !== edge.from) of.get(edge.to).push(edge);
  }
  return {edges, of: (n) => of.get(n)};
}
