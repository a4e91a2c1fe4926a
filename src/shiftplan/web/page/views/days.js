/** One day: its centers with their sessions wide, and who is free in a session. */

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { select } from "../filters.js";
import { centerName, skillName } from "../grid.js";
import { dayShown, isFree, laid, loadOf, worksOf } from "../laid.js";
import { matching } from "../matching.js";
import { choose, changed, store } from "../store.js";
import { hours, percent, say } from "../words.js";
import { table } from "./centers.js";

const MOST = 150; // people that are listed at once
let session = 0; // place of the session, within the day, whose free people are listed

/** The view of a day. */
export function days() {
  const shown = dayShown();
  if (!shown) return nothing;
  return html`<div class="day">
    <div class="own">${table([shown], laid().days.length > 1, say("web.view_days"))}</div>
    ${free(shown)}
  </div>`;
}

/** Who offered a session and works nothing then; those with the least load first. */
function free({ sessions }) {
  const at = sessions[Math.min(session, sessions.length - 1)];
  const { text, skill } = store.filter;
  const match = matching(text);
  const found = store.week.people.filter((person) =>
    isFree(person, at, at.at) && match.person(person) && (!skill || person.skills[skill]));
  found.sort((one, other) => (loadOf(one) ?? 0) - (loadOf(other) ?? 0));
  const skills = [["", say("web.any_skill")], ...store.week.skills.map((one) => [one.skill_id, skillName(one.skill_id)])];
  return html`<section class="free" aria-label=${say("web.free")}>
    <h2>${say("web.free")}</h2>
    <div class="fields">
      ${select(say("web.session"), String(session), sessions.map((one, place) => [String(place), hours(one)]),
        (value) => ((session = Number(value)), changed()))}
      ${select(say("web.skill"), skill, skills, (value) => ((store.filter.skill = value), changed()))}
    </div>
    <p role="status">${say("web.free_found", { n: found.length })}</p>
    <ul>${repeat(found.slice(0, MOST), (person) => person.volunteer_id, someone)}</ul>
    ${found.length > MOST ? html`<p class="soft">${say("web.more", { n: found.length - MOST })}</p>` : nothing}
  </section>`;
}

function someone(person) {
  const skills = Object.entries(person.skills).map(([id, level]) => skillName(id, level));
  return html`<li><button type="button" class="chip" data-person=${person.volunteer_id}
      @click=${() => choose("person", person.volunteer_id)}>${person.name}</button>
    <p>${[centerName(person.home_center_id), say("web.works_of", { works: worksOf(person), n: person.offered }),
      `${say("web.load")} ${percent(loadOf(person), 0)}`, ...skills].filter(Boolean).join(" · ")}</p></li>`;
}
