/** How the week stands: what people know, who has not answered, who is missing, who came. */

import { absent, record, secondLook } from "../panels/happened.js";
import { matching } from "../matching.js";
import { recorded, when } from "../recorded.js";
import { changed, choose, known, store } from "../store.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { day, hours, say } from "../words.js";

const MOST = 8; // rows of a list until somebody asks for all
const whole = new Set(); // lists that are shown whole
let date = ""; // the day whose attendance is shown
let sought = ""; // whose answer is looked for

const isProvince = () => store.week.visitor.role === "province";
const nameOf = (id) => known.people.get(id)?.name ?? id;

/** The view. */
export function status() {
  const { value: found, failed } = recorded("status");
  if (!found) return html`<p class="waiting" role="status">${failed || "…"}</p>`;
  return html`<div class="page-of">${secondLook()}
    <section aria-labelledby="they-know"><h2 id="they-know">${know(found)}</h2>
      ${isProvince() && found.drafted != null && found.told != null
        ? html`<p>${say("web.draft_changes", { version: found.drafted, n: found.changed })}
          <a href="#publish">${say("web.view_publish")}</a></p>` : nothing}
      ${found.notes.map((line) => html`<p class="warn-box">${line}</p>`)}
      ${found.unsent.length ? html`<p>${say("web.unsent", { n: found.unsent.length })}
        <a href="#publish">${say("web.view_publish")}</a></p>` : nothing}</section>
    ${lacking(found)} ${answers(found)} ${attendance()}
    ${isProvince() ? html`<section aria-labelledby="is-absent"><h2 id="is-absent">${say("web.somebody_absent")}</h2>
      ${absent()}</section>` : nothing}</div>`;
}

function know(found) {
  if (found.told == null) return say(found.withdrawn == null ? "web.nobody_knows" : "web.was_withdrawn", { version: found.withdrawn });
  const facts = { version: found.told, n: found.people, at: when(found.told_at), who: found.told_by };
  return say(found.told_by ? "web.was_told_by" : "web.was_told", facts);
}

/** A list of people and shifts of which only the first rows are shown until somebody asks for all. */
function rows(name, all, row) {
  const shown = whole.has(name) ? all : all.slice(0, MOST);
  return html`<ul class="lines">${repeat(shown, (one) => one.volunteer_id ?? one.shift_id, row)}</ul>
    ${shown.length < all.length ? html`<button type="button" @click=${() => (whole.add(name), changed())}>
      ${say("web.all_rows", { n: all.length })}</button>` : nothing}`;
}

const person = (id) => html`<button type="button" class="link" @click=${() => choose("person", id)}>${nameOf(id)}</button>`;

function shiftText(id, withCenter = true) {
  const at = known.shifts.get(id);
  if (!at) return id;
  const time = `${day(at.start.slice(0, 10))} ${hours(at)}`;
  return withCenter ? `${known.centers.get(at.center_id)?.name || at.center_id}, ${time}` : time;
}

/** Answers until now, and who has given none. */
function answers({ deadline, confirmed, declined, waiting }) {
  const has = matching(sought);
  if (!deadline && !confirmed && !declined) return nothing;
  return html`<section aria-labelledby="their-answers"><h2 id="their-answers">${say("web.answers")}</h2>
    <p>${say("web.answered", { confirmed, declined })}
      ${deadline ? say("web.not_answered", { n: waiting.length, at: when(deadline) }) : nothing}</p>
    ${waiting.length > MOST ? html`<form class="fields" role="search" @submit=${(event) => event.preventDefault()}>
      <label>${say("web.search_people")} <input type="search" .value=${sought}
        @input=${(event) => ((sought = event.target.value), changed())}></label></form>` : nothing}
    ${rows("waiting", waiting.filter((one) => has.person(known.people.get(one.volunteer_id))), unanswered)}</section>`;
}

function unanswered({ volunteer_id: id, shift_ids: shifts, reach }) {
  const say_ = (answer) =>
    record({ answers: shifts.map((shift) => ({ volunteer_id: id, shift_id: shift, answer })) });
  return html`<li><span>${person(id)} <span class="soft">${reach}</span>
    <span class="soft">${shifts.map((shift) => shiftText(shift)).join("; ")}</span></span>
    ${isProvince() ? html`<span class="row"><button type="button" @click=${() => say_("confirmed")}>${say("web.confirms")}</button>
      <button type="button" @click=${() => say_("declined")}>${say("web.declines")}</button></span>` : nothing}</li>`;
}

/** Shifts that lack people, and whom to call for each. */
function lacking({ lacking: all }) {
  return html`<section aria-labelledby="are-missing"><h2 id="are-missing">${all.length
    ? say("web.lacking", { n: all.length }) : say("web.none_lacking")}</h2>
    ${rows("lacking", all, lack)}</section>`;
}

function lack({ shift_id: shift, missing, urgent, call }) {
  const heard = (answer) => record({ calls: [{ volunteer_id: call.volunteer_id, shift_id: shift, answer }] });
  return html`<li><span><button type="button" class="link" @click=${() => choose("shift", shift)}>${shiftText(shift)}</button>
      <span class=${urgent ? "mark urgent" : "mark"}>${say(urgent ? "web.missing_urgent" : "web.missing", { n: missing })}</span>
      ${call ? html`<span class="soft">${say("web.call_next")} ${person(call.volunteer_id)} ${call.reach} (${call.why})</span>`
        : isProvince() ? html`<span class="soft">${say("web.nobody_left")}</span>` : nothing}</span>
    ${call ? html`<span class="row">${["comes", "cannot", "not_reached"].map((answer) => html`<button type="button"
      @click=${() => heard(answer)}>${say(`web.call_${answer}`)}</button>`)}</span>` : nothing}</li>`;
}

/** Who was told to come on a day, what they answered, and whether they came. */
function attendance() {
  date ||= today();
  const { value: all } = recorded("told", { day: date });
  const shifts = Map.groupBy(all ?? [], (one) => one.shift_id);
  return html`<section aria-labelledby="who-came"><h2 id="who-came">${say("web.who_came")}</h2>
    <form class="fields"><label>${say("web.day")} <select @change=${(event) => ((date = event.target.value), changed())}>
      ${store.week.days.map((one) => html`<option value=${one} ?selected=${one === date}>${day(one)}</option>`)}
    </select></label></form>
    ${all && !all.length ? html`<p class="soft">${say("web.nobody_told")}</p>` : nothing}
    ${repeat([...shifts], ([shift]) => shift, ([shift, team]) => html`<details class="fold" ?open=${shifts.size < 4}>
      <summary>${shiftText(shift)} <span class="soft">${came(team)}</span></summary>
      <ul class="lines">${repeat(team, (one) => one.volunteer_id, turnout)}</ul>
      ${team.some((one) => !one.state) ? html`<button type="button" @click=${() => cameAll(team)}>
        ${say("web.all_came")}</button>` : nothing}</details>`)}</section>`;
}

/** The day of the week that is today, or else its first one. */
function today() {
  const now = new Date();
  const iso = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  return store.week.days.includes(iso) ? iso : store.week.days[0];
}

const came = (team) => say("web.came_of", {
  came: team.filter((one) => ["came", "called"].includes(one.state)).length, told: team.length,
});

const cameAll = (team) => record({
  turnouts: team.filter((one) => !one.state)
    .map(({ shift_id, volunteer_id }) => ({ shift_id, volunteer_id, state: "came" })),
});

function turnout({ shift_id, volunteer_id, answer, state }) {
  return html`<li><span>${person(volunteer_id)}
      ${answer ? html`<span class="mark">${say(`web.said_${answer}`)}</span>` : nothing}</span>
    <span class="row" role="group" aria-label=${nameOf(volunteer_id)}>${["came", "excused", "absent"].map((one) => html`<button
      type="button" aria-pressed=${state === one || (one === "came" && state === "called")}
      @click=${() => record({ turnouts: [{ shift_id, volunteer_id, state: one }] })}>${say(`web.state_${one}`)}</button>`)}
    </span></li>`;
}
