/** What has to be answered before anything else: a yes to broken rules, a name, the list of keys. */

import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { breaches, costChange, described } from "./described.js";
import { hasLetters, KEYS } from "./keys.js";
import { remember } from "./remembered.js";
import { afterDrawing, changed, store } from "./store.js";
import { say } from "./words.js";

const KINDS = { yes, sure, draft, help };

/** The dialog that is open, if any. */
export function dialogs() {
  const { dialog } = store;
  if (!dialog) return nothing;
  return html`<dialog aria-labelledby="asked" @close=${closed}>
    <form method="dialog" @submit=${(event) => answered(event, dialog)}>${KINDS[dialog.kind](dialog)}</form>
  </dialog>`;
}

afterDrawing(() => document.querySelector("#app > dialog:not([open])")?.showModal());

function closed() {
  store.dialog = null;
  changed();
}

function answered(event, dialog) {
  const isYes = event.submitter?.value === "yes";
  const name = new FormData(event.target).get("name");
  if (isYes) queueMicrotask(() => dialog.yes(name));
}

const buttons = (yes, isRisky = false) => html`<p class="buttons">
  <button type="submit" value="no" class=${isRisky ? "primary" : ""}>${say("web.no")}</button>
  <button type="submit" value="yes" class=${isRisky ? "risky" : "primary"}>${yes}</button></p>`;

function yes({ changes, price, faults }) {
  const broken = price?.broken ?? faults.map((fault) => fault.text);
  return html`<h2 id="asked">${say("web.ask_yes")}</h2>
    ${changes ? html`<p>${described(changes)}</p>` : nothing}
    ${breaches(broken)}
    ${price ? html`<p>${costChange(price.total)}</p>` : nothing}
    ${buttons(say(`web.${wayOf(changes)}_anyway`), true)}`;
}

/** What changes do: bring somebody, take somebody off, move people, or take over what another version has. */
function wayOf(changes) {
  if (!changes) return "use";
  const kinds = new Set(changes.map((change) => change.added));
  return kinds.size > 1 ? "move" : kinds.has(true) ? "assign" : "take_off";
}

/** A last question before something that reaches people. */
function sure({ title, lines, act }) {
  return html`<h2 id="asked">${title}</h2>${lines.map((line) => html`<p>${line}</p>`)}
    <p class="buttons"><button type="submit" value="no">${say("web.no")}</button>
      <button type="submit" value="yes" class="primary">${act}</button></p>`;
}

/** The name of a draft that begins, or gets another one. */
function draft({ title, hint, act, name = "" }) {
  return html`<h2 id="asked">${say(title)}</h2>
    ${hint ? html`<p>${say(hint)}</p>` : nothing}
    <label>${say("web.draft_name")} <input name="name" maxlength="80" required autocomplete="off" value=${name}></label>
    <p class="buttons">
      <button type="submit" value="no" formnovalidate>${say("web.cancel")}</button>
      <button type="submit" value="yes" class="primary">${say(act)}</button></p>`;
}

function help() {
  return html`<h2 id="asked">${say("web.keys")}</h2>
    <dl class="keys">${KEYS.map(([key, code]) => html`<div>
      <dt><kbd>${key}</kbd></dt><dd>${say(code)}</dd></div>`)}</dl>
    <p>${say("web.keys_pointer")}</p>
    <label class="check"><input type="checkbox" .checked=${hasLetters()}
      @change=${(event) => remember("letters", event.target.checked ? "on" : "off")}>
      ${say("web.keys_letters")}</label>
    <p class="buttons"><button type="submit" value="no" class="primary">${say("web.close")}</button></p>`;
}
