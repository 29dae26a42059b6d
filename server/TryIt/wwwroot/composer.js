import { el } from "./dom.js";
import { excerpt } from "./message.js";

const tallest = 140;

/** Where somebody writes: text, files, a reply or an edit. `send` and `sendFile` reject with words when it was refused. */
export class Composer {
  #send;
  #sendFile;
  #reply = null;
  #edit = null;
  #context = el("div", { class: "context", hidden: true });
  #error = el("p", { class: "error", role: "alert" });
  // Nobody can write before it is known to whom.
  #text = el("textarea", { rows: "1", maxlength: "4096", dir: "auto", disabled: true });
  #file = el("input", { type: "file", multiple: true, hidden: true, tabindex: "-1", "aria-label": "Files to send" });
  #as = el("select", { class: "as", "aria-label": "Write as", hidden: true });
  #form;

  constructor({ send, sendFile, onWriter }) {
    this.#send = send;
    this.#sendFile = sendFile;
    this.#as.addEventListener("change", () => onWriter(Number(this.#as.value)));
    this.#text.addEventListener("input", () => this.#grow());
    this.#text.addEventListener("keydown", event => this.#key(event));
    this.#text.addEventListener("paste", event => event.clipboardData.files.length > 0 && this.sendFiles(event.clipboardData.files));
    this.#file.addEventListener("change", async () => {
      await this.sendFiles([...this.#file.files]);
      this.#file.value = "";
    });
    this.#form = el("form", { class: "composer", onsubmit: event => { event.preventDefault(); this.#submit(); } },
      this.#error,
      this.#context,
      this.#as,
      el("div", { class: "composer-line" },
        el("button", { type: "button", class: "attach", "aria-label": "Send a file", title: "Send a file (or drop it on the chat)", onclick: () => this.#file.click() }, paperclip()),
        this.#file,
        this.#text,
        el("button", { type: "submit", class: "send", "aria-label": "Send", title: "Send (Enter)" }, arrow())));
  }

  get node() {
    return this.#form;
  }

  /** Says where the next message goes, and as whom one may write. */
  show({ placeholder, writers, writer }) {
    this.#text.disabled = false;
    this.#text.placeholder = placeholder;
    this.#text.setAttribute("aria-label", placeholder);
    this.#as.hidden = writers.length < 2;
    this.#as.replaceChildren(...writers.map(person => el("option", { value: person.id }, `as ${person.first_name}`)));
    this.#as.value = writer;
    this.#leave();
    this.#say("");
  }

  reply(message) {
    this.#leave();
    this.#reply = message;
    this.#showContext(`Reply to ${message.from?.first_name ?? "the message"}`, excerpt(message));
  }

  edit(message) {
    this.#leave();
    this.#edit = message;
    this.#text.value = message.text;
    this.#grow();
    this.#showContext("Edit", excerpt(message));
  }

  async #submit() {
    const text = this.#text.value.trim();
    if (text === "" || this.#form.hasAttribute("aria-busy")) return;
    await this.#doing(async () => {
      await this.#send({ text, reply_to: this.#reply?.message_id, edit: this.#edit?.message_id });
      this.#text.value = "";
      this.#leave();
    });
    this.#text.focus();
  }

  async sendFiles(files) {
    for (const file of files) {
      await this.#doing(async () => {
        this.#say(`Sending ${file.name} …`, false);
        await this.#sendFile({ file, caption: this.#text.value.trim(), reply_to: this.#reply?.message_id });
        this.#text.value = "";
        this.#leave();
      }, `${file.name} was not sent: `);
    }
  }

  async #doing(work, before = "") {
    this.#form.setAttribute("aria-busy", "true");
    try {
      await work();
      this.#say("");
    } catch (e) {
      this.#say(before + e.message);
    } finally {
      this.#form.removeAttribute("aria-busy");
    }
  }

  #showContext(title, text) {
    this.#context.replaceChildren(
      el("span", { class: "context-title" }, title), el("span", { class: "context-text" }, text),
      el("button", { type: "button", class: "context-leave", "aria-label": `Leave: ${title}`, onclick: () => this.#leave() }, "×"));
    this.#context.hidden = false;
    this.#text.focus();
  }

  #leave() {
    if (this.#edit) this.#text.value = "";
    this.#reply = this.#edit = null;
    this.#context.hidden = true;
    this.#grow();
  }

  #key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#form.requestSubmit();
    } else if (event.key === "Escape" && !this.#context.hidden) {
      this.#leave();
    }
  }

  #grow() {
    this.#text.style.height = "auto";
    this.#text.style.height = `${Math.min(tallest, this.#text.scrollHeight)}px`;
  }

  #say(text, isError = true) {
    this.#error.textContent = text;
    this.#error.classList.toggle("progress", !isError);
  }
}

const drawing = (path, label) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", label);
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
};

const paperclip = () => drawing("M20 11.5 12.4 19a4.8 4.8 0 0 1-6.8-6.8l8-8a3.2 3.2 0 0 1 4.5 4.5l-8 8a1.6 1.6 0 0 1-2.3-2.3l7.4-7.3", "stroke");
const arrow = () => drawing("M3 11.3 20.5 4 15 20.5l-3.6-7z", "fill");
