// On paper all steps are there, each with its source line.
import {byId, el} from "./dom.js";
import {badge} from "./layout.js";

export function preparePrint(model) {
  const rows = model.steps.map((step) => {
    const mark = badge(model, step.n);
    const place = step.file ? `${step.file.split("/").at(-1)}:${step.line}` : "";
    return el("tr", {class: mark ? "bad" : step.stale ? "stale" : ""},
              el("td", {text: step.n}), el("td", {text: model.labels[step.thread]}),
              el("td", {class: "action", text: mark ? `${step.text} — ${mark}` : step.text}),
              el("td", {text: place}), el("td", {class: "action", text: step.line_text}));
  });
  const heads = ["step", "thread", "what it does", "place", "source"];
  byId("print").replaceChildren(el("table", {},
    el("thead", {}, el("tr", {}, ...heads.map((text) => el("th", {scope: "col", text})))),
    el("tbody", {}, ...rows)));
}
