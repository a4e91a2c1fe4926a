/** Answers about the record: kept until something else is recorded, or the language is another. */

import { get } from "./api.js";
import { afterDrawing, changed, store } from "./store.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { day, lang } from "./words.js";

const [SOON, LATER] = [50, 1000]; // milliseconds after which it is asked anew: here, or when others go on recording
const MOST = 40; // answers that are kept
const kept = new Map(); // path and parameters -> what is known of the answer
let own = 0; // times that this page recorded something

/**
 * An answer of the server; an older one stands until the new one arrives.
 * @param {string} path - Route below `api/`.
 * @param {object} params - Its parameters; the language comes in addition.
 * @returns {{value: object|null, failed: string, isOld: boolean}} `value` is null until it is there; `failed`
 *   says why there is none.
 */
export function recorded(path, params = {}) {
  const key = JSON.stringify([path, params]);
  const entry = kept.get(key) ?? { value: null, failed: "", isOld: true, of: null, timer: 0 };
  kept.delete(key);
  kept.set(key, entry); // the newest is last
  if (kept.size > MOST) kept.delete(kept.keys().next().value);
  const here = `${lang} ${own}`;
  const of = `${here} ${store.draft?.head ?? ""} ${store.draft?.version ?? ""}`;
  if (entry.of !== of) {
    const pause = entry.of === null ? 0 : entry.here === here ? LATER : SOON;
    Object.assign(entry, { of, here, isOld: true });
    askIn(pause, entry, path, params);
  }
  return entry;
}

/** Ask anew for all that is shown of the record, such as after the server was gone. */
export function askAnew() {
  own += 1;
}

/** Ask in a while, and not again before: others who go on recording never keep an answer from coming. */
function askIn(pause, entry, path, params) {
  if (entry.timer && pause === LATER) return;
  clearTimeout(entry.timer);
  entry.timer = setTimeout(() => ask(entry, path, params), pause);
}

async function ask(entry, path, params) {
  entry.timer = 0;
  if (entry.isAsking) return; // once the answer is there, it asks for a newer one
  const { of, here } = entry;
  const found = { value: null, failed: "" };
  entry.isAsking = true;
  try {
    found.value = await get(path, { ...params, lang });
  } catch (error) {
    found.failed = error.message;
  }
  Object.assign(entry, found, { isAsking: false, isOld: entry.of !== of });
  if (entry.isOld) askIn(entry.here === here ? LATER : SOON, entry, path, params);
  changed();
}

/**
 * Do something that records, tell what went wrong, and ask anew for all that is shown of the record.
 * @param {function(): Promise} doing - Sends the requests.
 * @returns {Promise<object|null>} What it returned; null if it was refused.
 */
export async function recording(doing) {
  store.failed = "";
  let found = null;
  try {
    found = (await doing()) ?? {};
  } catch (error) {
    store.failed = error.message;
  }
  own += 1;
  changed();
  return found;
}

let focused = null; // the button that was pressed last: its list, and which of its buttons it is

/** The roster, where people are moved, has a focus of its own: see `roving.js`. */
addEventListener("click", ({ target }) => {
  const element = target.closest?.("button, summary");
  const list = element?.closest(".scroll") ? null : element?.closest("ul, ol, form, section");
  focused = list ? { element, list, index: buttonsOf(list).indexOf(element) } : null;
}, true);

const buttonsOf = (list) => [...list.querySelectorAll("button, summary")];

/** Where the button that was pressed is gone, such as with its row, focus goes to the one in its place. */
afterDrawing(() => {
  if (!focused || focused.element.isConnected) return;
  const { list, index } = focused;
  focused = null;
  if (document.activeElement !== document.body || !list.isConnected) return;
  const buttons = buttonsOf(list);
  (buttons[index] ?? buttons.at(-1) ?? document.getElementById("main")).focus();
});

/** A button with a text, and another one for those who only hear it. */
export const button = (text, doing, spoken = nothing) =>
  html`<button type="button" aria-label=${spoken} @click=${doing}>${text}</button>`;

/** A moment of the week's clocks, such as Mon 07 Dec 10:32. */
export const when = (at) => `${day(at.slice(0, 10))} ${at.slice(11, 16)}`;
