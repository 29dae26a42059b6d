import { get } from "./api.js";
import { byId } from "./dom.js";

const pause = 4000;

/** What the company's labels say of its target, in a few words beside the lights. Empty while the desk cannot say. */
export class PromiseLine {
  #ended = false;

  start() {
    this.#watch();
  }

  end() {
    this.#ended = true;
  }

  async #watch() {
    while (!this.#ended) {
      if (!document.hidden) show(await get("/certificate").catch(() => null));
      await new Promise(resolve => setTimeout(resolve, pause));
    }
  }
}

function show(certificate) {
  const node = byId("promise");
  node.hidden = certificate === null;
  if (certificate === null) return;
  const text = words(certificate);
  node.dataset.state = certificate.mode === "promise" ? certificate.state : certificate.mode;
  node.title = details(certificate);
  if (node.textContent !== text) node.textContent = text;
}

const percent = part => `${(part * 100).toFixed(part > 0 && part < 0.1 && (part * 1000) % 10 !== 0 ? 1 : 0)}%`;
const labels = count => `${count} ${count === 1 ? "label" : "labels"}`;

function words({ mode, state, target, threshold, missing, used, share }) {
  if (mode === "fixed") return `Answers from confidence ${threshold}, nothing promised`;
  if (mode === "people") return "Everything goes to people";
  const promise = `At most ${percent(target)} wrong`;
  if (state === "certified") return `${promise}: certified, may answer ${percent(share)}`;
  if (state === "suspended") return `${promise}: suspended`;
  return `${promise}: not certified${used > 0 ? " any more" : ""}, ${labels(missing)} missing`;
}

function details({ mode, state, used, answered, wrong, upperBound, knowledge, knowledgeNow }) {
  const how = "Labels say which answers are right: write /label to the bot as the editor, /target as the owner.";
  if (mode !== "promise" || state === "not_certified") return how;
  const found = `Of ${labels(used)} ${state === "certified" ? `${answered} would be answered, ${wrong} of them wrong: allowing for chance, up to ${percent(upperBound)}` : `${wrong} are wrong`}.`;
  return [found, knowledgeNow > knowledge ? "The documents have changed since and are being looked at." : "", how].filter(Boolean).join(" ");
}
