import { post } from "./api.js";
import { byId, el } from "./dom.js";
import { qrSvg } from "./qr.js";

/** The box where a real bot's token is pasted. `onLive` is called once it was taken: the page has ended then. */
export function setUpLive(onLive) {
  const dialog = byId("live");
  let isLive = false;
  byId("open-live").addEventListener("click", () => dialog.showModal());
  byId("live-cancel").addEventListener("click", () => dialog.close());
  dialog.addEventListener("cancel", event => isLive && event.preventDefault());
  byId("live-form").addEventListener("submit", async event => {
    event.preventDefault();
    byId("live-error").textContent = "";
    byId("live-go").disabled = true;
    byId("live-go").setAttribute("aria-busy", "true");
    try {
      const bot = await post("/try/token", { token: byId("token").value.trim() });
      isLive = true;
      byId("token").value = "";
      onLive();
      showBot(bot);
    } catch (e) {
      byId("live-error").textContent = e.message;
      byId("token").focus();
    } finally {
      byId("live-go").disabled = false;
      byId("live-go").removeAttribute("aria-busy");
    }
  });
}

function showBot({ username, link }) {
  byId("live-form").hidden = true;
  const address = el("a", { href: /^https:\/\//.test(link) ? link : undefined, target: "_blank", rel: "noopener noreferrer" }, link);
  byId("live-done").replaceChildren(
    el("h2", { tabindex: "-1" }, `@${username} is live`),
    el("div", { class: "go" },
      qrSvg(link, `QR code that opens @${username} in Telegram`),
      el("ol", {},
        el("li", {}, "Scan the code with your phone, or open ", address, "."),
        el("li", {}, "Press Start. Whoever does so first with this link becomes the owner; nobody else can use it then."),
        el("li", {}, "Add the bot to a group of your colleagues, make it an administrator there, and write ", el("code", {}, "/admins"), ": questions that the bot should not answer come to this group."),
        el("li", {}, "Send the bot your documents as files."))),
    el("p", { class: "note" }, "This page has ended and will not load again: no page can write in your customers’ name. The terminal that runs the desk shows the link once more."));
  byId("live-done").hidden = false;
  byId("live-done").querySelector("h2").focus();
}
