import { el } from "./dom.js";
import { itemNode } from "./replay-item.js";

const kinds = [
  { name: "all", title: "All", fits: () => true },
  { name: "answer", title: "Answer", fits: item => item.decision === "answer" },
  { name: "ask_back", title: "Ask back", fits: item => item.decision !== "answer" && item.decision !== "escalate" },
  { name: "escalate", title: "Hand over", fits: item => item.decision === "escalate" },
];

/** The whole result: the sentence, whose answers they were, and the questions. */
export function resultNode(replayed, fileName, again) {
  return el("div", {},
    el("p", { class: "replay-sentence" }, ...sentence(replayed)),
    replayed.trouble && el("p", { class: "replay-trouble" }, replayed.trouble),
    el("p", { class: "note" }, `${fileName}: ${count(replayed.messages, "message")} in ${count(replayed.chats, "chat")}, ${count(replayed.found, "answered question")}. Handed over means: your documents do not say it, or the bot is not sure enough.`),
    replayed.staff.length > 0 && staffNode(replayed.staff, again),
    replayed.questions.length > 0 && listNode(replayed.questions));
}

function sentence({ questions, answered, askedBack, handedOver }) {
  if (questions.length === 0) return ["No question that a person answered was found in this file."];
  const number = value => el("b", {}, value);
  return [`Of your last ${count(questions.length, "question")} I would answer `, number(answered), ", ask back on ", number(askedBack), ", hand over ", number(handedOver), "."];
}

const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

function staffNode(staff, again) {
  const boxes = staff.map(one => el("input", { type: "checkbox", value: one.id, checked: one.isStaff }));
  const button = el("button", { type: "button", onclick: () => again(boxes.filter(box => box.checked).map(box => box.value)) }, "Replay with these");
  return el("details", { class: "replay-staff", open: !staff.some(one => one.isStaff) },
    el("summary", {}, "Taken for your staff: ", el("b", {}, staff.filter(one => one.isStaff).map(one => one.name ?? one.id).join(", ") || "nobody"), ". Wrong?"),
    el("p", { class: "note" }, "In groups whoever replies to many different people is taken for staff."),
    el("div", { class: "replay-people" }, staff.map((one, at) => el("label", {}, boxes[at], ` ${one.name ?? one.id} `, el("span", { class: "replay-quiet" }, `replied to ${one.people === 1 ? "1 person" : `${one.people} people`}`)))),
    button);
}

function listNode(questions) {
  const judged = el("span", { class: "replay-judged", role: "status" });
  const labels = questions.filter(item => item.passage);
  const tell = () => { judged.textContent = `${labels.filter(item => item.verdict).length} of ${labels.length} judged`; };
  const items = questions.map(item => ({ item, node: itemNode(item, tell) }));
  const list = el("ol", { class: "replay-list", onkeydown: event => onKey(event, list) }, items.map(({ node }) => node));
  const filters = kinds.map(kind => el("button", { type: "button", "aria-pressed": String(kind.name === "all"), onclick: () => filter(kind) },
    kind.title, " ", el("span", { class: "replay-count" }, questions.filter(kind.fits).length)));
  function filter(kind) {
    filters.forEach((button, at) => button.setAttribute("aria-pressed", String(kinds[at] === kind)));
    for (const { item, node } of items) node.hidden = !kind.fits(item);
    nothing.hidden = questions.some(kind.fits);
    items.find(({ node }) => !node.hidden)?.node.scrollIntoView({ block: "nearest" });
  }
  const nothing = el("p", { class: "empty", hidden: true }, "None of them.");
  tell();
  return el("div", {},
    el("div", { class: "replay-bar" },
      el("div", { class: "replay-filters", role: "group", "aria-label": "Show" }, filters),
      judged,
      el("p", { class: "replay-keys" }, "Keys: ", el("kbd", {}, "↑"), " ", el("kbd", {}, "↓"), " move, ", el("kbd", {}, "R"), " right, ", el("kbd", {}, "P"), " partly, ", el("kbd", {}, "W"), " wrong, of a choice ", el("kbd", {}, "1"), "–", el("kbd", {}, "3"), ", ", el("kbd", {}, "N"), " none")),
    list, nothing);
}

const keys = { KeyR: "right", KeyP: "partly", KeyW: "wrong", Digit1: "1", Digit2: "2", Digit3: "3", KeyN: "none" };

function onKey(event, list) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const shown = [...list.children].filter(node => !node.hidden);
  const at = shown.findIndex(node => node.contains(document.activeElement));
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  // By the key's place: the letters may be Cyrillic ones.
  const button = at < 0 ? null : shown[at].querySelector(`[data-key="${keys[event.code]}"]`);
  if (step === 0 && !button || at < 0) return;
  event.preventDefault();
  button?.click();
  shown[at + (button ? 1 : step)]?.focus();
}
