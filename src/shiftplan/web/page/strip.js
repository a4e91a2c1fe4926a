/** Somebody's week as a strip: a mark for each session, filled where they work, framed where they offered it. */

import { html } from "./vendor/lit-html/lit-html.js";
import { day, hours, list, say } from "./words.js";

const STATES = { a: "offered", p: "wished", u: "unwished" };

/**
 * The strip, one group of marks a day.
 * @param {object[]} week - Sessions with sign and whether they are worked, as `weekOf` has them.
 */
export function strip(week) {
  const days = Map.groupBy(week, (one) => one.day);
  return html`<span class="strip" role="img" aria-label=${inWords(week)}>${[...days].map(([date, own]) => html`<span
    class="of-day" title=${`${day(date)}: ${own.map(mark).join(", ")}`}>${own.map((one) => html`<i class=${
      `${one.busy ? "busy" : STATES[one.sign] ?? "off"} ${one.works ? "works" : ""}`}></i>`)}</span>`)}</span>`;
}

/** What the marks of a strip mean. */
export const stripLegend = () => html`<ul class="legend" aria-hidden="true">${["works", "works unwished", "wished", "offered", "unwished", "busy", "off"].map((kind) =>
  html`<li><span class="strip"><i class=${kind}></i></span>${say(`web.is_${kind.replace(" ", "_")}`)}</li>`)}</ul>`;

const stateOf = ({ works, sign, busy }) =>
  (works ? (sign === "u" ? "works_unwished" : "works") : busy ? "busy" : STATES[sign] ?? "off");
const mark = (one) => `${hours(one)} ${say(`web.is_${stateOf(one)}`)}`;

/** When somebody works, and when they could. */
function inWords(week) {
  const times = (own) => (own.length ? list(own.map((one) => `${day(one.day)} ${hours(one)}`)) : say("web.never"));
  const busy = week.filter((one) => one.busy);
  return [
    say("web.strip", {
      works: times(week.filter((one) => one.works)),
      offered: times(week.filter((one) => !one.works && one.sign !== "-")),
    }),
    busy.length ? say("web.strip_busy", { times: times(busy) }) : "",
  ].filter(Boolean).join(" ");
}
