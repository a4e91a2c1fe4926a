/** One stop for the tab key in each view; arrows go on from there, and redrawing keeps the focus. */

import { afterDrawing } from "./store.js";

const ITEMS =
  "button[data-shift], button[data-person], [data-shift] > button:not([data-person]), tbody th > button";
let stop = null; // the item that the tab key goes to
let last = null; // what had the focus last: {shift, person}
let awaited = null; // what gets it as soon as it is drawn

const main = () => document.getElementById("main");
const all = (root = main()) => [...root.querySelectorAll(ITEMS)];
const isInSight = (item) => item?.isConnected && !item.closest("[hidden]");

/** What an element of a view is about: {shift, person, element}; null for others. */
export function itemOf(target) {
  const element = target?.closest?.(ITEMS);
  if (!element || !main()?.contains(element)) return null;
  const shift = element.closest("[data-shift]")?.dataset.shift ?? null;
  return { element, shift, person: element.dataset.person ?? null };
}

const inShift = (id) => `[data-shift="${CSS.escape(id)}"]`;
const chipOf = (shift, person) =>
  person && main().querySelector(`[data-person="${CSS.escape(person)}"]${shift ? inShift(shift) : ""}`);
const cellOf = (shift) =>
  shift && main().querySelector(`${inShift(shift)} > button:not([data-person]), button${inShift(shift)}`);

/** Put the focus on somebody in a shift, or else on the shift; false if neither is drawn. */
export function focusOn(shift, person = null) {
  const found = chipOf(shift, person) || cellOf(shift);
  found?.focus();
  return Boolean(found);
}

/** Put the focus on somebody in a shift, or with null on the shift, once that is drawn. */
export function awaitFocus(shift, person) {
  awaited = { shift, person };
}

for (const kind of ["keydown", "pointerdown"]) {
  addEventListener(kind, () => (awaited = null), { capture: true });
}

addEventListener("focusin", (event) => {
  const item = itemOf(event.target);
  if (item) settle(item);
  else last = null;
});

function settle({ element, shift, person }) {
  last = { shift, person };
  if (stop !== element) {
    if (stop) stop.tabIndex = -1;
    stop = element;
  }
  stop.tabIndex = 0;
}

/** New items leave the tab key to one of them; a focus that was drawn away returns. */
function keep() {
  if (!main()) return;
  for (const item of main().querySelectorAll(`:is(${ITEMS}):not([tabindex])`)) item.tabIndex = -1;
  if (!isInSight(stop)) {
    if (stop) stop.tabIndex = -1;
    stop = all().find(isInSight) ?? null;
    if (stop) stop.tabIndex = 0;
  }
  if (awaited) {
    const found = awaited.person ? chipOf(awaited.shift, awaited.person) : cellOf(awaited.shift);
    if (!found) return;
    awaited = null;
    found.focus();
  }
  const active = document.activeElement;
  const isLost = active === document.body || active === null;
  if (!last || !(isLost || itemOf(active))) return;
  const now = itemOf(active);
  if (isLost || now.person !== last.person || now.shift !== last.shift) focusOn(last.shift, last.person);
}

const WAYS = {
  ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0], Home: [-99, 0], End: [99, 0],
};

/** Go from a view, or from the heading of a day, into its table or to the next day; false for other keys. */
export function enter(target, { key }) {
  const heading = target.closest?.("th:has(> [data-day])");
  if (key === "ArrowDown" && (heading || target === main() || target === document.body)) {
    if (!stop?.closest("table")) return false;
    (heading ? firstBelow(heading) : stop)?.focus();
  } else if (heading && (key === "ArrowLeft" || key === "ArrowRight")) {
    const next = key === "ArrowLeft" ? heading.previousElementSibling : heading.nextElementSibling;
    next?.querySelector("[data-day]")?.focus();
  } else return false;
  return true;
}

/** The first item in sight under the heading of a day. */
function firstBelow(heading) {
  const before = [...heading.parentElement.cells].slice(0, heading.cellIndex);
  const column = before.reduce((sum, { colSpan }) => sum + colSpan, 0);
  const rows = [...heading.closest("table").tBodies[0].rows].filter(isInSight);
  return rows.map((row) => row.cells[column]?.querySelector(ITEMS)).find(Boolean);
}

/** The heading of the day over a cell, where a table has such. */
function dayAbove(cell) {
  const headings = [...cell.closest("table").tHead.rows[0].cells];
  let column = 0;
  return headings.find(({ colSpan }) => (column += colSpan) > cell.cellIndex)?.querySelector("[data-day]");
}

/**
 * Go on from an item by an arrow key, Home or End; false for other keys.
 * @param {{element: Element}} item - Where the focus is.
 * @param {KeyboardEvent} event - The key.
 * @param {boolean} first - Go to the first item of another cell, which is its shift.
 */
export function next({ element }, event, first) {
  const way = WAYS[event.key];
  if (!way) return false;
  const cell = element.closest("td, th");
  const found = cell ? inTable(element, cell, ...way, first) : inList(element, ...way);
  found?.focus();
  return true;
}

/** Right and left lead to the next cell, up and down through a cell and on to the next row. */
function inTable(element, cell, right, down, first) {
  const own = all(cell);
  const at = own.indexOf(element);
  if (down) {
    if (own[at + down]) return own[at + down];
    for (let row = beside(cell.parentElement, down); row; row = beside(row, down)) {
      const there = row.cells[cell.cellIndex] && !row.hidden ? all(row.cells[cell.cellIndex]) : [];
      if (there.length) return there.at(down > 0 || first ? 0 : -1);
    }
    return down < 0 ? dayAbove(cell) : null;
  }
  const cells = [...cell.parentElement.cells].filter((one) => all(one).length);
  const to = Math.min(Math.max(cells.indexOf(cell) + right, 0), cells.length - 1);
  const there = all(cells[to]);
  return there[first ? 0 : Math.min(at, there.length - 1)];
}

const beside = (row, way) => (way > 0 ? row.nextElementSibling : row.previousElementSibling);

/** Outside tables, right and left lead to the next item, up and down to the nearest above or below. */
function inList(element, right, down) {
  const items = all();
  const at = items.indexOf(element);
  if (right) return items[Math.min(Math.max(at + right, 0), items.length - 1)];
  const here = element.getBoundingClientRect();
  const away = (item) => {
    const there = item.getBoundingClientRect();
    const below = (there.top - here.top) * down;
    return below > here.height / 2 ? below + 2 * Math.abs(there.left - here.left) : Infinity;
  };
  const near = items.slice(Math.max(0, at - 200), at + 200).map((item) => [away(item), item]);
  near.sort(([one], [other]) => one - other);
  return near.length && near[0][0] < Infinity ? near[0][1] : null;
}

afterDrawing(keep);
