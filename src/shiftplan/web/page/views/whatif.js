/** What if: people ill, a center closed, more citizens, a shift cancelled, somebody new; and its price. */

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { answerTo, ask, propose, record } from "../asking.js";
import { clockField } from "../clock.js";
import { nameOf, placeOf } from "../described.js";
import { select } from "../filters.js";
import { finder } from "../finder.js";
import { centerName } from "../grid.js";
import { costTable, reply } from "../panels/ask.js";
import { compare, loadSearches } from "../searching.js";
import { changed, known, store } from "../store.js";
import { day, number, say } from "../words.js";

const supposed = []; // {kind, id, day, more, ...}, in the order in which they were added
const fields = { day: "", from: "", to: "", more: 20, name: "", skills: {} };
let question = null; // the last one asked
let why = "";

const nextDay = (date) => new Date(Date.parse(`${date}T00:00Z`) + 86_400_000).toISOString().slice(0, 10);
const span = (one) => {
  if (!one.day) return {};
  const start = `${one.day}T${one.from || "00:00"}`;
  return { start, end: one.to ? `${one.day}T${one.to}` : `${nextDay(one.day)}T00:00` };
};

/** Kind of change -> how it stands in the question, and how it is said. */
const KINDS = {
  absent: {
    body: (one) => ({ volunteer_id: one.id, ...span(one) }),
    text: (one) => say("web.if_absent", { who: nameOf(one.id), when: when(one) }),
  },
  closed: {
    body: (one) => ({ center_id: one.id, ...span(one) }),
    text: (one) => say("web.if_closed", { center: centerName(one.id), when: when(one) }),
  },
  cancelled: {
    body: (one) => ({ shift_id: one.id }),
    text: (one) => say("web.if_cancelled", { shift: placeOf(one.id) }),
  },
  citizens: {
    body: (one) => ({ center_id: one.id, day: one.day, more: one.more }),
    text: (one) => say(one.more < 0 ? "web.if_fewer" : "web.if_more",
      { n: Math.abs(one.more), center: centerName(one.id), day: day(one.day) }),
  },
  arrived: {
    body: (one) => newcomer(one),
    text: (one) => say("web.if_new", { who: one.name, center: centerName(one.id), when: when(one) }),
  },
};

function when({ day: date, from, to }) {
  if (!date) return say("web.all_week");
  return from || to ? `${day(date)} ${from || "00:00"}–${to || "24:00"}` : day(date);
}

/** Somebody new, free the whole week or on a date. */
function newcomer(one) {
  const days = one.day ? [one.day] : store.week.days;
  const windows = days.map((date) => ({ volunteer_id: one.key, ...span({ ...one, day: date }) }));
  const volunteer = { volunteer_id: one.key, name: one.name, home_center_id: one.id, skills: one.skills };
  return { volunteer, windows };
}

function suppose(kind, id, rest = {}) {
  supposed.push({ kind, id, day: fields.day, from: fields.from, to: fields.to, ...rest });
  changed();
}

/** The question as the server takes it. */
function asQuestion() {
  const groups = Object.groupBy(supposed, (one) => one.kind);
  const bodies = Object.entries(groups).map(([kind, own]) => [kind, own.map(KINDS[kind].body)]);
  return { about: "what_if", ...Object.fromEntries(bodies) };
}

export function whatif() {
  const found = question && answerTo(question);
  return html`<div class="page-view">
    <h2>${say("web.view_whatif")}</h2>
    <p class="hint">${say("web.whatif_hint")}</p>
    <div class="columns"><form class="suppose" @submit=${(event) => event.preventDefault()}>
      ${time()}
      ${finder("person", say("web.absent"), (id) => suppose("absent", id))}
      ${finder("center", say("web.closed"), (id) => suppose("closed", id))}
      ${finder("shift", say("web.cancelled"), (id) => suppose("cancelled", id))}
      ${crowd()} ${somebodyNew()}
    </form>
    <section aria-label=${say("web.supposed")}>
      ${supposed.length ? html`<ul class="supposed">${supposed.map(line)}</ul>
        <button type="button" class="main" @click=${find}>${say("web.find_out")}</button>`
      : html`<p class="hint">${say("web.nothing_supposed")}</p>`}
      ${found ? reply(question, found, result) : nothing}
    </section></div></div>`;
}

function find() {
  question = asQuestion();
  ask(question);
}

function line(one, place) {
  const text = KINDS[one.kind].text(one);
  return html`<li><span>${text}</span> ${one.kind === "cancelled" ? nothing : dayOf(one)} <button type="button" class="small" aria-label=${say("web.remove", { what: text })}
    @click=${() => (supposed.splice(place, 1), changed())}>×</button></li>`;
}

/** The day of what was supposed already; hours hold for the day that they were given with. */
function dayOf(one) {
  const dates = store.week.days.map((date) => [date, day(date)]);
  const options = one.kind === "citizens" ? dates : [["", say("web.all_week")], ...dates];
  return select(say("web.day"), one.day, options, (date) => (Object.assign(one, { day: date, from: "", to: "" }), changed()));
}

/** The day and hours of what is supposed next. */
function time() {
  const set = (name) => (event) => ((fields[name] = event.target.value), changed());
  return html`<fieldset><legend>${say("web.when")}</legend>
    <label>${say("web.day")} <select @change=${set("day")}>
      <option value="" ?selected=${!fields.day}>${say("web.all_week")}</option>
      ${store.week.days.map((date) => html`<option value=${date} ?selected=${date === fields.day}>${day(date)}</option>`)}
    </select></label>
    ${fields.day ? html`${clockField(say("web.from"), fields.from, (time) => (fields.from = time ?? ""))}
      ${clockField(say("web.to"), fields.to, (time) => (fields.to = time ?? ""))}` : nothing}
  </fieldset>`;
}

function crowd() {
  return html`<fieldset ?disabled=${!fields.day}><legend>${say("web.citizens")}</legend>
    <label>${say("web.how_many_more")} <input type="number" step="1" .value=${fields.more}
      @change=${(event) => (fields.more = Number(event.target.value))}></label>
    ${finder("center", say("web.at_center"), (id) => fields.more && suppose("citizens", id, { more: fields.more }))}
    ${fields.day ? nothing : html`<p class="hint">${say("web.choose_day")}</p>`}</fieldset>`;
}

function somebodyNew() {
  const skill = ({ skill_id, name, max_level }) => html`<label>${name || skill_id}
    <input type="number" min="0" max=${max_level} .value=${fields.skills[skill_id] ?? 0}
      @change=${(event) => (fields.skills[skill_id] = Number(event.target.value))}></label>`;
  return html`<fieldset><legend>${say("web.somebody_new")}</legend>
    <label>${say("web.name")} <input .value=${fields.name} @input=${(event) => (fields.name = event.target.value)}></label>
    ${store.week.skills.map(skill)}
    ${finder("center", say("web.lives_at"), (id) => suppose("arrived", id, newRow()))}</fieldset>`;
}

/** Make the roster that was found a proposal, and compare it with the draft. */
async function proposed() {
  const version = await propose(question);
  if (version === null) return;
  await Promise.all([loadSearches(), compare(version)]);
  location.hash = "/improve";
}

/** What is known of somebody new, under an id that nobody has. */
function newRow() {
  const taken = (key) => known.people.has(key) || supposed.some((one) => one.key === key);
  let n = 1;
  while (taken(`NEW${n}`)) n += 1;
  const name = fields.name.trim() || say("web.new_person", { n });
  const skills = Object.fromEntries(Object.entries(fields.skills).filter(([, level]) => level > 0));
  fields.name = "";
  return { key: `NEW${n}`, name, skills };
}

/** The price of what was supposed, and recording it. */
function result(answer) {
  if (!answer.total) return nothing;
  const { seats } = answer;
  return html`${seats ? html`<p>${say("web.seats_then", { before: number(seats.filled), seats: number(seats.seats),
      after: number(seats.filled_after), seats_after: number(seats.seats_after) })}</p>` : nothing}
    ${seats && seats.seats_after < seats.seats ? html`<p>${say("web.seats_gone", { n: seats.seats - seats.seats_after })}</p>` : nothing}
    ${costTable(answer.costs, answer.total)}
    ${answer.recorded ? html`<p class="done" role="status">${say("web.recorded")}</p>
        <button type="button" class="main" @click=${proposed}>${say("web.propose_found")}</button>`
      : html`<form class="record" @submit=${(event) => (event.preventDefault(), record(question, why))}>
        <label>${say("web.why")} <input .value=${why} @input=${(event) => (why = event.target.value)}></label>
        <button>${say("web.record_it")}</button></form>`}
    ${answer.groups.length ? html`<h3>${say("web.whatif_people")}</h3>` : nothing}`;
}
