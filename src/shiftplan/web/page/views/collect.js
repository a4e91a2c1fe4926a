/** What people handed in: what waits for a decision, swaps with their price, all that came in. */

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { collect, decideSwap, decideTimes, findTakers, loadCollected } from "../collected.js";
import { nameOf, placeOf } from "../described.js";
import { links } from "../panels/links.js";
import { when } from "../recorded.js";
import { changed, choose, known, store } from "../store.js";
import { day, hours, number, say, signed } from "../words.js";

export function collectView() {
  if (collect.people === null) {
    if (collect.hasFailed) return html`<p><button type="button" @click=${loadCollected}>${say("web.ask_again")}</button></p>`;
    loadCollected();
    return html`<p class="waiting" role="status">…</p>`;
  }
  const waiting = collect.handIns.filter((one) => one.state === "waits");
  const open = collect.swaps.filter((one) => one.state === "asked");
  return html`<div class="collect">
    <dl class="figures">
      ${figure("with_link", collect.people.filter((one) => one.link === "valid").length)}
      ${figure("sent_form", collect.people.filter((one) => one.sent).length)}
      ${figure("to_decide", waiting.length)} ${figure("open_swaps", open.length)}
    </dl>
    ${waiting.length || open.length ? word() : nothing}
    ${waiting.length ? decisions(waiting) : nothing}
    ${open.length ? html`<section><h2>${say("web.collect_swaps")}</h2>
      ${repeat(open, (one) => one.entry + one.shift_id, swap)}</section>` : nothing}
    ${links()}
    <section><h2>${say("web.collect_came_in")}</h2>
      ${collect.handIns.length || collect.swaps.length ? nothing : html`<p class="soft">${say("web.collect_nothing")}</p>`}
      <ul class="came-in">${repeat(collect.handIns, (one) => one.entry, cameIn)}</ul></section>
  </div>`;
}

const figure = (code, n) => html`<div><dt>${say(`web.collect_${code}`)}</dt><dd>${number(n)}</dd></div>`;

function word() {
  return html`<label class="word">${say("web.collect_word")}
    <input type="text" maxlength="500" .value=${collect.word}
      @input=${(event) => ((collect.word = event.target.value), changed())}></label>`;
}

/** Everything that waits, to be accepted or refused, one or many. */
function decisions(waiting) {
  const all = waiting.every((one) => collect.picked.has(one.entry));
  return html`<section><h2>${say("web.collect_waiting")}</h2>
    <div class="acts">
      <label><input type="checkbox" .checked=${all} @change=${() => pickAll(waiting, !all)}> ${say("web.collect_all")}</label>
      <button type="button" ?disabled=${!collect.picked.size} @click=${() => decideTimes(true)}>${say("web.collect_accept")}</button>
      <button type="button" ?disabled=${!collect.picked.size} @click=${() => decideTimes(false)}>${say("web.collect_refuse")}</button>
    </div>
    <ul class="waits">${repeat(waiting, (one) => one.entry, (one) => html`<li>
      <label><input type="checkbox" .checked=${collect.picked.has(one.entry)} @change=${() => pick(one.entry)}>
        <b>${nameOf(one.volunteer_id)}</b></label>
      ${said(one)}</li>`)}</ul>
  </section>`;
}

function pick(entry) {
  if (!collect.picked.delete(entry)) collect.picked.add(entry);
  changed();
}

function pickAll(waiting, on) {
  collect.picked = new Set(on ? waiting.map((one) => one.entry) : []);
  changed();
}

const person = (id) => html`<button type="button" class="chip" @click=${() => choose("person", id)}>${nameOf(id)}</button>`;

const change = (before, after) => html`<del>${before}</del> → <ins>${after}</ins>`;
const can = (is) => say(is ? "web.collect_can" : "web.collect_cannot");
const wish = (state) => say(`web.collect_wish_${state ?? "none"}`);
const answer = (said) => (said ? say(`web.collect_${said}`) : say("web.collect_unanswered"));

/** What somebody said, before and after side by side. */
function said(one) {
  const mark = (row) => (row.weighed === "waits" && one.state === "waits" ? "waits" : "");
  return html`<ul class="said">
    ${one.answers.map((row) => html`<li>${placeOf(row.shift_id)}: ${change(answer(row.before), answer(row.answer))}</li>`)}
    ${one.times.map((row) => html`<li class=${mark(row)}>${day(row.start.slice(0, 10))} ${hours(row)}:
      ${change(can(!row.can), can(row.can))}${store.week && works(one.volunteer_id, row) ? html` <strong>${say("web.collect_works")}</strong>` : nothing}</li>`)}
    ${one.wishes.map((row) => html`<li class=${mark(row)}>${day(row.date)}: ${wish(row.state)}</li>`)}
    ${one.note ? html`<li><q>${one.note}</q></li>` : nothing}
  </ul>`;
}

/** Whether somebody has a shift at these hours in the roster that is worked on. */
const works = (who, span) =>
  (store.shiftsOf.get(who) ?? []).map((id) => known.shifts.get(id)).some((shift) =>
    shift && shift.start < span.end && span.start < shift.end);

function cameIn(one) {
  return html`<li><p>${person(one.volunteer_id)} <time datetime=${one.at}>${when(one.at)}</time>
    <span class="state ${one.state}">${say(`web.collect_is_${one.state}`)}</span>
    ${one.word ? html`<q>${one.word}</q>` : nothing}</p>${said(one)}</li>`;
}

/** A swap that is asked for, and who could take the shift. */
function swap(one) {
  const shown = collect.takers?.entry === one.entry && collect.takers.shift === one.shift_id;
  return html`<article class="swap">
    <p>${person(one.volunteer_id)} ${say(one.instead.length ? "web.collect_swaps_it" : "web.collect_gives", { shift: placeOf(one.shift_id) })}
      <time datetime=${one.at}>${when(one.at)}</time></p>
    ${one.instead.length ? html`<p>${say("web.collect_instead")}
      ${one.instead.map((span) => `${day(span.start.slice(0, 10))} ${hours(span)}`).join(", ")}</p>` : nothing}
    ${one.colleague ? html`<p>${say("web.collect_agreed")} <q>${one.colleague}</q></p>` : nothing}
    <div class="acts">
      <button type="button" aria-expanded=${shown} @click=${() => (shown ? ((collect.takers = null), changed()) : findTakers(one))}>
        ${say("web.collect_who")}</button>
      <button type="button" @click=${() => decideSwap(one, null)}>${say("web.collect_refuse")}</button>
    </div>
    ${shown ? takers(one) : nothing}
  </article>`;
}

function takers(one) {
  const { found, takers } = collect.takers;
  if (!found) return html`<p class="soft">${say("web.collect_nobody")}</p>`;
  const fits = takers.some((taker) => taker.fits);
  return html`<p role="status">${say("web.collect_takers", { n: found })}
      ${one.instead.length && !fits ? say("web.collect_none_fits") : nothing}</p>
    <ol class="takers">${takers.slice(0, 50).map((taker) => html`<li>
      <p>${taker.sentence} ${taker.is_named ? html`<strong>${say("web.collect_named")}</strong>` : nothing}
        ${taker.fits ? html`<strong>${say("web.collect_fits")}</strong>` : nothing}</p>
      <button type="button" @click=${() => decideSwap(one, taker)}>${say("web.collect_accept")} (${signed(taker.total)})</button>
    </li>`)}</ol>`;
}
