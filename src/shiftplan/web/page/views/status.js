/** How the week stands: what people know, who has not answered, who is missing, who came. */

import { nameOf, placeOf } from "../described.js";
import { select } from "../filters.js";
import { marked } from "../grid.js";
import { absent, record, secondLook } from "../panels/happened.js";
import { matching } from "../matching.js";
import { button, recorded, when } from "../recorded.js";
import { compare, isRunning, loadSearches, passed, searching, startSearch } from "../searching.js";
import { changed, choose, draftName, isProvince, known, startOf, store } from "../store.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { day, lang, say } from "../words.js";
import { whatTheyKnow } from "./publish.js";

const MOST = 8; // rows of a list until somebody asks for all
const CALLS = ["comes", "cannot", "not_reached"];
const STATES = ["came", "excused", "absent"];
const whole = new Set(); // lists that are shown whole
let date = ""; // the day whose attendance is shown
let sought = ""; // whose answer is looked for

/** The view. */
export function status() {
  const { value: found, failed } = recorded("status");
  if (!found) return html`<p class="waiting" role="status">${failed || "…"}</p>`;
  return html`<div class="page-of">${secondLook()}
    <section aria-labelledby="they-know"><h2 id="they-know">${whatTheyKnow(found)}</h2>
      ${isProvince() && found.drafted != null && found.told != null
        ? html`<p>${say("web.draft_changes", { version: found.drafted, n: found.changed })}
          <a href="#/publish">${say("web.view_publish")}</a></p>` : nothing}
      ${found.notes.map((line) => html`<p class="warn-box">${line}</p>`)}
      ${found.unsent.length ? html`<p>${say("web.unsent", { n: found.unsent.length })}
        <a href="#/publish">${say("web.view_publish")}</a></p>` : nothing}</section>
    ${toRepair(found)} ${isProvince() ? html`<section aria-labelledby="is-absent">
      <h2 id="is-absent">${say("web.somebody_absent")}</h2> ${absent()}</section>` : nothing}
    ${lacking(found)} ${answers(found)} ${attendance()}</div>`;
}

const SECONDS = 60; // of a repair

/** Who of the roster does not come, who was called in, and the search for a roster that knows it. */
function toRepair({ told, drafted }) {
  if (!isProvince() || store.draft.then || (told == null && drafted == null)) return nothing;
  if (searching.lang !== lang) loadSearches();
  const marks = [...store.marks].flatMap(([shift, own]) => [...own].map(([who, mark]) => ({ shift, who, mark })));
  marks.sort((one, other) => startOf(one.shift).localeCompare(startOf(other.shift)));
  const proposal = searching.proposals.find((one) => one.kind === "repair");
  if (!marks.length && !proposal) return nothing;
  return html`<section aria-labelledby="to-repair"><h2 id="to-repair">${say("web.to_repair", { n: marks.length })}</h2>
    ${rows("marks", marks, ({ shift, who, mark }) => html`<li><span>${person(who)} ${marked(mark)}
      <span class="soft">${link("shift", shift, placeOf(shift))}</span></span></li>`)}
    ${marks.length ? html`<p class="soft">${say("web.repair_said")}</p>` : nothing}
    <p class="row">${isRunning()
      ? html`<span role="status">${say("web.of_seconds", { seconds: Math.floor(passed()), limit: searching.newest.limit })}</span>
        <a href="#/improve">${say("web.view_improve")}</a>`
      : marks.length ? html`<button type="button" class="first"
        @click=${() => startSearch({ kind: "repair", seconds: SECONDS }, draftName())}>${say("web.repair")}</button>` : nothing}
      ${proposal ? html`<a href="#/improve" @click=${() => compare(proposal.version)}>${say("web.see_repair", { version: proposal.version })}</a>` : nothing}</p>
    ${searching.failed ? html`<p class="warn-box" role="alert">${searching.failed}</p>` : nothing}</section>`;
}

/** A list of people and shifts of which only the first rows are shown until somebody asks for all. */
function rows(name, all, row) {
  const shown = whole.has(name) ? all : all.slice(0, MOST);
  return html`<ul class="lines">${repeat(shown, (one) => one.volunteer_id ?? `${one.shift_id ?? one.shift} ${one.who ?? ""}`, row)}</ul>
    ${shown.length < all.length
      ? button(say("web.all_rows", { n: all.length }), () => (whole.add(name), changed())) : nothing}`;
}

const link = (kind, id, text) =>
  html`<button type="button" class="link" @click=${() => choose(kind, id)}>${text}</button>`;
const person = (id) => link("person", id, nameOf(id));

/** Answers until now, and who has given none. */
function answers({ deadline, confirmed, declined, waiting }) {
  const has = matching(sought);
  const found = waiting.filter((one) => has.person(known.people.get(one.volunteer_id)));
  if (!deadline && !confirmed && !declined) return nothing;
  return html`<section aria-labelledby="their-answers"><h2 id="their-answers">${say("web.answers")}</h2>
    <p>${say("web.answered", { confirmed, declined })}
      ${deadline ? say("web.not_answered", { n: waiting.length, at: when(deadline) }) : nothing}</p>
    ${waiting.length > MOST ? html`<form class="fields" role="search"
      @submit=${(event) => event.preventDefault()}><label>${say("web.search_people")} <input type="search" .value=${sought}
        @input=${(event) => ((sought = event.target.value), changed())}></label></form>` : nothing}
    ${rows("waiting", found, unanswered)}</section>`;
}

function unanswered({ volunteer_id: id, shift_ids: shifts, reach }) {
  const heard = (answer) =>
    record({ answers: shifts.map((shift) => ({ volunteer_id: id, shift_id: shift, answer })) });
  return html`<li><span>${person(id)} <span class="soft">${reach}</span>
    <span class="soft">${shifts.map(placeOf).join("; ")}</span></span>
    ${isProvince() ? html`<span class="row">${button(say("web.confirms"), () => heard("confirmed"), `${nameOf(id)}: ${say("web.confirms")}`)}
      ${button(say("web.declines"), () => heard("declined"), `${nameOf(id)}: ${say("web.declines")}`)}</span>` : nothing}</li>`;
}

/** Shifts that lack people, and whom to call for each. */
function lacking({ lacking: all, told, drafted }) {
  const hasRoster = told != null || drafted != null;
  return html`<section aria-labelledby="are-missing"><h2 id="are-missing">${all.length
    ? say("web.lacking", { n: all.length }) : say(hasRoster ? "web.none_lacking" : "web.plan_none")}</h2>
    ${rows("lacking", callable(all), lack)}</section>`;
}

/** Shifts for which somebody can be called first, those below a minimum before others in both parts. */
const callable = (all) => [...all.filter((one) => one.call), ...all.filter((one) => !one.call)];


function lack({ shift_id: shift, missing, urgent, call }) {
  const lacks = say(urgent ? "web.missing_urgent" : "web.missing", { n: missing });
  return html`<li><span>${link("shift", shift, placeOf(shift))}
      <span class="mark ${urgent ? "urgent" : ""}">${lacks}</span>
      ${call ? html`<span class="soft">${say("web.call_next")} ${person(call.volunteer_id)}
        ${call.reach} (${call.why})</span>`
        : isProvince() ? html`<span class="soft">${say("web.nobody_left")}</span>` : nothing}
      ${call?.then.length ? html`<details><summary>${say("web.call_then", { n: call.then.length })}</summary>
        <ul class="lines">${call.then.map((id) => html`<li><span>${person(id)}</span> ${calls(shift, id)}</li>`)}</ul>
        </details>` : nothing}</span>
    ${call ? calls(shift, call.volunteer_id) : nothing}</li>`;
}

/** What somebody who was called said. */
const calls = (shift_id, volunteer_id) => html`<span class="row">${CALLS.map((answer) =>
  button(say(`web.call_${answer}`), () => record({ calls: [{ shift_id, volunteer_id, answer }] }),
    `${nameOf(volunteer_id)}: ${say(`web.call_${answer}`)}`))}</span>`;

/** Who was told to come on a day, what they answered, and whether they came. */
function attendance() {
  date ||= today();
  const { value: all } = recorded("told", { day: date });
  const shifts = Map.groupBy(all ?? [], (one) => one.shift_id);
  return html`<section aria-labelledby="who-came"><h2 id="who-came">${say("web.who_came")}</h2>
    <form class="fields">${select(say("web.day"), date, store.week.days.map((one) => [one, day(one)]), at)}</form>
    ${all && !all.length ? html`<p class="soft">${say("web.nobody_told")}</p>` : nothing}
    ${repeat([...shifts], ([shift]) => shift, ([shift, team]) => html`
      <details class="fold" ?open=${shifts.size < 4}><summary>${placeOf(shift)} <span class="soft">${came(team)}</span></summary>
      <ul class="lines">${repeat(team, (one) => one.volunteer_id, turnout)}</ul>
      ${team.some((one) => !one.state) ? button(say("web.all_came"), () => cameAll(team)) : nothing}
      </details>`)}</section>`;
}

function at(chosen) {
  date = chosen;
  changed();
}

/** The day of the week that is today, or else its first one. */
function today() {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  const iso = parts.map((part) => String(part).padStart(2, "0")).join("-");
  return store.week.days.includes(iso) ? iso : store.week.days[0];
}

const came = (team) => (team.some((one) => one.state) ? say("web.came_of", {
  came: team.filter((one) => ["came", "called"].includes(one.state)).length, told: team.length,
}) : say("web.came_unknown"));

const cameAll = (team) => record({
  turnouts: team.filter((one) => !one.state)
    .map(({ shift_id, volunteer_id }) => ({ shift_id, volunteer_id, state: "came" })),
});

function turnout({ shift_id, volunteer_id, answer, state }) {
  return html`<li><span>${person(volunteer_id)}
      ${answer ? html`<span class="mark">${say(`web.said_${answer}`)}</span>` : nothing}</span>
    <span class="row" role="group" aria-label=${nameOf(volunteer_id)}>${STATES.map((one) => html`
      <button type="button" aria-pressed=${state === one || (one === "came" && state === "called")}
        @click=${() => record({ turnouts: [{ shift_id, volunteer_id, state: one }] })}>
        ${say(`web.state_${one}`)}</button>`)}
    </span></li>`;
}
