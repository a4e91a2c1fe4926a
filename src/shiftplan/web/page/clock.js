/** Fields for a time of day and for a moment of the week, with 24 hours whatever language the browser has. */

import { html, noChange } from "./vendor/lit-html/lit-html.js";
import { select } from "./filters.js";
import { store } from "./store.js";
import { day, say } from "./words.js";

/** A typed time such as 7:00, 7h30, 730 or 7h as 07:00; empty for none, null for what is no time. */
export function readClock(text) {
  if (!text.trim()) return "";
  const found = /^(\d{1,2})(?:[:h.]?(\d{2})|h)?$/i.exec(text.trim());
  const [hour, minute] = found ? [Number(found[1]), Number(found[2] ?? 0)] : [24, 0];
  return hour < 24 && minute < 60 ? `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}` : null;
}

/** A field for a time of day; `take` is called with it, with "" for none, or with null for what is no time. */
export const clockField = (label, value, take) => html`<label>${label}
  <input type="text" class="clock" inputmode="numeric" autocomplete="off" maxlength="5" placeholder="hh:mm" .value=${value ?? noChange}
    @change=${({ target }) => {
      const found = readClock(target.value);
      target.setCustomValidity(found === null ? say("web.no_time") : "");
      if (found === null) target.reportValidity();
      else target.value = found;
      take(found);
    }}></label>`;

/**
 * A day of the week and a time on it.
 * @param {string} label - What begins or ends then.
 * @param {{day: string, time: string}} moment - What is chosen; it is changed.
 * @param {string} none - What it means if no day is chosen.
 * @param {function(): void} chosen - Called after each change.
 * @param {string[]} dates - The days to choose from.
 */
export const momentField = (label, moment, none, chosen, dates = store.week.days) => html`<div class="moment" role="group" aria-label=${label}>
  ${select(label, moment.day, [["", none], ...dates.map((date) => [date, day(date)])],
    (date) => (Object.assign(moment, { day: date, time: date && moment.time }), chosen()))}
  ${moment.day ? clockField(say("web.time_of_day"), moment.time, (time) => ((moment.time = time), chosen())) : ""}</div>`;

/** A moment as the server takes it, without a zone; `whole` is the time where none was given; null for no day. */
export const momentOf = (moment, whole) => (moment.day ? `${moment.day}T${moment.time || whole}` : null);
