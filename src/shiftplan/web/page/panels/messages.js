/** Messages to people and centers: read, copy, send by a link, tick as sent. */

import { post } from "../api.js";
import { copy } from "../clipboard.js";
import { collect } from "../collected.js";
import { select } from "../filters.js";
import { plain } from "../matching.js";
import { button, recording, when } from "../recorded.js";
import { changed } from "../store.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { guard } from "../vendor/lit-html/directives/guard.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { lang, number, say } from "../words.js";

const LINKS = ["zalo", "sms", "call", "contact"];
const shownOf = { kind: "all", text: "" }; // what of the messages is shown
let copied = ""; // whose message was copied last

const keyOf = ({ to }) => `${to.kind} ${to.id}`;

const TESTS = {
  all: () => true,
  volunteer: (message) => message.to.kind === "volunteer",
  center: (message) => message.to.kind === "center",
  unsent: (message) => !message.sent,
};

/**
 * A list of messages with a search above it.
 * @param {object[]} all - Messages as the server shows them.
 * @param {number|null} version - The version that they are about, to tick them as sent; null before it is told.
 */
export function messages(all, version) {
  const text = plain(shownOf.text);
  const kinds = version == null ? ["all", "volunteer", "center"] : Object.keys(TESTS);
  const kind = kinds.includes(shownOf.kind) ? shownOf.kind : "all";
  const has = ({ name, text: letter }) => !text || plain(`${name} ${letter}`).includes(text);
  const rows = all.filter((one) => TESTS[kind](one) && has(one));
  const open = rows.filter((one) => !one.sent);
  return html`<form class="filters" role="search" @submit=${(event) => event.preventDefault()}>
      <label>${say("web.search_messages")} <input type="search" .value=${shownOf.text}
        @input=${(event) => set("text", event.target.value)}></label>
      ${select(say("web.show"), kind, kinds.map((one) => [one, say(`web.messages_${one}`)]), (one) => set("kind", one))}
      <p role="status">${say("web.messages_shown", { n: rows.length })}</p>
      ${version != null && open.length > 1
        ? button(say("web.tick_all", { n: open.length }), () => tick(open, version)) : nothing}
    </form>
    <ul class="messages">${repeat(rows, keyOf, (row) =>
      guard([row, lang, copied === keyOf(row), collect.made], () => message(row, version)))}</ul>`;
}

function set(field, value) {
  shownOf[field] = value;
  changed();
}

/** The text to send: the message, and the personal link to answer by, if it was made on this page just now. */
function letter({ to, text }) {
  const isTheirs = (one) => to.kind === "volunteer" && one.volunteer_id === to.id;
  const link = collect.made?.links.find(isTheirs)?.link;
  return link ? `${text.trim()}\n${say("message.answer_by", { link })}` : text.trim();
}

function message(row, version) {
  const { to, name, changes, sent } = row;
  const n = changes.length;
  return html`<li class=${sent ? "is-sent" : ""}><details>
    <summary><b>${name}</b> <span class="soft">${name === to.id ? "" : to.id}
        ${n ? say("web.changes", { n }) : nothing}</span>
      ${sent ? html`<span class="mark">✓ ${say("web.sent")}</span>` : nothing}</summary>
    ${n ? html`<ul class="reasons">${changes.map((line) => html`<li>${line}</li>`)}</ul>` : nothing}
    <p class="letter" lang=${lang}>${letter(row)}</p>
    <p class="reach">${[row.phone, row.contact].filter(Boolean).join(" · ")}</p>
    <div class="row">
      <button type="button" @click=${() => copyLetter(row)}>
        ${say(copied === keyOf(row) ? "web.copied" : "web.copy")}</button>
      ${LINKS.filter((link) => row.links[link]).map((link) => html`<a class="button" href=${row.links[link]}
        target="_blank" rel="noreferrer noopener">${say(`web.by_${link}`)}</a>`)}
      ${version == null ? nothing : sent ? takenBack(sent)
        : button(say("web.tick"), () => tick([row], version))}
    </div></details></li>`;
}

/** Who ticked it when, and a button that takes it back. */
function takenBack({ entry, at, who, of }) {
  const facts = { who: who || "–", at: when(at), n: of };
  return html`<span class="soft">${say("web.sent_by", facts)}</span>
    ${button(say("web.untick", facts), () => recording(() => post("history/revoked", { entry })))}`;
}

const tick = (rows, version) =>
  recording(() => post("messages/sent", { version, to: rows.map((row) => row.to) }));

/** Copy the text of a message. */
async function copyLetter(row) {
  await copy(letter(row));
  copied = keyOf(row);
  changed();
}

/** How many messages there are, for people and centers, in words. */
export const counted = (all) => {
  const n = all.filter((one) => one.to.kind === "volunteer").length;
  return say("web.messages_to", { people: number(n), centers: number(all.length - n) });
};
