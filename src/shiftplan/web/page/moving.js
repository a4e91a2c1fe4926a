/** Moving people: who is held, what each place would cost, and the moves sent to the server. */

import { get, post, Refusal } from "./api.js";
import { narrow } from "./screen.js";
import { changed, draftName, isProvince, openPanel, store, takeNewer } from "./store.js";
import { lang, say } from "./words.js";

/** The key of somebody's place in a shift. */
const seat = (shift, person) => `${shift}\n${person}`;

/**
 * Pick somebody up, to put them down at another place.
 * @param {string} person - Their id.
 * @param {?string} from - The shift that they leave; null to come in addition.
 * @param {string} how - "drag", "keys" or "tap".
 */
export async function pickUp(person, from, how) {
  if (store.draft.then) return; // an earlier version is only to look at
  const held = { person, from, how, places: new Map(), swaps: new Map(), barred: new Map(), isReady: false };
  store.held = held;
  store.told = null;
  if (how === "tap" && narrow()) openPanel(""); // it covers the places
  changed();
  await judge(held);
}

/** Ask what each place would cost, anew when somebody else has changed the draft. */
async function judge(held) {
  try {
    const found = await get("places", { person: held.person, from: held.from, draft: draftName() });
    held.version = found.version;
    const joined = found.places.filter((place) => place.instead_of == null);
    const swapped = found.places.filter((place) => place.instead_of != null);
    held.places = new Map(joined.map((place) => [place.shift_id, place]));
    held.swaps = new Map(swapped.map((place) => [seat(place.shift_id, place.instead_of), place]));
    held.barred = new Map(Object.entries(found.barred));
    held.isReady = true;
  } catch (refusal) {
    if (store.held === held) store.held = null;
    refused(refusal);
  }
  changed();
}

/** Keep prices true while somebody is held and others move people. */
export function keepTrue() {
  const { held, draft } = store;
  if (!held?.isReady || held.version === draft.version) return;
  held.version = draft.version;
  if (held.from && !(store.teams.get(held.from) ?? []).includes(held.person)) putBack();
  else judge(held);
}

/** Put whoever is held back to where they came from. */
export function putBack() {
  store.held = null;
  changed();
}

/** What it would do to put down the person held in a shift, or in somebody's place there. */
export function priceAt(shift, person = null) {
  const { held } = store;
  if (!held) return null;
  const found = person === null ? held.places.get(shift) : held.swaps.get(seat(shift, person));
  if (found) return found;
  const rules = person === null && held.barred.get(shift);
  return rules ? { kind: "barred", rules } : null;
}

/** The places to which whoever is held could go without breaking hard rules, cheapest first. */
export function bestPlaces() {
  const { places, swaps } = store.held;
  return [...places.values(), ...swaps.values()]
    .filter((place) => place.kind !== "breaks")
    .sort((one, other) => one.total - other.total);
}

const step = (shift_id, volunteer_id, added) => ({ shift_id, volunteer_id, added });

/**
 * Put whoever is held down.
 * @param {string} shift - Where.
 * @param {?string} other - Whose place they take: in exchange for their own, if they have left one.
 */
export function putDown(shift, other = null) {
  const { person, from } = store.held;
  putBack();
  if (shift === from || other === person || (store.teams.get(shift) ?? []).includes(person)) return;
  const steps = [step(shift, person, true)];
  if (from) steps.push(step(from, person, false));
  if (other) steps.push(step(shift, other, false));
  if (other && from) steps.push(step(from, other, true));
  make(steps);
}

/** Let somebody come to a shift, in the place of another if one is named. */
export function assign(shift, person, other = null) {
  make([step(shift, person, true), ...(other ? [step(shift, other, false)] : [])]);
}

/** Take somebody off a shift. */
export function takeOff(shift, person) {
  store.held = null;
  make([step(shift, person, false)]);
}

/**
 * Make changes: the server records them and says what they did, or why not.
 * @param {object[]} changes - Who comes to which shift, and who leaves which.
 * @param {boolean} anyway - Also if that breaks hard rules.
 */
export async function make(changes, anyway = false) {
  await send("moves", { changes, of: store.draft.version, anyway }, { changes });
}

/** Take over what is different in another version: {version, of, changes}. */
export const takeOver = (body) => send("compare/take", { ...body, anyway: false }, {});

/** Whether there is anything to undo. */
export const canUndo = () => (isProvince() ? store.draft.can_undo : store.told?.kind === "move");

/** Undo what was done last to the draft, whoever did it; a lead takes back their own last move. */
export function undo() {
  if (isProvince()) return send("undo", { of: store.draft.version }, { way: "undo" });
  return make(store.told.changes.map((change) => ({ ...change, added: !change.added })));
}

/** Do again what was undone last. */
export const redo = () => send("redo", { of: store.draft.version }, { way: "redo" });

let sending = Promise.resolve();
let last = null; // {asked, now}: the version that something was sent for last, and the one that it made

/** Wait for the answer to what was sent last. */
export const answered = () => sending;

/** Send one request after another, so that each knows the version that the one before made. */
async function send(way, body, about, draft = draftName()) {
  if (store.draft.then) return;
  const began = performance.now();
  const asked = body.of;
  sending = sending.then(async () => {
    try {
      if (!body.anyway) { // a yes is to a move in its own version
        if (about.changes) body.of = store.draft.version;
        else if (about.way && last?.asked === asked) body.of = last.now; // pressed again before it was drawn
      }
      const made = await post(way, body, { lang, draft });
      last = { asked, now: made.draft.version };
      await takeNewer(made.draft);
      const { changes, price, merged } = made;
      store.told = { kind: about.way ?? "move", changes, price, merged };
      changed();
      requestAnimationFrame(() => performance.measure("shiftplan.price", { start: began }));
    } catch (refusal) {
      if (refusal.faults?.some((fault) => fault.code === "needs_yes")) await ask(way, body, about, refusal, draft);
      else refused(refusal);
    }
  });
  await sending;
}

/** Ask whether to break hard rules, and say at which price. */
async function ask(way, body, about, refusal, draft) {
  const changes = about.changes ?? null;
  const price = changes && (await post("price", { changes }, { lang, draft }).catch(() => null));
  store.dialog = {
    kind: "yes",
    changes,
    price,
    faults: refusal.faults,
    yes: () => send(way, { ...body, anyway: true }, about, draft),
  };
  changed();
}

/** Say why nothing was done: what the server says, or that it does not answer. */
export function refused(error) {
  store.told = { kind: "refused", text: error instanceof Refusal ? error.message : say("web.lost") };
  changed();
}
