/** Who did what when: entries of the record, newest first; earlier versions, and what was a mistake. */

import { get, post } from "../api.js";
import { select } from "../filters.js";
import { chooser } from "../finder.js";
import { forgetLast, secondLook } from "../panels/happened.js";
import { button, recorded, recording, when } from "../recorded.js";
import { compare } from "../searching.js";
import { changed, failed, load, store, takeDraft } from "../store.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { lang, say } from "../words.js";

const [PART, MOST] = [100, 10_000]; // entries that are shown first, with more at each wish, and at most
const KINDS = [
  "drafted", "told", "withdrawn", "changed", "answered", "called", "attended", "sent", "revoked", "held",
  "renamed", "dropped", "invited", "handed_in", "decided",
];
const BY_HAND = ["hand", "undo", "redo"];
const wish = { person: "", center: "", kind: "", limit: PART };

const set = (field, value) => {
  Object.assign(wish, { limit: PART, [field]: value });
  changed();
};

/** Show the history of one person or center. */
export function historyOf(person, center) {
  Object.assign(wish, { person, center, kind: "", limit: PART });
  location.hash = "/history";
}

/** The view. */
export function history() {
  const { person, center, kind, limit } = wish;
  const asked = { person: person || null, center: center || null, kind: kind || null, limit };
  const { value: found, failed, isOld } = recorded("history", asked);
  return html`<div class="page-of">${secondLook()}
    <form class="filters" role="search" @submit=${(event) => event.preventDefault()}>
      ${chooser("person", say("web.person"), person, (id) => set("person", id))}
      ${chooser("center", say("web.center"), center, (id) => set("center", id))}
      ${select(say("web.kind"), kind, kinds(), (one) => set("kind", one))}
      <a class="button" href="api/history/files?lang=${lang}" download>${say("web.export_history")}</a>
    </form>
    ${failed ? html`<p class="warn-box" role="status">${failed}</p>` : nothing}
    ${found ? html`<ol class="history" aria-busy=${isOld} aria-label=${say("web.view_history")}>${repeat(
      grouped(found.entries), ([first]) => first.number, group)}</ol>
      ${found.entries.length ? nothing : html`<p class="soft">${say("web.no_entries")}</p>`}
      ${found.more && limit < MOST ? button(say("web.older"), older) : nothing}`
    : html`<p class="waiting" role="status">…</p>`}</div>`;
}

const kinds = () => [["", say("web.kind_all")], ...KINDS.map((one) => [one, say(`web.kind_${one}`)])];

function older() {
  wish.limit = Math.min(MOST, wish.limit + PART);
  changed();
}

/** Entries in groups: moves by hand of one person that follow each other are one. */
function grouped(entries) {
  const groups = [];
  for (const entry of entries) {
    const last = groups.at(-1)?.at(-1);
    const isMove = (one) => BY_HAND.includes(one?.made_by);
    if (isMove(entry) && isMove(last) && last.who === entry.who) groups.at(-1).push(entry);
    else groups.push([entry]);
  }
  return groups;
}

function group(entries) {
  if (entries.length === 1) return line(entries[0]);
  const [newest, oldest] = [entries[0], entries.at(-1)];
  return html`<li><details><summary>
    <span class="soft">${when(oldest.at)} – ${newest.at.slice(11, 16)}</span> <b>${newest.who}</b> ${say("web.moves", { n: entries.length })}</summary>
    <ol class="history">${entries.map(line)}</ol></details></li>`;
}

function line(entry) {
  const gone = entry.revoked_by != null;
  return html`<li class="entry"><span class="soft">${entry.number}</span>
    <span class="soft">${when(entry.at)}</span> <b>${entry.who}</b>
    <span class="said">${gone
      ? html`<s>${entry.text}</s> ${say("web.revoked_by", { entry: entry.revoked_by })}` : entry.text}
      ${entry.why ? html`<span class="soft">(${entry.why})</span>` : nothing}</span>
    <span class="row">
      ${entry.version != null
        ? [button(say("web.show_version", { version: entry.version }), () => asItWas(entry.version)),
           button(say("web.compare_version", { version: entry.version }), () => compareNow(entry.version))] : nothing}
      ${entry.revocable ? button(say("web.revoke"), () => revoke(entry)) : nothing}
    </span></li>`;
}

async function revoke(entry) {
  if (await recording(() => post("history/revoked", { entry: entry.number }, { lang }))) forgetLast();
}

/** Show the roster of a version, only to look at. */
async function asItWas(version) {
  const found = await recording(() => get(`versions/${version}`, { lang }));
  if (found === null) return;
  const { assignments, total, bound } = found;
  const none = { since: null, changes: [], costs: {}, broken: [], can_undo: false, can_redo: false };
  const now = { ...store.draft, ...none };
  takeDraft({ ...now, assignments, version, total, bound, then: found });
  location.hash = "/centers";
}

/** Compare a version with the draft as it is now. */
function compareNow(version) {
  compare(version);
  location.hash = "improve";
}

/** Says that the roster is one of earlier, and leads back. */
export function then() {
  const then = store.draft.then;
  if (!then) return nothing;
  const facts = { version: then.version, at: when(then.at), who: then.who || "–" };
  return html`<p class="then" role="status">${say("web.as_it_was", facts)}
    ${button(say("web.back_to_now"), () => load().catch(failed))}</p>`;
}
