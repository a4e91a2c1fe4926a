/** Buttons for all that can be done with somebody in a shift; dragging is never the only way. */

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { nameOf, placeOf } from "../described.js";
import { pickUp, takeOff } from "../moving.js";
import { changed, store } from "../store.js";
import { say } from "../words.js";

const button = (code, label, doing, isPressed = nothing) => html`<button type="button" @click=${doing}
  aria-pressed=${isPressed} aria-label=${label}>${say(code)}</button>`;

/** What can be done with a member of a team. */
export function memberWays(shift, id) {
  const who = nameOf(id);
  return html`<span class="ways">
    ${button("web.move", say("web.move_whom", { who }), () => pickUp(id, shift, "tap"))}
    ${button("web.replace", say("web.replace_whom", { who }), () => replace(id), store.replaced === id)}
    ${button("web.take_off", say("web.take_off_whom", { who }), () => takeOff(shift, id))}
  </span>`;
}

/** What can be done with a shift of somebody. */
export function shiftWays(id, shift) {
  const place = placeOf(shift);
  return html`<span class="ways">
    ${button("web.move", say("web.move_from", { place }), () => pickUp(id, shift, "tap"))}
    ${button("web.take_off", say("web.take_off_from", { place }), () => takeOff(shift, id))}
  </span>`;
}

/** One more shift for somebody. */
export function giveShift(id) {
  return html`<p><button type="button" @click=${() => pickUp(id, null, "tap")}>
    ${say("web.give_shift")}</button></p>`;
}

function replace(id) {
  store.replaced = store.replaced === id ? null : id;
  changed();
}
