/** What people handed in, as the view of it needs it; loaded when it is looked at, and with news. */

import { get, post, postForFile } from "./api.js";
import { save } from "./clipboard.js";
import { recording } from "./recorded.js";
import { changed, failed, reloadDraft, store } from "./store.js";
import { lang } from "./words.js";

export const collect = {
  people: null, // everybody, with link and answers
  handIns: [], // what came in, newest first
  swaps: [], // swaps, newest first
  picked: new Set(), // entries chosen to be decided together
  takers: null, // of a swap that is looked at: {entry, shift, found, takers}
  base: new URL(".", location.href).href.replaceAll("'", "%27"), // address of the workbench as people reach it, which links begin with
  hasFailed: false, // whether it could not be loaded
  isMaking: false, // whether links are being made
  made: null, // links that were just made: {until, links, table}
  files: [], // what became of files that were dropped
  word: "", // message to the people concerned, with the next decision
  only: "all", // which people are listed
  text: "", // whose names are looked for
};
let isLoading = false;

/** Load what came in; while nobody looks at it, only note that it has to be loaded. */
export async function loadCollected() {
  if (store.view !== "collect") collect.people = null;
  if (isLoading || store.view !== "collect") return;
  isLoading = true;
  collect.hasFailed = false;
  try {
    const [found, swaps] = await Promise.all([get("collected", { lang }), get("swaps", { lang })]);
    Object.assign(collect, { people: found.people, handIns: found.hand_ins, swaps });
    const waiting = new Set(found.hand_ins.filter((one) => one.state === "waits").map((one) => one.entry));
    collect.picked = new Set([...collect.picked].filter((entry) => waiting.has(entry)));
  } catch (error) {
    collect.hasFailed = true;
    store.failed = error.message;
  }
  isLoading = false;
  changed();
}

/** Ask the server for something, by default in JSON, and load what became of it. */
async function order(path, body, send = post) {
  const found = await recording(() => send(path, body, { lang }));
  await loadCollected();
  return found;
}

/** Accept or refuse the times and wishes of the entries that are chosen. */
export async function decideTimes(accepted) {
  const entries = [...collect.picked];
  if (entries.length && (await order("collected/decisions", { entries, accepted, word: collect.word }))) collect.word = "";
}

/** Find who could take a shift that somebody wants to give away. */
export async function findTakers(swap) {
  try {
    const found = await get(`swaps/${swap.entry}/takers`, { shift: swap.shift_id, lang });
    collect.takers = { ...found, entry: swap.entry, shift: swap.shift_id };
  } catch (error) {
    store.failed = error.message;
  }
  changed();
}

/** Accept a swap with one of those who can take the shift, or refuse it with null. */
export async function decideSwap(swap, taker) {
  const done = await order(`swaps/${swap.entry}`, {
    shift_id: swap.shift_id,
    accepted: taker !== null,
    taker: taker?.taker ?? null,
    takes: taker?.takes ?? null,
    version: collect.takers?.version ?? null,
    word: collect.word,
  });
  if (!done) return;
  collect.takers = null;
  collect.word = "";
  if (taker) await reloadDraft().catch(failed);
}

/** Make links, one order at a time: each replaces the links before. What is shown stays where it is refused. */
async function making(path, asked, send) {
  if (collect.isMaking) return null;
  collect.isMaking = true;
  changed();
  const base = collect.base.replace(/\/*$/, "/");
  const made = await order(path, { ...asked, base }, send);
  collect.isMaking = false;
  changed();
  return made;
}

/** Make links that are shown once. */
async function makeShown(path, asked) {
  collect.made = (await making(path, asked)) ?? collect.made;
  changed();
}

/** Make links for people. */
export const makeLinks = (people) => makeShown("invitations", { people });

/** Make links for leads of centers, all of them with null. */
export const makeLeadLinks = (centers) => makeShown("lead-links", { centers });

/** Take links of leads back. */
export const takeLeadsBack = (centers) => order("lead-links/take-back", { centers });

/** Make a form for each of some people as a file, and download all of them. */
export async function makeFiles(people) {
  await makeFile("invitations/files", { people }, "forms.zip");
}

/** Make links for all who get messages, and download all files with them. */
export async function makeMessages(whole) {
  await makeFile("messages/files", { whole }, "messages.zip");
}

/** Make links within a file; those that were made before and are still shown open nothing any more. */
async function makeFile(path, asked, name) {
  const file = await making(path, asked, postForFile);
  if (!file) return;
  collect.made = null;
  save(file, name);
  changed();
}

/** Download the links that were just made as a table. */
export const saveLinks = () => save(new Blob(["\ufeff", collect.made.table], { type: "text/csv" }), "links.csv");

/** Take links back. */
export async function takeBack(people) {
  if (await order("invitations/take-back", { people })) collect.made = null;
  changed();
}

/** Read files that people gave back. */
export async function readFiles(files) {
  collect.files = [];
  for (const file of files) {
    const text = file.size > 100_000 ? "" : await file.text();
    const found = await order("answer-files", { files: [{ name: file.name, text }] });
    collect.files.push(...(found ?? []));
    changed();
  }
}
