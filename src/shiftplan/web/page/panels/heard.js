/** What a person answered about the shifts that they were told, and what they say on the phone now. */

import { button, recorded } from "../recorded.js";
import { isProvince, known, store } from "../store.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { day, hours, say } from "../words.js";
import { absentIs, record, secondLook } from "./happened.js";

/** Whether the view says already what was recorded last. */
const isSaid = () => ["status", "history"].includes(store.view);

/** The section on a person. */
export function heard({ volunteer_id: person }) {
  const { value: told } = recorded("told", { person });
  if (!told || (!told.length && !isProvince())) return nothing;
  return html`<section class="heard"><h3>${say("web.answers")}</h3>${isSaid() ? nothing : secondLook()}
    <ul>${told.filter((one) => known.shifts.has(one.shift_id)).map(answer)}</ul>
    ${isProvince() ? button(say("web.cannot_come"), () => absentIs(person)) : nothing}</section>`;
}

function answer({ shift_id, volunteer_id, answer: said, state }) {
  const at = known.shifts.get(shift_id);
  const tell = (word) => record({ answers: [{ shift_id, volunteer_id, answer: word }] });
  const now = state ? say(`web.state_${state}`) : said ? say(`web.said_${said}`) : "";
  return html`<li>${day(at.start)} ${hours(at)} <span class="soft">${now}</span>
    ${isProvince() ? html`<span class="row">
      ${said === "confirmed" ? nothing : button(say("web.confirms"), () => tell("confirmed"))}
      ${said === "declined" ? nothing : button(say("web.declines"), () => tell("declined"))}</span>` : nothing}</li>`;
}
