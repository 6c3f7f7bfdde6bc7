// Finding steps by what they do, where they are and who does them.

export function textOf(model, step) {
  return [step.text, model.labels[step.thread], step.line_text, step.function ?? "",
          `${step.file ?? ""}:${step.line ?? ""}`].join("\n").toLowerCase();
}

export class Search {
  constructor(model) {
    this.texts = model.steps.map((step) => textOf(model, step));
    this.found = [];
  }

  /** Numbers of the steps that have all words of the query. */
  find(query) {
    const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
    this.found = [];
    if (words.length === 0) return this.found;
    this.texts.forEach((text, i) => {
      if (words.every((word) => text.includes(word))) this.found.push(i + 1);
    });
    return this.found;
  }

  /** The next step that was found in a direction (1 or -1), round the end; undefined if none. */
  next(from, direction) {
    const {found} = this;
    if (direction > 0) return found.find((n) => n > from) ?? found[0];
    return found.findLast((n) => n < from) ?? found.at(-1);
  }
}
