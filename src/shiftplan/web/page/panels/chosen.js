/** What is chosen, in sections: a shift with its seats and team, or a person with their shifts. */

import { html } from "../vendor/lit-html/lit-html.js";
import { choose, counted, known, store } from "../store.js";
import { day, hours, say } from "../words.js";

/** Sections on a shift and on a person, from above; each takes the row of the week. */
const SECTIONS = { shift: [needs, team], person: [skills, theirs] };
const ROWS = { shift: "shifts", person: "people" };

/** The panel on what is chosen. */
export function chosen() {
  const { kind, id } = store.chosen;
  const found = known[ROWS[kind]].get(id);
  return found ? SECTIONS[kind].map((section) => section(found)) : "";
}

function needs(shift) {
  const there = store.teams.get(shift.shift_id) ?? [];
  return html`<h2>${known.centers.get(shift.center_id)?.name || shift.center_id}</h2>
    <p>${day(shift.start.slice(0, 10), "long")}, ${hours(shift)}</p>
    <ul class="needs">${(known.needs.get(shift.shift_id) ?? []).map((need) => html`<li>
      ${need.skill_id == null ? say("web.people") : known.skills.get(need.skill_id)?.name || need.skill_id}${need.min_level > 1 ? ` ${need.min_level}` : ""}:
      ${say("web.of", { filled: counted(need, there), wanted: need.target })}</li>`)}</ul>`;
}

function team(shift) {
  return html`<ul class="team">${(store.teams.get(shift.shift_id) ?? []).map((id) => html`<li>
    <button type="button" class="chip" @click=${() => choose("person", id)}>${known.people.get(id)?.name ?? id}</button>
  </li>`)}</ul>`;
}

function skills(person) {
  const levels = Object.entries(person.skills).map(([id, level]) => `${known.skills.get(id)?.name || id} ${level}`);
  return html`<h2>${person.name}</h2>
    <p>${person.volunteer_id}${levels.length ? ` · ${levels.join(", ")}` : ""}</p>`;
}

function theirs(person) {
  return html`<ul class="theirs">${(store.shiftsOf.get(person.volunteer_id) ?? []).map((id) => {
    const at = known.shifts.get(id);
    return html`<li><button type="button" class="chip" @click=${() => choose("shift", id)}>
      ${day(at.start.slice(0, 10))} ${hours(at)}, ${known.centers.get(at.center_id)?.name}</button></li>`;
  })}</ul>`;
}
