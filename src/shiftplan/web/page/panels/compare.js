/** Two versions side by side: costs by rule, seats by center, and change by change with its price. */

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { described, priceParts } from "../described.js";
import { centerName } from "../grid.js";
import { compare, searching, take } from "../searching.js";
import { afterDrawing, changed, store } from "../store.js";
import { lang, number, ruleName, say, signed } from "../words.js";
import { costTable } from "./ask.js";

const MANY = 4; // people of a part who are named at once
const MOST = 40; // parts that are drawn until somebody asks for all
const picked = new Set(); // parts chosen to be taken over
let drawn = null; // the comparison that they belong to
let inSight = ""; // the versions that were last brought into sight
let isWhole = false;

/** The comparison that was asked for, if any. */
export function comparison() {
  const { compared } = searching;
  if (!compared) return nothing;
  if (compared.lang !== lang) {
    compared.lang = lang; // asked for once, however often it is drawn meanwhile
    compare(compared.version, compared.before);
  }
  if (drawn !== compared.shown) {
    drawn = compared.shown;
    picked.clear();
  }
  const { shown } = compared;
  const isEqual = !shown.parts.length;
  const heads = [shown.before, shown.after].map((one) =>
    one.who ? say("web.version_by", { version: one.version, who: one.who }) : `${one.version}`);
  return html`<section class="comparison" tabindex="-1" aria-label=${say("web.comparison")}>
    <h3>${say("web.compared", { before: shown.before.version, after: shown.after.version })}</h3>
    ${isEqual ? html`<p>${say("web.no_difference")}</p>` : html`
      <p>${say("web.differs", { people: shown.people, removed: shown.removed, added: shown.added })}</p>
      <div class="columns">
        <div>${costTable(shown.costs, shown.total, heads)} ${hard(shown.hard, heads)} ${centers(shown.centers)}</div>
        <div>${parts(compared)}</div>
      </div>`}
  </section>`;
}

/** A comparison that was asked for stands below all else: it is brought into sight, but not again when parts are taken. */
afterDrawing(() => {
  const { compared } = searching;
  const asked = compared ? `${compared.version} ${compared.before}` : "";
  const section = document.querySelector(".comparison");
  if (asked === inSight || (asked && !section)) return;
  inSight = asked;
  if (document.activeElement === document.body) section?.focus(); // of a view that was left
  section?.scrollIntoView({ block: "start" });
});

function hard(rows) {
  return rows.length
    ? html`<p class="warn">${say("web.broken_in", { rules: rows.map((row) => `${ruleName(row.rule)}: ${row.before} → ${row.after}`).join("; ") })}</p>`
    : nothing;
}

function centers(rows) {
  return html`<details><summary>${say("web.centers_differ", { n: rows.length })}</summary>
    <table class="costs"><thead><tr><th scope="col">${say("web.center")}</th><th scope="col">${say("web.seats_before")}</th>
      <th scope="col">${say("web.seats_after")}</th><th scope="col">${say("web.seats_wanted")}</th></tr></thead>
    <tbody>${rows.map((row) => html`<tr><th scope="row">${centerName(row.center_id)}</th><td>${number(row.filled_before)}</td>
      <td>${number(row.filled_after)}</td><td>${number(row.wanted)}</td></tr>`)}</tbody></table></details>`;
}

/** What is different in parts, each with a box to choose it. */
function parts({ shown, before, of }) {
  const canTake = before === null && of === store.draft.version && !store.draft.then;
  const list = isWhole ? shown.parts : shown.parts.slice(0, MOST);
  const changes = [...picked].flatMap((place) => shown.parts[place].changes);
  return html`<h4>${say("web.change_by_change")}</h4>
    <p class="hint">${say("web.alone_now")}</p>
    ${canTake ? html`<p class="actions">
        <button type="button" class="main" ?disabled=${searching.isBusy} @click=${() => take(null)}>${say("web.take_all")}</button>
        <button type="button" ?disabled=${!picked.size || searching.isBusy} @click=${() => take(changes)}>${picked.size
          ? say("web.take_some", { n: picked.size }) : say("web.take_ticked")}</button></p>`
      : before === null ? html`<p class="old">${say("web.compare_old")}
        <button type="button" @click=${() => compare(searching.compared.version)}>${say("web.compare_again")}</button></p>` : nothing}
    <ul class="parts">${list.map((part, place) => line(part, place, canTake))}</ul>
    ${list.length < shown.parts.length ? html`<button type="button" @click=${() => ((isWhole = true), changed())}>
      ${say("web.show_all", { n: shown.parts.length })}</button>` : nothing}`;
}

function line(part, place, canTake) {
  const { total } = part.price;
  const people = new Set(part.changes.map((change) => change.volunteer_id)).size;
  const said = html`${people > MANY ? nothing : html`<p>${described(part.changes)}</p>`}
    ${priceParts({ ...part.price, broken: [] })}
    ${part.price.broken.map((text) => html`<p class="warn">${say("web.breaks_alone", { what: text })}</p>`)}`;
  const set = (event) => ((event.target.checked ? picked.add(place) : picked.delete(place)), changed());
  return html`<li class="part">${canTake ? html`<input type="checkbox" .checked=${picked.has(place)} @change=${set}
      aria-label=${say("web.take_part", { n: place + 1 })}>` : nothing}
    <span class="price ${total > 0 ? "dearer" : total < 0 ? "cheaper" : ""}">${signed(total)}</span>
    <div>${said} ${people > MANY ? everybody(part.changes, people) : nothing}</div></li>`;
}

/** What many people do who only together can do it. */
function everybody(changes, people) {
  const own = [...Map.groupBy(changes, (change) => change.volunteer_id).values()];
  return html`<details><summary>${say("web.people_together", { n: people })}</summary>
    <ul>${own.map((one) => html`<li>${described(one)}</li>`)}</ul></details>`;
}
