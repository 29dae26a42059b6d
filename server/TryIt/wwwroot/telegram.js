import { get, post, postForm, Refused } from "./api.js";

const reconnectAfter = 1500;

/**
 * The simulated Telegram as this page sees it: chats and messages, kept current. Tells by events:
 * "reset" (everything was read anew), "chats", "message", "removed", "typing", "draft", "notice", "trouble".
 */
export class Telegram extends EventTarget {
  chats = new Map();
  #since = 0;
  #end = new AbortController();

  /** Reads everything, then what happens, until the page ends. */
  async follow() {
    while (!this.#end.signal.aborted) {
      try {
        await this.#readAll();
        this.#tell("trouble", null);
        while (!this.#end.signal.aborted) await this.#readNext();
      } catch (e) {
        if (this.#end.signal.aborted) return;
        if (!(e instanceof Refused)) throw e;
        this.#tell("trouble", e.message);
        await new Promise(resolve => setTimeout(resolve, reconnectAfter));
      }
    }
  }

  end() {
    this.#end.abort();
  }

  async #readAll() {
    // The number first: what happens while the chats are read comes again, and once more changes nothing.
    const { next } = await this.#get("/sim/changes?since=0");
    const chats = new Map((await this.#get("/sim/chats")).map(chat => [chat.id, { ...chat, messages: new Map() }]));
    for (const chat of chats.values()) {
      for (const message of await this.#get(`/sim/messages?chat=${chat.id}&after=0`)) chat.messages.set(message.message_id, message);
    }
    this.chats = chats;
    this.#since = next;
    this.#tell("reset");
  }

  async #readNext() {
    const page = await this.#get(`/sim/changes?since=${this.#since}&wait=25`);
    if (page.next < this.#since) throw new Refused(0, "The simulation was started again.");
    this.#since = page.next;
    if (page.messages.some(message => !this.chats.has(message.chat.id))) await this.#readChats();
    for (const message of page.messages) this.#put(message);
    for (const removed of page.removed ?? []) this.#drop(removed);
    for (const typing of page.typing) this.#tell("typing", typing);
    for (const draft of page.drafts) this.#tell("draft", draft);
    for (const notice of page.notices) this.#tell("notice", notice);
  }

  async #readChats() {
    for (const chat of await this.#get("/sim/chats")) {
      this.chats.set(chat.id, { ...chat, messages: this.chats.get(chat.id)?.messages ?? new Map() });
    }
    this.#tell("chats");
  }

  #put(message) {
    const chat = this.chats.get(message.chat.id);
    if (!chat) return;
    const isNew = !chat.messages.has(message.message_id);
    chat.messages.set(message.message_id, message);
    this.#tell("message", { chat, message, isNew });
  }

  #drop({ chat: id, message_id }) {
    const chat = this.chats.get(id);
    if (chat?.messages.delete(message_id)) this.#tell("removed", { chat, id: message_id });
  }

  #get(path) {
    return get(path, this.#end.signal);
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** @param message chat, from, text; reply_to, thread or edit where there is one */
  write(message) {
    return post("/sim/messages", message);
  }

  sendFile({ chat, from, file, kind, caption, reply_to, thread }) {
    const form = new FormData();
    form.append("chat", chat);
    form.append("from", JSON.stringify(from));
    if (kind) form.append("kind", kind);
    if (caption) form.append("caption", caption);
    if (reply_to) form.append("reply_to", reply_to);
    if (thread) form.append("thread", thread);
    form.append("file", file, file.name);
    return postForm("/sim/files", form);
  }

  /** Presses a button; resolves with how the bot answered, or null when it did not in time. */
  async press(button, patience = 15000) {
    const answers = new Map();
    let arrived = () => {};
    const hear = ({ detail }) => {
      answers.set(detail.id, detail);
      arrived();
    };
    this.addEventListener("notice", hear);
    try {
      const { id } = await post("/sim/callbacks", button);
      if (!answers.has(id)) {
        await new Promise(resolve => {
          const limit = setTimeout(resolve, patience);
          arrived = () => answers.has(id) && (clearTimeout(limit), resolve());
        });
      }
      return answers.get(id) ?? null;
    } finally {
      this.removeEventListener("notice", hear);
    }
  }
}
