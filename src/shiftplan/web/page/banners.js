/** What stands above all views while it holds: the server is gone; files of the week were edited. */

import { get, post } from "./api.js";
import { askAnew } from "./recorded.js";
import { comeBack } from "./session.js";
import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { changed, failed, isProvince, load, store } from "./store.js";
import { lang, say } from "./words.js";

let state = ""; // "lost" while the server does not answer, "unknown" while it knows nobody here
let edited = [];
let faults = "";
let isReading = false;

/**
 * Say that the server does not answer, or knows nobody here, or "" that it answers again: then all is loaded anew.
 */
export function setLost(now) {
  const isBack = state && !now;
  state = now;
  if (isBack) {
    store.failed = "";
    askAnew();
    load().catch(failed);
  }
  changed();
}

/** What stands in the way: "lost", "unknown" or "". */
export const trouble = () => state;

/** Whether the banner says already what a request failed for. */
export const isSaid = (text) => state !== "" && [say("web.lost"), say("web.refused_unknown")].includes(text);

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
    <aside class="banner" aria-label=${say("web.lost_title")} ?hidden=${!state}>
      ${state === "unknown" ? comeBack() : html`<p role="alert">${state ? say("web.lost") : ""}</p>`}
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
