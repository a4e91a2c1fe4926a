/** The week by center: a row for each center, a column for each session; on phones one day of it. */

import { html } from "../vendor/lit-html/lit-html.js";
import { filters } from "../filters.js";
import { grid } from "../grid.js";
import { dayShown, isLacking, laid } from "../laid.js";
import { matching } from "../matching.js";
import { narrow } from "../screen.js";
import { seats, store, teamOf } from "../store.js";
import { say } from "../words.js";

const NOBODY = new Set();
const MOST_MARKED = 40; // people found from which on they are not marked: too many to look for
const TESTS = {
  all: () => true,
  empty: ({ shifts }) => shifts.some(isLacking),
  below: ({ shifts }) => shifts.some((shift) => seats(shift.shift_id).below > 0),
  minority: ({ center }) => center.minority_area,
  remote: ({ center }) => center.remote_area,
};

/** The view of all centers. */
export function centers() {
  const { days } = laid();
  const isOneDay = narrow() && days.length > 1;
  return table(isOneDay ? [dayShown()] : days, isOneDay, say("web.view_centers"));
}

/**
 * The fields to search and choose by, and the table of some days.
 * @param {object[]} days - The days.
 * @param {boolean} isChosen - Whether there are fields to choose another day.
 * @param {string} label - What the table is called.
 */
export function table(days, isChosen, label) {
  const { rows } = laid();
  const match = matching(store.filter.text);
  const found = match.isAny ? NOBODY : new Set(store.week.people.filter(match.named).map((one) => one.volunteer_id));
  const shown = new Set(rows.filter((row) => isShown(row, days, match, found)));
  const kinds = [["only", say("web.show"), Object.keys(TESTS).map((kind) => [kind, say(`web.only_${kind}`)])]];
  return html`${filters({ text: say("web.search"), kinds, found: say("web.centers_shown", { n: shown.size }), days: isChosen })}
    ${grid(days, rows, shown, found.size > MOST_MARKED ? NOBODY : found, label)}`;
}

/** Whether a row is shown, by what is searched and chosen. */
function isShown({ center, cells }, days, match, found) {
  const shifts = days.flatMap((one) => one.sessions.flatMap(({ at }) => cells[at]));
  if (!(TESTS[store.filter.only] ?? TESTS.all)({ center, shifts })) return false;
  return match.isAny || match.center(center)
    || (found.size > 0 && shifts.some((shift) => teamOf(shift.shift_id).some((id) => found.has(id))));
}
