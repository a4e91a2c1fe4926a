/** The figures in the head: seats, cost, bound, gap, broken rules, and whom changes concern. */

import { html, nothing } from "./vendor/lit-html/lit-html.js";
import { fetched, isNewest } from "./fetched.js";
import { narrow } from "./screen.js";
import { boundNow, isProvince, openPanel, seatsOf, store, whyNoBound } from "./store.js";
import { gapOf, number, percent, say } from "./words.js";

/** Why there is no bound, for those who see no tips. */
const unseen = (why) => (why ? html`<span class="unseen"> ${say(`web.bound_${why}`)}</span>` : nothing);

/** The figures of the roster that is worked on. */
export function figures() {
  const { total, coming, broken, version } = store.draft;
  const { filled, wanted, below } = seatsOf(store.week.shifts.map((shift) => shift.shift_id));
  const [bound, why] = [boundNow(), whyNoBound()];
  const gap = gapOf(total, bound);
  const said = (code) => say(why ? `web.bound_${why}` : code);
  const changed = isNewest() ? fetched("figures")?.people_changed : 0;
  return html`<dl class="figures" tabindex=${narrow() ? 0 : nothing}>
    <div><dt>${say("web.version")}</dt><dd>${version ?? "–"}</dd></div>
    <div title=${say("web.seats_said")}><dt>${say("web.seats")}</dt><dd>${say("web.of", { filled: number(filled), wanted: number(wanted) })}
      <small>${wanted ? percent(filled / wanted) : ""}</small></dd></div>
    ${below ? html`<div class="warn"><dt>${say("web.below")}</dt><dd>${number(below)}</dd></div>` : nothing}
    <div title=${say("web.total_said")}><dt>${say("web.total")}</dt><dd>${number(total)}
      ${coming == null ? nothing : html`<small>${say("web.total_coming", { n: coming })}</small>`}</dd></div>
    <div class=${bound == null ? "unknown" : ""} title=${said("web.bound_said")}><dt>${say("web.bound")}</dt><dd>${number(bound)}${unseen(why)}</dd></div>
    <div class=${gap === "–" ? "unknown" : ""} title=${said("web.gap_said")}><dt>${say("web.gap")}</dt><dd>${gap}</dd></div>
    ${broken.length ? html`<div class="warn"><dt>${say("web.broken")}</dt><dd><button type="button" class="link"
      aria-expanded=${store.panel === "broken"} @click=${() => openPanel("broken")}>${number(broken.length)}</button></dd></div>` : nothing}
    ${changed ? html`<div><dt>${say("web.people_changed")}</dt><dd>${isProvince()
      ? html`<a href="#/publish">${number(changed)}</a>` : number(changed)}</dd></div>` : nothing}
  </dl>`;
}
