// The source beside the steps, with the current line and where the other threads stand.
import {byId, el} from "./dom.js";

const TOKEN = new RegExp([
  String.raw`(?<comment>\/\/.*|\/\*.*?(?:\*\/|$))`,
  String.raw`(?<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])+')`,
  String.raw`(?<number>\b\d[\w.']*)`,
  String.raw`(?<directive>^\s*#\s*\w+)`,
  String.raw`(?<word>\b[A-Za-z_]\w*)`,
].join("|"), "gu");

const KEYWORDS = new Set((
  "alignas auto bool break case catch char class const constexpr continue default " +
  "delete do double else enum explicit extern false final float for friend if inline " +
  "int long namespace new noexcept nullptr operator override private protected public " +
  "return short signed sizeof static struct switch template this throw true try " +
  "typedef typename union unsigned using virtual void volatile while"
).split(" "));

/** One line as spans; `comment`: it begins in a block comment. Returns whether the next does. */
function highlight(line, comment, into) {
  let at = 0;
  if (comment) {
    const end = line.indexOf("*/");
    at = end < 0 ? line.length : end + 2;
    into.append(el("span", {class: "c-comment", text: line.slice(0, at)}));
    if (end < 0) return true;
  }
  let open = false;
  const rest = line.slice(at);
  let last = 0;
  for (const match of rest.matchAll(TOKEN)) {
    const [kind] = Object.entries(match.groups).find(([, text]) => text !== undefined);
    if (kind === "word" && !KEYWORDS.has(match[0])) continue;
    into.append(rest.slice(last, match.index));
    into.append(el("span", {class: `c-${kind === "word" ? "keyword" : kind}`, text: match[0]}));
    last = match.index + match[0].length;
    open = kind === "comment" && match[0].startsWith("/*") && !match[0].endsWith("*/");
  }
  into.append(rest.slice(last));
  return open;
}

export class Source {
  constructor(model) {
    this.model = model;
    this.code = byId("code");
    this.file = null;
  }

  show(n) {
    const step = this.model.step(n);
    const file = step.file ?? "";
    byId("source-head").textContent = file ? `${file}:${step.line ?? 0}` : "Source";
    const lines = this.model.trace.sources[file];
    if (!lines) return this.showLine(step, file);
    if (this.file !== file) this.open(file, lines);
    this.markThreads(n, file);
    const target = this.code.children[(step.line ?? 0) - 1];
    this.code.querySelector(".now")?.classList.remove("now");
    this.code.querySelector("[aria-current]")?.removeAttribute("aria-current");
    if (!target) return;
    target.classList.add("now");
    target.setAttribute("aria-current", "true");
    const {clientHeight, scrollTop} = this.code;
    const top = target.offsetTop;
    if (top < scrollTop + 30 || top > scrollTop + clientHeight - 50) {
      this.code.scrollTop = top - clientHeight / 3;
    }
  }

  /** The file is not in the trace: all that there is is the step's own line. */
  showLine(step, file) {
    this.file = null;
    const text = step.line_text || (file ? "The trace does not hold this file."
                                         : "This step has no place in the source.");
    const line = el("div", {class: "line now"}, el("span", {class: "line-number",
                                                            text: step.line ?? ""}));
    line.append(el("span", {class: step.line_text ? "" : "none", text}));
    this.code.replaceChildren(line);
  }

  open(file, lines) {
    this.file = file;
    let comment = false;
    this.code.replaceChildren(...lines.map((text, i) => {
      const code = el("span", {class: "text"});
      comment = highlight(text, comment, code);
      return el("div", {class: "line"}, el("span", {class: "line-number", text: i + 1}), code);
    }));
    this.code.scrollTop = 0;
  }

  /** At the line of the last step so far of each other thread: who stands there. */
  markThreads(n, file) {
    for (const old of this.code.querySelectorAll(".stands")) old.remove();
    const current = this.model.step(n);
    const seen = new Set([current.thread]);
    for (let i = n - 1; i >= 1 && seen.size < this.model.labels.length; --i) {
      const step = this.model.step(i);
      if (seen.has(step.thread)) continue;
      seen.add(step.thread);
      const ended = step.operation === "finish";
      const line = step.file === file ? this.code.children[(step.line ?? 0) - 1] : null;
      if (!line || ended) continue;
      line.append(el("span", {class: `stands thread-${step.thread % 8}`,
                              text: this.model.labels[step.thread]}));
    }
  }
}
