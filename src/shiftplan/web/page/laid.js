/** The week laid out for the views: sessions by day, and the shifts of each center in them; made once a week. */

import { fetched, isNewest } from "./fetched.js";
import { isProvince, known, seats, seatsOf, store } from "./store.js";

let of = null; // the week that it was made of
let made = { sessions: [], days: [], rows: [], byCenter: new Map(), place: new Map() };

/**
 * Sessions (start and end that shifts share), the days that have any, a row for each center with a
 * list of shifts for each session, the shifts of each center, and the place of each session in order.
 */
export function laid() {
  if (of === store.week) return made;
  of = store.week;
  const sessions = of.times.map(([start, end]) => ({ start, end, key: start + end, day: start.slice(0, 10) }));
  const place = new Map(sessions.map(({ key }, at) => [key, at]));
  const byCenter = Map.groupBy(of.shifts, (shift) => shift.center_id);
  const rows = of.centers.filter((center) => byCenter.has(center.center_id)).map((center) => {
    const cells = sessions.map(() => []);
    for (const shift of byCenter.get(center.center_id)) cells[place.get(shift.start + shift.end)].push(shift);
    return { center, cells };
  });
  const days = [...Map.groupBy(sessions.map((session, at) => ({ ...session, at })), ({ day }) => day)]
    .map(([date, own]) => ({ date, sessions: own }));
  made = { sessions, days, rows, byCenter, place };
  return made;
}

/** The day that is looked at: the one chosen, or else the first. */
export function dayShown() {
  const { days } = laid();
  return days.find(({ date }) => date === store.day) ?? days[0];
}

/** Place of a shift's session among all. */
const sessionOf = (shift) => laid().place.get(shift.start + shift.end);

/** Seats of a center, in all sessions or in some. */
export const seatsAt = (center, among = () => true) =>
  seatsOf((laid().byCenter.get(center) ?? []).filter(among).map((shift) => shift.shift_id));

const NOWHERE = [];

/** Places of the sessions at which somebody works at a center that is not the visitor's: a lead learns when, not where. */
function elsewhere(person) {
  if (isProvince() || !isNewest()) return NOWHERE;
  return fetched("figures")?.elsewhere[person.volunteer_id] ?? NOWHERE;
}

/** How many shifts somebody works. */
export const worksOf = (person) =>
  (store.shiftsOf.get(person.volunteer_id)?.length ?? 0) + elsewhere(person).length;

/** What somebody does at each session: {at, sign, works, busy}; the sign is that of their offer. */
export function weekOf(person) {
  const own = (store.shiftsOf.get(person.volunteer_id) ?? []).map((id) => known.shifts.get(id)).filter(Boolean);
  const worked = new Set([...own.map(sessionOf), ...elsewhere(person)]);
  const meets = (session) => (row) => row.start < session.end && session.start < row.end;
  return laid().sessions.map((session, at) => ({
    ...session, at, sign: person.offers[at] ?? "-", works: worked.has(at),
    busy: (person.occupied ?? []).some(meets(session)),
  }));
}

/** Whether somebody offered a session, works nothing that overlaps it, and may work more. */
export function isFree(person, session, at) {
  if ((person.offers[at] ?? "-") === "-") return false;
  if (person.max_shifts != null && worksOf(person) >= person.max_shifts) return false;
  const overlaps = (one) => one && one.start < session.end && session.start < one.end;
  return !(store.shiftsOf.get(person.volunteer_id) ?? NOWHERE).some((id) => overlaps(known.shifts.get(id)))
    && !elsewhere(person).some((at) => overlaps(laid().sessions[at]));
}

/** Share of what somebody offered that they work, earlier weeks included; null where they offered nothing. */
export function loadOf(person) {
  const offered = (person.offered_before ?? 0) + (person.offered ?? 0);
  const worked = (person.shifts_before ?? 0) + worksOf(person);
  return offered ? worked / offered : null;
}

/** Whether a shift has an empty seat. */
export const isLacking = (shift) => seats(shift.shift_id).lacking.length > 0;
