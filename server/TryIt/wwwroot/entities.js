import { el, link } from "./dom.js";

// About what fits in the three lines to which Telegram folds a long quotation.
const foldedFrom = 160;

/**
 * A message's text with its entities as nodes. Offsets are UTF-16 units, as JavaScript's own are.
 * @param onCommand called with "/help" when such a word is clicked
 */
export function formatted(text, entities, onCommand) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const whole = document.createDocumentFragment();
  fill(whole, text, 0, text.length, sorted, onCommand);
  return whole;
}

function fill(parent, text, from, to, entities, onCommand) {
  let at = from;
  for (let i = 0; i < entities.length;) {
    const entity = entities[i++];
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < at || end <= at) continue;
    parent.append(text.slice(at, entity.offset));
    const within = [];
    while (i < entities.length && entities[i].offset < end) within.push(entities[i++]);
    const node = holder(entity, text.slice(entity.offset, end), onCommand);
    fill(node, text, entity.offset, end, within, onCommand);
    if (entity.type === "expandable_blockquote" && end - entity.offset > foldedFrom) fold(node);
    parent.append(node);
    // A block ends its line by itself.
    at = isBlock(entity) && text[end] === "\n" ? end + 1 : end;
  }
  parent.append(text.slice(at, to));
}

const isBlock = ({ type }) => type === "pre" || type.endsWith("blockquote");

function fold(quote) {
  const unfold = el("button", { type: "button", class: "unfold", "aria-expanded": "false" }, "Show all");
  unfold.addEventListener("click", () => {
    const isFolded = quote.classList.toggle("folded");
    unfold.setAttribute("aria-expanded", String(!isFolded));
    unfold.textContent = isFolded ? "Show all" : "Show less";
  });
  quote.classList.add("folded");
  quote.append(unfold);
}

function holder(entity, text, onCommand) {
  switch (entity.type) {
    case "bold": return el("strong");
    case "italic": return el("em");
    case "underline": return el("u");
    case "strikethrough": return el("s");
    case "code": return el("code");
    case "pre": return el("pre");
    case "blockquote":
    case "expandable_blockquote": return el("blockquote");
    case "spoiler": return spoiler();
    case "text_link": return link(entity.url);
    case "url": return link(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
    case "email": return link(`mailto:${text}`);
    case "phone_number": return link(`tel:${text}`);
    case "bot_command": return el("button", { type: "button", class: "command", onclick: () => onCommand(text) });
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag": return el("span", { class: "mention" });
    default: return el("span");
  }
}

function spoiler() {
  const node = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text: show it" });
  const show = () => {
    node.className = "";
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  node.addEventListener("click", show, { once: true });
  node.addEventListener("keydown", event => event.key === "Enter" && show());
  return node;
}
