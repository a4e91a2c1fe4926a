/** A week with its faults: what is wrong, the tables around it, and each cell to be mended there. */

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { say } from "../words.js";
import { adding } from "./start.js";
import { edit, grid, keyOf } from "./grid.js";
import { fileOf, putBack, rename, showTable, state, workbenchOf } from "./state.js";

export function mending() {
  const { week } = state;
  if (!week) return nothing;
  const isFolder = week.titles.some((title) => title.endsWith(".csv"));
  return html`
    <h1>${week.name}</h1>
    <p class="how" role="status">${
      week.num_faults ? say("web.mend_faults", { n: week.num_faults }) : say("web.mend_none")}</p>
    <p class="actions">
      ${week.num_faults
        ? nothing
        : html`<a class="open" href=${workbenchOf(week.week_id)}>${say("web.mend_open")}</a>`}
      <a href=${fileOf(week.week_id)} download>${say("web.mend_download")}</a>
      ${isFolder ? adding() : nothing}
      ${week.is_mended
        ? html`<button type="button" @click=${putBack}>${say("web.mend_back")}</button>`
        : nothing}
    </p>
    <p class="quiet">${say("web.mend_saved", { name: week.name })}</p>
    ${list("web.mend_list", week.faults, "faults")}
    ${week.titles.length ? tables(week) : html`<p>${say("web.mend_elsewhere")}</p>`}
    ${list("web.mend_notes", week.notes, "notes")}`;
}

/** Faults or notes one by one; those with a cell lead to it. */
function list(code, faults, kind) {
  if (!faults.length) return nothing;
  return html`<details class=${kind} ?open=${faults.length <= 12}>
    <summary><h2>${say(code, { n: faults.length })}</h2></summary>
    <ul>${faults.map((fault) => html`<li>
      ${fault.title && fault.row
        ? html`<button type="button" class="to" @click=${() => goTo(fault)}>${fault.place}</button>`
        : html`<strong>${fault.place}</strong>`}
      ${fault.value ? html`<q>${fault.value}</q>` : nothing} ${fault.text}
      ${fault.rename
        ? html`<button type="button" @click=${() => rename(fault.rename)}>
            ${say("web.mend_rename", fault.rename)}</button>`
        : nothing}
      ${fault.more ? say("web.mend_more", { n: fault.more }) : nothing}</li>`)}</ul>
  </details>`;
}

/** Show the cell of a fault and begin to change it. */
async function goTo({ title, row, column }) {
  const isShown = state.table?.title === title && state.table.rows.has(row);
  if (!isShown) await showTable(title, state.table?.title !== title ? false : state.isWhole, row);
  if (!state.table?.rows.has(row)) await showTable(title, true, row);
  edit(row, column ?? 1);
}

/** The table that is shown, with a choice of others: those with faults first. */
function tables(week) {
  const counts = new Map(week.titles.map((title) => [title, 0]));
  for (const fault of week.faults) if (fault.title) counts.set(fault.title, counts.get(fault.title) + 1);
  const faulty = week.titles.filter((title) => counts.get(title));
  const others = week.titles.filter((title) => !counts.get(title));
  const shown = state.table?.title;
  return html`<section class="tables">
    <nav aria-label=${say("web.mend_tables")}>
      ${repeat(faulty, (title) => title, (title) => html`<button type="button" aria-pressed=${title === shown}
        @click=${() => showTable(title)}>${title} <span class="count">${counts.get(title)}</span></button>`)}
      <label>${say("web.mend_other")}
        <select @change=${(event) => event.target.value && showTable(event.target.value, true)}>
          <option value="" ?selected=${!others.includes(shown)}>–</option>
          ${others.map((title) => html`<option value=${title} ?selected=${title === shown}>
            ${title}</option>`)}
        </select></label>
      ${state.table
        ? html`<label class="whole"><input type="checkbox" .checked=${state.isWhole}
            @change=${(event) => showTable(shown, event.target.checked)}> ${say("web.mend_all_rows")}</label>`
        : nothing}
    </nav>
    ${state.table ? grid(faultsOf(week, shown)) : nothing}
    ${state.table && state.isWhole ? more() : nothing}
  </section>`;
}

/** Cell -> what is wrong with it; the cell of a whole row is its number, that of a table 0. */
function faultsOf(week, title) {
  const found = new Map();
  for (const fault of week.faults) {
    if (fault.title !== title) continue;
    const key = keyOf(fault.row ?? 0, fault.column ?? 0);
    found.set(key, [...(found.get(key) ?? []), fault.text]);
  }
  return found;
}

/** A button for the next rows of a long table. */
function more() {
  const last = Math.max(...state.table.rows.keys());
  if (last >= state.table.last_row) return nothing;
  return html`<button type="button" @click=${() => showTable(state.table.title, true, last + 1)}>
    ${say("web.mend_next_rows")}</button>`;
}
