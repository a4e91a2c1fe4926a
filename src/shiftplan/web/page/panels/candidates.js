/** Who could take a seat of the shift that is chosen, ranked, with the price of each. */

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { get } from "../api.js";
import { costChange, nameOf, placeOf, priceSign, reasons } from "../described.js";
import { matching } from "../matching.js";
import { assign, make } from "../moving.js";
import { changed, draftName, known, store, teamOf } from "../store.js";
import { number, signed, say } from "../words.js";

const MOST = 60; // rows that are drawn; search finds the others
let found = null; // {key, shift, leaving, rows} that are shown
let text = "";

/** Everybody who is not in the shift, the best to take it first. */
export function candidates({ shift_id: shift }) {
  if (!teamOf(shift).includes(store.replaced)) store.replaced = null;
  const leaving = store.replaced;
  const key = [shift, leaving, store.draft.version, store.draft.edition, draftName()].join("\n");
  if (found?.key !== key) ask(key, shift, leaving);
  const rows = found?.shift === shift ? found.rows : null;
  return html`<section class="candidates" aria-labelledby="who-could" aria-busy=${found?.key !== key}>
    <h3 id="who-could">
      ${leaving ? say("web.who_instead", { who: nameOf(leaving) }) : say("web.who_could")}</h3>
    ${rows ? list(shift, rows) : html`<p role="status">${say("web.waiting")}</p>`}
  </section>`;
}

async function ask(key, shift, leaving) {
  found = { key, shift, rows: found?.shift === shift ? found.rows : null };
  const mine = found;
  try {
    mine.rows = (await get("candidates", { shift, leaving, draft: draftName() })).candidates;
  } catch (refusal) {
    mine.rows = [];
    store.failed = refusal.message;
  }
  if (found === mine) changed();
}

function list(shift, rows) {
  const match = matching(text);
  const free = rows.filter((row) => row.standing !== "barred");
  const named = () => rows.filter((row) => match.person(known.people.get(row.volunteer_id)));
  const fit = !match.isAny ? named() : free.length ? free : rows;
  const possible = rows.filter((row) => row.standing === "possible").length;
  return html`<label>${say("web.search_people")}
      <input type="search" .value=${text}
        @input=${(event) => ((text = event.target.value), changed())}></label>
    <p role="status">${say("web.could_come", { n: possible })}</p>
    <ol>${fit.slice(0, MOST).map((row) => candidate(shift, row))}</ol>
    ${fit.length > MOST ? html`<p>${say("web.more_people", { n: fit.length - MOST })}</p>` : nothing}`;
}

function candidate(shift, row) {
  const { volunteer_id: id, standing, total = 0, rules = [] } = row;
  const way = row.after_leaving?.[0];
  const isPossible = standing === "possible";
  return html`<li class=${standing}>
    <span class="who" data-person=${id}>${nameOf(id)}</span>
    ${isPossible ? html`<b title=${costChange(total)}>${priceSign({ total })}</b>` : nothing}
    ${isPossible ? nothing : html`<small>${reasons(rules)}${row.km == null ? "" : ` (${say("web.km", { km: number(row.km, 1) })})`}</small>`}
    ${way ? html`<button type="button" @click=${() => exchange(shift, id, way.shift_id)}>
      ${say("web.if_leaving", { place: placeOf(way.shift_id) })} <b>${signed(way.total)}</b></button>` : nothing}
    ${way ? nothing : html`<button type="button" @click=${() => assign(shift, id, store.replaced)}
      aria-label=${say("web.assign_whom", { who: nameOf(id) })}>
      ${say(isPossible ? "web.assign" : "web.assign_still")}</button>`}
    ${row.stands_by ? html`<small>${say("web.stands_by")}</small>` : nothing}
  </li>`;
}

/** Let somebody come who leaves another shift for it, their own or that of somebody in the team. */
function exchange(shift, id, left) {
  const away = store.replaced ? [[shift, store.replaced, false]] : [];
  const steps = [[shift, id, true], [left, id, false], ...away];
  make(steps.map(([shift_id, volunteer_id, added]) => ({ shift_id, volunteer_id, added })));
}
