/** The language, and light or dark, as every page has them in a corner. */

import { html } from "./vendor/lit-html/lit-html.js";
import { changed } from "./store.js";
import { isDark, setDark } from "./theme.js";
import { lang, languages, say, speak } from "./words.js";

/** The buttons; `spoken` is called after the language has changed, for what the server says. */
export function choices(spoken) {
  return html`<div class="choices">
    ${languages().map(
      (one) => html`<button type="button" lang=${one} aria-pressed=${one === lang}
        aria-label=${say(`web.lang_${one}`)} @click=${() => (speak(one), changed(), spoken())}>
        ${one.toUpperCase()}</button>`,
    )}
    <button type="button" aria-pressed=${isDark()} @click=${() => (setDark(!isDark()), changed())}>
      ${say("web.dark")}</button>
  </div>`;
}
