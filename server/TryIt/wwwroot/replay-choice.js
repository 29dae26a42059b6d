import { el } from "./dom.js";
import { judging } from "./replay-judge.js";

const texts = {
  en: { asks: "Which do you mean?", which: "Which of them is right?", none: "None of these" },
  ru: { asks: "Что именно вы имеете в виду?", which: "Какой из них верный?", none: "Ничего из этого" },
};

const textsOf = item => texts[item.language] ?? texts.en;

/** What the customer would be asked. */
export const asks = item => textsOf(item).asks;

/** What the customer would choose from, as buttons: one is right, or none. @param onJudged called when that has changed */
export function choiceNode(item, onJudged) {
  const { which, none } = textsOf(item);
  const error = el("span", { class: "error", role: "alert" });
  const buttons = [
    ...item.choices.map(({ chunk, title, source }, at) => ({ chosen: chunk, title, source, key: `${at + 1}`, verdict: "chosen" })),
    { chosen: null, title: none, key: "none", verdict: "none" },
  ].map(({ chosen, title, source, key, verdict }) => ({
    isSaid: () => item.verdict === verdict && (item.chosen ?? null) === chosen,
    node: el("button", { type: "button", class: `replay-choice ${chosen === null ? "neither" : "chosen"}`, title: source, "data-key": key, dir: "auto", onclick: () => judge({ verdict, chosen }) }, title),
  }));
  const show = () => buttons.forEach(({ node, isSaid }) => node.setAttribute("aria-pressed", String(isSaid())));
  const judge = judging(item, error, () => { show(); onJudged(); });
  show();
  return el("div", { class: "replay-choices", role: "group", "aria-label": which },
    el("span", { class: "replay-quiet" }, which), buttons.map(({ node }) => node), error);
}
