/** Questions about what is chosen: why a seat is empty, what would help, why here, why not there. */

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { answerTo, ask, forget, isOpen, stop } from "../asking.js";
import { placeOf } from "../described.js";
import { finder } from "../finder.js";
import { skillsOf, timed } from "../grid.js";
import { make } from "../moving.js";
import { isProvince, seats, store } from "../store.js";
import { lang, number, ruleName, say, signed } from "../words.js";

const elsewhere = new Map(); // person -> shift asked about

/** Section on a shift: why its seats are empty, and what would help. */
export function askShift(shift) {
  const { lacking } = seats(shift.shift_id);
  if (!lacking.length) return nothing;
  const questions = lacking.map(({ need }) => [
    say("web.why_empty", { whom: timed(need, skillsOf(need)) }),
    {
      about: "seat",
      shift_id: shift.shift_id,
      skill_id: need.skill_id ?? null,
      min_level: need.min_level ?? null,
      with_skills: need.with_skills ?? [],
      times: timesOf(need),
    },
  ]);
  if (isProvince()) questions.push([say("web.what_helps"), { about: "help", shift_id: shift.shift_id }]);
  return html`<section class="asked"><h3>${say("web.ask")}</h3>${questions.map(asked)}</section>`;
}

/** Which shifts a requirement counts, as questions have it; null for its shift alone. */
function timesOf({ among, center_id, start, end, shifts, first_day, last_day }) {
  return among ? { center_id, start, end, shifts, first_day, last_day } : null;
}

/** Section on a person: why they work a shift, and why not another one. */
export function askPerson(person) {
  const who = person.volunteer_id;
  const own = store.shiftsOf.get(who) ?? [];
  const other = elsewhere.get(who);
  const questions = own.map((id) => [
    say("web.why_here", { shift: placeOf(id) }),
    { about: "why_here", shift_id: id, volunteer_id: who },
  ]);
  if (other && !own.includes(other)) {
    const question = { about: "why_not", shift_id: other, volunteer_id: who };
    questions.push([say("web.why_not", { shift: placeOf(other) }), question]);
  }
  return html`<section class="asked"><h3>${say("web.ask")}</h3>
    ${finder("shift", say("web.why_not_where"), (id) => {
      elsewhere.set(who, id);
      ask({ about: own.includes(id) ? "why_here" : "why_not", shift_id: id, volunteer_id: who });
    })}
    ${questions.map(asked)}</section>`;
}

/** A question as a button, and its answer below once it was asked. */
function asked([text, question]) {
  const found = answerTo(question);
  return html`<div class="question">
    <button type="button" class="plain" aria-expanded=${found !== undefined}
      @click=${() => (found ? forget(question) : ask(question))}>${text}</button>
    ${found ? reply(question, found) : nothing}</div>`;
}

/** An answer, or how far it is; `more` draws what belongs below its lines. */
export function reply(question, found, more = () => nothing) {
  const { answer, failed } = found;
  const isAwaited = !failed && (!answer || isOpen(answer));
  const isOld = answer && !isAwaited && answer.version !== store.draft.version;
  return html`<div class="reply" role="status" aria-busy=${isAwaited}>
    ${failed ? html`<p class="warn">${failed}</p>` : nothing}
    ${isAwaited ? html`<p class="busy">${say("web.looking", { seconds: Math.round(answer?.seconds ?? 0) })}
      <button type="button" @click=${() => stop(question)}>${say("web.stop")}</button></p>` : nothing}
    ${isOld ? html`<p class="old">${say("web.about_version", { version: answer.version ?? "–" })}
      <button type="button" @click=${() => ask(question)}>${say("web.ask_again")}</button></p>` : nothing}
    ${answer ? html`<div class=${isOld ? "was" : ""}>${answer.lines.map((line) => html`<p>${line}</p>`)} ${more(answer)}
      ${answer.groups.map((group) => html`<h4>${group.title}</h4><ul>${group.lines.map((line) => html`<li>${line}</li>`)}</ul>`)}</div>` : nothing}
    ${isProvince() && !isAwaited && !isOld && answer?.changes.length
      ? html`<p><button type="button" @click=${() => make(answer.changes)}>${say("web.make_changes", { n: answer.changes.length })}</button></p>` : nothing}
  </div>`;
}

/** Costs before and after, with a caption. */
export function costTable(rows, total, heads = [say("web.before"), say("web.after")]) {
  const row = ({ name, rule, before, after }) => html`<tr class=${after > before ? "dearer" : after < before ? "cheaper" : ""}>
    <th scope="row">${rule ? ruleName(rule) : name}</th><td>${number(before)}</td><td>${number(after)}</td><td>${signed(after - before)}</td></tr>`;
  return html`<table class="costs" lang=${lang}><caption>${say("web.costs")}</caption>
    <thead><tr><th scope="col">${say("web.rule")}</th>${heads.map((head) => html`<th scope="col">${head}</th>`)}
      <th scope="col">${say("web.change")}</th></tr></thead>
    <tbody>${rows.map(row)}</tbody>
    <tfoot>${row({ ...total, name: say("web.total") })}</tfoot></table>`;
}
