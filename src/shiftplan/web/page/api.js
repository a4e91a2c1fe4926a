/** Requests to the server: JSON in, JSON out; what it refuses becomes a `Refusal`. */

/** An answer that is not 2xx: `status`, and `faults` with a `text` each. */
export class Refusal extends Error {
  constructor(status, body) {
    const faults = body?.faults ?? [];
    super(faults.map((fault) => fault.text).join("\n") || `${body?.detail ?? status}`);
    this.status = status;
    this.body = body;
    this.faults = faults;
  }
}

/** What a request says that got no answer, in words; browsers have their own, in their own language. */
let unreached = () => "";
/** What is done when the server answers that it does not know who asks. */
let unknown = () => {};

/** Say how it is said that the server does not answer, and what is done where nobody is signed in. */
export function onTrouble(saying, asking) {
  [unreached, unknown] = [saying, asking];
}

const asJson = (answer) => (answer.status === 204 ? null : answer.json().catch(() => null));

async function request(method, path, params, body, type = "application/json", read = asJson) {
  const all = { lang: document.documentElement.lang, ...params }; // refusals too are said in it
  const query = new URLSearchParams(Object.entries(all).filter(([, value]) => value != null));
  const headers = { Accept: "application/json", "X-Shiftplan": "1" };
  if (body !== undefined) headers["Content-Type"] = type;
  const answer = await fetch(`api/${path}?${query}`, { method, headers, body }).catch((error) => {
    throw new Error(unreached() || error.message);
  });
  if (answer.status === 401) unknown();
  if (!answer.ok) throw new Refusal(answer.status, await asJson(answer));
  return read(answer);
}

const json = (body) => (body === undefined ? undefined : JSON.stringify(body));

export const get = (path, params = {}) => request("GET", path, params);
export const post = (path, body, params = {}) => request("POST", path, params, json(body));
export const put = (path, body, params = {}) => request("PUT", path, params, json(body));
/** Send a file as it is. */
export const sendFile = (path, file, params = {}) =>
  request("POST", path, params, file, "application/octet-stream");
/** Ask for a file. */
export const postForFile = (path, body, params = {}) =>
  request("POST", path, params, json(body), undefined, (answer) => answer.blob());
export const del = (path, params = {}) => request("DELETE", path, params);
