/** The week by center: a row for each center, a column for each session, names in the cells. */

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { guard } from "../vendor/lit-html/directives/guard.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { changed, choose, known, seats, step, store } from "../store.js";
import { day, hours, lang, number, say } from "../words.js";

let laid = null; // the week that `rows` and `sessions` were made of
let rows = [];
let sessions = [];

/** Sessions of the week, and the shifts of each center in them. */
function layOut() {
  if (laid === store.week) return;
  laid = store.week;
  const keys = new Map(store.week.shifts.map((shift) => [shift.start + shift.end, shift]));
  sessions = [...keys.entries()].sort(([one], [other]) => (one < other ? -1 : 1));
  const at = Map.groupBy(store.week.shifts, (shift) => shift.center_id);
  rows = store.week.centers
    .filter((center) => at.has(center.center_id))
    .map((center) => ({
      center,
      cells: sessions.map(([key]) => at.get(center.center_id).filter((s) => s.start + s.end === key)),
    }));
}

export function centers() {
  layOut();
  const shown = rows.filter(isShown);
  const days = Map.groupBy(sessions, ([key]) => key.slice(0, 10));
  return html`
    ${filters(shown.length)}
    <div class="scroll" role="region" tabindex="0" aria-label=${say("web.view_centers")}>
      <table class="roster">
        <thead>
          <tr><th scope="col" rowspan="2">${say("web.center")}</th>
            ${[...days].map(([date, own]) => html`<th scope="colgroup" colspan=${own.length}>${day(date)}</th>`)}</tr>
          <tr>${sessions.map(([, shift]) => html`<th scope="col" class="hours">${hours(shift)}</th>`)}</tr>
        </thead>
        <tbody>${repeat(shown, (row) => row.center.center_id, line)}</tbody>
      </table>
    </div>`;
}

function isShown({ center, cells }) {
  const { text, only } = store.filter;
  if (only === "empty" && !cells.flat().some((s) => seats(s.shift_id).filled < seats(s.shift_id).wanted)) return false;
  if (only === "minority" && !center.minority_area) return false;
  if (only === "remote" && !center.remote_area) return false;
  return !text || plain(center.name).includes(plain(text)) || cells.flat().some((shift) =>
    (store.teams.get(shift.shift_id) ?? []).some((id) => plain(known.people.get(id)?.name).includes(plain(text))));
}

/** A text without accents and case, so that `an` finds `Ân`. */
const plain = (text = "") =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

function filters(n) {
  const kinds = ["all", "empty", "minority", "remote"];
  return html`<form class="filters" role="search" @submit=${(event) => event.preventDefault()}>
    <label>${say("web.search")}
      <input type="search" .value=${store.filter.text}
        @input=${(event) => ((store.filter.text = event.target.value), changed())}></label>
    <label>${say("web.show")}
      <select @change=${(event) => ((store.filter.only = event.target.value), changed())}>
        ${kinds.map((kind) => html`<option value=${kind} ?selected=${kind === store.filter.only}>
          ${say(`web.only_${kind}`)}</option>`)}
      </select></label>
    <p role="status">${say("web.centers_shown", { n })}</p>
  </form>`;
}

function line({ center, cells }) {
  return html`<tr>
    <th scope="row">${center.name || center.center_id}</th>
    ${cells.map((shifts) => html`<td>${shifts.map((shift) => {
      const team = store.teams.get(shift.shift_id);
      const isChosen = store.chosen?.id === shift.shift_id;
      return guard([team?.join(), isChosen, store.lit?.get(shift.shift_id), lang, store.week], () => cell(shift, team ?? [], isChosen));
    })}</td>`)}
  </tr>`;
}

/** A shift: how many seats are filled, and the people in it. */
function cell(shift, team, isChosen) {
  const own = seats(shift.shift_id);
  return html`<div class="shift s${step(own) - 1} ${isChosen ? "chosen" : ""}" data-shift=${shift.shift_id}>
    <button type="button" class="count" @click=${() => choose("shift", shift.shift_id)}
      aria-label=${say("web.seats_of", { filled: own.filled, wanted: own.wanted, below: own.below })}>
      ${number(own.filled)}/${number(own.wanted)}</button>
    ${team.map((id) => html`<button type="button" class="chip" data-person=${id} data-shift=${shift.shift_id}
      @click=${() => choose("person", id)}>${known.people.get(id)?.name ?? id}</button>`)}
    ${own.filled < own.wanted ? html`<span class="gap" aria-hidden="true"></span>` : nothing}
  </div>`;
}
