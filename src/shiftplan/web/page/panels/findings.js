/** What rules find in the roster, in sentences: of a rule, a center, a shift or a person. */

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { fetched, isNewest } from "../fetched.js";
import { changed, choose } from "../store.js";
import { number, say } from "../words.js";

const FEW = 8;
const MANY = 100;
const unfolded = new Set(); // what is shown at length

/**
 * Sentences, the dearest first; each leads to the shift or person that it is about.
 * @param {object} params - Which are asked for, as the route `findings` takes them.
 * @param {string} key - Remembers whether they are shown at length.
 */
export function findings(params, key) {
  if (!isNewest()) return html`<p class="soft">${say("web.only_newest")}</p>`;
  const most = unfolded.has(key) ? MANY : FEW;
  const found = fetched("findings", { ...params, most });
  if (!found) return html`<p class="soft">${say("web.loading")}</p>`;
  if (!found.count) return html`<p class="soft">${say("web.no_findings")}</p>`;
  const rest = found.count - found.findings.length;
  return html`<ul class="findings">${found.findings.map((one) => html`<li class=${one.is_hard ? "hard" : ""}>
      ${leads(one)}<span class="cost">${one.is_hard ? "⚠" : number(one.cost)}</span></li>`)}</ul>
    ${rest > 0 && most === FEW ? html`<button type="button" class="more" @click=${() => (unfolded.add(key), changed())}>
      ${say("web.more", { n: rest })}</button>` : nothing}`;
}

function leads({ sentence, shift_id: shift, volunteer_id: person, center_id: center }) {
  const [kind, id] = shift ? ["shift", shift] : person ? ["person", person] : ["center", center];
  return id ? html`<button type="button" @click=${() => choose(kind, id)}>${sentence}</button>` : html`<span>${sentence}</span>`;
}

/** The panel of broken hard rules. */
export const broken = () => html`<h2>${say("web.panel_broken")}</h2>${findings({ hard: true }, "hard")}`;
