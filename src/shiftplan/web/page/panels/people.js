/** A field to choose a person or a center by typing a part of the name. */

import { known } from "../store.js";
import { html } from "../vendor/lit-html/lit-html.js";
import { guard } from "../vendor/lit-html/directives/guard.js";

const TABLES = { people: "volunteer_id", centers: "center_id" };

/** How a person or center stands in the field: the name, and the id in brackets. */
const titled = (table, row) => {
  const id = row[TABLES[table]];
  return row.name && row.name !== id ? `${row.name} (${id})` : id;
};

/**
 * The field.
 * @param {"people"|"centers"} table - What is chosen.
 * @param {string} label - Its label.
 * @param {string} id - The id that is chosen; "" for none.
 * @param {function(string): void} choose - Called with an id, or "" for none.
 */
export function chooser(table, label, id, choose) {
  const rows = known[table];
  const shown = rows.has(id) ? titled(table, rows.get(id)) : "";
  return html`<label>${label}
    <input type="search" list="all-${table}" autocomplete="off" .value=${shown}
      @change=${(event) => choose(found(table, event.target.value))}></label>
    ${guard([rows], () => html`<datalist id="all-${table}">${[...rows.values()].map(
      (row) => html`<option value=${titled(table, row)}></option>`)}</datalist>`)}`;
}

/** The id that somebody means: by the whole title, the id, or the only name that is such. */
function found(table, text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return "";
  const rows = [...known[table].values()];
  const same = (of) => rows.filter((row) => of(row).toLowerCase() === wanted);
  const ways = [(one) => titled(table, one), (one) => one[TABLES[table]], (one) => one.name ?? ""];
  const [row, ...others] = ways.flatMap(same);
  return row && others.every((other) => other === row) ? row[TABLES[table]] : "";
}
