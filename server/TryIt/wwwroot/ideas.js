import { el } from "./dom.js";

const questions = {
  en: [
    { text: "How do I reschedule a delivery?" },
    { text: "How do I return an item?", leads: "asks which" },
    { text: "Why was my card declined?" },
    { text: "How long does the pick-up point keep my order?" },
    { text: "Where is my order 48213-77? It was due yesterday", leads: "a person" },
    { text: "Is there a discount for students?", leads: "a person" },
  ],
  ru: [
    { text: "Как перенести доставку на другой день?" },
    { text: "Как вернуть товар?", leads: "asks which" },
    { text: "Почему не проходит оплата картой?" },
    { text: "Сколько хранится заказ в пункте выдачи?" },
    { text: "Почему мой заказ 48213-77 не приехал вчера?", leads: "a person" },
    { text: "Есть ли скидка для пенсионеров?", leads: "a person" },
  ],
};

const commands = {
  customer: ["/start", "/help", "/human", "/status", "/language", "/forget"],
  admins: ["/check", "/target", "/help"],
  editor: ["/docs", "/label", "/help"],
};

// What the samples do not know: once sent, the question that was handed over is answered.
const documents = [
  {
    name: "student-discount.md",
    text: "# Discount for students\n\n## Is there a discount for students?\n\nYes: students get 10 % off laptops and tablets. Upload a photo of a valid student card under Account → Discounts; the discount appears within one day and lasts until 31 August.\n",
  },
  {
    name: "skidka-pensioneram.md",
    text: "# Скидка для пенсионеров\n\n## Есть ли скидка для пенсионеров?\n\nДа: пенсионеры получают скидку 7 % на мелкую бытовую технику. Покажите пенсионное удостоверение в пункте выдачи или загрузите его фото в разделе «Профиль → Скидки».\n",
  },
];

/** Things to try in a chat, as buttons. */
export function ideasNode(role, language, isFirst, { write, sendFile }) {
  const chips = [
    ...(role === "customer" ? questions[language] : []).map(({ text, leads }) =>
      el("button", { type: "button", class: leads ? "idea led" : "idea", onclick: () => write(text) }, text, leads && el("span", { class: "idea-note" }, ` → ${leads}`))),
    ...(role === "editor" ? documents : []).map(({ name, text }) =>
      el("button", { type: "button", class: "idea", onclick: () => sendFile(new File([text], name, { type: "text/markdown" })) }, `📄 ${name}`)),
    ...commands[role].map(text => el("button", { type: "button", class: "idea command-idea", onclick: () => write(text) }, text)),
  ];
  return el("details", { class: "ideas", open: isFirst }, el("summary", {}, role === "customer" ? "Things to ask" : "Things to try"), el("div", { class: "idea-list" }, chips));
}
