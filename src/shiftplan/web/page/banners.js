/** What stands above all views while it holds: the server is gone; files of the week were edited. */

import { get, post } from "./api.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { changed, failed, isProvince, load } from "./store.js";
import { lang, say } from "./words.js";

let isLost = false;
let edited = [];
let faults = "";
let isReading = false;

/** Say that the server does not answer, or that it answers again; then everything is loaded anew. */
export function setLost(lost) {
  if (isLost && !lost) load().catch(failed);
  isLost = lost;
  changed();
}

/** Learn which files changed since they were read. */
export async function loadEdited() {
  takeEdited((await get("files")).changed);
}

/** Take over which files changed, as the server tells it. */
export function takeEdited(names) {
  [edited, faults, isReading] = [names, "", false];
  changed();
}

/** The banners. */
export function banners() {
  return html`
    <aside class="banner" aria-label=${say("web.lost_title")} ?hidden=${!isLost}>
      <p role="alert">${isLost ? say("web.lost") : ""}</p>
    </aside>
    ${edited.length ? editedBanner() : nothing}`;
}

function editedBanner() {
  return html`<aside class="banner" aria-label=${say("web.edited_title")}>
    <p role="status">${say("web.edited", { files: edited.join(", ") })}</p>
    ${isProvince()
      ? html`<button type="button" ?disabled=${isReading} @click=${readAgain}>${say("web.edited_read")}</button>`
      : nothing}
    <p class="faults" role="alert" ?hidden=${!faults}>${faults}</p>
  </aside>`;
}

async function readAgain() {
  [faults, isReading] = ["", true];
  changed();
  try {
    takeEdited((await post("files", undefined, { lang })).changed);
    await load();
  } catch (error) {
    [faults, isReading] = [`${say("web.edited_faults")}\n${error.message}`, false];
    changed();
  }
}
