/** Everything by keyboard: arrows through the view, picking up, putting down, undo. */

import { hold, meant } from "./holding.js";
import { bestPlaces, canUndo, pickUp, putBack, putDown, redo, takeOff, undo } from "./moving.js";
import { awaitFocus, enter, focusOn, itemOf, next } from "./roving.js";
import { remembered } from "./remembered.js";
import { changed, isProvince, openPanel, store } from "./store.js";

/** Keys and what the catalogue says of them, as the help lists them. */
export const KEYS = [
  ["← ↑ → ↓", "web.key_arrows"], ["Enter", "web.key_enter"], ["M", "web.key_move"], ["P", "web.key_hold"],
  ["N", "web.key_next"], ["Delete", "web.key_off"], ["Esc", "web.key_back"],
  ["Ctrl Z", "web.key_undo"], ["Ctrl Shift Z", "web.key_redo"],
  ["/", "web.key_search"], ["?", "web.key_help"],
];

/** Whether single letters are keys; they can be switched off for those who speak to the page. */
export const hasLetters = () => remembered("letters") !== "off";

const WHILE_HELD = { Enter: drop, " ": drop, n: () => nextBest(1), N: () => nextBest(-1) };
const ON_ITEM = { m: pick, p: pin, Delete: off, Backspace: off };
const ANYWHERE = { "/": search, "?": help };
let place = -1; // which of the best places was shown last

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || document.querySelector("dialog[open]")) return;
  const isText = event.target.matches?.("input, textarea, select");
  if (event.key === "Escape") return void (isText || leave());
  if (isText) return;
  if (event.ctrlKey || event.metaKey) return void withControl(event);
  const item = itemOf(event.target) ?? dayOf(event.target);
  const doing = (store.held && WHILE_HELD[event.key]) || (item && ON_ITEM[event.key]) || ANYWHERE[event.key];
  const isLetter = event.key.length === 1 && event.key !== " ";
  if (doing && isLetter && !hasLetters()) return;
  const go = () => (item && !item.day ? next(item, event, store.held !== null) : enter(event.target, event));
  if (doing ? doing(item) !== false : go()) event.preventDefault();
});

/** A click puts whoever is held down: in a shift, or in somebody's place there. */
addEventListener("click", (event) => {
  if (!store.held || store.held.how === "drag") return;
  const found = event.target.closest("#main [data-shift]");
  if (!found) return;
  event.preventDefault();
  event.stopPropagation();
  land(found.dataset.shift, found.dataset.person ?? null);
}, { capture: true });

/** A day whose heading has the focus, as items are; null elsewhere. */
function dayOf(target) {
  const element = target.closest?.("#main [data-day]");
  return element ? { element, shift: null, person: null, day: element.dataset.day } : null;
}

function withControl(event) {
  const key = event.key.toLowerCase();
  const way = key === "z" ? (event.shiftKey ? redo : undo) : key === "y" ? redo : null;
  if (!way || !(way === undo ? canUndo() : store.draft.can_redo)) return;
  event.preventDefault();
  way();
}

function leave() {
  const { held } = store;
  if (held) {
    putBack();
    focusOn(held.from, held.person);
  } else openPanel("");
}

function pick(item) {
  if (!item.person) return false;
  place = -1;
  pickUp(item.person, item.shift, "keys");
}

/** Let searches leave alone what has the focus, or let it go again. */
function pin(item) {
  const what = isProvince() && meant(item);
  if (!what) return false;
  hold(what);
}

function off(item) {
  if (!item.person || !item.shift) return false;
  awaitFocus(item.shift, null);
  takeOff(item.shift, item.person);
}

/** Put whoever is held down, and follow them with the focus. */
function land(shift, other) {
  awaitFocus(shift, store.held.person);
  putDown(shift, other);
}

function drop(item) {
  if (!item?.shift) return false;
  land(item.shift, item.person);
}

/** Show the next of the best places, or the one before. */
function nextBest(way) {
  const best = bestPlaces();
  for (let tried = 0; tried < best.length; tried++) {
    place = (place + way + best.length) % best.length;
    if (focusOn(best[place].shift_id, best[place].instead_of ?? null)) return;
  }
}

function search() {
  const field = document.querySelector("#main input[type=search]");
  if (!field) return false;
  field.focus();
  field.select();
}

function help() {
  store.dialog = { kind: "help" };
  changed();
}
