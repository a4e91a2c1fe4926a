/** The list of weeks, a place to drop a week, and the examples to begin with. */

import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { moment, say } from "../words.js";
import { beginExample, blankOf, forget, sendFiles, state, workbenchOf } from "./state.js";

export function start() {
  return html`
    <h1>${say("web.home_title")}</h1>
    <section class="drop">
      <h2>${say("web.home_open")}</h2>
      <p>${say("web.home_drop")}</p>
      <label class="choose">${say("web.home_choose")}
        <input type="file" multiple accept=".xlsx,.xlsm,.zip,.csv,.json" @change=${chosen}></label>
      <p class="quiet">${say("web.home_stays")}</p>
    </section>
    ${state.weeks.length
      ? html`<section><h2>${say("web.home_weeks")}</h2>
          <ul class="weeks">${state.weeks.map(line)}</ul></section>`
      : nothing}
    <section>
      <h2>${say("web.home_example")}</h2>
      <form class="example" @submit=${example}>
        <label>${say("web.home_kind")}
          <select name="kind">
            ${state.kinds.map((kind) => html`<option value=${kind}>
              ${say(`web.kind_${kind.replaceAll("-", "_")}`)}</option>`)}
          </select></label>
        <button ?disabled=${state.busy > 0}>${say("web.home_begin")}</button>
        <button type="button" class="blank" @click=${blank}>${say("web.home_blank")}</button>
      </form>
      <p class="quiet">${say("web.home_fill_in")}</p>
    </section>`;
}

function line(week) {
  const { week_id: weekId, name, place, used } = week;
  if (!used) {
    return html`<li><span class="name">${name}</span> <span class="where">${place}</span>
      <span class="gone">${say("web.home_gone")}</span>
      <button type="button" @click=${() => forget(weekId)} aria-label=${`${say("web.home_forget")}: ${name}`}>
        ${say("web.home_forget")}</button></li>`;
  }
  return html`<li><a class="name" href=${workbenchOf(weekId)}>${name}</a>
    <span class="where">${place}</span>
    <time datetime=${used}>${moment(used)}</time>
    <a href=${`#${encodeURIComponent(weekId)}`} aria-label=${`${say("web.home_files")}: ${name}`}>
      ${say("web.home_files")}</a></li>`;
}

function chosen(event) {
  sendFiles([...event.target.files], state.weekId || null);
  event.target.value = "";
}

function example(event) {
  event.preventDefault();
  if (state.busy) return; // a second press of the button is none
  beginExample(new FormData(event.target).get("kind"));
}

function blank(event) {
  location.assign(blankOf(event.target.form.kind.value)); // a file to save: the page stays
}

/** The button that adds CSV files to the week that is shown. */
export function adding() {
  return html`<label class="choose">${say("web.home_add")}
    <input type="file" multiple accept=".csv" @change=${chosen}></label>`;
}

/** Let files be dropped anywhere on the page. */
export function takesFiles(root) {
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  root.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    root.classList.add("over");
  });
  root.addEventListener("dragleave", (event) => event.relatedTarget ?? root.classList.remove("over"));
  root.addEventListener("drop", async (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    root.classList.remove("over");
    const { files } = event.dataTransfer;
    const isFolder = state.week && !/\.(xls[xmb]?|json)$/i.test(state.week.name);
    const only = [...files].every((file) => file.name.toLowerCase().endsWith(".csv"));
    await sendFiles([...files], isFolder && only ? state.weekId : null);
  });
}
