/** Links and files by which people answer, and files that come back. */

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { copy } from "../clipboard.js";
import { collect, makeFiles, makeLeadLinks, makeLinks, readFiles, saveLinks, takeBack, takeLeadsBack } from "../collected.js";
import { nameOf } from "../described.js";
import { centerName } from "../grid.js";
import { matching } from "../matching.js";
import { changed, isProvince, known, store } from "../store.js";
import { number, say } from "../words.js";

const MOST = 200; // people that are listed at once
const KINDS = ["all", "no_link", "no_answer", "not_sent"];
let center = ""; // whose lead gets a link; "" for those of all centers

const isListed = {
  all: () => true,
  no_link: (one) => one.link !== "valid",
  no_answer: (one) => one.answered < one.shifts,
  not_sent: (one) => !one.sent,
};

/** Name of the center where somebody lives; empty where none is known. */
const homeOf = (who) => centerName(known.people.get(who)?.home_center_id) || "";

/** The section of links: who has one, made for all who are listed, or taken back. */
export function links() {
  const match = matching(collect.text);
  const listed = collect.people.filter((one) => isListed[collect.only](one) && match.person(known.people.get(one.volunteer_id)));
  const ids = listed.map((one) => one.volunteer_id);
  return html`<section><h2>${say("web.collect_links")}</h2>
    <form class="filters" role="search" @submit=${(event) => event.preventDefault()}>
      <label>${say("web.search_people")}<input type="search" .value=${collect.text}
        @input=${(event) => ((collect.text = event.target.value), changed())}></label>
      <label>${say("web.show")}<select @change=${(event) => ((collect.only = event.target.value), changed())}>
        ${KINDS.map((kind) => html`<option value=${kind} ?selected=${kind === collect.only}>
          ${say(`web.collect_only_${kind}`)}</option>`)}</select></label>
      ${isProvince() ? baseField() : nothing}
    </form>
    ${isProvince() && isHere(collect.base) ? html`<p class="warn-box">${say("web.collect_only_here")}</p>` : nothing}
    ${isProvince() ? making(ids, listed.some((one) => one.link === "valid")) : nothing}
    ${collect.made ? made() : nothing} ${dropped()}
    ${listed.length ? nothing : html`<p class="soft" role="status">${say("web.people_shown", { n: 0 })}</p>`}
    <div class="scroll-x" role="region" tabindex="0" ?hidden=${!listed.length} aria-label=${say("web.collect_links")}><table class="links">
      <thead><tr><th scope="col">${say("web.collect_person")}</th>
        <th scope="col">${say("web.by_home")}</th><th scope="col">${say("web.collect_link")}</th>
        <th scope="col">${say("web.collect_answered")}</th></tr></thead>
      <tbody>${repeat(listed.slice(0, MOST), (one) => one.volunteer_id, (one) => html`<tr>
        <th scope="row">${nameOf(one.volunteer_id)}</th>
        <td>${homeOf(one.volunteer_id)}</td>
        <td>${say(`web.collect_link_${one.link}`)}</td>
        <td>${one.shifts ? `${number(one.answered)}/${number(one.shifts)}` : "–"}</td></tr>`)}</tbody>
    </table></div>
    ${listed.length > MOST ? html`<p class="soft">${say("web.collect_more", { n: listed.length - MOST })}</p>` : nothing}
    ${isProvince() ? leads() : nothing}
  </section>`;
}

/** The address that links begin with. */
export const baseField = () => html`<label>${say("web.collect_base")}<input type="url" .value=${collect.base}
  @input=${(event) => ((collect.base = event.target.value), changed())}></label>`;

/** Whether an address is one that only this computer reaches. */
const isHere = (address) => URL.canParse(address) && /^(localhost|127\.|\[::1\])/.test(new URL(address).hostname);

/** Buttons that make links for people, or take them back; a link opens all of its person, so leads make none. */
function making(ids, hasLinks) {
  return html`<div class="acts">
      <button type="button" ?disabled=${!ids.length || collect.isMaking} @click=${() => makeLinks(ids)}>
        ${say("web.collect_make_links", { n: ids.length })}</button>
      <button type="button" ?disabled=${!ids.length || collect.isMaking} @click=${() => makeFiles(ids)}>
        ${say("web.collect_make_files", { n: ids.length })}</button>
      <button type="button" ?disabled=${!hasLinks} @click=${() => takeBack(ids)}>${say("web.collect_take_back")}</button>
    </div>
    <p class="soft">${say("web.collect_replaced")}</p>
    <p role="status">${collect.isMaking ? say("web.busy") : ""}</p>`;
}

/** Links by which leads of centers come in. */
function leads() {
  const asked = () => (center ? [center] : null);
  return html`<details class="leads"><summary>${say("web.collect_leads")}</summary>
    <p class="soft">${say("web.collect_lead_sees")}</p>
    <div class="acts">
      <label>${say("web.collect_center")} <select @change=${(event) => (center = event.target.value)}>
        <option value="">${say("web.collect_every_center")}</option>
        ${store.week.centers.map((one) => html`<option value=${one.center_id}>${one.name || one.center_id}</option>`)}
      </select></label>
      <button type="button" ?disabled=${collect.isMaking} @click=${() => makeLeadLinks(asked())}>${say("web.collect_make_lead")}</button>
      <button type="button" @click=${() => takeLeadsBack(asked())}>${say("web.collect_take_back")}</button>
    </div></details>`;
}

/** Whom a link is for: a person, with their home center since names repeat, or a center. */
const nameOfLink = ({ volunteer_id: who, center_id: center }) =>
  who ? [nameOf(who), homeOf(who)].filter(Boolean).join(", ") : centerName(center);

/** Links that were just made, which nobody can see again. */
function made() {
  const rows = collect.made.links;
  const lines = () => rows.map((row) => `${nameOfLink(row)}\t${row.link}`).join("\n");
  return html`<div class="made" role="status">
    <p>${say("web.collect_made", { n: rows.length })}</p>
    <button type="button" @click=${() => copy(lines())}>${say("web.collect_copy_all")}</button>
    <button type="button" @click=${saveLinks}>${say("web.collect_save")}</button>
    <button type="button" @click=${() => ((collect.made = null), changed())}>${say("web.close")}</button>
    <ul>${rows.slice(0, MOST).map((row) => html`<li><b>${nameOfLink(row)}</b>
      <button type="button" @click=${() => copy(row.text)}>${say("web.collect_copy")}</button>
      ${row.send ? html`<a href=${row.send} rel="noreferrer noopener" target="_blank">${say("web.collect_send")}</a>` : nothing}
      <code>${row.link}</code></li>`)}</ul></div>`;
}

/** Where files with answers are dropped, and what became of them. */
function dropped() {
  return html`<div class="drop" @dragover=${(event) => event.preventDefault()}
      @drop=${(event) => (event.preventDefault(), readFiles([...event.dataTransfer.files]))}>
    <label>${say("web.collect_drop")}
      <input type="file" multiple accept=".json,application/json"
        @change=${(event) => readFiles([...event.target.files]).then(() => (event.target.value = ""))}></label>
    ${collect.files.length ? html`<ul role="status">${collect.files.map((file) => html`<li class=${file.fault ? "bad" : ""}>
      ${file.fault ? `${file.name}: ${file.fault}` : say("web.collect_read", { name: nameOf(file.volunteer_id) })}</li>`)}</ul>`
      : nothing}</div>`;
}
