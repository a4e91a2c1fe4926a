/** What is chosen, in sections: a shift with its seats and team, a person with their week, a center. */

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { nameOf, placeOf } from "../described.js";
import { centerName, figuresOf, marked, signs, skillName, skillsOf, spoken } from "../grid.js";
import { laid, loadOf, seatsAt, weekOf, worksOf } from "../laid.js";
import {
  calledTo, choose, counted, heldInstead, isProvince, known, markOf, seats, standsBack, step, store, teamOf,
} from "../store.js";
import { strip } from "../strip.js";
import { when } from "../recorded.js";
import { historyOf } from "../views/history.js";
import { day, hours, percent, say } from "../words.js";
import { askPerson, askShift } from "./ask.js";
import { candidates } from "./candidates.js";
import { findings } from "./findings.js";
import { heard } from "./heard.js";
import { holdCenter, holdPerson, holdShift } from "./holds.js";
import { giveShift, memberWays, shiftWays } from "./ways.js";

/** Sections on a shift, a person and a center, from above; each takes the row of the week. */
const SECTIONS = {
  shift: [needs, team, askShift, holdShift, candidates, costs],
  person: [facts, theirs, heard, askPerson, holdPerson, costs, before],
  center: [about, sessions, holdCenter, costs, before],
};
const ROWS = { shift: "shifts", person: "people", center: "centers" };

/** The panel on what is chosen. */
export function chosen() {
  const { kind, id } = store.chosen;
  const found = known[ROWS[kind]].get(id);
  return found ? SECTIONS[kind].map((section) => section(found)) : html`<h2>${id}</h2>`;
}

/** What is chosen, in a few words. */
export function titleOf({ kind, id }) {
  return { shift: placeOf, person: nameOf, center: centerName }[kind](id);
}

/** What the rules find there. */
function costs() {
  const { kind, id } = store.chosen;
  return html`<section class="costs"><h3>${say(`web.costs_of_${kind}`)}</h3>${findings({ [kind]: id }, `${kind} ${id}`)}</section>`;
}

function needs(shift) {
  const { coming: there, needs: asked } = seats(shift.shift_id);
  return html`<h2><button type="button" class="link" @click=${() => choose("center", shift.center_id)}>${centerName(shift.center_id)}</button></h2>
    <p>${day(shift.start)}, ${hours(shift)}</p>
    ${standsBack(shift.shift_id) ? html`<p class="soft">${notHeld(shift.shift_id)}</p>` : nothing}
    <ul class="needs">${[...counted(asked, there)].map(([need, n]) => {
      return html`<li class=${n < (need.minimum ?? 0) ? "below" : n < need.target ? "lacks" : ""}>
        <span>${skillsOf(need)}${need.said ? html` <span class="soft">${need.said}</span>` : nothing}</span>
        <b>${say("web.of", { filled: Math.min(n, need.target), wanted: need.target })}</b>
        ${n > need.target ? html`<span class="soft">${say("web.there", { n })}</span>` : nothing}
        ${need.minimum ? html`<span class="soft">${say("web.at_least", { n: need.minimum })}</span>` : nothing}</li>`;
    })}</ul>`;
}

/** That a shift is not held, and which one is in its place. */
function notHeld(shift) {
  const other = heldInstead(shift);
  return other ? say("web.stands_back_for", { shift: placeOf(other.shift_id) }) : say("web.stands_back");
}

function team(shift) {
  const [there, called] = [teamOf(shift.shift_id), calledTo(shift.shift_id)];
  return html`<section><h3>${there.length ? say("web.team", { n: there.length }) : say("web.nobody_here")}</h3><ul class="team">${there.map((id) => {
    const person = known.people.get(id);
    const levels = Object.entries(person?.skills ?? {}).map(([skill, level]) => skillName(skill, level));
    return html`<li><button type="button" class="chip" data-person=${id} data-shift=${shift.shift_id}
      @click=${() => choose("person", id)}>${person?.name ?? id}</button>
      ${marked(markOf(shift.shift_id, id))}
      ${levels.length ? html`<span class="soft">${levels.join(", ")}</span>` : nothing}
      ${memberWays(shift.shift_id, id)}</li>`;
  })}${called.map((id) => html`<li><button type="button" class="chip" @click=${() => choose("person", id)}>
    ${nameOf(id)}</button> ${marked("called")}</li>`)}</ul>
    ${called.length ? html`<p class="soft">${say("web.called_said")}</p>` : nothing}</section>`;
}

function facts(person) {
  const load = loadOf(person);
  const levels = Object.entries(person.skills).map(([skill, level]) => skillName(skill, level));
  const rows = [
    [say("web.by_home"), centerName(person.home_center_id)],
    [say("web.skills"), levels.join(", ")],
    [say("web.groups"), (person.group ?? []).join(", ")],
    [say("web.state_absent"), (person.absent ?? []).map(absence).join("; ")],
    [say("web.state_occupied"), (person.occupied ?? []).map(occupation).join("; ")],
    [say("web.works"), say("web.works_of", { works: worksOf(person), n: person.offered })],
    [say("web.by_load"), load == null ? null : percent(load, 0)],
    [say("web.show_rate"), person.show_rate === undefined || person.show_rate === 1 ? null : percent(person.show_rate, 0)],
  ];
  return html`<h2>${person.name}</h2><p class="soft">${person.volunteer_id}</p>
    <dl class="facts">${rows.filter(([, value]) => value).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    ${strip(weekOf(person))}`;
}

/** From when until when somebody is absent, as recorded. */
function absence([start, end]) {
  if (!start && !end) return say("web.absent_all");
  const ends = [start && say("web.absent_since", { at: when(start) }), end && say("web.absent_till", { at: when(end) })];
  return ends.filter(Boolean).join(" ");
}

/** What occupies somebody beside shifts, and when. */
const occupation = ({ what, when: time }) => (what ? say("web.occupied_by", { what, time }) : time);

function theirs(person) {
  const own = store.shiftsOf.get(person.volunteer_id) ?? [];
  return html`<section><h3>${say("web.their_shifts")}</h3>
    ${worksOf(person) ? nothing : html`<p class="soft">${say("web.no_shift")}</p>`}
    ${worksOf(person) > own.length ? html`<p class="soft">${say("web.elsewhere", { n: worksOf(person) - own.length })}</p>` : nothing}
    <ul class="theirs">${own.map((id) => known.shifts.get(id)).filter(Boolean).map((at) => html`<li>
      <button type="button" class="chip" @click=${() => choose("shift", at.shift_id)}>
        ${day(at.start)} ${hours(at)}, ${centerName(at.center_id)}</button>
      ${marked(markOf(at.shift_id, person.volunteer_id))}
      ${shiftWays(person.volunteer_id, at.shift_id)}</li>`)}</ul>
    ${giveShift(person.volunteer_id)}</section>`;
}

function about(center) {
  const own = seatsAt(center.center_id);
  return html`<h2>${centerName(center.center_id)}</h2>
    <p class="soft">${[center.center_id, center.type, center.population && say("web.population", { n: center.population })].filter(Boolean).join(" · ")} ${signs(center)}</p>
    <p>${say("web.seats_of", { filled: own.filled, wanted: own.wanted })} <b>${own.wanted ? percent(own.filled / own.wanted) : ""}</b></p>`;
}

function sessions(center) {
  const shifts = laid().byCenter.get(center.center_id) ?? [];
  return html`<section><h3>${say("web.sessions")}</h3><ul class="rows">${shifts.map((shift) => {
    const own = seats(shift.shift_id);
    return html`<li><button type="button" class="row" @click=${() => choose("shift", shift.shift_id)} aria-label="${day(shift.start)} ${hours(shift)}: ${spoken(own)}">
      <span>${day(shift.start)} ${hours(shift)}</span>
      <span>${figuresOf(own)} <i class="swatch s${step(own)}"></i></span></button></li>`;
  })}</ul></section>`;
}

/** Where it says what happened to a person or at a center. */
function before({ volunteer_id: person = "", center_id: center = "" }) {
  return isProvince() ? html`<p><button type="button"
    @click=${() => historyOf(person, center)}>${say("web.history_of")}</button></p>` : nothing;
}
