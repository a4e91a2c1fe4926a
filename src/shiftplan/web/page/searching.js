/** The search that runs in the background, and what others proposed: state for `panels/improve.js`. */

import { del, get, post } from "./api.js";
import { takeOver } from "./moving.js";
import { changed, draftName, isProvince } from "./store.js";
import { lang } from "./words.js";

const SECOND = 1_000;
let timer = 0;

export const searching = {
  newest: null, // the search that runs, or else ended last
  proposals: [], // versions that a search made, the newest first
  compared: null, // {of, version, lang, shown}: two versions side by side
  at: 0, // when it was heard of last, in milliseconds of this page
  lang: "", // in which all this is said
  failed: "",
  isBusy: false, // whether a search is being started, or changes taken over
};

/** Seconds that the newest search has taken; they pass between two pieces of news too. */
export function passed() {
  const { newest, at } = searching;
  if (!isRunning()) return newest.seconds;
  clearTimeout(timer);
  timer = setTimeout(changed, SECOND);
  return newest.seconds + (performance.now() - at) / SECOND;
}

export const isRunning = () => ["waiting", "running"].includes(searching.newest?.state);

async function attempt(work) {
  searching.failed = "";
  try {
    await work();
  } catch (error) {
    searching.failed = error.message;
  }
  changed();
}

/** Load the newest search and all proposals. */
export const loadSearches = () =>
  attempt(async () => {
    searching.lang = lang;
    const found = await Promise.all([get("searches/newest", { lang }), get("searches/proposals")]);
    [searching.newest, searching.proposals] = found;
    searching.at = performance.now();
  });

/** Start a search, unless one runs: a second press of the button is none. */
export const startSearch = (asked, draft) =>
  once(async () => {
    if (isRunning()) return;
    searching.newest = await post("searches", asked, { lang, draft });
    searching.at = performance.now();
  });

/** Do something unless the same sort of thing is under way. */
async function once(work) {
  if (searching.isBusy) return;
  searching.isBusy = true;
  changed();
  await attempt(work);
  searching.isBusy = false;
  changed();
}

/** End the search; the best that it found becomes a proposal. */
export const stopSearch = () => attempt(() => del(`searches/${searching.newest.id}`));

/** Take over news on how the search goes; news without figures say that it began or ended. */
export function takeProgress({ id, seconds, total, bound }) {
  const { newest } = searching;
  if (!isProvince()) return undefined;
  if (newest?.id !== id || total === undefined) return loadSearches();
  newest.seconds = seconds;
  searching.at = performance.now();
  newest.progress.push({ seconds, total, bound });
  return changed();
}

/** Compare a version with another one; null for the draft as it is now. */
export const compare = (version, before = null) =>
  attempt(async () => {
    const shown = await get("compare", { after: version, before, draft: draftName(), lang });
    searching.compared = { version, before, lang, shown, of: shown.before.version };
  });

/** Take changes over into the draft, as a move that can be undone; null for all. */
export const take = (changes) =>
  once(async () => {
    const { version, of } = searching.compared;
    await takeOver({ version, of, changes });
    await compare(version);
  });

/** Take over all of a proposal into a draft without a roster. */
export const takeWhole = (version) => once(() => takeOver({ version }));

/** Close a proposal that is of no more use; it stays in the record. */
export const putAway = ({ name, version }) =>
  attempt(async () => {
    await del("drafts", { draft: name });
    if (searching.compared?.version === version) searching.compared = null;
    await loadSearches();
  });
