import { get, post, remove } from "./api.js";
import { byId, toast } from "./dom.js";

const everySecond = 1000;
// It is back before one has looked; the words stay a little longer.
const afterKill = 8000;

const stories = {
  calm: "Ask as the customer: the bot answers from the shop’s documents and says why, or hands the question to the admins, whose reply reaches the customer. The editor adds documents.",
  telegram: "Telegram refuses every message of the bot now. Ask something: the answer waits, and arrives once you switch this off.",
  database: "The database is stopped. Ask something: Telegram keeps the message and brings it again until the desk can store it.",
  server: "The server was killed. Ask something meanwhile: it is started again, takes what waits and answers it.",
  restarted: "The server was killed and runs again, as a new process. What was asked meanwhile is answered now.",
  recovering: "Everything runs again, and what waited is being worked off.",
};

/** The switches that break something, the lights that show it, and the counters that show that nothing is lost. */
export class Switches {
  #telegramFails = false;
  #state = null;
  #timer = null;
  #ended = false;
  #waits = 0;
  #killedUntil = 0;

  start() {
    byId("switch-telegram").addEventListener("click", () => this.#flip(byId("switch-telegram"), () => this.#failTelegram(!this.#telegramFails)));
    byId("switch-database").addEventListener("click", () => this.#flip(byId("switch-database"), () => this.#stopDatabase(this.#state?.database === "up")));
    byId("kill").addEventListener("click", () => this.#flip(byId("kill"), () => this.#kill()));
    // On a wide screen there is room: the group is always open.
    const wide = matchMedia("(min-width: 901px)");
    const unfold = () => { byId("break").open = wide.matches; };
    wide.addEventListener("change", unfold);
    unfold();
    this.#tell("calm");
    // What a reloaded page cannot know any more would stay broken without a switch that shows it.
    remove("/sim/faults").catch(e => toast(e.message, true));
    this.#watch();
  }

  end() {
    this.#ended = true;
    clearTimeout(this.#timer);
    for (const id of ["switch-telegram", "switch-database", "kill"]) byId(id).disabled = true;
  }

  async #flip(button, act) {
    button.setAttribute("aria-busy", "true");
    button.disabled = true;
    try {
      await act();
    } catch (e) {
      toast(e.message, true);
    } finally {
      button.removeAttribute("aria-busy");
      button.disabled = this.#ended;
      this.#show();
    }
  }

  async #failTelegram(fails) {
    await (fails ? post("/sim/faults", { method: "sendMessage", error_code: 500, count: null }) : remove("/sim/faults"));
    this.#telegramFails = fails;
  }

  async #stopDatabase(stopped) {
    this.#state = await post("/try/database", { stopped });
  }

  async #kill() {
    this.#state = await post("/try/kill", {});
    this.#killedUntil = performance.now() + afterKill;
  }

  async #watch() {
    if (this.#ended) return;
    try {
      const [state, stats] = document.hidden ? [this.#state, null] : await Promise.all([get("/try/state"), get("/sim/stats")]);
      this.#state = state;
      if (stats) this.#count(stats);
    } catch {
      // The chats' own line says that nothing answers; here the lights go out.
      this.#state = null;
    }
    this.#show();
    this.#timer = setTimeout(() => this.#watch(), everySecond);
  }

  #count(stats) {
    const { updates_emitted: sent = 0, updates_pending: waiting = 0, updates_delivered: taken = 0, updates_expired: lost = 0 } = stats;
    const written = ["sendMessage", "sendPhoto", "sendDocument", "copyMessage"].reduce((sum, method) => sum + (stats.calls?.[method] ?? 0), 0);
    const refused = stats.refusals?.sendMessage ?? 0;
    // A moment's wait is how every update begins; only a longer one is worth a word.
    this.#waits = waiting === 0 ? 0 : this.#waits + 1;
    const text = `Updates: ${sent} sent, ${taken} taken, ${waiting} waiting, ${lost} lost · Bot: ${written} messages${refused > 0 ? `, ${refused} tries refused` : ""}`;
    if (byId("counters").textContent !== text) byId("counters").textContent = text;
    byId("counters").classList.toggle("waits", this.#waits > 1);
  }

  #show() {
    const { desk, database, pid, restarts } = this.#state ?? {};
    light("state-server", desk, desk === "up" ? `Server up, process ${pid}${restarts > 0 ? `, restarted ${restarts}×` : ""}` : desk === "down" ? "Server down, starting again" : "Server: unknown");
    light("state-database", database, database === "up" ? "Database up" : database === "down" ? "Database stopped" : "Database: unknown");
    byId("switch-telegram").setAttribute("aria-checked", String(this.#telegramFails));
    byId("switch-database").setAttribute("aria-checked", String(database === "down"));
    this.#tell(this.#storyNow());
  }

  #storyNow() {
    if (this.#state?.desk === "down") return "server";
    if (this.#state?.database === "down") return "database";
    if (this.#telegramFails) return "telegram";
    if (performance.now() < this.#killedUntil) return "restarted";
    return this.#waits > 1 ? "recovering" : "calm";
  }

  #tell(story) {
    if (byId("story").dataset.story === story) return;
    byId("story").dataset.story = story;
    byId("story").textContent = stories[story];
  }
}

function light(id, state, text) {
  const node = byId(id);
  node.dataset.state = state ?? "unknown";
  if (node.textContent !== text) node.textContent = text;
}
