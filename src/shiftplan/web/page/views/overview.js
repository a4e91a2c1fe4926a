/** How the week stands: what is empty, what is at risk, what costs most, who will have to be told. */

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { fetched, isNewest } from "../fetched.js";
import { centerName, lacks, skillsOf } from "../grid.js";
import { laid } from "../laid.js";
import { findings } from "../panels/findings.js";
import { changed, choose, known, seatsOf, step, store } from "../store.js";
import { day, has, hours, number, percent, ruleName, say } from "../words.js";

const MOST = 12; // rows of a list until it is unfolded
const MANY = 1000; // rows that are asked for then
const unfolded = new Set(); // lists that are shown whole
let opened = null; // rule whose findings are shown

/** The view of the whole week. */
export function overview() {
  return html`<div class="scroll" role="region" tabindex="0" aria-label=${say("web.view_overview")}><div class="cards">
    ${isNewest() ? ofServer() : html`<p class="soft">${say("web.only_newest")}</p>`}
    ${fills()}
  </div></div>`;
}

/** Cards whose figures the server finds. */
function ofServer() {
  const found = (unfolded.size ? fetched("figures", { most: MANY }) : null) ?? fetched("figures");
  return found
    ? html`${empty(found)}${risky(found)}${dear(found)}${dearest(found)}`
    : html`<p role="status">${say("web.loading")}</p>`;
}

function card(code, facts, content) {
  const none = `web.card_${code}_none`;
  const said = facts.n === 0 && has(none) ? say(none) : say(`web.card_${code}_said`, facts);
  return html`<section class="card ${code}" aria-labelledby="of-${code}">
    <h2 id="of-${code}">${say(`web.card_${code}`)}</h2><p class="soft">${said}</p>${content}</section>`;
}

/** The first rows of a list, and a button for the others of them all. */
function list(name, rows, count, row) {
  const isWhole = unfolded.has(name) || count <= MOST;
  const others = html`<button type="button" class="more" @click=${() => (unfolded.add(name), changed())}>
    ${say("web.more", { n: count - MOST })}</button>`;
  return html`<ul class="rows">${(isWhole ? rows : rows.slice(0, MOST)).map(row)}</ul>
    ${!isWhole ? others : rows.length < count ? html`<p class="soft">${say("web.loading")}</p>` : nothing}`;
}

/** A seat as a row: center, time and what is said of it. */
function seat(row, said, isBad) {
  const shift = known.shifts.get(row.shift_id);
  const when = row.start ? row : shift;
  return shift && html`<li><button type="button" class="row" @click=${() => choose("shift", row.shift_id)}>
    <span><b>${centerName(shift.center_id)}</b> ${day(when.start)} ${hours(when)}</span>
    <span class=${isBad ? "bad" : "soft"}>${said}</span></button></li>`;
}

function empty(found) {
  const n = found.empty_count;
  return card("empty", { n }, list("empty", found.empty, n, (row) => {
    const there = { need: row, there: row.filled, wanted: row.target };
    const below = row.filled < row.minimum;
    return seat(row, below ? say("web.lacks_minimum", { lack: lacks(there), minimum: row.minimum }) : lacks(there), below);
  }));
}

function risky(found) {
  const { at_risk_count: n, expected, expected_of: of } = found;
  const content = list("risk", found.at_risk, n, (row) => {
    const facts = { share: percent(row.chance, 0), filled: row.filled, minimum: row.minimum, who: skillsOf(row) };
    return seat(row, say("web.chance", facts), row.chance < 0.5);
  });
  return card("risk", { n }, html`${expected == null ? nothing
    : html`<p>${say("web.expected", { filled: number(Math.floor(expected)), n: of })}</p>`}${content}`);
}

function dear(found) {
  const rules = found.by_rule.filter(({ cost }) => cost > 0);
  const total = rules.reduce((sum, { cost }) => sum + cost, 0);
  const { coming } = store.draft;
  return card("cost", { total }, html`${coming == null ? nothing
    : html`<p class="soft">${say("web.total_as_if")} ${say("web.total_coming", { n: coming })}</p>`}<ul class="rows">${rules.map(({ of: rule, cost, findings: n }) => html`<li>
    <button type="button" class="row" aria-expanded=${opened === rule} @click=${() => ((opened = opened === rule ? null : rule), changed())}>
      <span><b>${ruleName(rule)}</b> <span class="soft">${say("web.findings", { n })}</span></span>
      <span>${number(cost)} <span class="soft">${percent(cost / total)}</span></span>
      <meter min="0" max="1" .value=${cost / total} aria-hidden="true"></meter></button>
    ${opened === rule ? findings({ rule }, rule) : nothing}</li>`)}</ul>`);
}

function dearest(found) {
  const centers = found.by_center.filter(({ cost }) => cost > 0);
  return card("centers", { n: centers.length }, list("centers", centers, centers.length, ({ of: id, cost, rules }) => html`<li>
    <button type="button" class="row" @click=${() => choose("center", id)}>
      <span><b>${centerName(id)}</b> <span class="soft">${ruleName(Object.keys(rules)[0])}</span></span>
      <span>${number(cost)}</span></button></li>`));
}

/** Seats filled by day, and in areas that need care. */
function fills() {
  const { days } = laid();
  const among = (isMeant) => seatsOf(store.week.shifts.filter(isMeant).map((shift) => shift.shift_id));
  const areas = ["minority", "remote"].filter((area) => store.week.centers.some((center) => center[`${area}_area`]));
  const rows = [
    ...days.map(({ date }) => [day(date), among((shift) => shift.start.startsWith(date))]),
    ...areas.map((area) => [say(`web.only_${area}`), among((shift) => known.centers.get(shift.center_id)?.[`${area}_area`])]),
  ];
  return card("fill", {}, html`<ul class="rows">${rows.filter(([, own]) => own.wanted).map(([name, own]) => html`<li class="row">
    <span>${name}</span><span>${say("web.of", { filled: number(own.filled), wanted: number(own.wanted) })}
    <b>${percent(own.filled / own.wanted)}</b> <i class="swatch s${step(own)}"></i></span></li>`)}</ul>`);
}
