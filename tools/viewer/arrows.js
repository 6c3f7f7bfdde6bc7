// Edges between steps as curves. Screen readers get the same from the list of relations.
import {svg} from "./dom.js";

export const WORDS = {
  po: "comes before, in its thread,",
  rf: "is read by",
  co: "comes before, in coherence order,",
  fr: "reads what is older than",
  hb: "happens before",
  bad: "conflicts with",
};

/** Every kind of edge leaves a box at a height of its own. */
const OFFSET = {rf: -5, hb: 0, co: 5, fr: 8, bad: 3, po: 0};

export function arrowHeads() {
  return svg("defs", {}, ...Object.keys(WORDS).map((kind) => svg("marker", {
    id: `head-${kind}`, class: `edge ${kind}`, viewBox: "0 0 8 8", refX: 7, refY: 4,
    markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse", markerUnits: "userSpaceOnUse",
  }, svg("path", {d: "M0 0.5 8 4 0 7.5z", class: "head"}))));
}

/** Where along an edge its name stands, so that edges between the same two boxes can be told. */
const LABEL_AT = {rf: 0.35, hb: 0.5, co: 0.65, fr: 0.8};

/** The four points of the edge's curve. */
function points(from, to, kind, layout) {
  const y1 = from.y + from.height / 2 + OFFSET[kind];
  const y2 = to.y + to.height / 2 + OFFSET[kind];
  if (from.x === to.x && kind === "po") {
    const x = from.x + 16;
    return [[x, from.y + from.height - 12], [x, y1], [x, y2], [x, to.y + 12]];
  }
  if (layout.overlap) {
    const far = Math.min(60, 14 + Math.abs(y2 - y1) / 8) - 2 * OFFSET[kind];
    const x = Math.min(from.x, to.x) - far;
    return [[from.x - 1, y1], [x, y1], [x, y2], [to.x - 1, y2]];
  }
  if (from.x === to.x) {
    const right = Math.max(from.x + from.width, to.x + to.width);
    const x = right + 26 + 2 * OFFSET[kind];
    return [[from.x + from.width, y1], [x, y1], [x, y2], [to.x + to.width, y2]];
  }
  const forth = from.x < to.x;
  const x1 = forth ? from.x + from.width : from.x;
  const x2 = forth ? to.x : to.x + to.width;
  const part = layout.view === "graph" ? 0.4 : 0.5;
  const reach = Math.max(20, Math.abs(x2 - x1) * part) * (forth ? 1 : -1);
  return [[x1, y1], [x1 + reach, y1], [x2 - reach, y2], [x2, y2]];
}

/** The point at part t of a cubic curve. */
function at([a, b, c, d], t) {
  const mix = (i) => (1 - t) ** 3 * a[i] + 3 * (1 - t) ** 2 * t * b[i] +
    3 * (1 - t) * t ** 2 * c[i] + t ** 3 * d[i];
  return {x: mix(0), y: mix(1) + 3};
}

export function describe(edge) {
  return `step ${edge.from} ${WORDS[edge.kind]} step ${edge.to}`;
}

/** One arrow: the line, and a wider one that can be clicked. */
export function arrow(edge, layout, strong, onclick) {
  const curve = points(layout.box(edge.from), layout.box(edge.to), edge.kind, layout);
  const d = `M${curve[0]}C${curve.slice(1).join(" ")}`;
  const group = svg("g", {class: `edge ${edge.kind}${strong ? " strong" : ""}`,
                          "data-from": edge.from, "data-to": edge.to});
  const line = svg("path", {class: "line", d});
  if (edge.kind !== "bad") line.setAttribute("marker-end", `url(#head-${edge.kind})`);
  group.append(line);
  if (layout.view === "graph" && edge.kind in LABEL_AT) {
    const place = {...at(curve, LABEL_AT[edge.kind]), "text-anchor": "middle"};
    group.append(svg("text", place, edge.kind));
  }
  if (edge.kind === "po") return group;
  const hit = svg("path", {class: "hit", d}, svg("title", {}, describe(edge)));
  hit.addEventListener("click", () => onclick(edge));
  group.append(hit);
  return group;
}
