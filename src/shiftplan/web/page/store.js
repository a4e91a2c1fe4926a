/** The state of the page: the week, the roster that is worked on, and what is chosen. */

import { get } from "./api.js";
import { keptInTab } from "./remembered.js";
import { lang } from "./words.js";

export const store = {
  week: null, // the week without rosters
  draft: null, // the roster that is worked on: name, version, total, bound, costs, broken; `then`: an earlier one
  drafts: [], // drafts that are open, the main one first
  teams: new Map(), // shift id -> ids of its people
  shiftsOf: new Map(), // person id -> ids of their shifts, in order of time
  marks: new Map(), // shift id -> person id -> why they do not come, or "called" for a reserve who comes
  confirmed: new Map(), // shift id -> ids of those who said that they come
  marked: 0, // times that the two became different
  view: "centers",
  chosen: null, // {kind: "shift", "person" or "center", id}
  panel: "", // what stands beside the view: "chosen", or another of the panels in `frame.js`
  day: "", // the date that days and phones show; see `filters.js`
  filter: { text: "", only: "all", people: "all", skill: "", ...keptInTab() },
  held: null, // who is picked up, and where they could go; see `moving.js`
  replaced: null, // whose place in the shift that is chosen is to be taken
  told: null, // what the last move did, or why it was refused; see `panels/price.js`
  dialog: null, // what has to be answered before anything else; see `dialogs.js`
  failed: "", // what went wrong last, in words
};

/** Tables of the week by id, made when it is loaded. */
export const known = { shifts: new Map(), people: new Map(), centers: new Map(), skills: new Map(), needs: new Map() };
known.alternatives = new Map(); // name -> the shifts of which one is held

let draw = () => {};
let isWaiting = false;
const whenDrawn = [];

/** Say what draws the page; it is called once a frame at most. */
export function drawWith(drawing) {
  draw = drawing;
}

/** Call a function each time that the page was drawn. */
export function afterDrawing(doing) {
  whenDrawn.push(doing);
}

/** Draw the page in the next frame. */
export function changed() {
  if (isWaiting) return;
  isWaiting = true;
  requestAnimationFrame(() => {
    isWaiting = false;
    draw();
    for (const doing of whenDrawn) doing();
  });
}

/** Say what went wrong. */
export function failed(error) {
  store.failed = error.message;
  changed();
}

const byId = (rows, key) => new Map(rows.map((row) => [row[key], row]));

/** Whether whoever looks plans for the province. */
export const isProvince = () => store.week.visitor.role === "province";

/** Name of the draft that is worked on, as requests have it; null for the main one. */
export const draftName = () => store.draft?.name || null;

let wanted = null; // the draft that was asked for last, by its name

/** Load the week, and a draft of it. */
export async function load(name = wanted) {
  wanted = name;
  const [week, draft, drafts] = await Promise.all([
    get("week", { lang }),
    get("draft", { lang, draft: name }),
    get("drafts"),
  ]);
  if (wanted !== name) return;
  store.week = week;
  store.drafts = drafts;
  known.centers = byId(week.centers, "center_id");
  known.shifts = byId(week.shifts, "shift_id");
  known.people = byId(week.people, "volunteer_id");
  known.skills = byId(week.skills, "skill_id");
  known.needs = Map.groupBy(week.requirements, (need) => need.shift_id);
  known.moving = week.requirements.filter((need) => need.among && mayStandBack(known.shifts.get(need.shift_id)));
  known.alternatives = Map.groupBy(week.shifts.filter((shift) => shift.alternative), (shift) => shift.alternative);
  takeDraft(draft);
}

/** Load what became different in the draft, such as when somebody else changed it. */
export async function reloadDraft(name = wanted) {
  wanted = name;
  const since = name === draftName() ? store.draft.version : null;
  const asked = Promise.all([get("draft", { lang, draft: name, since }), get("drafts")]);
  const [draft, drafts] = await asked.catch((error) => {
    if (wanted === name) wanted = draftName(); // the one that is shown is worked on
    throw error;
  });
  store.drafts = drafts;
  const { changes, by, version } = draft;
  const isNews = changes.length > 0 && version > store.draft.version && draft.name === store.draft.name;
  await takeNewer(draft);
  if (isNews && !store.held) store.told = { kind: "others", changes, by };
}

/** Take over a draft if it is newer than what is shown; what it was made of is loaded if need be. */
export async function takeNewer(draft) {
  const { name, version, edition } = store.draft;
  if ((draft.name || null) !== wanted || (draft.name === name && draft.version < version)) return;
  const isWhole = draft.since == null;
  const people = draft.changes.map((change) => change.volunteer_id);
  if (draft.edition !== edition || people.some((id) => !known.people.has(id))) await load(draft.name || null);
  else if (isWhole || (draft.name === name && draft.since === version)) takeDraft(draft);
  else if (draft.version !== version) takeDraft(await get("draft", { lang, draft: draft.name || null }));
}

/** Take over a draft as the server tells it: whole, or what became different. */
export function takeDraft(draft) {
  if (draft.since == null) {
    store.teams = Map.groupBy(draft.assignments, ([shift]) => shift);
    store.shiftsOf = Map.groupBy(draft.assignments, ([, person]) => person);
    for (const [shift, pairs] of store.teams) store.teams.set(shift, pairs.map(([, person]) => person));
    for (const [person, pairs] of store.shiftsOf) {
      store.shiftsOf.set(person, pairs.map(([shift]) => shift).sort(byTime));
    }
  }
  for (const { shift_id: shift, volunteer_id: person, added } of draft.changes) {
    put(store.teams, shift, person, added);
    put(store.shiftsOf, person, shift, added);
    store.teams.get(shift).sort();
    store.shiftsOf.get(person).sort(byTime);
  }
  takeMarks(draft);
  wanted = draft.name || null;
  store.draft = { ...draft, assignments: [], changes: [], marks: [], confirmed: null };
  changed();
}

let told = ""; // the marks that were taken over last

/** Take over who does not come, which reserves do, and who confirmed; an earlier roster has no marks. */
function takeMarks({ marks = [], confirmed, then }) {
  const now = JSON.stringify(marks);
  if (now === told && confirmed == null && !then) return;
  told = now;
  store.marked += 1;
  store.marks = new Map();
  for (const { shift_id: shift, volunteer_id: person, mark } of marks) {
    if (!store.marks.has(shift)) store.marks.set(shift, new Map());
    store.marks.get(shift).set(person, mark);
  }
  if (confirmed == null && !then) return;
  store.confirmed = Map.groupBy(confirmed ?? [], ([shift]) => shift);
  for (const [shift, pairs] of store.confirmed) store.confirmed.set(shift, pairs.map(([, person]) => person));
}

/** What was recorded of somebody in a shift: "absent", "declined", "closed", "called", "confirmed", or "". */
export const markOf = (shift, person) =>
  store.marks.get(shift)?.get(person) ?? (store.confirmed.get(shift)?.includes(person) ? "confirmed" : "");

/** Reserves who come to a shift although the roster does not give it to them. */
export const calledTo = (shift) =>
  [...(store.marks.get(shift) ?? NONE)].filter(([, mark]) => mark === "called").map(([person]) => person);

/** Who comes to a shift: its team without those who do not come, and reserves who were called in. */
function comingTo(shift) {
  const [team, marks] = [teamOf(shift), store.marks.get(shift)];
  return marks ? [...team.filter((person) => !marks.has(person)), ...calledTo(shift)] : team;
}

/** The proven bound of the draft; null where none is known, or where it says nothing about this roster. */
export const boundNow = () => (whyNoBound() ? null : store.draft.bound);

/** Why no bound is shown: hard rules are broken, people do not come, or none is proven; "" where one is. */
export function whyNoBound() {
  const { broken, bound } = store.draft;
  return broken.length ? "broken" : store.marks.size ? "away" : bound == null ? "unproven" : "";
}

const NONE = new Map();
const byTime = (one, other) => startOf(one).localeCompare(startOf(other));
/** When a shift starts; empty for an unknown one. */
export const startOf = (shift) => known.shifts.get(shift)?.start ?? "";

/** Put something into a list of a map, or take it out; lists are replaced, never changed. */
function put(lists, key, item, added) {
  const others = (lists.get(key) ?? []).filter((one) => one !== item);
  lists.set(key, added ? [...others, item] : others);
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

/** Whether a requirement counts every head. */
export const isOfHeads = (need) => need.skill_id == null && !need.with_skills?.length;

/**
 * What each person meets whom a requirement counts: [whether they hold one of some skills at least, or none of them;
 * these with levels]. In the order in which texts name them.
 */
export function conditions(need) {
  const further = (need.with_skills ?? []).map((name) => {
    const named = name.replace(/^!/, "").split("/");
    return [
      !name.startsWith("!"),
      named.map((one) => {
        const [, skill, level] = one.match(/^(.+):([0-9]+)$/) ?? [null, one, 1];
        return [skill, Number(level)];
      }),
    ];
  });
  const own = need.skill_id == null ? [] : [[true, [[need.skill_id, need.min_level ?? 1]]]];
  const key = ([held, skills]) => `${held ? 0 : 1}${skills[0][0]}`;
  return [...own, ...further].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

/** Those of a team who meet all that a requirement asks for. */
function fitting(need, team) {
  const asked = conditions(need);
  const holds = (id) => ([skill, least]) => (known.people.get(id)?.skills[skill] ?? 0) >= least;
  return team.filter((id) => asked.every(([held, skills]) => skills.some(holds(id)) === held));
}

/**
 * How many of a team exclusive requirements have, each person for one of them: most seats are filled, those below the
 * minimum first, then the first ones of small teams. Each seat is tried in that order, and whoever has another one makes
 * room where somebody else can take it.
 */
function seated(needs, team) {
  const fits = new Map(needs.map((need) => [need, fitting(need, team)]));
  const seatOf = new Map();
  const found = (need, asked) =>
    fits.get(need).some((id) => {
      if (asked.has(id)) return false;
      asked.add(id);
      if (seatOf.has(id) && !found(seatOf.get(id), asked)) return false;
      seatOf.set(id, need);
      return true;
    });
  const worth = ({ target, minimum }, seat) => (seat <= (minimum ?? 0) ? 4 : 1) * (1 + (target - seat) / target);
  const order = needs.flatMap((need) => Array.from({ length: need.target }, (_, i) => [worth(need, i + 1), need]));
  order.sort(([one], [other]) => other - one);
  for (const [, need] of order) found(need, new Set());
  return new Map(needs.map((need) => [need, [...seatOf.values()].filter((own) => own === need).length]));
}

/** How many of the people in a shift each of its requirements counts. */
export function counted(needs, team) {
  const exclusive = seated(needs.filter((need) => need.exclusive), team);
  return new Map(needs.map((need) => [need, exclusive.get(need) ?? fitting(need, comingFor(need, team)).length]));
}

const mayStandBack = (shift) => Boolean(shift?.optional || shift?.alternative);

/** Whether a shift is not held: an optional one without people, or one whose alternative is held in its place. */
export function standsBack(shift) {
  const own = known.shifts.get(shift);
  if (own?.optional) return !comingTo(shift).length;
  const group = known.alternatives.get(own?.alternative) ?? [];
  if (!group.length) return false;
  const key = ({ optional, start, shift_id: id }) => `${optional ? 1 : 0} ${start} ${id}`;
  const first = group.reduce((one, other) => (key(other) < key(one) ? other : one));
  if (first.shift_id !== shift) return !comingTo(shift).length;
  return group.some((other) => other !== first && comingTo(other.shift_id).length > 0);
}

/** The alternative that is held in place of a shift; undefined where there is none. */
export const heldInstead = (shift) =>
  (known.alternatives.get(known.shifts.get(shift)?.alternative) ?? []).find(({ shift_id: id }) => id !== shift && !standsBack(id));

/** What is asked for at a shift; what several are asked for stands at the first of them that is held. */
function askedAt(shift) {
  const own = known.needs.get(shift) ?? NOBODY;
  const at = ({ shift_id: first, among }) => (standsBack(first) && among.find((other) => !standsBack(other))) || first;
  const moved = known.moving.filter((need) => (need.shift_id === shift) !== (at(need) === shift));
  if (!moved.length) return own;
  return [...own.filter((need) => !moved.includes(need)), ...moved.filter((need) => need.shift_id !== shift)];
}

const NOBODY = [];
const sums = new Map(); // shift id -> its seats, and what they were counted for

/** Who works in a shift. */
export const teamOf = (shift) => store.teams.get(shift) ?? NOBODY;

/** Who comes to the shifts that a requirement counts; at a time of a date each of them once. */
export function comingFor(need, coming) {
  if (!need.among) return coming;
  const all = need.among.flatMap((shift) => comingTo(shift));
  return need.start ? [...new Set(all)] : all;
}

/**
 * Seats of a shift, for people and skills, by those who come: filled, wanted, below the minimum; and each that
 * lacks somebody.
 */
export function seats(shift) {
  const own = askedAt(shift);
  const back = standsBack(shift);
  const needs = back ? own.filter((need) => need.among) : own;
  const [team, marks] = [teamOf(shift), store.marks.get(shift)];
  const found = needs.some((need) => need.among) ? null : sums.get(shift); // other teams count there too
  if (found?.team === team && found.own === own && found.back === back && found.marks === marks) return found;
  const coming = comingTo(shift);
  const made = { team, own, back, needs, marks, coming, filled: 0, wanted: 0, below: 0, heads: null, lacking: [] };
  for (const [need, there] of counted(needs, coming)) {
    const row = { need, there, wanted: need.target, below: Math.max(0, (need.minimum ?? 0) - there) };
    made.filled += Math.min(there, need.target);
    made.wanted += need.target;
    made.below += row.below;
    if (isOfHeads(need) && !(need.among && made.heads)) made.heads = row;
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
