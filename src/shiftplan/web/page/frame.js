/** What stands around every view: the head with figures, views to choose, what is chosen. */

import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { banners, isSaid } from "./banners.js";
import { choices } from "./choices.js";
import { dialogs } from "./dialogs.js";
import { figures } from "./figures.js";
import { lists } from "./finder.js";
import { chosen, titleOf } from "./panels/chosen.js";
import { draftTools } from "./panels/drafts.js";
import { broken } from "./panels/findings.js";
import { improve } from "./panels/improve.js";
import { lastMove } from "./panels/price.js";
import { narrow } from "./screen.js";
import { afterDrawing, changed, failed, isProvince, openPanel, reloadDraft, store } from "./store.js";
import { day, say } from "./words.js";
import { planning } from "./planning.js";
import { session } from "./session.js";
import { centers } from "./views/centers.js";
import { collectView as collect } from "./views/collect.js";
import { days } from "./views/days.js";
import { history, then } from "./views/history.js";
import { map } from "./views/map.js";
import { overview } from "./views/overview.js";
import { people } from "./views/people.js";
import { publish } from "./views/publish.js";
import { status } from "./views/status.js";
import { whatif } from "./views/whatif.js";

/** View -> what draws it, in the order in which they stand. */
const VIEWS = { overview, centers, people, days, map, improve, whatif, status, collect, publish, history };
/** Views that are for the province alone. */
const OF_PROVINCE = ["improve", "whatif", "publish", "history"];
/** Panel beside the view -> what draws it, without its frame; `openPanel(name)` shows it. */
const PANELS = { chosen, broken };
/** What stands beside the views, such as undo and redo; on phones in the menu. */
const TOOLS = [draftTools];

export function frame() {
  const view = Object.hasOwn(VIEWS, store.view) && isTheirs(store.view) ? VIEWS[store.view] : centers;
  return html`
    <a class="skip" href="#main" @click=${(event) => go(event, "main")}>${say("web.skip")}</a>
    <a class="skip" href="#panel" ?hidden=${!store.panel} @click=${(event) => go(event, "panel")}>${say("web.skip_panel")}</a>
    <header><div class="head">
      ${store.week.has_home ? html`<a href="../../">← ${say("web.all_weeks")}</a>` : nothing}
      <h1>${say("web.title", { first: day(store.week.days[0]), last: day(store.week.days.at(-1)) })}</h1>
      ${narrow() ? html`<details class="menu"><summary>${say("web.menu")}</summary><div class="inside">${tools()}${corner()}</div></details>` : html`${tools()}${corner()}`}
      ${figures()}
    </div>
    <div class="bar"><nav class="views" aria-label=${say("web.views")}>
      ${Object.keys(VIEWS).filter(isTheirs).map(
        (name) => html`<a href="#/${name}" aria-current=${name === store.view ? "page" : nothing}>
          ${say(`web.view_${name}`)}</a>`,
      )}
    </nav></div></header>
    ${banners()} ${planning()} ${then()}
    <div class="desk ${store.panel ? "with-panel" : ""}">
      <main id="main" tabindex="-1">${view()}</main>
      ${store.panel ? panel() : nothing}
    </div>
    ${lastMove()} ${dialogs()}
    ${lists()}
    <p class="unseen" role="status">${store.panel === "chosen" ? say("web.opened", { what: titleOf(store.chosen) }) : ""}</p>
    <div class="failed" role="alert" ?hidden=${!store.failed || isSaid(store.failed)}><p>${store.failed}</p>
      <button type="button" class="close" aria-label=${say("web.close")} @click=${closeFailed}>×</button></div>
  `;
}

function closeFailed() {
  store.failed = "";
  document.getElementById("main").focus();
  changed();
}

const tools = () => TOOLS.map((tool) => tool());
const corner = () => html`<div class="corner">${session()} ${choices(() => reloadDraft().catch(failed))}</div>`;

/** Whether a view is the visitor's to see. */
const isTheirs = (name) => isProvince() || !OF_PROVINCE.includes(name);

/** The panel that is open, with its button to close it. */
function panel() {
  return html`<aside class="panel" id="panel" tabindex="-1" aria-label=${say(`web.panel_${store.panel}`)}>
    <button type="button" class="close" aria-label=${say("web.close")} @click=${() => openPanel("")}>×</button>
    ${PANELS[store.panel]()}
  </aside>`;
}

function go(event, id) {
  event.preventDefault();
  document.getElementById(id).focus();
}

let inSight = ""; // the view whose link was last brought into sight

/** On a phone, the links to the views stand in a row that is scrolled to the one that is open. */
afterDrawing(() => {
  if (inSight === store.view || !narrow()) return;
  const link = document.querySelector(".views [aria-current]");
  if (!link) return;
  inSight = store.view;
  const { left, width } = link.getBoundingClientRect();
  link.parentElement.scrollLeft += left + width / 2 - innerWidth / 2;
});

let outside = null; // what had the focus last outside the panel
let wasOpen = false;
addEventListener("focusin", (event) => {
  if (!event.target.closest?.("#panel")) outside = event.target;
});

/** A focus that goes with the panel returns to where it was. */
afterDrawing(() => {
  const isLost = wasOpen && !store.panel && document.activeElement === document.body;
  wasOpen = Boolean(store.panel);
  if (isLost) (outside?.isConnected ? outside : document.getElementById("main")).focus();
});
