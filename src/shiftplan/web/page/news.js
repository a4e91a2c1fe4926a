/** What others do, as it happens: the server sends events, the store takes them over. */

import { get, onTrouble } from "./api.js";
import { setLost, takeEdited, trouble } from "./banners.js";
import { loadCollected } from "./collected.js";
import { loadHolds } from "./holding.js";
import { answered } from "./moving.js";
import { loadSearches, searching, takeProgress } from "./searching.js";
import { isSignedIn } from "./session.js";
import { changed, failed, load, reloadDraft, store } from "./store.js";
import { has, say } from "./words.js";

const AGAIN = 3_000; // milliseconds until the next try after a refusal

let source = null;

let timer = 0;

/**
 * Listen to news until the page is left; browsers connect again by themselves, but after a refusal: then we
 * try again, and say so if it is because the server knows nobody here, such as after it was started again.
 */
export function listen() {
  source?.close();
  clearTimeout(timer);
  source = new EventSource("api/news");
  source.addEventListener("entries", (event) => takeEntries(Math.max(...JSON.parse(event.data))));
  source.addEventListener("progress", (event) => takeProgress(JSON.parse(event.data)));
  source.addEventListener("anew", () => {
    load().catch(failed);
    lookAgain();
  });
  source.addEventListener("files", (event) => takeEdited(JSON.parse(event.data)));
  source.addEventListener("hello", (event) => {
    setLost("");
    lookAgain();
    takeEntries(JSON.parse(event.data).head);
  });
  source.addEventListener("error", () => {
    const isRefused = source.readyState === EventSource.CLOSED;
    if (!isRefused) return setLost("lost");
    timer = setTimeout(listen, AGAIN);
    const refused = source;
    return isSignedIn().catch(() => true).then((isKnown) => refused === source && setLost(isKnown ? "lost" : "unknown"));
  });
}

/** Learn how searches ended meanwhile, if they are shown. */
function lookAgain() {
  if (searching.lang) loadSearches();
}

/** A request that is refused, since the server knows nobody here any more, leads to the same. */
onTrouble(() => has("web.lost") && say("web.lost"), () => source && trouble() !== "unknown" && listen());

/** Browsers have six connections to a server: one that a page keeps after it was left is one too few. */
addEventListener("pagehide", () => source?.close());

/** A page that is shown again as it was left listens again. */
addEventListener("pageshow", (event) => {
  if (event.persisted && store.week) load().catch(failed).then(listen);
});

/** Load what became different, unless the page knows of it. */
async function takeEntries(head) {
  loadCollected();
  await answered(); // what this page did itself comes with the answer
  if (head <= store.draft.head) return;
  if (store.draft.then) {
    store.draft.head = head; // what is shown of the record is another by now, the earlier roster is not
    changed();
  } else reloadDraft().catch(lost);
  loadHolds();
}

/**
 * A draft that was renamed is followed, and one that was closed leads to the main one; one that only did not
 * arrive stays, so that moves go on in it.
 */
async function lost(error) {
  if (error.status !== 409) return failed(error);
  if (store.dialog?.kind === "yes") store.dialog = null; // it asks about a draft that is closed
  const drafts = await get("drafts").catch(() => []);
  const same = drafts.find((one) => one.version === store.draft.version);
  return load(same?.name || null).catch(failed);
}
