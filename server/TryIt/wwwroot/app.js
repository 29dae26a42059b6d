import { byId, el } from "./dom.js";
import { setUpLive } from "./live.js";
import { setUpNewcomer } from "./newcomer.js";
import { Pane } from "./pane.js";
import { PromiseLine } from "./promise.js";
import { setUpReplay } from "./replay.js";
import { Switches } from "./switches.js";
import { Telegram } from "./telegram.js";

const telegram = new Telegram();
const switches = new Switches();
const promise = new PromiseLine();

const languages = new Map();
let awaited = null;
const openNewcomer = setUpNewcomer(telegram, (id, language) => {
  languages.set(id, language);
  awaited = id;
  openAwaited();
});

const roles = [
  {
    name: "customer",
    title: "Customer",
    hint: "Asks the bot. Under each answer: why.",
    empty: "Nothing asked yet. Choose a question below or write your own.",
    addChat: openNewcomer,
    languageOf: chat => languages.get(chat.id) ?? (/[а-яё]/i.test(chat.title) ? "ru" : "en"),
  },
  {
    name: "admins",
    title: "Admins",
    hint: "Get what the bot should not answer. Reply to a card.",
    empty: "No question was handed over yet.",
  },
  {
    name: "editor",
    title: "Editor",
    hint: "Adds knowledge: drop a document, or press a sample.",
    empty: "Drop a document here: Markdown, HTML, Word, PDF, CSV or text. It can be used for answers moments later.",
  },
];

const panes = roles.map(role => new Pane(telegram, role));
byId("panes").append(...panes.map(pane => pane.node));

function openAwaited() {
  if (awaited === null || !telegram.chats.has(awaited)) return;
  panes[0].open(awaited);
  awaited = null;
}
telegram.addEventListener("chats", openAwaited);

// On a narrow screen one chat is shown at a time.
const tabs = roles.map((role, index) => el("button", { type: "button", "aria-controls": `pane-${role.name}`, onclick: () => showTab(index) }, role.title));
byId("tabs").append(...tabs);

function showTab(index) {
  byId("panes").dataset.shown = roles[index].name;
  tabs.forEach((tab, at) => tab.setAttribute("aria-pressed", String(at === index)));
  panes[index].markRead();
}

function showUnread(index) {
  const { unread } = panes[index];
  tabs[index].replaceChildren(roles[index].title, ...unread > 0 ? [el("span", { class: "unread", "aria-label": `${unread} unread` }, unread)] : []);
}
panes.forEach((pane, index) => pane.addEventListener("unread", () => showUnread(index)));
showTab(0);

function showTrouble(words) {
  byId("trouble").textContent = words ?? "";
  byId("trouble").hidden = words === null;
}
telegram.addEventListener("trouble", ({ detail: words }) => showTrouble(words));

setUpLive(() => {
  telegram.end();
  switches.end();
  promise.end();
  showTrouble(null);
  byId("panes").inert = true;
});
setUpReplay();
switches.start();
promise.start();
telegram.follow().catch(e => showTrouble(`This page has failed (${e.message}). Load it again.`));
