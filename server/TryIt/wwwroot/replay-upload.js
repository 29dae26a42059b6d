/** Sends the file as it lies on the disk; fetch() does not tell how far it has come. */
export function upload(file, staff, signal, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/replay?last=200${staff.map(name => `&staff=${encodeURIComponent(name)}`).join("")}`);
    request.setRequestHeader("Content-Type", "application/json");
    request.upload.addEventListener("progress", event => onProgress(event.loaded));
    request.upload.addEventListener("load", () => onProgress(file.size));
    request.addEventListener("load", () => finish(request, resolve, reject));
    request.addEventListener("error", () => reject(new Error("The desk did not take the file: it is larger than allowed, cannot be read any more, or the desk is not running. `dotnet run dev.cs replay FILE` says which.")));
    request.addEventListener("abort", () => reject(new DOMException("Stopped", "AbortError")));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

function finish(request, resolve, reject) {
  let said = null;
  try {
    said = JSON.parse(request.responseText);
  } catch {
    // Not from the desk itself.
  }
  if (request.status === 200 && said) resolve(said);
  else reject(new Error(typeof said?.error === "string" ? said.error : `Refused with status ${request.status}.`));
}
