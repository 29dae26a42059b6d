import { byId } from "./dom.js";
import { resultNode } from "./replay-list.js";
import { upload } from "./replay-upload.js";

const megabyte = 1024 * 1024;
let file = null;
let stop = null;

/** "Replay my history": a file goes in, what the desk would do comes out. */
export function setUpReplay() {
  const dialog = byId("replay");
  byId("open-replay").addEventListener("click", () => dialog.showModal());
  byId("replay-close").addEventListener("click", () => dialog.close());
  byId("replay-other").addEventListener("click", () => show("start"));
  byId("replay-choose").addEventListener("click", () => byId("replay-file").click());
  byId("replay-file").addEventListener("change", event => {
    if (event.target.files.length > 0) replay(event.target.files[0], []);
    // The same file may be chosen again.
    event.target.value = "";
  });
  byId("replay-sample").addEventListener("click", trySample);
  byId("replay-stop").addEventListener("click", () => stop?.abort());
  dialog.addEventListener("close", () => stop?.abort());
  acceptDrops(dialog);
  if (location.hash === "#replay") dialog.showModal();
}

function acceptDrops(dialog) {
  const isFile = event => [...event.dataTransfer?.types ?? []].includes("Files");
  dialog.addEventListener("dragover", event => {
    if (!isFile(event)) return;
    event.preventDefault();
    dialog.classList.add("dropping");
  });
  dialog.addEventListener("dragleave", event => {
    if (!dialog.contains(event.relatedTarget)) dialog.classList.remove("dropping");
  });
  dialog.addEventListener("drop", event => {
    event.preventDefault();
    dialog.classList.remove("dropping");
    const dropped = event.dataTransfer?.files ?? [];
    if (dropped.length > 0) replay(dropped[0], []);
  });
}

async function trySample() {
  try {
    const response = await fetch("/sample-history.json", { cache: "no-store" });
    if (!response.ok) throw new Error(`The sample could not be loaded (${response.status}).`);
    await replay(new File([await response.blob()], "sample-history.json", { type: "application/json" }), []);
  } catch (e) {
    show("start", e.message);
  }
}

/** @param staff names of those who answer in groups; none to guess */
async function replay(chosen, staff) {
  stop?.abort();
  const mine = stop = new AbortController();
  file = chosen;
  show("progress");
  tell(`Reading ${chosen.name} …`, null);
  try {
    const replayed = await upload(file, staff, mine.signal, sent => {
      if (mine !== stop) return;
      if (sent < file.size) tell(`Reading ${file.name}: ${(sent / megabyte).toFixed(0)} of ${(file.size / megabyte).toFixed(0)} MB`, sent / file.size);
      else tell("Asking the desk each question …", null);
    });
    if (mine !== stop) return;
    byId("replay-result").replaceChildren(resultNode(replayed, file.name, names => replay(file, names)));
    show("result");
    byId("replay-title").focus();
  } catch (e) {
    if (mine === stop) show("start", e.name === "AbortError" ? "" : e.message);
  }
}

function tell(words, share) {
  byId("replay-doing").textContent = words;
  if (share === null) byId("replay-bar").removeAttribute("value");
  else byId("replay-bar").value = share;
}

function show(step, error = "") {
  for (const name of ["start", "progress", "result"]) byId(`replay-${name}`).hidden = name !== step;
  byId("replay-other").hidden = step !== "result";
  byId("replay-error").textContent = error;
  byId("replay").scrollTop = 0;
}
