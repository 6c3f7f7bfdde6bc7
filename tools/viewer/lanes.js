// The steps on screen: only those rows that can be seen are in the page.
import {arrow, arrowHeads} from "./arrows.js";
import {byId, el, svg} from "./dom.js";
import {badge, chipLines, layOut} from "./layout.js";

const MARGIN = 10; // rows beyond the visible ones

export class Lanes {
  /** `go(n)`: a step was chosen; `showAll()`: the setup, too, is to be shown. */
  constructor(model, {go, showAll}) {
    this.model = model;
    this.go = go;
    this.showAll = showAll;
    this.scroller = byId("steps");
    this.canvas = byId("canvas");
    this.arrows = svg("svg", {class: "arrows", "aria-hidden": "true"});
    this.canvas.append(this.arrows);
    this.chips = new Map();
    this.pending = false;
    const later = () => this.later();
    this.scroller.addEventListener("scroll", later, {passive: true});
    new ResizeObserver(() => this.resized()).observe(this.scroller);
    this.charWidth = this.measure();
  }

  measure() {
    const probe = el("span", {class: "chip probe", text: "0".repeat(100)});
    this.canvas.append(probe);
    const style = getComputedStyle(probe);
    const padding = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight) + 2;
    const width = (probe.getBoundingClientRect().width - padding) / 100;
    probe.remove();
    return width;
  }

  /** Draws anew what `what` ({view, brief, current, matches, kinds, all}) says. */
  show(what) {
    const moved = !this.what || this.what.view !== what.view || this.what.brief !== what.brief;
    const stepped = moved || this.what.current !== what.current;
    this.what = what;
    if (moved) this.relay();
    if (stepped) this.reveal();
    this.render();
  }

  relay() {
    const room = this.room = this.scroller.clientWidth;
    this.layout = layOut(this.model, {...this.what, room, charWidth: this.charWidth});
    for (const chip of this.chips.values()) chip.remove();
    this.chips.clear();
    const {rows, rowHeight, width, lanes} = this.layout;
    this.canvas.className = `canvas ${this.what.view}`;
    this.canvas.style.height = `${rows.length * rowHeight + 12}px`;
    this.canvas.style.minWidth = `${width}px`;
    this.arrows.setAttribute("height", rows.length * rowHeight);
    this.arrows.setAttribute("width", width);
    const heads = byId("lane-heads");
    heads.style.minWidth = `${width}px`;
    heads.replaceChildren(...lanes.map((lane) => {
      const label = this.model.labels[lane.thread];
      const head = el("span", {class: `lane-head thread-${lane.thread % 8}`, text: label});
      head.style.left = `${lane.x}px`;
      head.style.maxWidth = `${lane.head ?? lane.width + 20}px`;
      return head;
    }));
  }

  resized() {
    if (!this.layout || this.scroller.clientWidth === this.room) return this.later();
    this.relay();
    this.render();
  }

  reveal() {
    const {y, height, x, width} = this.layout.box(this.what.current);
    const head = byId("lane-heads").offsetHeight;
    const {scrollTop, clientHeight, scrollLeft, clientWidth} = this.scroller;
    const room = clientHeight - head;
    if (y < scrollTop + height) this.scroller.scrollTop = y - 2 * height;
    else if (y + 2 * height > scrollTop + room) this.scroller.scrollTop = y + 3 * height - room;
    if (x < scrollLeft) this.scroller.scrollLeft = x - 70;
    else if (x + width > scrollLeft + clientWidth) {
      this.scroller.scrollLeft = Math.min(x - 70, x + width - clientWidth + 20);
    }
  }

  later() {
    if (this.pending || !this.layout) return;
    this.pending = true;
    requestAnimationFrame(() => {
      this.pending = false;
      this.render();
    });
  }

  visibleRows() {
    const {rowHeight, rows} = this.layout;
    const top = Math.floor(this.scroller.scrollTop / rowHeight) - MARGIN;
    const bottom = Math.ceil((this.scroller.scrollTop + this.scroller.clientHeight) / rowHeight);
    return {top: Math.max(0, top), bottom: Math.min(rows.length - 1, bottom + MARGIN)};
  }

  render() {
    const {top, bottom} = this.visibleRows();
    const wanted = [];
    for (let row = top; row <= bottom; ++row) wanted.push(...(this.layout.rows[row] ?? []));
    if (!wanted.includes(this.what.current)) wanted.push(this.what.current);
    wanted.sort((a, b) => a - b);
    const keep = new Set(wanted);
    for (const [n, chip] of this.chips) {
      if (keep.has(n)) continue;
      chip.remove();
      this.chips.delete(n);
    }
    let after = this.arrows;
    for (const n of wanted) {
      const chip = this.chips.get(n) ?? this.make(n);
      this.mark(chip, n);
      // In the order of the steps, for those who read the page in its own order.
      if (after.nextSibling !== chip) after.after(chip);
      after = chip;
    }
    this.scroller.setAttribute("aria-activedescendant", `step-${this.what.current}`);
    this.draw(top, bottom);
  }

  make(n) {
    const node = n === 0 ? this.makeFold() : this.makeStep(this.model.step(n));
    this.chips.set(n, node);
    return node;
  }

  makeFold() {
    const {steps, text} = this.model.setup;
    const node = el("div", {
      class: "row fold", id: "step-0", role: "option", "aria-selected": "false",
      title: "Show these steps", onclick: this.showAll,
    }, el("span", {class: "number", text: `1–${steps}`}), el("span", {class: "chip", text}));
    return node;
  }

  makeStep(step) {
    const {x, y, width, height} = this.layout.box(step.n);
    const mark = badge(this.model, step.n);
    const node = el("div", {
      class: `row thread-${step.thread % 8}`, id: `step-${step.n}`, role: "option",
      "aria-posinset": step.n, "aria-setsize": this.model.size,
      onclick: () => this.go(step.n),
    });
    node.style.top = `${y}px`;
    node.style.height = `${height}px`;
    const [first, second] = chipLines(step, this.what.view);
    const chip = el("span", {class: "chip", title: step.text}, first);
    chip.style.left = `${x}px`;
    chip.style.width = `${width}px`;
    // The current step is shown in full, where there is room.
    const {scrollWidth} = this.canvas;
    const full = Math.min(this.layout.natural(step), scrollWidth - x - 8);
    chip.style.setProperty("--full", `${Math.max(width, full)}px`);
    if (mark) chip.append(" ", el("span", {class: "badge", text: mark}));
    if (second) chip.append(el("span", {class: "second", text: second}));
    node.classList.toggle("switched", this.layout.switched.has(step.n));
    const who = `, ${this.model.labels[step.thread]}: `;
    node.append(el("span", {class: "number", text: step.n}),
                el("span", {class: "unseen", text: who}), chip);
    return node;
  }

  mark(node, n) {
    const {current, matches} = this.what;
    const violation = this.model.violation;
    node.setAttribute("aria-selected", String(n === current));
    const classes = {
      current: n === current, match: matches.has(n), stale: n > 0 && this.model.step(n).stale,
      bad: n > 0 && violation?.step === n, other: n > 0 && violation?.other_step === n,
      done: n < current,
    };
    for (const [name, on] of Object.entries(classes)) node.classList.toggle(name, Boolean(on));
  }

  /** The edges of the current step, or all that the visible rows have. */
  draw(top, bottom) {
    const {current, kinds, all, view} = this.what;
    const {of} = this.model.relations;
    const {shows, po} = this.layout;
    const edges = this.model.relations.edges.filter((edge) => edge.kind !== "po");
    const own = new Set(of(current));
    const wanted = edges.filter((edge) => shows(edge.from) && shows(edge.to) &&
      (edge.kind === "bad" || (kinds.has(edge.kind) && (all || own.has(edge)))));
    if (view === "graph") wanted.push(...po);
    const seen = wanted.filter((edge) => {
      const from = this.layout.box(edge.from).row;
      const to = this.layout.box(edge.to).row;
      return Math.max(from, to) >= top && Math.min(from, to) <= bottom;
    });
    this.arrows.replaceChildren(arrowHeads(), ...seen.map((edge) => arrow(
      edge, this.layout, own.has(edge), () => this.go(edge.to === current ? edge.from : edge.to))));
  }
}
