/** A request that was refused or not answered; the message is fit to be shown. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export const get = (path, signal) => request(path, { signal });
export const post = (path, body) => request(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
export const postForm = (path, form) => request(path, { method: "POST", body: form });
export const remove = path => request(path, { method: "DELETE" });

async function request(path, options) {
  let response;
  try {
    response = await fetch(path, { ...options, cache: "no-store" });
  } catch (e) {
    if (e.name === "AbortError") throw e;
    throw new Refused(0, "This page gets no answer. Is `dotnet run dev.cs up` still running?");
  }
  const text = await response.text();
  if (!response.ok) throw new Refused(response.status, reason(response.status, text));
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    throw new Refused(response.status, `The answer from ${path.split("?")[0]} cannot be read.`);
  }
}

function reason(status, text) {
  try {
    const { error } = JSON.parse(text);
    if (typeof error === "string") return error;
  } catch {
    // Not every answer is JSON; its text may still say what is wrong.
  }
  return text.length > 0 && text.length < 300 && !text.startsWith("<") ? text : `Refused with status ${status}.`;
}
