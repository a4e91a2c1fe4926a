/** The map: centers in their real shapes, colored by seats filled, and the same as a list. */

import { html, nothing, svg } from "../vendor/lit-html/lit-html.js";
import { repeat } from "../vendor/lit-html/directives/repeat.js";
import { fetched } from "../fetched.js";
import { filters, select } from "../filters.js";
import { centerName } from "../grid.js";
import { laid, seatsAt } from "../laid.js";
import { matching } from "../matching.js";
import { changed, choose, known, step, store } from "../store.js";
import { day, hours, number, percent, say } from "../words.js";

let when = ""; // a day, the place of a session, or "" for the whole week
const stops = new Map(); // drawing -> center that the tab key goes to
let pointed = null; // center under the pointer or with the focus

/** The view of the map. */
export function map() {
  const found = fetched("map", {}, false);
  const seats = new Map(store.week.centers.map(({ center_id: id }) => [id, seatsAt(id, isMeant)]));
  const more = select(say("web.when"), when, times(), (value) => ((when = value), changed()));
  return html`${filters({ text: say("web.search_centers"), more })}
    <div class="scroll atlas">
      ${!found ? html`<p role="status">${say("web.loading")}</p>`
        : found.panels.length ? drawings(found, seats) : html`<p>${say("web.no_map")}</p>`}
      ${listed(seats)}
    </div>`;
}

/** Whole week, days and sessions, to choose from. */
function times() {
  const { days } = laid();
  return [
    ["", say("web.whole_week")],
    ...days.flatMap(({ date, sessions }) => [
      [date, day(date)],
      ...sessions.map((one) => [String(one.at), `${day(date)} ${hours(one)}`]),
    ]),
  ];
}

function isMeant(shift) {
  if (!when) return true;
  const session = laid().sessions[when];
  return session ? shift.start + shift.end === session.key : shift.start.startsWith(when);
}

function drawings({ panels, has_shapes: hasShapes, source }, seats) {
  return html`<div class="drawings">
    <p class="pointed" aria-hidden="true">${pointed ? inWords(pointed, seats.get(pointed)) : say("web.map_help")}</p>
    ${panels.map((panel) => drawing(panel, seats))}
    ${legend()}
    ${hasShapes && source ? html`<p class="soft">${say("web.map_source", { source })}</p>` : nothing}
  </div>`;
}

function drawing(panel, seats) {
  const name = say(`reports.map_${panel.name}`);
  const bar = panel.width - panel.scale - 16;
  return html`<figure class=${panel.name}>
    <figcaption>${name}</figcaption>
    <svg viewBox="0 0 ${panel.width} ${panel.height}" role="group" aria-label=${name} @keydown=${(event) => go(event, panel)}>
      <path class="land" d=${panel.land}></path>
      ${panel.outlines.map((one) => center(one, one.center_id === stopOf(panel), seats.get(one.center_id), SMALL[panel.name]))}
      ${label(panel)}
      <g class="scale" aria-hidden="true"><path d="M${bar} ${panel.height - 12}h${panel.scale}"></path>
        <text x=${panel.width - 16} y=${panel.height - 20} text-anchor="end">${panel.scale_km} km</text></g>
    </svg>
  </figure>`;
}

/** Units below which a center gets a ring around it, to be seen and hit. */
const SMALL = { main: 14, all: 14, far: 34 };

function center({ center_id: id, path, x, y, reach }, isStop, own, small) {
  if (!laid().byCenter.has(id)) return svg`<path class="land" d=${path} fill-rule="evenodd"></path>`;
  const kind = own.wanted ? `s${step(own)}` : "unasked";
  return svg`<g class="ground ${kind} ${store.chosen?.id === id ? "chosen" : ""}" role="button" tabindex=${isStop ? 0 : -1}
    data-center=${id} aria-label=${inWords(id, own)} @click=${() => choose("center", id)}
    @pointerenter=${() => point(id)} @pointerleave=${() => point(null)} @focus=${() => point(id)} @blur=${() => point(null)}>
    ${reach < small ? svg`<circle cx=${x} cy=${y} r=${small}></circle>` : nothing}
    <path d=${path} fill-rule="evenodd"></path></g>`;
}

/** The name of the center pointed at, on the map. */
function label({ width, outlines }) {
  const found = outlines.find((one) => one.center_id === (pointed ?? store.chosen?.id));
  if (!found) return nothing;
  const anchor = found.x < width / 4 ? "start" : found.x > (width * 3) / 4 ? "end" : "middle";
  return svg`<text class="label" x=${found.x} y=${found.y} text-anchor=${anchor} aria-hidden="true">${centerName(found.center_id)}</text>`;
}

function point(id) {
  pointed = id;
  changed();
}

/** Seats of a center in words. */
function inWords(id, own) {
  const facts = { center: centerName(id), filled: own.filled, wanted: own.wanted, share: percent(own.filled / own.wanted) };
  return own.wanted ? say("web.center_filled", facts) : say("web.center_unasked", facts);
}

/** The center of a drawing that the tab key goes to. */
const stopOf = ({ name, outlines }) => stops.get(name) ?? outlines.find((one) => laid().byCenter.has(one.center_id))?.center_id;

const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** Arrow keys go to the nearest center that way; Enter and the space bar choose. */
function go(event, { name, outlines }) {
  const id = event.target.dataset?.center;
  const way = WAYS[event.key];
  if (!id || (!way && event.key !== "Enter" && event.key !== " ")) return;
  event.preventDefault();
  if (!way) return choose("center", id);
  const here = outlines.find((one) => one.center_id === id);
  const far = ({ x, y }) => {
    const ahead = (x - here.x) * way[0] + (y - here.y) * way[1];
    const aside = Math.abs((x - here.x) * way[1]) + Math.abs((y - here.y) * way[0]);
    return ahead > 0.5 && aside < 3 * ahead ? ahead + 2 * aside : Infinity;
  };
  const others = outlines.filter((one) => laid().byCenter.has(one.center_id));
  const next = others.reduce((best, one) => (far(one) < far(best) ? one : best), here);
  if (next === here) return;
  stops.set(name, next.center_id);
  event.currentTarget.querySelector(`[data-center="${CSS.escape(next.center_id)}"]`).focus();
}

const legend = () => html`<ul class="legend" aria-label=${say("reports.legend")}>${[0, 1, 2, 3, 4].map((at) =>
  html`<li><i class="swatch s${at}"></i>${say(`reports.fill_step_${at}`)}</li>`)}</ul>`;

/** The same as a list, the emptiest first. */
function listed(seats) {
  const match = matching(store.filter.text);
  const share = ([, own]) => (own.wanted ? own.filled / own.wanted : 2);
  const rows = [...seats].filter(([id, own]) => own.wanted && match.center(known.centers.get(id)));
  rows.sort((one, other) => share(one) - share(other));
  return html`<section class="listed" aria-label=${say("web.by_fill")}>
    <h2>${say("web.by_fill")}</h2>
    <ol>${repeat(rows, ([id]) => id, ([id, own]) => html`<li>
      <button type="button" @click=${() => choose("center", id)} aria-current=${store.chosen?.id === id ? "true" : nothing}>
        <i class="swatch s${step(own)}"></i><span>${centerName(id)}</span>
        <b>${say("web.of", { filled: number(own.filled), wanted: number(own.wanted) })}</b></button></li>`)}</ol>
  </section>`;
}
