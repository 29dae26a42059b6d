import { byId } from "./dom.js";

const names = { en: ["Clara", "Daniel", "Emily", "Frank", "Grace"], ru: ["Вера", "Глеб", "Дарья", "Егор", "Жанна"] };
const firstId = 1003;

/** The dialog that makes a customer. Returns a function that opens it; `onAdded` is given the new chat's id. */
export function setUpNewcomer(telegram, onAdded) {
  const dialog = byId("newcomer");
  const language = byId("newcomer-language");
  const suggest = () => {
    const taken = new Set([...telegram.chats.values()].map(chat => chat.title));
    byId("newcomer-name").value = names[language.value].find(name => !taken.has(name)) ?? "";
  };
  language.addEventListener("change", suggest);
  byId("newcomer-cancel").addEventListener("click", () => dialog.close());
  byId("newcomer-form").addEventListener("submit", async event => {
    event.preventDefault();
    const id = freeId(telegram);
    const from = { id, first_name: byId("newcomer-name").value.trim(), language_code: language.value };
    try {
      await telegram.write({ chat: id, from, text: "/start", language_code: language.value });
      dialog.close();
      onAdded(id, language.value);
    } catch (e) {
      byId("newcomer-error").textContent = e.message;
    }
  });
  return () => {
    byId("newcomer-error").textContent = "";
    suggest();
    dialog.showModal();
    byId("newcomer-name").select();
  };
}

function freeId(telegram) {
  const taken = new Set([...telegram.chats.values()].flatMap(chat => [chat.id, ...chat.members.map(person => person.id)]));
  let id = firstId;
  while (taken.has(id)) id++;
  return id;
}
