// Relations between steps, as edges {kind, from, to}.

/** `pairs`: kind -> list of [from, to], as the page's data has them. */
export function relationsOf(model, pairs) {
  const edges = [];
  for (const step of model.steps) {
    if (step.previous) edges.push({kind: "po", from: step.previous, to: step.n});
  }
  for (const kind of ["rf", "co", "fr", "hb"]) {
    for (const [from, to] of pairs[kind]) edges.push({kind, from, to});
  }
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
