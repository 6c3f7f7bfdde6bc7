// Building the page. Text only ever becomes text: nothing here parses HTML.

export function byId(id) {
  return document.getElementById(id);
}

/** An element with properties (class, text, on..., aria and data attributes) and children. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** A button that goes to a step: "step 7". */
export function stepLink(number, go, text = `step ${number}`) {
  return el("button", {class: "step-link", type: "button", text, onclick: () => go(number)});
}

/** The parts with ", " between them, and "and" before the last one. */
export function listing(parts) {
  return parts.flatMap((part, i) => {
    if (i === 0) return [part];
    return [i === parts.length - 1 ? " and " : ", ", part];
  });
}
