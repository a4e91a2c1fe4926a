/** What searches leave alone in the draft: held by the record, marked in every view. */

import { get, post } from "./api.js";
import { afterDrawing, changed, draftName, failed, isProvince, known, store } from "./store.js";
import { say } from "./words.js";

const FIELDS = ["volunteer_id", "shift_id", "day", "center_id"];
const keyOf = (hold) => FIELDS.map((name) => hold[name] ?? "").join("|");
const held = { all: new Map(), of: null };

/** All that is held. */
export const holds = () => [...held.all.values()];

/** Whether just this is held; it may also lie within what is. */
export const isHeld = (hold) => held.all.has(keyOf(hold));

function take(found) {
  held.all = new Map(found.map((hold) => [keyOf(hold), hold]));
  changed();
}

/** Load what is held in the draft; nothing for those who do not search. */
export async function loadHolds() {
  if (!isProvince()) return;
  held.of = store.draft.name;
  await get("holds", { draft: draftName() }).then(take, failed);
}

/** Hold something, or let it go. */
export const hold = (what, isOn = !isHeld(what)) =>
  post("holds", { [isOn ? "on" : "off"]: [what] }, { draft: draftName() }).then(take, failed);

/** What an item of a view stands for: somebody in a shift, a person, a shift, a day or a center. */
export function meant({ shift, person, day, element }) {
  if (day) return { day };
  if (person) return shift ? { volunteer_id: person, shift_id: shift } : { volunteer_id: person };
  const center = element?.dataset.center;
  return shift ? { shift_id: shift } : center ? { center_id: center } : null;
}

/** Ids of people, shifts and centers that are held, and seats; shifts also within a day or center. */
function laid() {
  if (sets.of === held.all && sets.week === store.week) return sets;
  const [people, shifts, centers, seats] = [new Set(), new Set(), new Set(), new Set()];
  const days = new Set();
  for (const { volunteer_id: who, shift_id: shift, day, center_id: center } of holds()) {
    if (who && shift) seats.add(`${shift} ${who}`);
    else if (who) people.add(who);
    else if (shift) shifts.add(shift);
    else if (day) days.add(day);
    else centers.add(center);
  }
  for (const [id, at] of known.shifts) if (days.has(at.start.slice(0, 10)) || centers.has(at.center_id)) shifts.add(id);
  sets = { of: held.all, week: store.week, people, shifts, centers, days, seats };
  return sets;
}

let sets = {};

/** Whether something in a view is held, by itself or within something else. */
function isWithin({ person, shift, center, day }) {
  const { people, shifts, centers, days, seats } = laid();
  if (shifts.has(shift) || (person && people.has(person))) return true;
  if (person) return seats.has(`${shift} ${person}`);
  return shift === undefined && (centers.has(center) || days.has(day));
}

let isMarked = false;

/** Mark what is held with a pin, and words for those who do not see it. */
function mark() {
  if (!store.week) return;
  if (held.of !== store.draft.name) loadHolds();
  if (!held.all.size && !isMarked) return;
  isMarked = held.all.size > 0;
  for (const place of document.querySelectorAll("#main :is([data-shift], [data-person], [data-center], [data-day])")) {
    const isOn = isMarked && isWithin(place.dataset);
    if (!isOn && !("held" in place.dataset)) continue;
    place.toggleAttribute("data-held", isOn);
    const button = place.matches("button") ? place : place.querySelector("button");
    if (!isOn) button?.removeAttribute("aria-description");
    else if (!button?.ariaDescription) button?.setAttribute("aria-description", say("web.held"));
  }
}

afterDrawing(mark);
