/** Centers and sessions as a table: who works where, and what lacks; for the whole week or for a day. */

import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { guard } from "./vendor/lit-html/directives/guard.js";
import { repeat } from "./vendor/lit-html/directives/repeat.js";
import { calledTo, choose, conditions, isOfHeads, known, markOf, seats, step, store, teamOf } from "./store.js";
import { day, hours, lang, list, number, say } from "./words.js";

/** Name of a center, or its id; empty for none. */
export const centerName = (id) => known.centers.get(id)?.name || id || "";

/** Name of a skill, with the level if one is meant. */
export function skillName(id, level) {
  const skill = known.skills.get(id);
  const name = skill?.name || id;
  return level == null || (skill?.max_level ?? 1) === 1 ? name : say("form.skill", { skill: name, level });
}

/** Whom a requirement counts, such as `Khmer or Cham and Portal 2`, or people, all or those without a skill. */
export function skillsOf(need) {
  if (isOfHeads(need)) return say("web.people");
  const [asked, either] = [conditions(need), (skills) => list(skills.map((one) => skillName(...one)), "or")];
  if (!asked.some(([held]) => held)) return say("form.people_without", { skill: either(asked.flatMap(([, skills]) => skills)) });
  const named = asked.map(([held, skills]) => {
    const skill = either(skills);
    return held ? skill : say("form.no_skill", { skill });
  });
  return list(named, "and");
}

/**
 * The table.
 * @param {object[]} days - Days with their sessions, as `laid` has them.
 * @param {object[]} rows - Rows of centers, as `laid` has them.
 * @param {Set<object>} shown - The rows that stand in the table now.
 * @param {Set<string>} found - Ids of people who are searched: they are marked.
 * @param {string} label - What the table is called.
 */
export function grid(days, rows, shown, found, label) {
  const sessions = days.flatMap((one) => one.sessions);
  return html`<div class="scroll" role="region" aria-label=${label}>
    <table class="roster ${days.length === 1 ? "wide" : ""}" role="table" .style=${`--sessions: ${sessions.length}`}>
      <thead role="rowgroup">
        ${days.length === 1 ? nothing : html`<tr role="row"><td role="cell" class="areas">${areas()}</td>
          ${days.map((one) => html`<th role="columnheader" colspan=${one.sessions.length} .style=${`grid-column: span ${one.sessions.length}`}>
            <button type="button" class="name" tabindex="-1" data-day=${one.date} @click=${() => (location.hash = `#/days/${one.date}`)}>${day(one.date)}</button></th>`)}
        </tr>`}
        <tr role="row"><th role="columnheader">${say("web.center")}</th>
          ${sessions.map((one) => html`<th role="columnheader" class="hours">${hours(one)}</th>`)}</tr>
      </thead>
      <tbody role="rowgroup">${repeat(rows, (row) => row.center.center_id, (row) => line(row, sessions, shown.has(row), found))}</tbody>
    </table>
  </div>`;
}

function line({ center, cells }, sessions, isShown, found) {
  return html`<tr role="row" ?hidden=${!isShown}>
    <th role="rowheader">${guard([center, store.chosen?.id === center.center_id, lang], () => html`<button type="button" class="name" data-center=${center.center_id}
      @click=${() => choose("center", center.center_id)}>${centerName(center.center_id)}</button>${signs(center)}`)}</th>
    ${sessions.map(({ at }) => html`<td role="cell">${cells[at].map((shift) => {
      const team = teamOf(shift.shift_id);
      const isChosen = store.chosen?.kind === "shift" && store.chosen.id === shift.shift_id;
      const hits = found.size ? team.filter((id) => found.has(id)).join() : "";
      const own = seats(shift.shift_id);
      const said = spoken(own); // other teams may count there too
      return guard([team, said, own.marks, isChosen, hits, lang, store.week, store.marked], () => cell(shift, own, team, isChosen, found));
    })}</td>`)}
  </tr>`;
}

/** Signs for areas, with their words for those who do not see them. */
export const signs = (center) => ["minority", "remote"].filter((area) => center[`${area}_area`]).map((area) =>
  html`<span class="sign ${area}" title=${say(`web.in_${area}`)}><span class="unseen">${say(`web.in_${area}`)}</span></span>`);

/** What the signs mean, of the areas that the week has. */
const areas = () => ["minority", "remote"].filter((area) => store.week.centers.some((one) => one[`${area}_area`])).map((area) =>
  html`<span><i class="sign ${area}"></i>${say(`web.in_${area}`)}</span> `);

/** A shift: how many seats are filled, the people in it, and which seats are empty. */
function cell(shift, own, team, isChosen, found) {
  return html`<div class="shift s${step(own)} ${isChosen ? "chosen" : ""} ${own.below ? "below" : ""}" data-shift=${shift.shift_id}>
    <button type="button" class="count" @click=${() => choose("shift", shift.shift_id)}
      aria-label="${centerName(shift.center_id)}, ${day(shift.start)} ${hours(shift)}: ${spoken(own)}">
      ${figuresOf(own)}</button>
    ${team.map((id) => html`<button type="button" class="chip ${found.has(id) ? "hit" : ""} ${markOf(shift.shift_id, id)}" data-person=${id}
      data-shift=${shift.shift_id} @click=${() => choose("person", id)}>${signOf(markOf(shift.shift_id, id))}${known.people.get(id)?.name ?? id}</button>`)}
    ${calledTo(shift.shift_id).map((id) => html`<button type="button" class="chip called"
      @click=${() => choose("person", id)}>${signOf("called")}${known.people.get(id)?.name ?? id}</button>`)}
    ${own.lacking.map((row) => html`<span class="gap ${row.below ? "below" : ""}" aria-hidden="true">${lacks(row)}</span>`)}
  </div>`;
}

const SIGNS = { absent: "✕", declined: "✕", closed: "✕", called: "+", confirmed: "✓" };

/** The sign of what was recorded of somebody, with its word for those who do not see it. */
const signOf = (mark) => mark && html`<span class="is ${mark}" title=${say(`web.mark_${mark}`)}><span
  aria-hidden="true">${SIGNS[mark]}</span><span class="unseen">${say(`web.mark_${mark}`)}: </span></span>`;

/** The word for what was recorded of somebody in a shift. */
export const marked = (mark) => mark && html`<span class="mark ${mark}">${say(`web.mark_${mark}`)}</span>`;

/** What a requirement lacks, in short: `2 seats`, `VNeID 2`. */
export function lacks({ need, there, wanted }) {
  const n = wanted - there;
  return isOfHeads(need)
    ? say("web.lacks", { n })
    : say("web.lacks_skill", { n, skill: skillsOf(need) });
}

/** What is said of a requirement, with its time, or dates and shifts, where it counts several shifts. */
export const timed = (need, text) => (need.said ? `${text} (${need.said})` : text);

/** Who comes to a shift, and what is missing, in words: the figures of its cell. */
export function spoken(own) {
  const { heads, coming, below, lacking } = own;
  const people = heads ? say("web.people_of", { there: heads.there, n: heads.wanted }) : say("count.people", { n: coming.length });
  return [people, ...lacking.map((row) => timed(row.need, lacks(row))), ...(below ? [say("web.is_below")] : [])].join("; ");
}

/** The figures of a shift: people who come of those wanted; of a shift that wants only skills, these. */
export function figuresOf(own) {
  const { there, wanted } = own.heads ?? { there: own.filled, wanted: own.wanted };
  return wanted ? `${number(there)}/${number(wanted)}` : number(own.coming.length);
}
