import { get, Refused } from "./api.js";
import { el, link } from "./dom.js";

// A message's reasons are stored a moment after the message itself was sent.
const retries = [400, 1200, 3000, 6000];
const whileDeskIsDown = 2500;
const shownPassages = 5;

const decisions = { answer: "Answered from the documents", ask_back: "Asked the customer back", escalate: "Handed to a person" };

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

const featureNames = {
  self_stems: "words found, of the most possible",
  self_grams: "letter groups found, of the most possible",
  self_pairs: "word pairs found",
  coverage: "share of the question in the passage",
  title_coverage: "share of the question in its title",
  title_match: "the title is the question",
  narrow: "words close together",
  gap_title: "lead over the next title",
  gap_5: "lead over the fifth passage",
  entropy: "how alike the best passages are",
  same_title: "passages of the same title",
  mean_idf: "how rare the question's words are",
  max_idf: "how rare its rarest word is",
};

const seen = new IntersectionObserver(entries => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    explain(target).catch(e => target.replaceChildren(el("p", { class: "why-trouble" }, e.message)));
  }
});

/** What stood behind a message of the bot, fetched once the message is seen; nothing when it was no answer to a question. */
export function whyNode(chat, message) {
  const node = el("div", { class: "why-place", "data-chat": chat, "data-message": message });
  seen.observe(node);
  return node;
}

async function explain(place) {
  for (let attempt = 0; place.isConnected || attempt === 0;) {
    try {
      const why = await get(`/why?chat=${place.dataset.chat}&message_id=${place.dataset.message}`);
      place.dataset.decision = why.decision;
      place.dataset.question = JSON.stringify([why.question, why.decision, why.confidence, why.seconds]);
      place.replaceChildren(disclosure(why));
      keepFirst(place);
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

// One question may have several messages: the answer, its source, what a person wrote. The first one tells.
function keepFirst(place) {
  const same = [...place.closest(".messages")?.querySelectorAll(".why-place") ?? []].filter(other => other.dataset.question === place.dataset.question);
  for (const later of same.slice(1)) later.replaceChildren();
}

const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

function disclosure(why) {
  const isAnswer = why.decision === "answer";
  return el("details", { class: "why" },
    el("summary", {},
      el("span", { class: "why-word" }, "Why?"),
      el("span", { class: `verdict ${why.decision}` }, isAnswer ? "answered" : why.decision === "escalate" ? "handed over" : "asked back"),
      el("span", { class: "why-brief" }, isAnswer ? `confidence ${confidenceWord(why.confidence)}` : reasons[why.reason] ?? why.reason ?? "")),
    el("dl", { class: "facts" },
      fact("Decision", decisions[why.decision] ?? why.decision),
      why.reason && fact("Reason", reasons[why.reason] ?? why.reason),
      (why.confidence > 0 || why.passages.length > 0) && fact("Confidence", confidence(why.confidence)),
      fact("Understood as", why.question),
      fact("Language", why.language),
      fact("Took", duration(why.seconds)),
      why.feedback && fact("Feedback", why.feedback),
      why.sentInDoubt > 0 && fact("Sent in doubt", `${why.sentInDoubt}×: Telegram's answer did not arrive, so it was sent again`)),
    why.passages.length > 0 ? passages(why.passages) : el("p", { class: "none" }, "No passages were looked at, or none fits."),
    Object.keys(why.features ?? {}).length > 0 && features(why.features));
}

const fact = (name, ...value) => [el("dt", {}, name), el("dd", {}, ...value)];

function confidenceWord(value) {
  return value >= 0.75 ? "high" : value >= 0.5 ? "medium" : value >= 0.25 ? "low" : "very low";
}

function confidence(value) {
  return [bar(value, `confidence ${value.toFixed(2)}`), ` ${confidenceWord(value)} · ${value.toFixed(2)} `, el("span", { class: "uncalibrated", title: "The number becomes a probability once answers have been rated" }, "not calibrated yet")];
}

function duration(seconds) {
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`;
}

function bar(share, label) {
  const filled = el("span", { class: "bar-filled" });
  filled.style.width = `${Math.round(Math.max(0, Math.min(1, share)) * 100)}%`;
  return el("span", { class: "bar", role: "img", "aria-label": label }, filled);
}

function passages(found) {
  const best = Math.max(...found.map(passage => passage.score), Number.MIN_VALUE);
  const items = found.map(found => passage(found, best));
  const others = items.slice(shownPassages);
  return el("div", { class: "passages" },
    el("ol", {}, items.slice(0, shownPassages)),
    others.length > 0 && el("details", { class: "more" }, el("summary", {}, `${others.length} more`), el("ol", {}, others)));
}

function passage({ score, title, source, link: address, text, forStaff }, best) {
  return el("li", {},
    el("details", {},
      el("summary", {},
        bar(score / best, `score ${score.toFixed(2)}`),
        el("span", { class: "score" }, score.toFixed(2)),
        el("span", { class: "passage-title" }, title || source),
        forStaff && el("span", { class: "staff" }, "staff only")),
      el("p", { class: "passage-source" }, address ? link(address, source) : source),
      el("p", { class: "passage-text", dir: "auto" }, text)));
}

function features(values) {
  return el("details", { class: "features" },
    el("summary", {}, "Numbers behind the confidence"),
    el("table", {}, el("tbody", {}, Object.entries(values).map(([name, value]) =>
      el("tr", {}, el("th", { scope: "row", title: name }, featureNames[name] ?? name), el("td", {}, Number(value).toFixed(2)))))));
}
