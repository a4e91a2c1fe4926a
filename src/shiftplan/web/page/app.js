/** Starts the page: words, week, news; draws what the store holds. */

import { html, render } from "./vendor/lit-html/lit-html.js";
import "./drag.js";
import "./marks.js";
import "./roving.js";
import { frame } from "./frame.js";
import { listen } from "./news.js";
import { changed, drawWith, failed, load, store } from "./store.js";
import { entered } from "./session.js";
import { loadEdited } from "./banners.js";
import { loadWords } from "./words.js";

const place = document.getElementById("app");
/** Views in which people are moved; whoever is held, and what was last told of moves, stays in these. */
const WITH_PLACES = ["centers", "people", "days", "map"];

function draw() {
  render(store.week ? frame() : html`<p class="waiting" role="status">…</p>`, place);
}

/** The view in the address, so that pages can be kept and sent. */
function takeAddress() {
  const [view, date] = location.hash.replace(/^#\/?/, "").split("/");
  store.view = view || "centers";
  document.querySelector(".menu[open]")?.removeAttribute("open");
  if (!WITH_PLACES.includes(store.view)) [store.held, store.told] = [null, null];
  store.day = date || store.day;
  changed();
}

addEventListener("hashchange", takeAddress);
try {
  await loadWords();
  if (await entered(place)) {
    drawWith(draw);
    takeAddress();
    await load();
    listen();
    loadEdited().catch(failed);
  }
} catch (error) {
  store.failed = error.message;
  render(html`<p class="waiting" role="alert">${error.message}</p>`, place);
}
