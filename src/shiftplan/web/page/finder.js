/** A field in which somebody types until the browser offers what is meant: people, shifts, centers. */

import { html } from "./vendor/lit-html/lit-html.js";
import { guard } from "./vendor/lit-html/directives/guard.js";
import { placeOf } from "./described.js";
import { fits, wordsOf } from "./matching.js";
import { store } from "./store.js";
import { lang, say } from "./words.js";

/** An id, and how it stands in the list: after its name, where there is one. */
const titled = (id, name) => [id, name && name !== id ? `${name} (${id})` : id];

const KINDS = {
  person: () => store.week.people.map((one) => titled(one.volunteer_id, one.name)),
  center: () => store.week.centers.map((one) => titled(one.center_id, one.name)),
  shift: () => store.week.shifts.map((one) => [one.shift_id, `${placeOf(one.shift_id)} (${one.shift_id})`]),
};

const made = new Map(); // kind -> {week, lang, rows}

function rowsOf(kind) {
  const before = made.get(kind);
  if (before?.week === store.week && before.lang === lang) return before;
  const rows = KINDS[kind]();
  const found = { week: store.week, lang, rows };
  made.set(kind, found);
  return found;
}

/** Lists that all fields on the page share; drawn once beside the views. */
export function lists() {
  return Object.keys(KINDS).map((kind) => {
    const { rows } = rowsOf(kind);
    return html`<datalist id="list-${kind}">${guard([rows], () => rows.map(([, text]) => html`<option value=${text}></option>`))}</datalist>`;
  });
}

/** A field for one of a kind; `take` is called with its id as soon as one is meant. */
export function finder(kind, label, take) {
  return html`<label>${label}
    <input type="search" list="list-${kind}" autocomplete="off" placeholder=${say(`web.find_${kind}`)}
      @change=${(event) => found(kind, event.target, take)}
      @input=${(event) => isChosen(event) && found(kind, event.target, take)}></label>`;
}

/** A field that shows one of a kind; `choose` is called with the id of another one, or "" for none. */
export function chooser(kind, label, id, choose) {
  const shown = rowsOf(kind).rows.find(([one]) => one === id)?.[1] ?? "";
  return html`<label>${label}
    <input type="search" list="list-${kind}" autocomplete="off" .value=${shown}
      @change=${(event) => choose(meant(kind, event.target.value.trim()) ?? "")}></label>`;
}

/** Whether an entry of the list was chosen, rather than a letter typed. */
const isChosen = ({ inputType }) => inputType === undefined || inputType === "insertReplacementText";

/** What is meant by a text: an entry of the list, its id or name, or else the only one with all its words. */
function meant(kind, text) {
  const { rows } = rowsOf(kind);
  const words = wordsOf(text);
  if (!words.length) return undefined;
  const same = rows.filter(([id, title]) => [id, title].includes(text) || title === `${text} (${id})`);
  const fit = same.length ? same : rows.filter(([, title]) => fits(words, wordsOf(title)));
  return fit.length === 1 ? fit[0][0] : undefined;
}

function found(kind, field, take) {
  const id = meant(kind, field.value.trim());
  field.setCustomValidity(id === undefined && field.value ? say("web.nobody_found") : "");
  if (id === undefined) return field.reportValidity();
  field.value = "";
  return take(id);
}
