/** What stands around every view: the head with figures, views to choose, what is chosen. */

import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { banners } from "./banners.js";
import { chosen } from "./panels/chosen.js";
import { changed, openPanel, store } from "./store.js";
import { day, lang, languages, number, percent, say, speak } from "./words.js";
import { session } from "./session.js";
import { isDark, setDark } from "./theme.js";
import { centers } from "./views/centers.js";

/** View -> what draws it, in the order in which they stand. */
const VIEWS = { centers };
/** Panel beside the view -> what draws it, without its frame; `openPanel(name)` shows it. */
const PANELS = { chosen };
/** What stands in the head between figures and choices, such as undo and redo. */
const TOOLS = [];

export function frame() {
  const view = VIEWS[store.view] ?? centers;
  return html`
    <a class="skip" href="#main" @click=${toMain}>${say("web.skip")}</a>
    <header class="head">
      <h1>${say("web.title", { first: day(store.week.days[0]), last: day(store.week.days.at(-1)) })}</h1>
      ${figures()} ${TOOLS.map((tool) => tool())} ${session()} ${choices()}
    </header>
    <nav class="views" aria-label=${say("web.views")}>
      ${Object.keys(VIEWS).map(
        (name) => html`<a href="#${name}" aria-current=${name === store.view ? "page" : nothing}>
          ${say(`web.view_${name}`)}</a>`,
      )}
    </nav>
    ${banners()}
    <div class="desk ${store.panel ? "with-panel" : ""}">
      <main id="main" tabindex="-1">${view()}</main>
      ${store.panel ? panel() : nothing}
    </div>
    <p class="failed" role="alert" ?hidden=${!store.failed}>${store.failed}</p>
  `;
}

/** The panel that is open, with its button to close it. */
function panel() {
  return html`<aside class="panel" aria-label=${say(`web.panel_${store.panel}`)}>
    <button type="button" class="close" aria-label=${say("web.close")} @click=${() => openPanel("")}>×</button>
    ${PANELS[store.panel]()}
  </aside>`;
}

function toMain(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}

/** Cost, bound and gap of the roster that is worked on. */
function figures() {
  const { total, bound, broken, version } = store.draft;
  const gap = bound != null && total > 0 ? (total - bound) / total : null;
  return html`<dl class="figures">
    <div><dt>${say("web.version")}</dt><dd>${version ?? "–"}</dd></div>
    <div><dt>${say("web.total")}</dt><dd>${number(total)}</dd></div>
    <div><dt>${say("web.bound")}</dt><dd>${bound == null ? "–" : number(bound)}</dd></div>
    <div><dt>${say("web.gap")}</dt><dd>${gap == null ? "–" : percent(Math.max(0, gap))}</dd></div>
    ${broken.length
      ? html`<div class="warn"><dt>${say("web.broken")}</dt><dd>${number(broken.length)}</dd></div>`
      : nothing}
  </dl>`;
}

/** The language, and light or dark. */
function choices() {
  return html`<div class="choices">
    ${languages().map(
      (one) => html`<button type="button" lang=${one} aria-pressed=${one === lang}
        @click=${() => (speak(one), changed())}>${one.toUpperCase()}</button>`,
    )}
    <button type="button" aria-pressed=${isDark()} @click=${() => (setDark(!isDark()), changed())}>
      ${say("web.dark")}</button>
  </div>`;
}
