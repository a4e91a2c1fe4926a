/** Buttons for all that can be done with somebody in a shift; dragging is never the only way. */

import { html } from "../vendor/lit-html/lit-html.js";
import { nameOf, placeOf } from "../described.js";
import { pickUp, takeOff } from "../moving.js";
import { changed, store } from "../store.js";
import { say } from "../words.js";

/** What can be done with a member of a team. */
export function memberWays(shift, id) {
  const who = nameOf(id);
  return html`<span class="ways">
    <button type="button" @click=${() => pickUp(id, shift, "tap")} aria-label=${say("web.move_whom", { who })}>${say("web.move")}</button>
    <button type="button" aria-pressed=${store.replaced === id} @click=${() => replace(id)}
      aria-label=${say("web.replace_whom", { who })}>${say("web.replace")}</button>
    <button type="button" @click=${() => takeOff(shift, id)} aria-label=${say("web.take_off_whom", { who })}>${say("web.take_off")}</button>
  </span>`;
}

/** What can be done with a shift of somebody. */
export function shiftWays(id, shift) {
  const place = placeOf(shift);
  return html`<span class="ways">
    <button type="button" @click=${() => pickUp(id, shift, "tap")} aria-label=${say("web.move_from", { place })}>${say("web.move")}</button>
    <button type="button" @click=${() => takeOff(shift, id)} aria-label=${say("web.take_off_from", { place })}>${say("web.take_off")}</button>
  </span>`;
}

/** One more shift for somebody. */
export function giveShift(id) {
  return html`<p><button type="button" @click=${() => pickUp(id, null, "tap")}>${say("web.give_shift")}</button></p>`;
}

function replace(id) {
  store.replaced = store.replaced === id ? null : id;
  changed();
}
