/** Starts the page of many weeks: the list, or the week of the address with its faults. */

import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { choices } from "../choices.js";
import { loadWords, say } from "../words.js";
import { entered, session } from "../session.js";
import { drawWith } from "../store.js";
import { loadList, loadWeek, state } from "./state.js";
import { mending } from "./mending.js";
import { start, takesFiles } from "./start.js";

const place = document.getElementById("home");

function page() {
  return html`
    <a class="skip" href="#main" @click=${toMain}>${say("web.skip")}</a>
    <header class="top">
      ${state.weekId ? html`<a href="#">← ${say("web.all_weeks")}</a>` : html`<strong>shiftplan</strong>`}
      ${session()} ${choices(takeAddress)}
    </header>
    <main id="main" tabindex="-1">${state.weekId ? mending() : start()}</main>
    <p class="busy" role="status">${state.busy ? say("web.busy") : nothing}</p>
    <p class="failed" role="alert" ?hidden=${!state.failed}>${state.failed}</p>`;
}

function toMain(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}

/** Show the week in the address, or the list where there is none. */
async function takeAddress() {
  const weekId = decodeURIComponent(location.hash.slice(1));
  await (weekId ? loadWeek(weekId) : loadList());
}

addEventListener("hashchange", takeAddress);
try {
  await loadWords();
  if (await entered(place)) {
    drawWith(() => render(page(), place));
    takesFiles(document.documentElement);
    await takeAddress();
  }
} catch (error) {
  render(html`<p class="waiting" role="alert">${error.message}</p>`, place);
}
