/** Moves, places and prices in words. */

import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { boundNow, known, store } from "./store.js";
import { day, has, hours, number, ruleName, say, signed } from "./words.js";

export const nameOf = (person) => known.people.get(person)?.name ?? person;

/** A shift as sentences name it: center, day and hours. */
export function placeOf(id) {
  const shift = known.shifts.get(id);
  if (!shift) return id;
  const center = known.centers.get(shift.center_id)?.name || shift.center_id;
  return `${center}, ${day(shift.start.slice(0, 10))} ${hours(shift)}`;
}

/** What changes of a roster are, such as `Lan moved from A to B`; of many people only how many. */
export function described(changes) {
  const people = Map.groupBy(changes, (change) => change.volunteer_id);
  if (people.size > MOST) return say("web.moved_many", { n: people.size });
  const [one, other] = [...people.values()].map(partsOf);
  if (one && other && isSwap(one, other)) {
    const facts = { who: nameOf(one.who), other: nameOf(other.who) };
    return say("web.moved_swap", { ...facts, from: placeOf(one.from[0]), to: placeOf(one.to[0]) });
  }
  return [...people.values()].map(partsOf).map(sentence).join(" ");
}

const MOST = 4;

function partsOf(own) {
  const at = (added) => own.filter((change) => change.added === added).map((change) => change.shift_id);
  return { who: own[0].volunteer_id, from: at(false), to: at(true) };
}

const isSwap = (one, other) =>
  [one, other].every(({ from, to }) => from.length === 1 && to.length === 1)
  && one.from[0] === other.to[0] && one.to[0] === other.from[0];

function sentence({ who, from, to }) {
  const kind = from.length && to.length ? "moved" : to.length ? "moved_on" : "moved_off";
  const list = (ids) => ids.map(placeOf).join("; ");
  return say(`web.${kind}`, { who: nameOf(who), from: list(from), to: list(to) });
}

/** By how much the cost rises or falls, as a sentence. */
export const costChange = (total) =>
  say(`web.cost_${total > 0 ? "rises" : total < 0 ? "falls" : "stays"}`, { n: Math.abs(total) });

const reason = (rule) => {
  const said = [`why.${rule}`, `away.${rule}`].find(has);
  return said ? say(said) : ruleName(rule);
};

/** Why kinds of rules, or how somebody is away, stand against something; else the names of rules. */
export const reasons = (rules) => rules.map(reason).join("; ");

/** The sign of what a place would cost, beside its color. */
export function priceSign({ kind, total }) {
  if (kind === "barred") return "✕";
  return (kind === "breaks" ? "⚠ " : "") + (total === 0 ? "±0" : signed(total));
}

/** What going to a place does, as a sentence. */
export function priceText({ kind, total, rules = [] }) {
  if (kind === "barred") return say("web.place_barred", { why: reasons(rules) });
  if (kind === "breaks") return `${say("web.place_breaks", { why: reasons(rules) })} ${costChange(total)}`;
  return costChange(total);
}

/** What makes up a price, by rule, and what it breaks. */
export function priceParts(price) {
  return html`${price.parts.length
    ? html`<ul class="parts">${price.parts.map(part)}</ul>`
    : nothing}
  ${price.broken.length ? breaches(price.broken) : nothing}`;
}

const part = ({ rule, level, cost }) => html`<li class=${cost < 0 ? "less" : "more"}>
  ${rule === null ? say("web.level", { n: level }) : ruleName(rule)} <b>${signed(cost)}</b></li>`;

/** Breaches of hard rules, a sentence each. */
export const breaches = (texts) =>
  html`<ul class="breaches">${texts.map((text) => html`<li>⚠ ${text}</li>`)}</ul>`;

/** Total and bound of the draft, and how far they are apart. */
export function totals() {
  const [{ total }, bound] = [store.draft, boundNow()];
  const facts = { total: number(total), bound: bound == null ? "" : number(bound) };
  return say(bound == null ? "web.total_now" : "web.total_and_bound", facts);
}
