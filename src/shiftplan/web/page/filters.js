/** What is searched and shown in a view: a text, a choice, a day; kept from view to view. */

import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { live } from "./vendor/lit-html/directives/live.js";
import { dayShown, laid } from "./laid.js";
import { keepInTab } from "./remembered.js";
import { changed, store } from "./store.js";
import { day, say } from "./words.js";

/**
 * The row above a view.
 * @param {object} parts - `kinds`: field of the filter and its choices; `text`: label of the search;
 *   `days`: whether a day is chosen; `found`: how many are shown, as a sentence; `more`: further fields.
 */
export function filters({ kinds = [], text = "", days = false, found = "", more = nothing }) {
  return html`<form class="filters" role="search" aria-label=${say("web.filter")} @submit=${(event) => event.preventDefault()}>
    ${days ? daysToChoose() : nothing}
    ${text ? html`<label>${text}
      <input type="search" autocomplete="off" spellcheck="false" .value=${live(store.filter.text)}
        @input=${(event) => set("text", event.target.value)}></label>` : nothing}
    ${kinds.map(([field, label, options]) => select(label, store.filter[field], options, (value) => set(field, value)))}
    <p role="status">${found}</p>
    ${more}
  </form>`;
}

function set(field, value) {
  store.filter[field] = value;
  keepInTab(store.filter);
  changed();
}

/**
 * A labelled list to choose from.
 * @param {string} label - What is chosen.
 * @param {string} value - What is chosen now.
 * @param {string[][]} options - Values, each with its text.
 * @param {function(string): void} choose - Called with a value.
 */
export const select = (label, value, options, choose) => html`<label>${label}
  <select .value=${live(value)} @change=${(event) => choose(event.target.value)}>
    ${options.map(([one, text]) => html`<option value=${one} ?selected=${one === value}>${text}</option>`)}
  </select></label>`;

/** The days of the week, to look at one of them. */
function daysToChoose() {
  const shown = dayShown();
  return html`<fieldset class="days"><legend class="unseen">${say("web.day")}</legend>
    ${laid().days.map(({ date }) => html`<button type="button" aria-pressed=${date === shown?.date}
      @click=${() => ((store.day = date), changed())}>${day(date)}</button>`)}
  </fieldset>`;
}
