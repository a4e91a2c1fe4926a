/** What is shown beside the roster and asked from the server: kept until the roster or the language is another. */

import { get } from "./api.js";
import { changed, store } from "./store.js";
import { lang } from "./words.js";

const PAUSE = 600; // milliseconds in which several moves ask only once: prices of moves come first
const MOST = 60; // answers that are kept
const kept = new Map(); // path and parameters -> {value, of, lang, week}

/**
 * An answer of the server, or null until it is there; an older one stands until the new one arrives.
 * Of a draft only its newest version is asked about: see `isNewest`.
 * @param {string} path - Route below `api/`.
 * @param {object} params - Its parameters; the language and the draft come in addition.
 * @param {boolean} ofDraft - Whether it is another one for another roster.
 */
export function fetched(path, params = {}, ofDraft = true) {
  const asked = { ...params, draft: ofDraft ? store.draft?.name || null : null };
  const key = JSON.stringify([path, asked]);
  const entry = kept.get(key) ?? { value: null, of: null, lang, week: null };
  kept.delete(key);
  kept.set(key, entry); // the newest is last
  if (kept.size > MOST) kept.delete(kept.keys().next().value);
  const of = `${lang} ${ofDraft ? store.draft?.version : ""}`;
  if (entry.of !== of || entry.week !== store.week) {
    const isUrgent = entry.value === null || entry.lang !== lang;
    Object.assign(entry, { of, lang, week: store.week });
    setTimeout(() => ask(entry, of, path, asked), isUrgent ? 0 : PAUSE);
  }
  return entry.value;
}

/** Whether the newest version is shown, and not an earlier one from the history. */
export const isNewest = () => !store.draft.then;

async function ask(entry, of, path, params) {
  if (entry.of !== of) return; // there is a newer one to ask for
  try {
    const value = await get(path, { ...params, lang });
    if (entry.of === of) entry.value = value;
  } catch (error) {
    store.failed = error.message; // what is shown stays; the next change asks again
  }
  changed();
}
