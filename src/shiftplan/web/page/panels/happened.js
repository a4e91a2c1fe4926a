/** What happened, recorded by hand: somebody is absent; and what of it is worth a second look. */

import { post } from "../api.js";
import { momentField, momentOf } from "../clock.js";
import { chooser } from "../finder.js";
import { button, recording } from "../recorded.js";
import { changed } from "../store.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { lang, say } from "../words.js";

const nothingYet = () => ({ person: "", start: { day: "", time: "" }, end: { day: "", time: "" }, why: "" });
const absence = nothingYet();
let [made, notes] = [[], []]; // the last entries in words, and what of them may be a mistake

/**
 * Record what happened, and keep what is worth a second look.
 * @param {object} happened - Body of `POST /api/records`.
 * @returns {Promise<boolean>} Whether it was recorded.
 */
export async function record(happened) {
  const found = await recording(() => post("records", happened, { lang }));
  [made, notes] = [found?.entries.map((entry) => entry.text) ?? [], found?.notes ?? []];
  changed();
  return found !== null;
}

/** Forget what was recorded last, such as when it was revoked, or another view is shown. */
export function forgetLast() {
  [made, notes] = [[], []];
}

addEventListener("hashchange", forgetLast);

/** What was recorded last, and what of it may be a mistake; that stands until it is read. */
export const secondLook = () => html`<div role="status" class="second-look">
  ${made.map((line) => html`<p class="soft">✓ ${line}</p>`)}
  ${notes.length ? html`<div class="warn-box">${notes.map((line) => html`<p>${line}</p>`)}
    ${button(say("web.close"), () => ((notes = []), changed()))}</div>` : nothing}</div>`;

/** Begin to record that a person is absent, in the form below the status. */
export function absentIs(person) {
  absence.person = person;
  location.hash = "/status";
  changed();
}

/** A form to record that somebody is absent. */
export function absent() {
  return html`<form class="fields" @submit=${(event) => (event.preventDefault(), send())}>
    ${chooser("person", say("web.person"), absence.person, (id) => ((absence.person = id), changed()))}
    ${momentField(say("web.absent_from"), absence.start, say("web.from_start"), changed)}
    ${momentField(say("web.absent_until"), absence.end, say("web.to_end"), changed)}
    <label>${say("web.reason")} <input type="text" maxlength="500" .value=${absence.why}
      @input=${(event) => (absence.why = event.target.value)}></label>
    <button>${say("web.record_absence")}</button>
    ${isNobody && !absence.person ? html`<p class="warn-box" role="alert">${say("web.choose_person")}</p>` : nothing}</form>`;
}

let isNobody = false; // whether it was sent without a person

async function send() {
  isNobody = !absence.person;
  if (isNobody) return changed();
  const { person, start, end, why } = absence;
  const absences = [{ volunteer_id: person, start: momentOf(start, "00:00"), end: momentOf(end, "23:59") }];
  if (await record({ absences, why })) Object.assign(absence, nothingYet());
  changed();
}
