/** What others do, as it happens: the server sends events, the store takes them over. */

import { setLost, takeEdited } from "./banners.js";
import { load, reloadDraft } from "./store.js";

/** Listen to news until the page is left; the browser connects again by itself. */
export function listen() {
  const source = new EventSource("api/news");
  source.addEventListener("entries", () => reloadDraft());
  source.addEventListener("anew", () => load());
  source.addEventListener("files", (event) => takeEdited(JSON.parse(event.data)));
  source.addEventListener("hello", () => setLost(false));
  source.addEventListener("error", () => setLost(true));
  return source;
}
