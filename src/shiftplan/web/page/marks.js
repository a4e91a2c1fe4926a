/** Lights up places while somebody is held: color, sign and text of what going there would do. */

import { priceSign, priceText } from "./described.js";
import { keepTrue, priceAt } from "./moving.js";
import { afterDrawing, store } from "./store.js";
import { say } from "./words.js";

const MUCH = 10; // times the cheapest of the dearer places from which on another one is much dearer
let isMarked = false;
let much = 0; // cost from which on a place has the stronger color

/**
 * Mark the places that are drawn; views need only name shifts and people in `data-` attributes.
 * What is barred has no mark of its own, because that is nearly everything: `moving.css` dims it.
 */
function mark() {
  keepTrue();
  const { held } = store;
  document.body.classList.toggle("holding", Boolean(held?.isReady));
  if (!held && !isMarked) return;
  isMarked = held !== null;
  const dearer = held ? [...held.places.values(), ...held.swaps.values()].filter(({ kind }) => kind === "dearer") : [];
  much = MUCH * Math.min(...dearer.map(({ total }) => total));
  for (const place of document.querySelectorAll("#main [data-shift]")) {
    const { shift, person } = place.dataset;
    const isOwn = held !== null && isOfHeld(held, shift, person);
    const price = held && !isOwn ? priceAt(shift, person ?? null) : null;
    if (isOwn || "own" in place.dataset) place.toggleAttribute("data-own", isOwn);
    if (price && price.kind !== "barred") light(place, price);
    else if ("lit" in place.dataset) darken(place);
  }
}

/** Whether it is the person held, or the shift that they leave. */
function isOfHeld({ person: held, from }, shift, person) {
  return person === undefined ? shift === from : person === held && (from === null || shift === from);
}

function light(place, price) {
  const sign = priceSign(price);
  place.toggleAttribute("data-much", price.kind === "dearer" && price.total > much);
  if (place.dataset.lit === price.kind && place.dataset.price === sign) return;
  place.dataset.lit = price.kind;
  place.dataset.price = sign;
  describe(place, price);
}

function darken(place) {
  delete place.dataset.lit;
  delete place.dataset.much;
  delete place.dataset.price;
  describe(place, null);
}

/** Say it as a tip, which screen readers read too; of a shift on its button. */
function describe(place, price) {
  const button = place.matches("button") ? place : place.querySelector("button");
  const way = place.dataset.person ? `${say(store.held?.from ? "web.swap" : "web.replace")}. ` : "";
  if (price === null) button?.removeAttribute("title");
  else button?.setAttribute("title", way + priceText(price));
}

/** Of what is barred, say why as soon as somebody looks. */
function explain(event) {
  const place = store.held && event.target.closest?.("#main [data-shift]:not([data-person])");
  const price = place && priceAt(place.dataset.shift);
  if (price?.kind !== "barred") return;
  describe(place, price);
  const forget = () => "lit" in place.dataset || describe(place, null);
  for (const kind of ["pointerout", "focusout"]) place.addEventListener(kind, forget, { once: true });
}

for (const kind of ["pointerover", "focusin"]) addEventListener(kind, explain);
afterDrawing(mark);
