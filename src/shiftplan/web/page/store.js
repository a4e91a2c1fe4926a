/** The state of the page: the week, the roster that is worked on, and what is chosen. */

import { get } from "./api.js";
import { lang } from "./words.js";

export const store = {
  week: null, // the week without rosters
  draft: null, // the roster that is worked on: version, total, bound, costs, broken
  teams: new Map(), // shift id -> ids of its people
  shiftsOf: new Map(), // person id -> ids of their shifts, in order of time
  view: "centers",
  chosen: null, // {kind: "shift" or "person", id}
  panel: "", // what stands beside the view: "chosen", or another of the panels in `frame.js`
  day: "", // the date that days and phones show; see `filters.js`
  filter: { text: "", only: "all", people: "all", skill: "" },
  lit: null, // while somebody is held: shift id -> {total, kind}
  failed: "", // what went wrong last, in words
};

/** Tables of the week by id, made when it is loaded. */
export const known = { shifts: new Map(), people: new Map(), centers: new Map(), skills: new Map(), needs: new Map() };

let draw = () => {};
let isWaiting = false;

/** Say what draws the page; it is called once a frame at most. */
export function drawWith(drawing) {
  draw = drawing;
}

/** Draw the page in the next frame. */
export function changed() {
  if (isWaiting) return;
  isWaiting = true;
  requestAnimationFrame(() => {
    isWaiting = false;
    draw();
  });
}

const byId = (rows, key) => new Map(rows.map((row) => [row[key], row]));

/** Load the week and the roster that is worked on. */
export async function load() {
  const [week, draft] = await Promise.all([get("week", { lang }), get("draft", { lang })]);
  store.week = week;
  known.centers = byId(week.centers, "center_id");
  known.shifts = byId(week.shifts, "shift_id");
  known.people = byId(week.people, "volunteer_id");
  known.skills = byId(week.skills, "skill_id");
  known.needs = Map.groupBy(week.requirements, (need) => need.shift_id);
  takeDraft(draft);
}

/** Load the roster again, such as when somebody else changed it. */
export async function reloadDraft() {
  takeDraft(await get("draft", { lang }));
}

/** Take over a roster as the server tells it. */
export function takeDraft(draft) {
  store.draft = draft;
  store.teams = new Map();
  store.shiftsOf = new Map();
  for (const [shift, person] of draft.assignments) put(shift, person);
  for (const own of store.shiftsOf.values()) own.sort(byTime);
  changed();
}

const byTime = (one, other) => startOf(one).localeCompare(startOf(other));
const startOf = (shift) => known.shifts.get(shift)?.start ?? "";

function put(shift, person) {
  if (!store.teams.has(shift)) store.teams.set(shift, []);
  store.teams.get(shift).push(person);
  if (!store.shiftsOf.has(person)) store.shiftsOf.set(person, []);
  store.shiftsOf.get(person).push(shift);
}

/** Choose a shift or a person, shown beside the view. */
export function choose(kind, id) {
  store.chosen = { kind, id };
  openPanel("chosen");
}

/** Open a panel beside the view, or close it with "". */
export function openPanel(name) {
  store.panel = name;
  if (!name) store.chosen = null;
  changed();
}

/** How many of the people in a shift a requirement counts. */
export function counted(need, team) {
  if (need.skill_id == null) return team.length;
  const least = need.min_level ?? 1;
  return team.filter((id) => (known.people.get(id)?.skills[need.skill_id] ?? 0) >= least).length;
}

const NOBODY = [];
const sums = new Map(); // shift id -> its seats, and the team and needs that they were counted for

/** Who works in a shift. */
export const teamOf = (shift) => store.teams.get(shift) ?? NOBODY;

/** Seats of a shift, for people and skills: filled, wanted, below the minimum; and each that lacks somebody. */
export function seats(shift) {
  const [team, needs] = [teamOf(shift), known.needs.get(shift) ?? NOBODY];
  const found = sums.get(shift);
  if (found?.team === team && found.needs === needs) return found;
  const made = { team, needs, filled: 0, wanted: 0, below: 0, heads: null, lacking: [] };
  for (const need of needs) {
    const there = counted(need, team);
    const row = { need, there, wanted: need.target, below: Math.max(0, (need.minimum ?? 0) - there) };
    made.filled += Math.min(there, need.target);
    made.wanted += need.target;
    made.below += row.below;
    if (need.skill_id == null) made.heads = row;
    if (there < need.target) made.lacking.push(row);
  }
  sums.set(shift, made);
  return made;
}

/** Seats of several shifts together. */
export function seatsOf(shifts) {
  const all = { filled: 0, wanted: 0, below: 0 };
  for (const shift of shifts) {
    const own = seats(shift);
    for (const name in all) all[name] += own[name];
  }
  return all;
}

/** Class of fill, 0 (all filled) to 4 (less than half), as reports have it. */
export function step({ filled, wanted }) {
  const share = wanted ? filled / wanted : 1;
  const found = [1, 0.9, 0.75, 0.5].findIndex((least) => share >= least);
  return found < 0 ? 4 : found;
}
