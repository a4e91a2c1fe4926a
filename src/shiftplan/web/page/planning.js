/** For a week without a roster: plan it, see how far the search is, and take over what it found. */

import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { isRunning, loadSearches, passed, searching, startSearch, stopSearch, takeWhole } from "./searching.js";
import { isProvince, store } from "./store.js";
import { lang, number, say } from "./words.js";

const SECONDS = 60;
let asked = ""; // id of the search that was started here; its roster is taken over at its end

/** The banner; nothing where there is a roster, or for those who cannot plan. */
export function planning() {
  if (store.draft.version !== null || !isProvince()) return nothing;
  if (searching.lang !== lang) loadSearches();
  const { newest } = searching;
  const hasFound = newest?.proposal && !isRunning();
  if (hasFound && newest.id === asked) takeIt();
  return html`<aside class="banner" aria-label=${say("web.plan_title")}>
    ${isRunning() ? running() : html`<p>${say(hasFound ? "web.plan_found" : "web.plan_none")}</p>`}
    ${hasFound ? html`<button type="button" class="main" ?disabled=${searching.isBusy} @click=${takeIt}>${say("web.plan_take")}</button>` : nothing}
    ${isRunning() ? nothing : html`<button type="button" class=${hasFound ? "" : "main"} ?disabled=${searching.isBusy}
      @click=${plan}>${say(hasFound ? "web.plan_again" : "web.plan_week")}</button>`}
    <div role="status">${isRunning() ? nothing : newest?.lines.map((line) => html`<p>${line}</p>`)}</div>
    ${searching.failed ? html`<p class="faults" role="alert">${searching.failed}</p>` : nothing}
  </aside>`;
}

function running() {
  const { total, bound } = searching.newest.progress.at(-1) ?? {};
  const facts = { seconds: Math.min(Math.floor(passed()), searching.newest.limit), limit: searching.newest.limit };
  return html`<p>${say("web.planning", facts)}</p> <progress max=${searching.newest.limit} value=${passed()} aria-label=${say("web.time")}></progress>
    ${total == null ? nothing : html`<p>${say("web.total")} <b>${number(total)}</b></p>`}
    ${bound == null ? nothing : html`<p>${say("web.bound")} <b>${number(bound)}</b></p>`}
    <button type="button" @click=${stopSearch}>${say("web.stop_keep")}</button>`;
}

async function plan() {
  await startSearch({ kind: "anew", seconds: SECONDS }, "");
  asked = searching.newest?.id ?? "";
}

function takeIt() {
  asked = "";
  return takeWhole(searching.newest.proposal);
}
