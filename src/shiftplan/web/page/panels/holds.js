/** Holding what a search shall leave alone: people, assignments, shifts, days and centers. */

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { nameOf, placeOf } from "../described.js";
import { finder } from "../finder.js";
import { centerName } from "../grid.js";
import { hold, holds, isHeld } from "../holding.js";
import { isProvince, store } from "../store.js";
import { day, say } from "../words.js";

/** What is held, said. */
function text({ volunteer_id: who, shift_id: shift, day: date, center_id: center }) {
  if (shift && who) return say("web.held_seat", { who: nameOf(who), shift: placeOf(shift) });
  if (shift) return say("web.held_shift", { shift: placeOf(shift) });
  if (who) return say("web.held_person", { who: nameOf(who) });
  return date ? say("web.held_day", { day: day(date) }) : say("web.held_center", { center: centerName(center) });
}

/** A button that holds something, or lets it go. */
const button = (what, label) => html`<button type="button" class="hold" aria-pressed=${isHeld(what)} @click=${() => hold(what)}>
  <span class="pin" aria-hidden="true"></span>${label}</button>`;

const section = (buttons) =>
  isProvince() ? html`<section class="asked"><h3>${say("web.hold")}</h3><p class="holds">${buttons}</p></section>` : nothing;

/** Section on a shift: hold it, its day or its center. */
export function holdShift(shift) {
  const date = shift.start.slice(0, 10);
  return section(html`${button({ shift_id: shift.shift_id }, say("web.this_shift"))} ${button({ day: date }, day(date))}
    ${button({ center_id: shift.center_id }, centerName(shift.center_id))}`);
}

/** Section on a person: hold all their shifts, or single ones. */
export function holdPerson({ volunteer_id: who }) {
  const own = store.shiftsOf.get(who) ?? [];
  return section(html`${button({ volunteer_id: who }, say("web.all_of_theirs"))}
    ${own.map((id) => button({ volunteer_id: who, shift_id: id }, placeOf(id)))}`);
}

/** Section on a center: hold all of it. */
export const holdCenter = ({ center_id: id }) => section(button({ center_id: id }, centerName(id)));

/** All that is held, each with a button to let it go; and fields to hold more. */
export function heldList() {
  const all = holds();
  return html`<section aria-label=${say("web.held_list")}><h3>${say("web.held_list")}</h3>
    ${all.length ? html`<ul class="supposed">${all.map((what) => html`<li><span class="pin" aria-hidden="true"></span>${text(what)}
        <button type="button" class="small" aria-label=${say("web.let_go", { what: text(what) })} @click=${() => hold(what, false)}>×</button></li>`)}</ul>`
      : html`<p class="hint">${say("web.nothing_held")}</p>`}
    <p class="holds">${store.week.days.map((date) => button({ day: date }, day(date)))}</p>
    <div class="suppose">${finder("person", say("web.hold_person"), (id) => hold({ volunteer_id: id }, true))}
      ${finder("center", say("web.hold_center"), (id) => hold({ center_id: id }, true))}</div></section>`;
}
