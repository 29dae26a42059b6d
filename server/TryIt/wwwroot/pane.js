import { el } from "./dom.js";
import { Composer } from "./composer.js";
import { ideasNode } from "./ideas.js";
import { draftNode, messageNode } from "./message.js";
import { whyNode } from "./why.js";

const shownAtFirst = 150;
const silentAfter = 5000;
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "long" });
const imageTypes = ["image/jpeg", "image/png"];

/** One column: the chats of one role, one of them open. */
export class Pane extends EventTarget {
  #telegram;
  #role;
  #chat = null;
  #writer = null;
  #thread = null;
  #showsAll = false;
  #isAtEnd = true;
  #unread = new Map();
  #typing = null;
  #draft = null;
  #silence = null;
  #picker;
  #topics = el("div", { class: "topics", role: "group", "aria-label": "Topics", hidden: true });
  #list = el("ol", { class: "messages", role: "log", "aria-live": "polite", tabindex: "0" });
  #typingLine = el("p", { class: "typing", role: "status", hidden: true });
  #ideas = el("div");
  #composer;

  /** @param role name, title, hint, empty; addChat, which is optional, is called by the button that adds one */
  constructor(telegram, role) {
    super();
    this.#telegram = telegram;
    this.#role = role;
    this.#composer = new Composer({
      send: message => this.#write(message),
      sendFile: file => this.#sendFile(file),
      onWriter: writer => this.#writeAs(writer),
    });
    this.#picker = el("div", { class: "picker", role: "group", "aria-label": `${role.title}: chats` });
    this.node = el("section", { class: "pane", id: `pane-${role.name}`, "aria-labelledby": `title-${role.name}` },
      el("header", { class: "pane-top" },
        el("div", { class: "pane-line" }, el("h2", { id: `title-${role.name}` }, role.title), this.#picker),
        el("p", { class: "hint" }, role.hint),
        this.#topics),
      this.#list, this.#typingLine, this.#ideas, this.#composer.node);
    this.#acceptDrops();
    this.#keepAtEnd();
    telegram.addEventListener("reset", () => this.#reset());
    telegram.addEventListener("chats", () => this.#showPicker());
    telegram.addEventListener("message", ({ detail }) => this.#arrived(detail));
    telegram.addEventListener("removed", ({ detail }) => detail.chat.id === this.#chat?.id && this.#nodeOf(detail.id)?.remove());
    telegram.addEventListener("typing", ({ detail }) => this.#showTyping(detail));
    telegram.addEventListener("draft", ({ detail }) => this.#showDraft(detail));
  }

  get unread() {
    return [...this.#unread.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Opens a chat as soon as it is known. */
  open(id) {
    const chat = this.#telegram.chats.get(id);
    if (!chat) return;
    this.#chat = chat;
    this.#writer = chat.members.some(person => person.id === this.#writer) ? this.#writer : chat.members[0]?.id ?? id;
    this.#thread = null;
    this.#showsAll = false;
    this.markRead();
    this.#showTyping(null);
    this.#showDraft(null);
    this.#expectWords(false);
    this.#showPicker();
    this.#showIdeas(true);
    this.#showComposer();
    this.#showMessages();
  }

  /** Called when the pane comes into view, and when its open chat changes. */
  markRead() {
    if (this.#chat && this.#unread.delete(this.#chat.id)) this.#unreadChanged();
  }

  get #chats() {
    return [...this.#telegram.chats.values()].filter(chat => chat.role === this.#role.name);
  }

  #reset() {
    const chats = this.#chats;
    const before = this.#chat?.id;
    this.#chat = null;
    if (chats.length > 0) this.open(chats.some(chat => chat.id === before) ? before : chats[0].id);
  }

  // ---- the chats of this role ----

  #showPicker() {
    if (this.#chat) this.#chat = this.#telegram.chats.get(this.#chat.id) ?? this.#chat;
    const chats = this.#chats;
    this.#picker.replaceChildren(
      ...chats.length === 1 && !this.#role.addChat ? [] : chats.map(chat => {
        const unread = this.#unread.get(chat.id) ?? 0;
        return el("button", { type: "button", class: "chat-button", "aria-pressed": String(chat.id === this.#chat?.id), onclick: () => this.open(chat.id) },
          chat.title, unread > 0 && el("span", { class: "unread", "aria-label": `${unread} unread` }, unread));
      }),
      ...this.#role.addChat ? [el("button", { type: "button", class: "chat-button add", onclick: this.#role.addChat }, "+ New")] : []);
  }

  #unreadChanged() {
    this.dispatchEvent(new Event("unread"));
  }

  #showTopics() {
    this.#topics.hidden = !this.#chat.is_forum;
    if (!this.#chat.is_forum) return;
    const topics = new Map();
    for (const message of this.#chat.messages.values()) {
      const thread = message.message_thread_id;
      if (message.forum_topic_created) topics.set(thread, { name: message.forum_topic_created.name, isOpen: true });
      const topic = topics.get(thread);
      if (!topic) continue;
      if (message.forum_topic_edited?.name) topic.name = message.forum_topic_edited.name;
      if (message.forum_topic_closed) topic.isOpen = false;
      if (message.forum_topic_reopened) topic.isOpen = true;
    }
    const button = (thread, name) => el("button", { type: "button", class: "chat-button", "aria-pressed": String(this.#thread === thread), onclick: () => this.#openTopic(thread) }, name);
    this.#topics.replaceChildren(button(null, "All"), ...[...topics].reverse().map(([thread, { name, isOpen }]) => button(thread, isOpen ? name : `✓ ${name}`)));
  }

  #openTopic(thread) {
    this.#thread = thread;
    this.#showComposer();
    this.#showMessages();
  }

  // ---- messages ----

  #showMessages() {
    this.#showTopics();
    this.#list.setAttribute("aria-busy", "true");
    this.#list.setAttribute("aria-label", `Chat: ${this.#chat.title}`);
    const messages = [...this.#chat.messages.values()].filter(message => this.#isShown(message)).sort((a, b) => a.message_id - b.message_id);
    const from = this.#showsAll ? 0 : Math.max(0, messages.length - shownAtFirst);
    this.#list.replaceChildren();
    if (from > 0) this.#list.append(el("li", { class: "earlier" }, el("button", { type: "button", onclick: () => this.#showEverything() }, `Show ${from} earlier messages`)));
    for (const message of messages.slice(from)) this.#append(message);
    if (messages.length === 0) this.#list.append(el("li", { class: "empty" }, this.#role.empty));
    this.#isAtEnd = true;
    this.#toEnd();
    requestAnimationFrame(() => this.#list.removeAttribute("aria-busy"));
  }

  #showEverything() {
    this.#showsAll = true;
    this.#showMessages();
    this.#list.scrollTop = 0;
  }

  #arrived({ chat, message, isNew }) {
    if (chat.role !== this.#role.name) return;
    if (chat.id !== this.#chat?.id) {
      if (isNew) this.#unread.set(chat.id, (this.#unread.get(chat.id) ?? 0) + 1);
      this.#showPicker();
      this.#unreadChanged();
      return;
    }
    if (isNew && !this.#isVisible) {
      this.#unread.set(chat.id, (this.#unread.get(chat.id) ?? 0) + 1);
      this.#unreadChanged();
    }
    if (message.from?.is_bot) {
      this.#showTyping(null);
      this.#showDraft(null);
      this.#expectWords(false);
    }
    if (message.forum_topic_created || message.forum_topic_edited || message.forum_topic_closed || message.forum_topic_reopened) this.#showTopics();
    if (!this.#isShown(message)) return;
    if (isNew) this.#add(message);
    else this.#replace(message);
  }

  #add(message) {
    const last = Number([...this.#list.children].findLast(node => node.dataset.id)?.dataset.id ?? 0);
    if (message.message_id < last) {
      this.#showMessages();
      return;
    }
    if (last === 0) {
      this.#list.replaceChildren();
      this.#showIdeas(false);
    }
    this.#append(message);
    if (this.#role.name === "customer" && !message.from?.is_bot) this.#expectWords(true);
    if (message.from?.id === this.#writer) this.#isAtEnd = true;
    this.#toEnd();
  }

  #append(message) {
    const date = day.format(new Date(message.date * 1000));
    if (this.#list.dataset.day !== date || this.#list.childElementCount === 0) this.#list.append(el("li", { class: "day" }, date));
    this.#list.dataset.day = date;
    this.#list.append(this.#nodeFor(message));
  }

  #replace(message) {
    const old = this.#nodeOf(message.message_id);
    if (!old) return;
    const fresh = this.#nodeFor(message);
    const why = old.querySelector(".why-place");
    // Under a choice that was made there is more to tell than before.
    if (why && why.dataset.decision !== "choose") fresh.querySelector(".why-place")?.replaceWith(why);
    const hadFocus = old.contains(document.activeElement);
    old.replaceWith(fresh);
    if (hadFocus) this.#list.focus({ preventScroll: true });
    this.#toEnd();
  }

  #nodeFor(message) {
    const chat = this.#chat;
    const node = messageNode(message, {
      viewer: this.#writer,
      isGroup: chat.type !== "private",
      showMessage: id => this.#flash(id),
      onReply: original => this.#composer.reply(original),
      onEdit: original => this.#composer.edit(original),
      onCommand: text => this.#write({ text }).catch(e => this.#list.append(el("li", { class: "message service" }, e.message))),
      press: (pressed, data) => this.#telegram.press({ chat: chat.id, from: { id: this.#writer }, message_id: pressed.message_id, data }),
    });
    if (this.#role.name === "customer" && message.from?.is_bot) node.append(whyNode(chat.id, message.message_id, this.#language));
    return node;
  }

  #isShown(message) {
    return this.#thread === null || message.message_thread_id === this.#thread;
  }

  get #isVisible() {
    return this.node.offsetParent !== null;
  }

  #nodeOf(id) {
    return this.#list.querySelector(`[data-id="${id}"]`);
  }

  /** Who reads the newest message goes on reading the newest, also when the keyboard of a phone or a line below it takes room. */
  #keepAtEnd() {
    this.#list.addEventListener("scroll", () => { this.#isAtEnd = this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight < 80; });
    this.#list.addEventListener("grown", () => this.#toEnd());
    new ResizeObserver(() => this.#toEnd()).observe(this.#list);
  }

  #toEnd() {
    if (this.#isAtEnd) this.#list.scrollTop = this.#list.scrollHeight;
  }

  #flash(id) {
    const node = this.#nodeOf(id);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.add("flash");
    node.addEventListener("animationend", () => node.classList.remove("flash"), { once: true });
  }

  #showTyping(typing) {
    if (typing && typing.chat !== this.#chat?.id) return;
    clearTimeout(this.#typing);
    const left = typing ? typing.until - Date.now() : 0;
    this.#typingLine.hidden = left <= 0;
    this.#typingLine.textContent = left > 0 ? (typing.action === "typing" ? "Support is typing" : "Support is sending a file") : "";
    if (left > 0) this.#typing = setTimeout(() => this.#showTyping(null), left);
  }

  /** What is being written stands last, until the message itself takes its place or it is too old. */
  #showDraft(draft) {
    if (draft && draft.chat !== this.#chat?.id) return;
    clearTimeout(this.#draft);
    this.#list.querySelector(".draft")?.remove();
    const left = draft ? draft.until - Date.now() : 0;
    if (left <= 0) return;
    this.#list.append(draftNode(draft));
    this.#draft = setTimeout(() => this.#showDraft(null), left);
    this.#toEnd();
  }

  /** After a question was handed over the bot is silent. Whoever wonders why is told. */
  #expectWords(isExpecting) {
    clearTimeout(this.#silence);
    this.#list.querySelector(".silent")?.remove();
    if (!isExpecting) return;
    this.#silence = setTimeout(() => {
      const last = [...this.#list.querySelectorAll(".why-place[data-decision]")].at(-1);
      if (last?.dataset.decision !== "escalate") return;
      this.#list.append(el("li", { class: "message service silent" }, "A person has this conversation, so the bot is silent. Answer under Admins, and press Close on the card when it is done."));
      this.#toEnd();
    }, silentAfter);
  }

  // ---- writing ----

  get #person() {
    return this.#chat.members.find(person => person.id === this.#writer) ?? { id: this.#writer };
  }

  #writeAs(writer) {
    this.#writer = writer;
    this.#showComposer();
    this.#showMessages();
  }

  #showComposer() {
    const to = this.#chat.type === "private" ? "the bot" : this.#chat.title;
    this.#composer.show({ placeholder: `Write to ${to} as ${this.#person.first_name ?? this.#chat.title}`, writers: this.#chat.members, writer: this.#writer });
  }

  #write(message) {
    return this.#telegram.write({ chat: this.#chat.id, from: { id: this.#writer }, ...this.#inThread, ...message });
  }

  #sendFile(file) {
    // Editors send pictures as files, to be read; customers as photos, to be looked at.
    const kind = this.#role.name === "customer" && imageTypes.includes(file.file.type) ? "photo" : "document";
    return this.#telegram.sendFile({ chat: this.#chat.id, from: { id: this.#writer }, kind, ...this.#inThread, ...file });
  }

  get #language() {
    return this.#role.languageOf?.(this.#chat) ?? "en";
  }

  get #inThread() {
    return this.#thread === null ? {} : { thread: this.#thread };
  }

  #showIdeas(isOpen) {
    const isFirst = isOpen && (this.#chat.messages.size === 0 || this.#role.name !== "customer");
    this.#ideas.replaceChildren(ideasNode(this.#role.name, this.#language, isFirst, {
      write: text => this.#fromIdea(() => this.#write({ text })),
      sendFile: file => this.#composer.sendFiles([file]),
    }));
  }

  async #fromIdea(work) {
    try {
      await work();
    } catch (e) {
      this.#list.append(el("li", { class: "message service" }, e.message));
    }
  }

  #acceptDrops() {
    const hasFiles = event => event.dataTransfer?.types.includes("Files");
    let depth = 0;
    const mark = () => this.node.classList.toggle("dropping", depth > 0);
    this.node.addEventListener("dragenter", event => hasFiles(event) && (depth++, mark()));
    this.node.addEventListener("dragleave", event => hasFiles(event) && (depth--, mark()));
    this.node.addEventListener("dragover", event => hasFiles(event) && event.preventDefault());
    this.node.addEventListener("drop", event => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      mark();
      this.#composer.sendFiles([...event.dataTransfer.files]);
    });
  }
}
