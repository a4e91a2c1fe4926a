/** What the page of many weeks knows, and the requests by which it learns and changes it. */

import { del, get, post, put, sendFile } from "../api.js";
import { changed } from "../store.js";
import { lang } from "../words.js";

export const state = {
  weeks: [], // the list
  kinds: [], // kinds of work that have an example
  weekId: "", // the week whose files are shown; empty for the list
  week: null, // its faults, notes and titles
  table: null, // the table that is shown: title, columns, rows by number
  isWhole: false, // whether all rows are shown, and not only those near faults
  editing: null, // {row, column, first, text} of the cell that is changed, what was typed to begin with, and since
  busy: 0, // requests under way
  failed: "", // what went wrong last, in words
};

/** Do something that takes a moment; what is refused is said on the page. */
async function during(work) {
  state.busy += 1;
  state.failed = "";
  changed();
  try {
    return await work();
  } catch (error) {
    state.failed = error.message;
    return null;
  } finally {
    state.busy -= 1;
    changed();
  }
}

const path = (weekId) => `weeks/${encodeURIComponent(weekId)}`;

/** Where the workbench of a week is. */
export const workbenchOf = (weekId) => `${path(weekId)}/`;
/** Where the file of a week can be had. */
export const fileOf = (weekId) => `api/${path(weekId)}/file`;
/** Where the workbook to be filled in for a kind of work can be had. */
export const blankOf = (kind) => `api/blank?${new URLSearchParams({ kind, lang })}`;

/** Load the list of weeks. */
export async function loadList() {
  await during(async () => {
    [state.weeks, state.kinds] = await Promise.all([get("weeks"), get("examples")]);
    Object.assign(state, { weekId: "", week: null, table: null, editing: null });
  });
}

/** Load a week with its faults, and the first table that has some. */
export async function loadWeek(weekId) {
  await during(async () => {
    const isOther = weekId !== state.weekId;
    const week = await get(path(weekId), { lang });
    Object.assign(state, { weekId, week });
    if (isOther || !state.table) {
      Object.assign(state, { table: null, isWhole: false, editing: null });
      const title = week.faults.find((fault) => fault.title)?.title;
      if (title) await loadTable(title, false);
    }
  });
  if (!state.week) location.hash = "";
}

/** Load rows of a table: those near faults, or all of them from the first on. */
async function loadTable(title, isWhole, start = 1) {
  const found = await get(`${path(state.weekId)}/table`, isWhole ? { title, start } : { title });
  const rows = new Map(found.rows.map((row) => [row.row, row.cells]));
  const isSame = state.table?.title === title && state.isWhole === isWhole;
  const kept = isSame ? [...state.table.rows].filter(([row]) => !rows.has(row)) : [];
  const all = [...kept, ...rows].sort(([one], [other]) => one - other);
  state.table = { ...found, rows: new Map(all) };
  state.isWhole = isWhole;
}

/** Show a table. */
export const showTable = (title, isWhole = false, start = 1) =>
  during(() => loadTable(title, isWhole, start));

/** Save new texts for cells of the table that is shown: [row, column, text] each. */
export async function mendCells(texts) {
  const { title, rows } = state.table;
  const cells = texts
    .map(([row, column, text]) => ({ row, column, was: rows.get(row)?.[column - 1] ?? "", text }))
    .filter(({ was, text }) => was !== text);
  if (!cells.length) return;
  const body = { title, cells };
  const week = await during(() => put(`${path(state.weekId)}/cells`, body, { lang }));
  if (week && takeMended(week)) return;
  const { failed } = state;
  await showTable(title, state.isWhole, state.isWhole ? cells[0].row : 1);
  state.failed ||= failed; // why it was refused is still said beside what the cells show by now
}

/** Take a week over as it is after a change; with its last fault gone it opens, unless there are notes to read. */
function takeMended(week) {
  const isOpen = state.week.num_faults > 0 && !week.num_faults && !week.notes.length;
  state.week = week;
  if (isOpen) location.assign(workbenchOf(week.week_id));
  return isOpen;
}

/** Give a sheet or file another name: {title, to}. */
export async function rename(names) {
  const week = await during(() => post(`${path(state.weekId)}/rename`, names, { lang }));
  if (!week || takeMended(week)) return;
  const title = week.faults.find((fault) => fault.title)?.title;
  await showTable(title ?? (week.titles.includes(names.to) ? names.to : week.titles[0]), !title);
}

/** Undo all that was mended. */
export async function putBack() {
  const week = await during(() => post(`${path(state.weekId)}/put-back`, undefined, { lang }));
  if (!week) return;
  state.week = week;
  if (state.table) await showTable(state.table.title, state.isWhole);
}

/** Send files: a week for each, but CSV files together are one week, or join the one that is shown. */
export async function sendFiles(files, into = null) {
  const tables = files.filter((file) => file.name.toLowerCase().endsWith(".csv"));
  const others = files.filter((file) => !tables.includes(file));
  let last = null;
  await during(async () => {
    for (const file of into ? [] : others) last = await sendFile("weeks", file, { name: file.name, lang });
    for (const file of tables) {
      const added = await sendFile("weeks", file, { name: file.name, into, lang });
      last = added;
      into = added.week_id;
    }
  });
  if (last) await openNew(last.week_id);
}

/** Make an example week and open it. */
export async function beginExample(kind) {
  const made = await during(() => post("examples", { kind }, { lang }));
  if (made) await openNew(made.week_id);
}

/** Forget the place of a week that is gone. */
export async function forget(weekId) {
  await during(() => del(path(weekId), { lang }));
  await loadList();
}

/** Open the workbench of a new week, or show its faults and notes where it has some. */
async function openNew(weekId) {
  const week = await during(() => get(path(weekId), { lang }));
  if (!week) return;
  if (!week.faults.length && !week.notes.length) location.assign(workbenchOf(weekId));
  else if (weekId === state.weekId) await loadWeek(weekId);
  else location.hash = encodeURIComponent(weekId);
}
