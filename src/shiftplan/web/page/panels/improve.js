/** Improve the rest: what is held, the search with its live picture, proposals, and the comparison. */

import { html, nothing, svg } from "../vendor/lit-html/lit-html.js";
import { compare, isRunning, loadSearches, passed, putAway, searching, startSearch, stopSearch } from "../searching.js";
import { changed, draftName, whyNoBound } from "../store.js";
import { gapOf, lang, number, say } from "../words.js";
import { comparison } from "./compare.js";
import { heldList } from "./holds.js";

const TIMES = [15, 30, 60, 120, 300, 600];
const chosen = { kind: "improve", seconds: 60 };
const WIDE = 400;
const HIGH = 120;

/** The view. */
export function improve() {
  if (searching.lang !== lang) loadSearches();
  return html`<div class="page-view">
    <h2>${say("web.view_improve")}</h2>
    <div class="columns">
      <div>${heldList()} ${controls()}</div>
      <section aria-label=${say("web.search_now")}>${whyNoBound() ? html`<p class="hint">${say(`web.bound_${whyNoBound()}`)}</p>` : nothing}
        ${running()} ${proposals()} ${anyTwo()}</section>
    </div>
    ${searching.failed ? html`<p class="warn" role="alert">${searching.failed}</p>` : nothing}
    ${comparison()}</div>`;
}

function controls() {
  const kind = (name) => html`<label class="choice"><input type="radio" name="search-kind" value=${name}
    .checked=${chosen.kind === name} @change=${() => ((chosen.kind = name), changed())}>
    ${say(`web.search_${name}`)}</label>`;
  return html`<form class="suppose" @submit=${start}>
    <fieldset><legend>${say("web.search_kind")}</legend>${kind("improve")} ${kind("anew")}
      <label>${say("web.search_seconds")} <select @change=${(event) => (chosen.seconds = Number(event.target.value))}>
        ${TIMES.map((seconds) => html`<option value=${seconds} ?selected=${seconds === chosen.seconds}>${length(seconds)}</option>`)}
      </select></label>
      <button class="main" ?disabled=${isRunning() || searching.isBusy}>${say("web.start_search")}</button>
    </fieldset>
    <p class="hint">${say("web.search_hint")}</p></form>`;
}

const length = (seconds) => (seconds < 60 ? say("web.seconds", { n: seconds }) : say("web.minutes", { n: seconds / 60 }));

function start(event) {
  event.preventDefault();
  startSearch(chosen, draftName());
}

/** The search that runs or ended last. */
function running() {
  const { newest } = searching;
  if (!newest) return nothing;
  const { total, bound } = newest.progress.at(-1) ?? { total: null, bound: null };
  return html`<h3>${say(`web.search_${newest.kind}`)} ${newest.who ? html`<small>${newest.who}</small>` : nothing}</h3>
    <dl class="figures" aria-live="off">
      <div><dt>${say("web.time")}</dt><dd>${say("web.of_seconds", { seconds: Math.min(Math.floor(passed()), newest.limit), limit: newest.limit })}</dd></div>
      <div><dt>${say("web.total")}</dt><dd>${number(total)}</dd></div>
      <div><dt>${say(newest.held ? "web.bound_held" : "web.bound")}</dt><dd>${number(bound)}</dd></div>
      <div><dt>${say("web.gap")}</dt><dd>${gapOf(total, bound)}</dd></div>
    </dl>
    ${picture(newest.progress, total, bound, passed())}
    ${isRunning() ? html`<progress max=${newest.limit} value=${passed()} aria-label=${say("web.time")}></progress>
      <button type="button" @click=${stopSearch}>${say("web.stop_keep")}</button>` : nothing}
    <div role="status">${newest.lines.map((line) => html`<p>${line}</p>`)}</div>`;
}

/** Cost and bound over time; it says in words what it shows. */
function picture(progress, total, bound, seconds) {
  const known = progress.filter((moment) => moment.total != null || moment.bound != null);
  if (known.length < 2 || total == null) return nothing;
  const of = (name) => known.map((moment) => moment[name]).filter((value) => value != null);
  const top = Math.min(Math.max(...of("total")), total + 4 * Math.max(total - (bound ?? total), total * 0.005));
  const low = Math.max(Math.min(total, ...of("bound")), total - 3 * Math.max(top - total, total * 0.001));
  const end = Math.max(seconds, known.at(-1).seconds) || 1;
  const x = (moment) => ((WIDE * moment) / end).toFixed(1);
  const y = (value) => (HIGH - (HIGH * (Math.min(top, Math.max(low, value)) - low)) / (top - low || 1)).toFixed(1);
  const stairs = (name) => known.filter((moment) => moment[name] != null)
    .map((moment, n) => `${n ? `H${x(moment.seconds)}V` : `M${x(moment.seconds)} `}${y(moment[name])}`).join("") + `H${WIDE}`;
  return html`<div class="chart"><p class="axis" aria-hidden="true"><span>${number(top)}</span><span>${number(low)}</span></p><svg class="curve" viewBox="-2 -4 ${WIDE + 4} ${HIGH + 8}" preserveAspectRatio="none" role="img"
      aria-label=${say("web.curve", { cost: number(total), bound: number(bound), seconds: Math.round(known.at(-1).seconds) })}>
    ${svg`<path class="cost" d=${stairs("total")}></path><path class="bound" d=${of("bound").length ? stairs("bound") : ""}></path>`}</svg>
    <p class="axis" aria-hidden="true"><span>0</span><span>${say("web.seconds", { n: Math.round(end) })}</span></p></div>
    <p class="key" aria-hidden="true"><span class="cost">${say("web.total")}</span> <span class="bound">${say("web.bound")}</span></p>`;
}

function proposals() {
  if (!searching.proposals.length) return nothing;
  return html`<h3>${say("web.proposals")}</h3><ul class="proposals">${searching.proposals.map((one) => html`<li>
    <button type="button" aria-pressed=${searching.compared?.version === one.version} @click=${() => compare(one.version)}>
      ${say("web.compare_with_draft", { version: one.version })}</button>
    <span>${say(`web.search_${one.kind}`)}${one.who ? `, ${one.who}` : ""}</span>
    ${one.is_draft ? html`<span class="mark">${say("web.is_draft")}</span>` : nothing}
    ${one.cost == null ? nothing : html`<b>${number(one.cost)}</b>`}
    <button type="button" class="small" aria-label=${say("web.put_away", { version: one.version })} @click=${() => putAway(one)}>×</button></li>`)}</ul>`;
}

/** Any two versions, by their numbers. */
function anyTwo() {
  const field = (name) => html`<label>${say(`web.version_${name}`)} <input name=${name} type="number" min="1" required></label>`;
  return html`<details class="any-two"><summary>${say("web.compare_two")}</summary>
    <form @submit=${(event) => {
      event.preventDefault();
      const { before, after } = Object.fromEntries(new FormData(event.target));
      compare(Number(after), Number(before));
    }}>${field("before")} ${field("after")} <button>${say("web.compare")}</button></form></details>`;
}
