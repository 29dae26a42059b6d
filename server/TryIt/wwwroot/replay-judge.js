import { post } from "./api.js";

/**
 * Says of a question what the owner has pressed: shown at once, and taken back if the server refuses it.
 * @param said what item is to hold, {verdict, chosen}
 * @param show called when the item has changed
 */
export function judging(item, error, show) {
  let latest = 0;
  // One after the other, or the server might hear the last word first.
  let sent = Promise.resolve();
  const send = ({ verdict, chosen }) =>
    (sent = sent.catch(() => {}).then(() => post("/replay/labels", { question: item.question, chunk: item.passage.chunk, verdict, chosen })));
  return async said => {
    const before = { verdict: item.verdict, chosen: item.chosen };
    const mine = ++latest;
    Object.assign(item, said);
    error.textContent = "";
    show();
    try {
      await send(said);
    } catch (e) {
      if (mine !== latest) return;
      Object.assign(item, before);
      error.textContent = e.message;
      show();
    }
  };
}
