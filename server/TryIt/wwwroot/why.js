import { get, Refused } from "./api.js";
import { el, link } from "./dom.js";

// A message's reasons are stored a moment after the message itself was sent.
const retries = [400, 1200, 3000, 6000];
const whileDeskIsDown = 2500;
const shownPassages = 5;
const shownReasons = 5;
// A tenth of what a usual reason weighs: nobody would miss it.
const leastShare = 0.02;

const decisions = {
  answer: "Answered from the documents",
  choose: "Asked the customer which passage is meant",
  ask_back: "Asked the customer back",
  escalate: "Handed to a person",
};

const verdicts = { answer: "answered", choose: "asked which", ask_back: "asked back", escalate: "handed over" };

const reasons = {
  customer_asked: "the customer asked for a person",
  nothing_found: "nothing found in the documents",
  low_confidence: "not sure enough",
  not_supported: "no passage supports the answer",
  repeated: "the third turn on the same thing",
  upset: "the customer is upset",
  rule: "the owner wants a person for this topic",
  unsupported_media: "a kind of message the bot cannot read",
  model_failed: "the model did not answer",
  limit: "a limit was reached",
};

const seen = new IntersectionObserver(entries => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    explain(target).catch(e => target.replaceChildren(el("p", { class: "why-trouble" }, e.message)));
  }
});

/** What stood behind a message of the bot, told in the chat's language; fetched once the message is seen; nothing when it was no answer to a question. */
export function whyNode(chat, message, language) {
  const node = el("div", { class: "why-place", "data-chat": chat, "data-message": message, "data-language": language });
  seen.observe(node);
  return node;
}

async function explain(place) {
  for (let attempt = 0; place.isConnected || attempt === 0;) {
    try {
      const why = await get(`/why?chat=${place.dataset.chat}&message_id=${place.dataset.message}&language=${place.dataset.language}`);
      place.dataset.decision = why.decision;
      place.dataset.question = JSON.stringify([why.question, why.decision, why.chosen, why.confidence, why.seconds]);
      place.replaceChildren(disclosure(why));
      keepFirst(place, why);
      place.dispatchEvent(new Event("grown", { bubbles: true }));
      return;
    } catch (e) {
      if (!(e instanceof Refused)) throw e;
      if (e.status === 404) {
        if (attempt >= retries.length) {
          place.replaceChildren();
          return;
        }
        await pause(retries[attempt++]);
      } else {
        place.replaceChildren(el("p", { class: "why-trouble" }, `Why? ${e.status >= 500 ? "The desk cannot say now; asking again." : e.message}`));
        if (e.status > 0 && e.status < 500) return;
        await pause(whileDeskIsDown);
      }
    }
  }
}

// One question may have several messages: the answer, its source, what a person wrote. The first one tells; after a choice also the answer to it.
function keepFirst(place, why) {
  const same = [...place.closest(".messages")?.querySelectorAll(".why-place") ?? []].filter(other => other.dataset.question === place.dataset.question);
  for (const later of same.slice(why.decision === "choose" ? 2 : 1)) later.replaceChildren();
}

const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

function disclosure(why) {
  return el("details", { class: "why" },
    el("summary", {},
      el("span", { class: "why-word" }, "Why?"),
      el("span", { class: `verdict ${why.decision}` }, verdict(why)),
      el("span", { class: "why-brief" }, brief(why))),
    el("dl", { class: "facts" },
      fact("Decision", decisions[why.decision] ?? why.decision),
      why.reason && fact("Reason", reasons[why.reason] ?? why.reason),
      why.passages.length > 0 && fact("Confidence", confidence(why)),
      why.choices?.length > 0 && fact("Offered", choices(why)),
      fact("Question", why.question),
      why.searched && fact("Looked for", why.searched),
      why.readAs && fact("Read as", why.readAs),
      fact("Language", why.language),
      fact("Took", duration(why.seconds)),
      why.feedback && fact("Feedback", why.feedback),
      why.sentInDoubt > 0 && fact("Sent in doubt", `${why.sentInDoubt}×: Telegram's answer did not arrive, so it was sent again`)),
    why.because?.length > 0 && because(why.because),
    why.passages.length > 0 ? passages(why.passages, why.cited) : el("p", { class: "none" }, "No passages were looked at, or none fits."),
    why.because?.length > 0 && numbers(why.because));
}

const isChosen = why => typeof why.chosen === "number" && why.chosen >= 0;

const verdict = why => isChosen(why) ? "chosen" : verdicts[why.decision] ?? why.decision;

function brief(why) {
  if (why.decision === "answer") return `confidence ${confidenceWords(why)}`;
  if (why.decision !== "choose") return reasons[why.reason] ?? why.reason ?? "";
  return isChosen(why) ? why.choices[why.chosen] : typeof why.chosen === "number" ? "none of these" : `${why.choices.length} to choose from`;
}

const fact = (name, ...value) => [el("dt", {}, name), el("dd", {}, ...value)];

function choices(why) {
  return el("ul", { class: "choices" }, why.choices.map((title, place) =>
    el("li", {}, title, place === why.chosen && el("span", { class: "mark" }, "chosen"))));
}

/** Words, until there are labels enough to say how often such an answer is right. */
function confidenceWords(why) {
  return hasProbability(why) ? `${Math.round(why.probability * 100)} %` : why.level;
}

const hasProbability = why => why.probability !== undefined && why.probability !== null;

function confidence(why) {
  return hasProbability(why)
    ? [bar(why.probability, "probability"), ` ${confidenceWords(why)} of such answers are right`]
    : [bar(why.confidence, "confidence"), ` ${why.level} `, el("span", { class: "uncalibrated", title: "A percentage is told once enough answers have been rated" }, "not calibrated yet")];
}

function duration(seconds) {
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`;
}

function bar(share, label) {
  const filled = el("span", { class: "bar-filled" });
  filled.style.width = `${Math.round(Math.max(0, Math.min(1, share)) * 100)}%`;
  return el("span", { class: "bar", role: "img", "aria-label": label }, filled);
}

/** What spoke for the best passage and what against it, in sentences. */
function because(all) {
  const most = Math.max(...all.map(reason => Math.abs(reason.share ?? 0)), Number.MIN_VALUE);
  const told = all.filter((reason, place) => reason.sentence !== reason.name && (place === 0 || Math.abs(reason.share ?? 0) >= leastShare)).slice(0, shownReasons);
  return told.length > 0 && el("ul", { class: "because" }, told.map(({ sentence, share }) =>
    el("li", {}, signedBar(share ?? 0, most), el("span", { dir: "auto" }, sentence))));
}

/** To the right what speaks for it, to the left what speaks against it. */
function signedBar(share, most) {
  const filled = el("span", { class: share < 0 ? "bar-against" : "bar-for" });
  filled.style.width = `${Math.round(Math.abs(share) / most * 50)}%`;
  const words = share === 0 ? "weighs nothing" : share < 0 ? "speaks against it" : "speaks for it";
  return el("span", { class: "bar signed", role: "img", "aria-label": words, title: words }, filled);
}

function passages(found, cited) {
  const best = Math.max(...found.map(passage => passage.score), Number.MIN_VALUE);
  const items = found.map((found, place) => passage(found, best, place === cited));
  const others = items.slice(shownPassages);
  return el("div", { class: "passages" },
    el("ol", {}, items.slice(0, shownPassages)),
    others.length > 0 && el("details", { class: "more" }, el("summary", {}, `${others.length} more`), el("ol", {}, others)));
}

function passage({ score, title, source, link: address, text, forStaff }, best, isCited) {
  return el("li", {},
    el("details", {},
      el("summary", {},
        bar(score / best, `score ${score.toFixed(2)}`),
        el("span", { class: "score" }, score.toFixed(2)),
        el("span", { class: "passage-title" }, title || source),
        isCited && el("span", { class: "mark" }, "shown"),
        forStaff && el("span", { class: "staff" }, "staff only")),
      el("p", { class: "passage-source" }, address ? link(address, source) : source),
      el("p", { class: "passage-text", dir: "auto" }, text)));
}

function numbers(all) {
  return el("details", { class: "features" },
    el("summary", {}, "Numbers behind the confidence"),
    el("table", {},
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Feature"), el("th", { scope: "col" }, "Value"), el("th", { scope: "col", title: "What it adds to the log-odds, against an average question" }, "Share"))),
      el("tbody", {}, all.map(({ name, value, share }) =>
        el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, value.toFixed(2)), el("td", {}, share === undefined || share === null ? "" : `${share < 0 ? "−" : "+"}${Math.abs(share).toFixed(2)}`))))));
}
