/** In the head: undo and redo, and the draft that is worked on. */

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { del, post, put } from "../api.js";
import { redo, refused, undo } from "../moving.js";
import { changed, draftName, isProvince, reloadDraft, store, takeDraft } from "../store.js";
import { lang, say } from "../words.js";

/** Undo, redo, the choice of the draft, and the help on keys. */
export function draftTools() {
  const { can_undo: canUndo, can_redo: canRedo } = store.draft;
  return html`<div class="tools">
    ${isProvince() ? html`
      <button type="button" ?disabled=${!canUndo} aria-keyshortcuts="Control+Z"
        @click=${() => undo()}>${say("web.undo")}</button>
      <button type="button" ?disabled=${!canRedo} aria-keyshortcuts="Control+Shift+Z"
        @click=${() => redo()}>${say("web.redo")}</button>`
      : nothing}
    <label class="draft"><span>${say("web.draft")}</span>
      <select @change=${(event) => chosen(event.target)}>
        ${named().map((name) => html`<option value=${name} .selected=${name === store.draft.name}>
          ${name || say("web.draft_main")}</option>`)}
        ${isProvince() ? html`<option value="#new">${say("web.draft_new")}</option>` : nothing}
        ${isProvince() && draftName() ? html`<option value="#rename">${say("web.draft_rename")}</option>
          <option value="#close">${say("web.draft_close")}</option>` : nothing}
      </select></label>
    <button type="button" aria-label=${say("web.keys")} title=${say("web.keys")}
      @click=${() => ((store.dialog = { kind: "help" }), changed())}>?</button>
  </div>`;
}

/** Names of all open drafts; the main one, which has none, is first. */
function named() {
  return [...new Set(["", ...store.drafts.map((one) => one.name), store.draft.name])];
}

function chosen(select) {
  const { value } = select;
  select.value = store.draft.name; // until it is done
  if (value === "#new") {
    store.dialog = { kind: "draft", title: "web.draft_new", hint: "web.draft_copied", act: "web.draft_begin", yes: begin };
    changed();
  } else if (value === "#rename") {
    store.dialog = { kind: "draft", title: "web.draft_rename", act: "web.draft_rename_now", name: draftName(), yes: rename };
    changed();
  } else if (value === "#close") close();
  else reloadDraft(value || null).catch(refused);
}

/** Begin a draft as a copy of the one that is shown. */
async function begin(name) {
  try {
    takeDraft(await post("drafts", { name, version: store.draft.version }, { lang }));
    await reloadDraft();
  } catch (refusal) {
    refused(refusal);
  }
}

async function rename(name) {
  if (name === draftName()) return;
  try {
    takeDraft(await put("drafts", { name }, { lang, draft: draftName() }));
    await reloadDraft();
  } catch (refusal) {
    refused(refusal);
  }
}

async function close() {
  try {
    await del("drafts", { draft: draftName() });
    await reloadDraft(null);
  } catch (refusal) {
    refused(refusal);
  }
}
