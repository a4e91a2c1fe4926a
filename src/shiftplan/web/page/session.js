/** Who is signed in: signing in, the name under which one works, and signing out. */

import { del, get, post, put } from "./api.js";
import { html, nothing, render } from "./vendor/lit-html/lit-html.js";
import { changed, known, store } from "./store.js";
import { say } from "./words.js";

let current = { who: null, by: "app" };

/** Learn who is signed in; where nobody is, show in a place how to come in, and answer false. */
export async function entered(place) {
  current = await get("session");
  if (current.who !== null) return true;
  render(current.by === "password" ? door() : closed(), place);
  return false;
}

/** Whether the server still knows whoever has this page open. */
export const isSignedIn = async () => (await get("session")).who !== null;

/** What to do where the server knows nobody any more: sign in again, or open an address. */
export function comeBack() {
  if (current.by === "password") return html`<p role="alert">${say("web.unknown_password")}</p>
    <button type="button" @click=${() => location.reload()}>${say("web.session_enter")}</button>`;
  const code = { address: "web.unknown_address", link: "web.unknown_link" }[current.by] ?? "web.refused_unknown";
  return html`<p role="alert">${say(code)}</p>`;
}

/** For the head: the name, which may be changed, and signing out. */
export function session() {
  const { who, by } = current;
  if (by === "app") return who ? html`<span class="session">${who}</span>` : nothing;
  if (by === "link") return html`<span class="session">${known.centers.get(who)?.name || who}
    <button type="button" @click=${leave}>${say("web.session_leave")}</button></span>`;
  return html`<details class="session" name="tools">
    <summary>${who || say("web.session_nobody")}</summary>
    <div class="menu">
      <form @submit=${rename}>
        <label>${say("web.session_name")}<input name="name" required maxlength="80" autocomplete="name" .value=${who}></label>
        <button>${say("web.session_rename")}</button>
      </form>
      ${by === "password" ? html`<button type="button" @click=${leave}>${say("web.session_leave")}</button>` : nothing}
    </div>
  </details>`;
}

async function rename(event) {
  event.preventDefault();
  const form = event.target;
  try {
    await put("session", { name: form.elements.name.value });
    current = await get("session");
    form.closest("details").open = false;
  } catch (error) {
    store.failed = error.message;
  }
  changed();
}

async function leave() {
  await del(current.by === "link" ? "lead" : "session");
  location.reload();
}

/** Name and password. */
function door(failed = "") {
  return html`<main class="door"><h1>${say("web.session_title")}</h1>
    <form @submit=${comeIn}>
      <label>${say("web.session_name")}<input name="name" required maxlength="80" autocomplete="username" autofocus></label>
      <label>${say("web.session_password")}<input name="password" type="password" required autocomplete="current-password"></label>
      <button>${say("web.session_enter")}</button>
      <p role="alert" ?hidden=${!failed}>${failed}</p>
    </form></main>`;
}

async function comeIn(event) {
  event.preventDefault();
  const form = event.target;
  const { name, password } = Object.fromEntries(new FormData(form));
  try {
    await post("session", { name, password });
    location.reload();
  } catch (error) {
    render(door(error.message), form.closest("main").parentElement);
  }
}

function closed() {
  const code = current.by === "app" ? "web.refused_unknown" : "web.session_closed";
  return html`<main class="door"><h1>${say("web.session_title")}</h1><p>${say(code)}</p></main>`;
}
