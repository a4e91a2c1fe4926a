/** Dragging people with mouse or pen; a finger taps instead, so that it can scroll. */

import { nameOf, priceSign, priceText } from "./described.js";
import { pickUp, priceAt, putBack, putDown, takeOff } from "./moving.js";
import { store } from "./store.js";

const FAR = 6; // pixels from which on a press is a drag
const EDGE = 48; // pixels at the edge of what scrolls in which a drag scrolls it
let drag = null; // {person, from, x, y, isOn, ghost, over}

addEventListener("pointerdown", (event) => {
  if (event.button !== 0 || event.pointerType === "touch" || store.dialog) return;
  const chip = event.target.closest("[data-person]");
  if (!chip || store.held) return;
  const { person, shift = null } = chip.dataset;
  drag = { person, from: shift, x: event.clientX, y: event.clientY, isOn: false };
});

addEventListener("pointermove", (event) => {
  if (!drag) return;
  if (!drag.isOn && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < FAR) return;
  drag.x = event.clientX;
  drag.y = event.clientY;
  if (!drag.isOn) begin(event);
  follow();
});

addEventListener("pointerup", (event) => {
  const ended = drag;
  drag = null;
  if (!ended?.isOn) return;
  finish(ended);
  swallowClick();
  if (!store.held) return;
  const place = placeAt(ended, event.clientX, event.clientY);
  if (!place || (place.takesOff && !ended.from)) putBack();
  else if (place.takesOff) takeOff(ended.from, ended.person);
  else putDown(place.shift, place.person);
});

addEventListener("pointercancel", cancel);
addEventListener("blur", cancel);
addEventListener("keydown", (event) => event.key === "Escape" && cancel());
addEventListener("dragstart", (event) => drag && event.preventDefault());

function begin(event) {
  drag.isOn = true;
  document.body.setPointerCapture?.(event.pointerId);
  document.body.classList.add("dragging");
  drag.ghost = document.createElement("div");
  drag.ghost.className = "ghost";
  drag.ghost.setAttribute("aria-hidden", "true");
  document.body.append(drag.ghost);
  pickUp(drag.person, drag.from, "drag");
  requestAnimationFrame(scrollOn);
}

function cancel() {
  const ended = drag;
  drag = null;
  if (!ended?.isOn) return;
  finish(ended);
  if (store.held) putBack();
}

function finish(ended) {
  ended.ghost.remove();
  ended.over?.classList.remove("over");
  document.body.classList.remove("dragging");
}

/** The click that follows a drag is none. */
function swallowClick() {
  const swallow = (event) => (event.stopPropagation(), event.preventDefault());
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }));
}

/** What lies under the pointer: a shift, somebody in it, or the place to take people off. */
function placeAt({ person: dragged }, x, y) {
  const under = document.elementFromPoint(x, y);
  if (under?.closest("[data-take-off]")) return { takesOff: true, element: under.closest("[data-take-off]") };
  const element = under?.closest("#main [data-shift]");
  if (!element) return null;
  const { shift, person } = element.dataset;
  return { shift, person: person === dragged ? null : person ?? null, element };
}

/** Show what lies under the pointer, and what it would cost to be there. */
function follow() {
  const place = placeAt(drag, drag.x, drag.y);
  if (place?.element !== drag.over) {
    drag.over?.classList.remove("over");
    place?.element.classList.add("over");
    drag.over = place?.element;
  }
  drag.ghost.style.transform = `translate(${drag.x + 12}px, ${drag.y + 12}px)`;
  const price = place?.shift ? priceAt(place.shift, place.person) : null;
  const isBad = price?.kind === "breaks" || price?.kind === "barred";
  drag.ghost.dataset.lit = price?.kind ?? "";
  drag.ghost.textContent = [nameOf(drag.person), price && (isBad ? priceText(price) : priceSign(price))]
    .filter(Boolean)
    .join("\n");
}

/** Scroll what lies under the pointer as long as a drag stays near an edge. */
function scrollOn() {
  if (!drag?.isOn) return;
  const box = document.querySelector("#main .scroll");
  const edges = box?.getBoundingClientRect();
  if (edges && drag.y < edges.bottom + EDGE) {
    const speed = (at, low, high) =>
      at < low + EDGE ? at - low - EDGE : at > high - EDGE ? at - high + EDGE : 0;
    box.scrollBy(speed(drag.x, edges.left, edges.right) / 3, speed(drag.y, edges.top, edges.bottom) / 3);
  }
  follow();
  requestAnimationFrame(scrollOn);
}
