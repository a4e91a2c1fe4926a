/** Publishing: who would be told what, what stands against it, and what was told last. */

import { post } from "../api.js";
import { momentField, momentOf } from "../clock.js";
import { collect, makeMessages } from "../collected.js";
import { baseField } from "../panels/links.js";
import { counted, messages } from "../panels/messages.js";
import { recorded, recording, when } from "../recorded.js";
import { changed, known, store } from "../store.js";
import { html, nothing } from "../vendor/lit-html/lit-html.js";
import { lang, say } from "../words.js";

const MODES = { next, last, withdraw };
const MOST_DAYS = 60; // that are offered for a deadline
const wish = { mode: "", deadline: { day: "", time: "" }, whole: false, why: "", agreed: "", isSending: false, links: false };

const set = (field, value) => {
  wish[field] = value;
  changed();
};

/** Days that a deadline can be on: from today, or the first day of the week, to its last. */
function daysOfDeadline() {
  const [last, today] = [store.week.days.at(-1), new Date().toLocaleDateString("sv")];
  const days = [];
  for (let date = Date.parse(last); days.length < MOST_DAYS; date -= 86_400_000) {
    const iso = new Date(date).toISOString().slice(0, 10);
    if (iso < today && iso < store.week.days[0]) break;
    days.unshift(iso);
  }
  return days;
}

/** The view: what is to be published, what was published last, or a withdrawal. */
export function publish() {
  const { value: status, isOld } = recorded("status");
  if (!status || (isOld && wish.mode === "last" && status.told == null)) {
    return html`<p class="waiting" role="status">…</p>`;
  }
  const has = {
    next: !store.draft.then && (store.draft.version !== status.told || status.told == null),
    last: status.told != null || status.withdrawn != null,
    withdraw: status.told != null,
  };
  const modes = Object.keys(MODES).filter((mode) => has[mode]);
  const mode = modes.includes(wish.mode) ? wish.mode : modes[0];
  const facts = { version: status.told ?? status.withdrawn };
  return html`<div class="page-of">
    <div class="row" role="group" aria-label=${say("web.view_publish")}>${modes.map((one) => html`
      <button type="button" aria-pressed=${one === mode} @click=${() => set("mode", one)}>
        ${say(`web.publish_${one}`, facts)}</button>`)}</div>
    ${mode ? MODES[mode](status) : nothing}</div>`;
}

/** What publishing the draft would do. */
function next() {
  const version = store.draft.version;
  if (version == null) return html`<p>${say("web.nothing_to_publish")}</p>`;
  const asked = { version, deadline: momentOf(wish.deadline, "23:59"), whole: wish.whole || null };
  const { value: shown, failed, isOld } = recorded("publication", asked);
  const isReady = shown && !isOld && wish.deadline.time !== null && !wish.isSending && !shown.same && (!shown.doubts.length || isAgreed(shown));
  return html`<section aria-labelledby="to-publish" aria-busy=${isOld}>
    <h2 id="to-publish">${say("web.publish_version", { version: version ?? "–" })}</h2>
    ${failed ? html`<p class="warn-box" role="status">${failed}</p>` : nothing}
    ${shown ? foreseen(shown) : nothing}
    <form class="fields" @submit=${(event) => event.preventDefault()}>
      ${momentField(say("web.deadline"), wish.deadline, say("web.without_deadline"), changed, daysOfDeadline())}
      <label class="tick"><input type="checkbox" .checked=${wish.whole}
        @change=${(event) => set("whole", event.target.checked)}> ${say("web.whole")}</label>
      ${why()}
      ${shown?.doubts.length ? html`<label class="tick"><input type="checkbox" .checked=${isAgreed(shown)}
        @change=${(event) => set("agreed", event.target.checked ? doubtsOf(shown) : "")}> ${say("web.anyway")}</label>` : nothing}
      <button type="button" class="first" ?disabled=${!isReady} @click=${() => askFirst(sureToPublish(shown, asked))}>
        ${say("web.publish_now", { version: version ?? "–" })}</button>
    </form>
    ${shown ? messages(shown.messages, null) : nothing}
  </section>`;
}

const doubtsOf = (shown) => shown.doubts.join("\n");

/** Whether somebody said yes to the doubts that are shown, and not only to others before. */
const isAgreed = (shown) => shown.doubts.length > 0 && wish.agreed === doubtsOf(shown);

const why = () => html`<label>${say("web.reason")} <input type="text" maxlength="500" .value=${wish.why}
  @input=${(event) => (wish.why = event.target.value)}></label>`;

/** What a publication would do, before its messages. */
function foreseen(shown) {
  const { people, unchanged, without, doubts, broken, notes, deadline } = shown;
  const tells = shown.same ? "web.nothing_new" : shown.known == null ? "web.first_told" : "web.tells";
  return html`
    ${doubts.length ? html`<div class="warn-box"><h3>${say("web.doubts")}</h3>
      <ul>${doubts.map((line) => html`<li>${line}</li>`)}</ul></div>` : nothing}
    <p><b>${say(tells, { n: people })}</b>
      ${shown.messages.length ? counted(shown.messages) : nothing}
      ${deadline ? say("web.asked_until", { at: when(deadline) }) : nothing}</p>
    ${notes.map((line) => html`<p class="warn-box">${line}</p>`)}
    ${folded("web.broken_rules", broken, (line) => line)}
    ${folded("web.unchanged", unchanged, (id) => known.people.get(id)?.name ?? id)}
    ${without ? html`<p class="soft">${say("web.without_message", { n: without })}</p>` : nothing}`;
}

const folded = (code, items, text) => (items.length ? html`<details class="fold">
  <summary>${say(code, { n: items.length })}</summary>
  <ul class="columns">${items.map((item) => html`<li>${text(item)}</li>`)}</ul></details>` : nothing);

/** What people know, in a sentence. */
export function whatTheyKnow({ told, told_at: at, told_by: who, people, withdrawn }) {
  if (told == null) return say(withdrawn == null ? "web.nobody_knows" : "web.was_withdrawn", { version: withdrawn });
  return say(who ? "web.was_told_by" : "web.was_told", { version: told, n: people, who, at: when(at) });
}

/** What was published or withdrawn last: its messages and files. */
function last(status) {
  const { value: shown, failed } = recorded("messages", { whole: wish.whole || null });
  const query = new URLSearchParams({ lang, ...(wish.whole ? { whole: true } : {}) });
  return html`<section aria-labelledby="told-last">
    <h2 id="told-last">${whatTheyKnow(status)}</h2>
    ${failed ? html`<p class="warn-box">${failed}</p>` : nothing}
    <div class="row">${wish.links
      ? html`<button type="button" ?disabled=${collect.isMaking} @click=${() => makeMessages(wish.whole)}>${
          say(collect.isMaking ? "web.busy" : "web.all_files")}</button>`
      : html`<a class="button" href="api/messages/files?${query}" download>${say("web.all_files")}</a>`}
      <label class="tick"><input type="checkbox" .checked=${wish.whole}
        @change=${(event) => set("whole", event.target.checked)}> ${say("web.whole")}</label>
      <label class="tick"><input type="checkbox" .checked=${wish.links}
        @change=${(event) => set("links", event.target.checked)}> ${say("web.with_links")}</label></div>
    ${wish.links ? html`<div class="fields">${baseField()}
      <p class="warn-box" role="status">${say("web.links_replaced")}</p></div>` : nothing}
    ${shown ? html`<p>${counted(shown.messages)}</p> ${messages(shown.messages, shown.version)}` : nothing}
  </section>`;
}

/** What withdrawing the published roster would do. */
function withdraw(status) {
  const { value: shown, failed, isOld } = recorded("withdrawal");
  return html`<section aria-labelledby="to-withdraw" aria-busy=${isOld}>
    <h2 id="to-withdraw">${say("web.withdraw_version", { version: status.told })}</h2>
    ${failed ? html`<p class="warn-box">${failed}</p>` : nothing}
    ${shown ? html`<p>${say("web.withdraw_tells", { n: shown.people })} ${counted(shown.messages)}</p>
      ${shown.notes.map((line) => html`<p class="warn-box">${line}</p>`)}` : nothing}
    <form class="fields" @submit=${(event) => event.preventDefault()}>
      ${why()} <button type="button" class="first" ?disabled=${!shown || wish.isSending}
        @click=${() => askFirst(sureToWithdraw(status, shown))}>${say("web.withdraw_now")}</button></form>
    ${shown ? messages(shown.messages, null) : nothing}
  </section>`;
}

/** Ask once more before everybody is told. */
function askFirst(question) {
  store.dialog = { kind: "sure", ...question };
  changed();
}

const sureToPublish = (shown, asked) => ({
  title: say("web.sure_to_publish", { version: shown.version }),
  lines: [
    say(shown.known == null ? "web.first_told" : "web.tells", { n: shown.people }),
    shown.deadline ? say("web.asked_until", { at: when(shown.deadline) }) : say("web.no_deadline"),
  ],
  act: say("web.publish_now", { version: shown.version }),
  yes: () => order("publication", shown, asked),
});

const sureToWithdraw = (status, shown) => ({
  title: say("web.sure_to_withdraw", { version: status.told }),
  lines: [say("web.withdraw_tells", { n: shown.people })],
  act: say("web.withdraw_now"),
  yes: () => order("withdrawal", shown),
});

/** Publish or withdraw just what is shown; then show what was told. */
async function order(path, shown, asked = null) {
  const { version, head, digest } = shown;
  const body = { head, digest, why: wish.why };
  if (asked) Object.assign(body, { ...asked, version, whole: wish.whole, even_if_poor: isAgreed(shown) });
  set("isSending", true);
  const done = await recording(() => post(path, body, { lang }));
  wish.isSending = false;
  if (done) {
    Object.assign(wish, { mode: "last", deadline: { day: "", time: "" }, whole: false, why: "", agreed: "" });
  }
  changed();
}
