/** Everybody: a row each with their week, load and skills; only what is in view is drawn. */

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { guard } from "../vendor/lit-html/directives/guard.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { filters } from "../filters.js";
import { centerName, marked, skillName } from "../grid.js";
import { loadOf, weekOf, worksOf } from "../laid.js";
import { matching } from "../matching.js";
import { narrow } from "../screen.js";
import { choose, changed, store } from "../store.js";
import { strip, stripLegend } from "../strip.js";
import { collate, lang, number, percent, say } from "../words.js";

const SPARE = 12; // rows drawn above and below those in view
const HEIGHT = { wide: 40, narrow: 92 }; // pixels of a row, as the styles have it
const ORDERS = {
  home: (one, other) => collate(centerName(one.home_center_id), centerName(other.home_center_id)),
  works: (one, other) => worksOf(other) - worksOf(one),
  offered: (one, other) => other.offered - one.offered,
  load: (one, other) => (loadOf(other) ?? -1) - (loadOf(one) ?? -1),
};
const TESTS = {
  all: () => true,
  idle: (person) => person.offered > 0 && worksOf(person) === 0,
  working: (person) => worksOf(person) > 0,
  no_offer: (person) => person.offered === 0,
};
let order = "name";
let top = 0; // pixels scrolled

/** The view of all people. */
export function people() {
  const { text, people: only, skill } = store.filter;
  const match = matching(text);
  const found = store.week.people.filter((person) =>
    (TESTS[only] ?? TESTS.all)(person) && match.person(person) && (!skill || person.skills[skill]));
  if (order !== "name") found.sort(ORDERS[order]); // the server has them by name
  const skills = [["", say("web.any_skill")], ...store.week.skills.map((one) => [one.skill_id, skillName(one.skill_id)])];
  const kinds = [
    ["people", say("web.show"), Object.keys(TESTS).map((kind) => [kind, say(`web.people_${kind}`)])],
    ["skill", say("web.skill"), skills],
  ];
  return html`${filters({ text: say("web.search_people"), kinds, found: say("web.people_shown", { n: found.length }), more: narrow() ? nothing : stripLegend() })}
    ${table(found)}`;
}

function table(found) {
  const row = HEIGHT[narrow() ? "narrow" : "wide"];
  const first = Math.max(0, Math.min(Math.floor(top / row), found.length - 1) - SPARE);
  const last = Math.min(found.length, Math.ceil((top + innerHeight) / row) + SPARE);
  const drawn = found.slice(first, last).map((person, at) => ({ person, at: first + at }));
  return html`<div class="scroll" role="region" aria-label=${say("web.view_people")} @scroll=${scrolled}>
    <table class="people" role="table" aria-rowcount=${found.length + 1}>
      <thead role="rowgroup"><tr role="row" aria-rowindex="1">
        ${head("name")}${head("home")}<th role="columnheader">${say("web.their_week")}</th>
        ${head("works")}${head("offered")}${head("load")}<th role="columnheader">${say("web.skills")}</th></tr></thead>
      <tbody role="rowgroup" .style=${`padding-top: ${first * row}px; padding-bottom: ${(found.length - last) * row}px`}>
        ${repeat(drawn, ({ person }) => person.volunteer_id, ({ person, at }) => line(person, at))}</tbody>
    </table>
  </div>`;
}

function scrolled(event) {
  top = event.target.scrollTop;
  changed();
}

/** A heading by which rows are put in order. */
function head(by) {
  const isNow = by === order;
  return html`<th role="columnheader" aria-sort=${isNow ? (by === "name" || by === "home" ? "ascending" : "descending") : "none"}
    title=${by === "load" ? say("reports.loads_caption") : nothing}><button type="button" @click=${() => ((order = by), changed())}>${say(`web.by_${by}`)}${isNow
      ? html`<span aria-hidden="true"> ${by === "name" || by === "home" ? "↑" : "↓"}</span>` : nothing}</button></th>`;
}

function line(person, at) {
  const { volunteer_id: id } = person;
  return html`<tr role="row" aria-rowindex=${at + 2} class=${store.chosen?.id === id ? "chosen" : ""}>
    <th role="rowheader"><button type="button" class="chip" data-person=${id} @click=${() => choose("person", id)}>${person.name}</button>
      ${marked(person.absent?.length ? "absent" : "")}</th>
    <td role="cell" class="soft">${centerName(person.home_center_id) || "–"}</td>
    <td role="cell">${guard([person, store.shiftsOf.get(id), worksOf(person), lang], () => strip(weekOf(person)))}</td>
    <td role="cell" class="figure">${number(worksOf(person))}</td>
    <td role="cell" class="figure">${number(person.offered)}</td>
    <td role="cell" class="figure">${percent(loadOf(person), 0)}</td>
    <td role="cell" class="soft">${Object.entries(person.skills).map(([skill, level]) => skillName(skill, level)).join(", ")}</td>
  </tr>`;
}
