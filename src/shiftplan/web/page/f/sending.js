/** Ways of a form to those who plan: the network, a link that carries it, a file. */

import { Kept } from "./kept.js";

const AGAIN = 15_000; // milliseconds until the next try without a network

/** A form that is opened by a link, or that is a file of its own (`given`: its page, token, base). */
export class Sender {
  constructor(given, changed) {
    this.given = given;
    this.changed = changed;
    const [token, carried] = given ? [given.token] : location.hash.slice(1).split(".");
    this.token = token;
    this.base = given?.base ?? null;
    this.kept = new Kept(token.slice(0, 8));
    if (given) this.kept.page = given.page;
    if (carried) this.carry(carried);
    this.state = "kept"; // kept, sending, offline, refused, gone
    this.faults = [];
    this.follows = false; // whether what is typed is sent too, as soon as what waits has arrived
    addEventListener("online", () => this.go());
  }

  get isFile() {
    return this.given !== null;
  }

  /** Take over what a file on this phone sends by opening the link. */
  carry(text) {
    history.replaceState(null, "", `#${this.token}`);
    try {
      const bytes = Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
      const carried = JSON.parse(new TextDecoder().decode(bytes));
      if (this.kept.sending && this.kept.sending.form !== carried.form) this.kept.takeBack(); // it has not arrived yet
      this.kept.sending = carried;
      this.kept.write();
    } catch {
      // a link that was cut opens the form all the same
    }
  }

  /** Load the form, and send what waits from an earlier visit. */
  async begin() {
    if (this.isFile) return this.changed();
    if (this.kept.sending) await this.go();
    else await this.load();
  }

  async load() {
    const { sending } = this.kept;
    const answer = await this.ask("GET");
    const page = answer?.ok ? await answer.json() : null;
    if (page && this.kept.sending === sending && this.state !== "sending") { // nothing was sent meanwhile
      this.kept.page = page;
      this.kept.write();
      this.state = "kept";
    }
    this.changed();
  }

  async ask(method, body) {
    const headers = { "X-Shiftplan": "1", "X-Shiftplan-Form": this.token };
    if (body) headers["Content-Type"] = "application/json";
    try {
      const answer = await fetch(`../api/form?lang=${document.documentElement.lang}`, {
        method, headers, body: body && JSON.stringify(body), cache: "no-store", credentials: "omit",
      });
      if (answer.ok) return answer;
      if (answer.status === 401) this.state = "gone";
      else if (answer.status === 429 || answer.status >= 500) this.later(Number(answer.headers.get("Retry-After")));
      else {
        this.state = "refused";
        this.faults = (await answer.json().catch(() => null))?.faults ?? [];
      }
      return answer;
    } catch {
      this.later(0);
      return null;
    }
  }

  later(seconds) {
    this.state = "offline";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.go(), seconds ? seconds * 1000 : AGAIN);
  }

  /** Send what is typed, and again until it arrived; what was sent and stays as it is, only once. */
  async send() {
    this.follows = this.kept.sending !== null && this.kept.isTyped;
    if (this.kept.isTyped || !this.kept.page.form.sent) this.kept.take();
    else if (!this.kept.sending) this.state = "kept";
    await this.go();
  }

  async go() {
    if (this.isFile || this.state === "sending") return;
    if (!this.kept.sending) return this.load();
    this.state = "sending";
    this.changed();
    const answer = await this.ask("POST", this.kept.sending);
    if (answer?.ok) {
      const { form } = await answer.json();
      this.kept.sending = null;
      this.kept.page = { ...this.kept.page, form };
      this.kept.write();
      this.state = "kept";
      this.faults = [];
      if (!this.kept.page.words) await this.load();
      if (this.follows) return this.send();
    } else if (this.state === "refused") {
      this.kept.takeBack();
      const { faults } = this;
      await this.load();
      this.state = "refused";
      this.faults = faults;
    }
    this.changed();
  }

  /** All that was typed so far, under a new id if anything was typed since. */
  all() {
    if (this.kept.sending && this.kept.isTyped) this.kept.takeBack();
    return this.kept.take();
  }

  /** The address that carries what was typed into the network of the office. */
  carrying() {
    const sent = this.all();
    const text = String.fromCharCode(...new TextEncoder().encode(JSON.stringify(sent)));
    const packed = btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
    return `${this.base}f/#${this.token}.${packed}`;
  }

  /** The file that says what was typed, to be given back by any way. */
  file() {
    const content = { shiftplan_form: 1, token: this.token, sent: this.all() };
    return new Blob([JSON.stringify(content)], { type: "application/json" });
  }
}
