import { el, link, toast } from "./dom.js";

/** The buttons under a bot's message. One that is pressed turns until the bot has answered, as in Telegram. */
export function keyboard(message, press) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return el("div", { class: "keyboard", role: "group", "aria-label": "Buttons of this message" },
    rows.map(row => el("div", { class: "keyboard-row" }, row.map(button => keyOf(button, message, press)))));
}

function keyOf(button, message, press) {
  if (button.url) {
    const key = link(button.url, button.text, " ↗");
    key.classList.add("key");
    return key;
  }
  const key = el("button", { type: "button", class: "key" }, button.text);
  if (!button.callback_data) key.disabled = true;
  key.addEventListener("click", () => pressed(key, () => press(message, button.callback_data)));
  return key;
}

async function pressed(key, press) {
  if (key.getAttribute("aria-busy") === "true") return;
  key.setAttribute("aria-busy", "true");
  try {
    const answer = await press();
    if (answer === null) toast("The bot has not answered this button yet. What it does will still appear in the chat.");
    else if (answer.notice) toast(answer.notice);
  } catch (e) {
    toast(e.message, true);
  } finally {
    key.removeAttribute("aria-busy");
  }
}
