// Where each step stands: which row, which lane, how wide. Knows no page.
import {isLeftOut} from "./trace.js";

const GUTTER = {interleaving: 70, graph: 24};
const ROW = {interleaving: 32, graph: 80};
const LANE = {least: 190, most: 560, gap: 44, indent: 88};
const CHIP_PADDING = 26;

/** What the violation says about a step, in a word or two; empty if nothing. */
export function badge(model, n) {
  const violation = model.violation;
  if (!violation || n === 0) return "";
  if (n === violation.step) return violation.kind;
  if (n !== violation.other_step) return "";
  if (violation.kind === "data race") return "races";
  return /free/u.test(violation.kind) ? "freed here" : "see";
}

/** What stands in the box of a step, as lines: in the graph the object is above what is done. */
export function chipLines(step, view) {
  if (view !== "graph") return [step.text];
  const head = step.object && step.text.startsWith(`${step.object}.`) ? step.object : "";
  return head ? [`${step.n}  ${head}`, step.text.slice(head.length + 1)]
              : [`${step.n}  ${step.text}`];
}

/** Rows of the graph: as high as the longest chain of po, rf and hb that leads to the step. */
function layers(model, shows) {
  const layer = new Array(model.size + 1).fill(-1);
  for (let n = 1; n <= model.size; ++n) {
    // What is left out takes no row, but hands the order on.
    let above = -1;
    for (const edge of model.relations.of(n)) {
      const counts = edge.to === n && (edge.kind === "po" || edge.kind === "rf" ||
                                       edge.kind === "hb");
      if (counts) above = Math.max(above, layer[edge.from]);
    }
    layer[n] = above + (shows(n) ? 1 : 0);
  }
  return layer;
}

/** Step -> row, for the steps that are shown. */
function rowNumbers(model, view, shows, first) {
  const numbers = new Map();
  const layer = view === "graph" ? layers(model, shows) : [];
  let next = first;
  for (let n = 1; n <= model.size; ++n) {
    if (!shows(n)) continue;
    numbers.set(n, view === "graph" ? first + layer[n] : next);
    next += 1;
  }
  return numbers;
}

/** Lanes side by side, shrunk as far as it takes to see them all. */
function sideBySide(wanted, left, room, shrink) {
  const sum = [...wanted.values()].reduce((total, width) => total + width, 0);
  const space = room - left - LANE.gap * wanted.size;
  let x = left;
  const lanes = [...wanted].map(([thread, natural]) => {
    const least = Math.min(natural, LANE.least);
    const width = shrink && sum > space
      ? Math.max(least, Math.floor(natural * space / sum)) : natural;
    const lane = {thread, x, width};
    x += width + LANE.gap;
    return lane;
  });
  return {lanes, end: x};
}

/** Lanes that overlap, each a step further to the right: a row has one step only. */
function indented(wanted, left, room) {
  let indent = Infinity;
  [...wanted].forEach(([, natural], i) => {
    if (i > 0) indent = Math.min(indent, (room - left - 16 - natural) / i);
  });
  indent = Math.floor(Math.max(LANE.indent, indent));
  const end = Math.max(room, left + indent * (wanted.size - 1) + LANE.least);
  const lanes = [...wanted].map(([thread], i) => {
    const x = left + i * indent;
    return {thread, x, width: end - x - 16, head: indent - 12};
  });
  return {lanes, end, overlap: true};
}

function placeLanes(wanted, view, room) {
  const left = GUTTER[view];
  const natural = sideBySide(wanted, left, room, view === "graph");
  if (view === "graph" || natural.end <= room) return natural;
  return indented(wanted, left, room);
}

/**
 * The layout of a view. `brief`: only the main steps, the setup in one row. `charWidth`: of the
 * steps' font; `room`: what there is from side to side, in pixels. Rows are lists of step numbers;
 * the row of the setup is [0].
 */
export function layOut(model, {view, brief, charWidth, room}) {
  const hasSetup = brief && model.setup.steps > 0;
  const shows = (n) => !brief || !isLeftOut(model, n);
  const rowOf = rowNumbers(model, view, shows, hasSetup ? 1 : 0);
  const rows = hasSetup ? [[0]] : [];
  const natural = (step) => {
    const mark = badge(model, step.n);
    const lines = chipLines(step, view).map((line) => line.length);
    lines[0] += mark ? mark.length + 4 : 0;
    return Math.ceil(Math.max(...lines) * charWidth) + CHIP_PADDING;
  };
  const widths = new Map();
  const po = [];
  const lastOf = new Map();
  const switched = new Set();
  let running;
  for (const [n, row] of rowOf) {
    (rows[row] ??= []).push(n);
    const {thread} = model.step(n);
    const width = Math.min(LANE.most, Math.max(LANE.least, natural(model.step(n))));
    widths.set(thread, Math.max(widths.get(thread) ?? 0, width));
    if (lastOf.has(thread)) po.push({kind: "po", from: lastOf.get(thread), to: n});
    lastOf.set(thread, n);
    if (running !== undefined && running !== thread) switched.add(n);
    running = thread;
  }
  const wanted = new Map([...widths].sort(([a], [b]) => a - b));
  const {lanes, end, overlap} = placeLanes(wanted, view, room);
  const laneOf = new Map(lanes.map((lane) => [lane.thread, lane]));
  const height = ROW[view];
  const box = (n) => {
    const step = model.step(n);
    const lane = laneOf.get(step.thread);
    const width = Math.min(lane.width, natural(step));
    return {x: lane.x, y: rowOf.get(n) * height, width, height, row: rowOf.get(n)};
  };
  return {view, shows, box, natural, rows, po, switched, lanes, overlap, rowHeight: height,
          width: end};
}
