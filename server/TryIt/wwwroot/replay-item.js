import { el, link } from "./dom.js";
import { asks, choiceNode } from "./replay-choice.js";
import { judging } from "./replay-judge.js";

const verdicts = { right: "Right", partly: "Partly", wrong: "Wrong" };
const badges = { answer: "would answer", escalate: "would hand over" };
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

const reasons = {
  customer_asked: "the customer asks for a person",
  nothing_found: "nothing about it in the documents",
  low_confidence: "not sure enough",
  unsupported_media: "there is a picture or a file, which the bot cannot read",
  model_failed: "the search failed",
};

/** One question of the history. @param onJudged called when its verdict has changed */
export function itemNode(item, onJudged) {
  const node = el("li", { class: "replay-item", tabindex: "0", "data-decision": item.decision },
    el("div", { class: "replay-head" },
      el("span", { class: `replay-badge ${item.decision}` }, badges[item.decision] ?? "would ask back"),
      item.at && el("time", { class: "replay-quiet", datetime: item.at }, day.format(new Date(item.at)))),
    el("p", { class: "replay-question", dir: "auto" }, item.question),
    el("div", { class: "replay-pair" }, botSide(item, onJudged), side("A person answered", item.answered || "(a file)", item.answered === "")),
    item.passage && !isChoice(item) && verdictNode(item, onJudged));
  return node;
}

function side(title, text, isQuiet, ...more) {
  return el("div", { class: "replay-side" }, el("h3", {}, title), text && el("p", { class: isQuiet ? "replay-text replay-quiet" : "replay-text", dir: "auto" }, text), ...more);
}

const isChoice = item => item.choices?.length > 0;

function botSide(item, onJudged) {
  if (isChoice(item)) return side("The bot would ask", asks(item), false, choiceNode(item, onJudged));
  const source = item.passage && sourceNode(item.passage);
  if (item.decision !== "escalate") return side("The bot would say", item.says ?? "", false, item.decision === "answer" && source);
  const why = reasons[item.reason] ?? item.reason ?? "";
  const sentence = `${why.slice(0, 1).toUpperCase()}${why.slice(1)}.`;
  if (!item.passage) return side("A person would be asked", sentence, true);
  return side("A person would be asked", `${sentence} The nearest it has:`, true, el("p", { class: "replay-text replay-nearest", dir: "auto" }, item.says), source);
}

function sourceNode({ source, title, link: address }) {
  const name = title === source || title.startsWith(`${source} / `) ? title : `${source}: ${title}`;
  return el("p", { class: "replay-source" }, "Source: ", address ? link(address, name) : name);
}

function verdictNode(item, onJudged) {
  const error = el("span", { class: "error", role: "alert" });
  const buttons = Object.entries(verdicts).map(([verdict, title]) =>
    el("button", { type: "button", class: `replay-verdict ${verdict}`, "data-key": verdict, onclick: () => judge({ verdict }) }, title));
  const show = () => buttons.forEach(button => button.setAttribute("aria-pressed", String(button.dataset.key === item.verdict)));
  const judge = judging(item, error, () => { show(); onJudged(); });
  show();
  return el("div", { class: "replay-verdicts", role: "group", "aria-label": item.decision === "escalate" ? "Would that have been right?" : "Is that right?" },
    el("span", { class: "replay-quiet" }, item.decision === "escalate" ? "Would that have been right?" : "Is that right?"), buttons, error);
}
