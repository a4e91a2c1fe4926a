/** What is chosen, beside the view: a shift with its seats and team, or a person with their shifts. */

import { html } from "../vendor/lit-html/lit-html.js";
import { choose, counted, known, store } from "../store.js";
import { day, hours, say } from "../words.js";

export function chosen() {
  const { kind, id } = store.chosen;
  return html`<aside class="panel" aria-label=${say("web.chosen")}>
    <button type="button" class="close" aria-label=${say("web.close")} @click=${() => choose(null)}>×</button>
    ${kind === "shift" ? shift(known.shifts.get(id)) : person(known.people.get(id))}
  </aside>`;
}

function shift(found) {
  if (!found) return "";
  const team = store.teams.get(found.shift_id) ?? [];
  return html`<h2>${known.centers.get(found.center_id)?.name || found.center_id}</h2>
    <p>${day(found.start.slice(0, 10), "long")}, ${hours(found)}</p>
    <ul class="needs">${(known.needs.get(found.shift_id) ?? []).map((need) => html`<li>
      ${need.skill_id == null ? say("web.people") : known.skills.get(need.skill_id)?.name || need.skill_id}${need.min_level > 1 ? ` ${need.min_level}` : ""}:
      ${say("web.of", { filled: counted(need, team), wanted: need.target })}</li>`)}</ul>
    <ul class="team">${team.map((id) => html`<li><button type="button" class="chip" @click=${() => choose("person", id)}>
      ${known.people.get(id)?.name ?? id}</button></li>`)}</ul>`;
}

function person(found) {
  if (!found) return "";
  const own = store.shiftsOf.get(found.volunteer_id) ?? [];
  const levels = Object.entries(found.skills).map(([id, level]) => `${known.skills.get(id)?.name || id} ${level}`);
  return html`<h2>${found.name}</h2>
    <p>${found.volunteer_id}${levels.length ? ` · ${levels.join(", ")}` : ""}</p>
    <ul class="theirs">${own.map((id) => {
      const at = known.shifts.get(id);
      return html`<li><button type="button" class="chip" @click=${() => choose("shift", id)}>
        ${day(id && at.start.slice(0, 10))} ${hours(at)}, ${known.centers.get(at.center_id)?.name}</button></li>`;
    })}</ul>`;
}
