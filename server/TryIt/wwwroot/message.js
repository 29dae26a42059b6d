import { el } from "./dom.js";
import { formatted } from "./entities.js";
import { keyboard } from "./keyboard.js";

const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/**
 * One message as a messenger shows it.
 * @param view viewer (whose own messages stand on the right), isGroup, showMessage(id), onReply(message), onEdit(message), onCommand(text), press(message, button)
 */
export function messageNode(message, view) {
  const service = serviceText(message);
  if (service !== null) return el("li", { class: "message service", "data-id": message.message_id }, service);

  const isMine = message.from?.id === view.viewer;
  return el("li", { class: `message ${isMine ? "mine" : "theirs"}${message.from?.is_bot ? " of-bot" : ""}`, "data-id": message.message_id },
    el("div", { class: "bubble" },
      !isMine && (view.isGroup || message.from?.is_bot) && sender(message.from),
      message.forward_origin && el("p", { class: "forwarded" }, `Forwarded from ${message.forward_origin.sender_user?.first_name ?? "somebody"}`),
      message.reply_to_message && !isTopicStart(message) && quote(message.reply_to_message, view),
      fileChip(message),
      body(message, view),
      footer(message, view, isMine)),
    keyboard(message, view.press));
}

/** What the bot is writing, before it is a message. Who listens instead of looking hears the message itself. */
export function draftNode(draft) {
  return el("li", { class: "message theirs of-bot draft", "aria-live": "off" },
    el("div", { class: "bubble" }, el("div", { class: "text", dir: "auto" }, formatted(draft.text, draft.entities))));
}

/** What a message says in a line, for quotes and announcements. */
export function excerpt(message) {
  const text = message.text ?? message.caption ?? (message.document?.file_name || (message.photo && "Photo") || (message.voice && "Voice message")) ?? "Message";
  return text.length > 110 ? `${text.slice(0, 109)}…` : text;
}

function sender(from) {
  return el("p", { class: "sender", "data-hue": from.is_bot ? "bot" : from.id % 5 }, from.first_name, from.is_bot && el("span", { class: "bot-mark" }, "bot"));
}

// In a topic every message that answers no other is a reply to the topic's own first message.
function isTopicStart(message) {
  return message.reply_to_message.forum_topic_created !== undefined;
}

function quote(original, view) {
  return el("button", { type: "button", class: "quote", title: "Show the message", onclick: () => view.showMessage(original.message_id) },
    el("span", { class: "quote-name" }, original.from?.first_name ?? ""),
    el("span", { class: "quote-text" }, excerpt(original)));
}

function body(message, view) {
  const text = message.text ?? message.caption;
  return text !== undefined && el("div", { class: "text", dir: "auto" }, formatted(text, message.entities ?? message.caption_entities, view.onCommand));
}

function fileChip(message) {
  const { document: file, photo, voice } = message;
  if (file) return chip("📄", file.file_name ?? "File", size(file.file_size));
  if (photo) return chip("🖼", "Photo", `${photo.at(-1).width} × ${photo.at(-1).height}`);
  return voice && chip("🎤", "Voice message", size(voice.file_size));
}

function chip(icon, name, more) {
  return el("div", { class: "file" }, el("span", { class: "file-icon", "aria-hidden": "true" }, icon), el("span", { class: "file-name" }, name), el("span", { class: "file-size" }, more));
}

function size(bytes) {
  if (bytes === undefined) return "";
  return bytes < 1024 ? `${bytes} B` : bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function footer(message, view, isMine) {
  const at = new Date((message.edit_date ?? message.date) * 1000);
  return el("div", { class: "footer" },
    isMine && message.text !== undefined && el("button", { type: "button", class: "act", onclick: () => view.onEdit(message) }, "Edit"),
    el("button", { type: "button", class: "act", onclick: () => view.onReply(message) }, "Reply"),
    el("time", { datetime: at.toISOString(), title: moment.format(at) }, message.edit_date ? "edited " : "", time.format(at)));
}

function serviceText(message) {
  const names = people => people.map(person => person.first_name).join(", ");
  if (message.new_chat_members) return `${names(message.new_chat_members)} joined`;
  if (message.left_chat_member) return `${message.left_chat_member.first_name} left`;
  if (message.pinned_message) return `Pinned: ${excerpt(message.pinned_message)}`;
  if (message.forum_topic_created) return `Topic “${message.forum_topic_created.name}” opened`;
  if (message.forum_topic_edited) return message.forum_topic_edited.name ? `Topic is now called “${message.forum_topic_edited.name}”` : "Topic changed";
  if (message.forum_topic_closed) return "Topic closed";
  if (message.forum_topic_reopened) return "Topic opened again";
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return "The group has a new id";
  return null;
}
