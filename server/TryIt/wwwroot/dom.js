/** Makes an element. Strings become text nodes, never HTML: what people and documents say is data. */
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") node.addEventListener(key.slice(2), value);
    else if (key === "class") node.className = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter(child => child !== undefined && child !== null && child !== false));
  return node;
}

export const byId = id => document.getElementById(id);

/** A short message at the foot of the page, like Telegram's own notices. */
export function toast(text, isError = false) {
  const note = el("p", { class: isError ? "toast error" : "toast" }, text);
  byId("toasts").append(note);
  setTimeout(() => note.remove(), isError ? 8000 : 4000);
}

/** A link only where the address is of a harmless kind; otherwise plain text. */
export function link(address, ...children) {
  const isSafe = /^(https?|mailto|tel|tg):/i.test(address);
  return isSafe ? el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...children) : el("span", {}, ...children);
}
