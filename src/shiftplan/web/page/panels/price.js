/** The strip below the view: who is held and where they could go; what the last move did, with undo. */

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { costChange, described, nameOf, placeOf, priceParts, priceSign, totals } from "../described.js";
import { bestPlaces, canUndo, putBack, putDown, redo, takeOff, undo } from "../moving.js";
import { changed, store } from "../store.js";
import { say } from "../words.js";

const FEW = 5;
/** What the strip says of each kind of news about moves. */
const SAID = { move: made, undo: made, redo: made, others: byOthers };

/** What the strip says; it is read out when it changes. */
export function lastMove() {
  const { held, told } = store;
  const isRefused = told?.kind === "refused";
  return html`<section class="last-move ${held || told ? "" : "empty"}" aria-label=${say("web.last_move")}>
    <div role="status">${held ? holding(held) : told && !isRefused ? SAID[told.kind](told) : nothing}</div>
    <div role="alert">${isRefused && !held ? html`<p>${told.text}</p>` : nothing}</div>
    ${held ? heldButtons(held) : told ? toldButtons(told) : nothing}
  </section>`;
}

function holding({ person, from, isReady }) {
  const isStuck = isReady && !bestPlaces().length;
  const facts = { who: nameOf(person), from: from && placeOf(from) };
  return html`<p><b>${say(from ? "web.holding_from" : "web.holding", facts)}</b>
    ${say(isStuck ? "web.no_place" : "web.choose_place")}</p>`;
}

/** The cheapest places, where to take them off, and how to put them back. */
function heldButtons({ person, from, isReady, how }) {
  return html`${isReady && how !== "drag" ? html`<div class="buttons">${bestPlaces().slice(0, FEW).map(best)}</div>` : nothing}
  <div class="buttons">
    ${from
      ? html`<button type="button" class="off" data-take-off @click=${() => takeOff(from, person)}>
          ${say("web.take_off")}</button>`
      : nothing}
    <button type="button" @click=${putBack}>${say("web.put_back")}</button>
  </div>`;
}

function best(place) {
  const { shift_id: shift, instead_of: other = null } = place;
  const facts = { who: other && nameOf(other), place: placeOf(shift) };
  return html`<button type="button" class="best" data-lit=${place.kind} @click=${() => putDown(shift, other)}>
    ${other ? say("web.place_of", facts) : facts.place} <b>${priceSign(place)}</b></button>`;
}

/** What others did meanwhile; who, if they gave a name. */
function byOthers({ changes, by }) {
  const who = by.filter(Boolean).join(", ");
  return html`<p>${who ? html`<b>${who}</b>: ` : nothing}${described(changes)} ${totals()}</p>`;
}

function made({ kind, changes, price, merged }) {
  const done = kind === "undo" ? changes.map((change) => ({ ...change, added: !change.added })) : changes;
  return html`<p>${kind === "move" ? "" : `${say(`web.${kind}_done`)} `}${described(done)}
      <b>${costChange(price.total)}</b> ${totals()}</p>
    ${priceParts(price)}
    ${merged.length ? html`<p>${say("web.merged", { who: merged.join(", ") })}</p>` : nothing}`;
}

function toldButtons({ kind }) {
  const isDone = kind !== "refused" && kind !== "others";
  return html`<div class="buttons">
    ${isDone && canUndo() && kind !== "undo"
      ? html`<button type="button" @click=${() => undo()}>${say("web.undo")}</button>` : nothing}
    ${isDone && store.draft.can_redo && kind === "undo"
      ? html`<button type="button" @click=${() => redo()}>${say("web.redo")}</button>` : nothing}
    <button type="button" aria-label=${say("web.close")}
      @click=${() => ((store.told = null), changed())}>×</button>
  </div>`;
}
