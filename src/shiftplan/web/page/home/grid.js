/** A table as a spreadsheet shows it: cells with faults say what is wrong, and each can be changed. */

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { live } from "../vendor/lit-html/directives/live.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { changed } from "../store.js";
import { say } from "../words.js";
import { mendCells, state } from "./state.js";

/** Names a cell. */
export const keyOf = (row, column) => `${row}-${column}`;

/** The letters of a column, such as AA for 27. */
export function letters(column) {
  let found = "";
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26))
    found = String.fromCharCode(65 + ((left - 1) % 26)) + found;
  return found;
}

/** The table that is shown; `faults`: cell -> what is wrong. */
export function grid(faults) {
  const { title, rows } = state.table;
  const columns = Array.from({ length: columnsShown() }, (_, index) => index + 1);
  let last = 0;
  return html`<div class="sheet" role="region" tabindex="0" aria-label=${title}>
    <table @keydown=${move} @paste=${paste}>
      <thead><tr><th scope="col" class="corner"><span class="unseen">${say("web.mend_row")}</span></th>
        ${columns.map((column) => html`<th scope="col">${letters(column)}</th>`)}</tr></thead>
      <tbody>${repeat([...rows], ([row]) => row, ([row, cells]) => {
        const isApart = row !== last + 1;
        last = row;
        return line(row, cells, columns, faults, isApart);
      })}</tbody>
    </table></div>`;
}

/** Columns of the table, and one more for what it lacks. */
const columnsShown = () => state.table.columns + 1;

function line(row, cells, columns, faults, isApart) {
  const whole = faults.get(keyOf(row, 0));
  const isWrong = whole || columns.some((column) => faults.has(keyOf(row, column)));
  return html`<tr class=${isApart ? "apart" : ""}>
    <th scope="row" class=${whole ? "fault" : ""}>${row}
      ${isWrong ? clearing(row, cells) : nothing}${whole ? why(row, 0, whole) : nothing}</th>
    ${columns.map((column) => cell(row, column, cells[column - 1] ?? "", faults.get(keyOf(row, column))))}
  </tr>`;
}

/** The button that empties a row, such as one of totals, or one that is there twice. */
function clearing(row, cells) {
  const clear = () => mendCells(cells.map((_, place) => [row, place + 1, ""]));
  return html`<button type="button" class="clear" aria-label=${say("web.mend_clear", { row })}
    title=${say("web.mend_clear", { row })} @click=${clear}>×</button>`;
}

function cell(row, column, text, wrong) {
  const isEdited = state.editing?.row === row && state.editing?.column === column;
  const place = `${letters(column)}${row}`;
  const described = wrong ? `why-${keyOf(row, column)}` : nothing;
  return html`<td class=${wrong ? "fault" : ""} data-cell=${keyOf(row, column)}>
    ${isEdited
      ? html`<input class="cell" aria-label=${place} aria-describedby=${described}
          .value=${live(state.editing.text ?? state.editing.first ?? text)}
          @input=${(event) => state.editing && (state.editing.text = event.target.value)} @keydown=${typed} @blur=${left}>`
      : html`<button type="button" class="cell"
          aria-label=${`${place}: ${text}`} aria-describedby=${described}
          @click=${() => edit(row, column)}>${text}</button>`}
    ${wrong ? why(row, column, wrong) : nothing}</td>`;
}

const why = (row, column, texts) =>
  html`<span class="why" id=${`why-${keyOf(row, column)}`}>${texts.join("\n")}</span>`;

/** Begin to change a cell; `first` is what was typed already, in the place of its text. */
export function edit(row, column, first = null) {
  state.editing = { row, column, first };
  changed();
  afterDrawing(() => {
    const input = document.querySelector(`[data-cell="${keyOf(row, column)}"] input`);
    if (!input || !state.editing) return;
    input.focus();
    if (state.editing.first === null) input.select();
    else input.value = state.editing.first;
    input.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}

const afterDrawing = (work) => requestAnimationFrame(() => requestAnimationFrame(work));

/** Save what was typed, and focus a cell. */
async function save(input, rows, columns) {
  const { row, column } = state.editing;
  state.editing = null;
  const text = input.value;
  changed();
  const goOn = () => state.editing ?? focusCell(row + rows, column + columns, keyOf(row, column));
  afterDrawing(goOn); // before it is saved: who types on loses nothing
  await mendCells([[row, column, text]]);
  afterDrawing(() => document.activeElement === document.body && goOn());
}

function focusCell(row, column, otherwise) {
  const at = (key) => document.querySelector(`[data-cell="${key}"] .cell`);
  (at(keyOf(row, column)) ?? at(otherwise))?.focus();
}

function typed(event) {
  event.stopPropagation();
  const { row, column } = state.editing;
  if (event.key === "Enter") save(event.target, event.shiftKey ? -1 : 1, 0);
  else if (event.key === "Tab") save(event.target, 0, event.shiftKey ? -1 : 1);
  else if (event.key === "Escape") {
    state.editing = null;
    changed();
    afterDrawing(() => focusCell(row, column, ""));
  } else return;
  event.preventDefault();
}

/** Leaving a cell saves it, unless it was saved or given up already. */
function left(event) {
  if (state.editing) save(event.target, 0, 0);
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Arrows go from cell to cell; a letter begins to change the cell, as in a spreadsheet. */
function move(event) {
  const here = event.target.closest("[data-cell]");
  if (!here || event.ctrlKey || event.metaKey || event.altKey) return;
  const [row, column] = here.dataset.cell.split("-").map(Number);
  if (event.key in STEPS) {
    const [down, right] = STEPS[event.key];
    const rows = [...state.table.rows.keys()];
    const next = rows[rows.indexOf(row) + down] ?? row;
    event.preventDefault();
    focusCell(next, column + right, keyOf(row, column));
  } else if (event.key === "F2") edit(row, column);
  else if (event.key === "Delete") edit(row, column, "");
  else if (event.key.length === 1 && event.key !== " ") {
    const { editing } = state; // who types fast goes on before the cell is drawn as a field
    const typed = editing?.row === row && editing.column === column ? (editing.first ?? "") : "";
    event.preventDefault();
    edit(row, column, typed + event.key);
  }
}

/** Cells that were copied from a spreadsheet go into the cell with the focus and those beside it. */
function paste(event) {
  const here = event.target.closest("[data-cell]");
  if (!here || state.editing) return;
  event.preventDefault();
  const [row, column] = here.dataset.cell.split("-").map(Number);
  const lines = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "").split(/\r?\n/);
  mendCells(lines.flatMap((line, down) =>
    line.split("\t").map((text, right) => [row + down, column + right, text])));
}
