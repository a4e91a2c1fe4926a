/** The form of one person: their shifts, when they can come, wishes, swaps; sent when there is a network. */

import { Sender } from "./sending.js";

const place = document.getElementById("form");
const given = document.getElementById("given");
const sender = new Sender(given && JSON.parse(given.textContent), draw);
const { kept } = sender;
let lang = "vi";

const form = () => kept.page.form;
const say = (code, facts = {}) =>
  (kept.page?.words[lang]?.[`web.form_${code}`] ?? code).replace(/\{(\w+)\}/g, (gap, name) => facts[name] ?? gap);

/** An element; properties are set, `on...` are listeners, others attributes. */
function el(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made && name !== "form") made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== ""));
  return made;
}

const local = () => (lang === "vi" ? "vi-VN" : "en-GB");
const day = (date, weekday = "long") =>
  new Intl.DateTimeFormat(local(), { weekday, day: "2-digit", month: lang === "vi" ? "2-digit" : "short", timeZone: "UTC" })
    .format(new Date(`${date.slice(0, 10)}T00:00Z`)).replace("Chủ Nhật", "Chủ nhật");
const hours = ({ start, end }) =>
  `${start.slice(11, 16)}–${Date.parse(`${end}Z`) - Date.parse(`${start}Z`) > 864e5 ? `${day(end)} ` : ""}${end.slice(11, 16)}`;
const when = (span) => `${day(span.start)}, ${hours(span)}`;
const key = (time) => time.start + time.end;

/** Take over what was chosen, and keep it on this phone. */
function type(part, name, value) {
  kept.typed[part][name] = value;
  keep();
  draw();
}

/** Keep what was typed, also while its field is being typed in. */
function keep() {
  if (sender.state === "refused") sender.state = "kept";
  kept.write();
  const found = document.getElementById("status");
  if (found) found.textContent = note();
}

/** Value of a field: typed, else on its way, else as the form has it. */
function value(part, name, before) {
  if (name in kept.typed[part]) return kept.typed[part][name];
  const sent = kept.sending?.[part].find((row) => (row.date ?? key(row)) === name);
  return sent ? (sent.can ?? sent.state ?? "") : before;
}

function speak(chosen) {
  lang = document.documentElement.lang = chosen;
  draw();
}

function draw() {
  const { id, selectionStart: start, selectionEnd: end } = document.activeElement ?? {};
  place.replaceChildren(el("div", {}, ...(kept.page ? page() : [el("p", { role: "status" }, note())])));
  const again = id && document.getElementById(id);
  if (!again) return;
  again.focus({ preventScroll: true });
  if (start != null) again.setSelectionRange(start, end);
}

function page() {
  const { name, days, deadline } = form();
  document.title = say("title", { name });
  return [
    el("header", {},
      el("div", { className: "langs" }, Object.keys(kept.page.words).map((one) => el("button", {
        type: "button", id: `lang-${one}`, lang: one, ariaPressed: String(one === lang), onclick: () => speak(one),
      }, one.toUpperCase()))),
      el("h1", {}, say("hello", { name })),
      el("p", {}, say("week", { first: day(days[0]), last: day(days.at(-1)) })),
      deadline ? el("p", { className: "due" }, say("due", { when: `${deadline.slice(11, 16)}, ${day(deadline)}` }))
        : null),
    form().decided ? decided(form().decided) : null,
    form().shifts.length ? section("shifts", form().shifts.map(shift)) : null,
    form().swaps.length ? section("swaps", form().swaps.map(swap)) : null,
    form().times.length ? section("times", times()) : null,
    form().wishes.length ? section("wishes", form().wishes.map(wish)) : null,
    section("note", [form().note ? el("p", { className: "soft" }, say("note_sent"), " ", word(form().note)) : null, el("textarea", {
      id: "note", rows: 3, maxLength: 500, value: kept.typed.note || kept.sending?.note || "", ariaLabel: say("note"),
      oninput: (event) => ((kept.typed.note = event.target.value), keep()),
    })]),
    el("footer", {}, el("p", { id: "status", role: "status" }, note()),
      sender.faults.map((fault) => el("p", { className: "bad", role: "alert" }, fault.text)), ways()),
  ];
}

const section = (code, parts) => el("section", { ariaLabel: say(code) }, el("h2", {}, say(code)), parts);

/** What became of what was sent and had to be agreed to. */
function decided({ accepted, dates, word: said }) {
  const facts = { dates: dates.map((date) => day(date)).join(", ") };
  return el("p", { className: accepted ? "good" : "bad" }, say(accepted ? "accepted" : "refused", facts), word(said));
}

const word = (text) => (text ? el("q", {}, text) : null);

/** One of the choices of a group, as a large button that stays down. */
function choice(group, name, label, isOn, onclick, disabled = false) {
  const id = `${group}-${name}`;
  return el("label", { className: `choice ${isOn ? "on" : ""}` },
    el("input", { type: "radio", id, name: group, checked: isOn, disabled, onchange: onclick }), label);
}

/** What is answered about a shift: typed, on its way, or as the form has it. */
function answerTo(own) {
  const { shift_id: id, answer } = own;
  const sent = kept.sending?.answers.find((row) => row.shift_id === id);
  const isAsked = form().swaps.some((one) => one.shift_id === id);
  return kept.typed.answers[id] ?? sent ?? { answer: isAsked ? "swap" : answer };
}

function shift(own) {
  const id = own.shift_id;
  if (own.is_given) {
    return el("div", { className: "card" }, el("b", {}, when(own)), el("p", {}, own.center), el("p", {}, say("given")));
  }
  const said = answerTo(own);
  return el("fieldset", { className: "card" }, el("legend", {}, when(own)), el("p", {}, own.center),
    ["confirmed", "declined", "swap"].map((one) => choice(`shift-${id}`, one, say(one), said.answer === one,
      () => type("answers", id, { answer: one, instead: [], colleague: "" }))),
    said === kept.typed.answers[id] && said.answer === "swap" ? swapping(id, said) : null);
}

/** When somebody could work instead of a shift, and with whom they agreed. */
function swapping(id, said) {
  const others = form().times.filter((time) => !time.works && !time.is_noted);
  const turn = (time, on) => type("answers", id, { ...said, instead: [
    ...said.instead.filter((span) => key(span) !== key(time)), ...(on ? [{ start: time.start, end: time.end }] : []),
  ] });
  return el("div", {}, el("p", {}, say("swap_how")),
    others.map((time) => tick(`swap-${id}-${key(time)}`, when(time),
      said.instead.some((span) => key(span) === key(time)), (on) => turn(time, on))),
    el("label", {}, say("swap_with"), el("input", {
      id: `with-${id}`, maxLength: 200, value: said.colleague, autocomplete: "off",
      oninput: (event) => ((said.colleague = event.target.value), keep()),
    })));
}

function tick(id, label, checked, onchange, disabled = false) {
  return el("label", { className: "tick" }, el("input", {
    type: "checkbox", id, checked, disabled, onchange: (event) => onchange(event.target.checked),
  }), label);
}

function swap(own) {
  const place = (shift) => ({ shift: `${when(shift)}, ${shift.center}` });
  return el("div", { className: "card" },
    el("p", {}, el("b", {}, say(own.state === "accepted" && !own.is_published ? "swap_agreed" : `swap_${own.state}`))),
    own.gives ? el("p", {}, say("swap_gives", place(own.gives))) : null,
    own.gets ? el("p", {}, say("swap_gets", place(own.gets))) : null,
    own.word ? el("p", {}, word(own.word)) : null);
}

function times() {
  const days = {};
  const how = el("p", { className: "soft" }, say("times_how"));
  for (const time of form().times) (days[time.start.slice(0, 10)] ??= []).push(time);
  return [how, ...Object.entries(days).map(([date, own]) => el("fieldset", { className: "card" }, el("legend", {}, day(date)),
    own.map((time) => time.works ? el("p", { className: "soft" }, `${hours(time)}: ${say("works")}`) : el("div", {},
      tick(`time-${key(time)}`, `${hours(time)}: ${say("can")}`, value("times", key(time), time.can) && !time.is_noted,
        (on) => type("times", key(time), on), time.is_noted),
      time.is_noted ? el("small", {}, say("noted")) : time.waits ? el("small", {}, say("waits")) : null))))];
}

function wish(own) {
  const chosen = value("wishes", own.date, own.state) || "";
  const kinds = own.is_planned ? ["for", "against"] : ["", "for", "against"];
  return el("label", { className: "wish" }, day(own.date),
    el("select", { id: `wish-${own.date}`, onchange: (event) => type("wishes", own.date, event.target.value) },
      kinds.map((kind) => el("option", { value: kind, selected: kind === chosen }, say(`wish_${kind || "none"}`)))),
    own.waits ? el("small", {}, say("waits")) : null);
}

/** What is said before the form and its words are here. */
const BEFORE_WORDS = {
  kept: "Đang tải… / Loading…",
  gone: "Liên kết này không còn dùng được. / This link is no longer valid.",
  offline: "Chưa có mạng. / No network yet.",
};

/** How the form stands: kept here, on its way, arrived. */
function note() {
  if (!kept.page) return BEFORE_WORDS[sender.state] ?? BEFORE_WORDS.kept;
  if (sender.isFile) return say(kept.sending || kept.isTyped ? "file_kept" : "file_empty");
  if (sender.state === "kept") return kept.isTyped ? say("kept") : sentAt();
  if (sender.state === "offline" && kept.isTyped && !sender.follows) return say("kept"); // only what was sent before goes
  return say(`state_${sender.state}`);
}

function sentAt() {
  if (!form().sent) return say("new");
  return say("sent", { at: `${form().sent.slice(11, 16)}, ${day(form().sent)}` });
}

/** How it can be sent from here. */
function ways() {
  if (!sender.isFile) {
    const busy = sender.state === "sending" || sender.state === "gone";
    const send = () => sender.send();
    return el("button", { type: "button", id: "send", className: "main", disabled: busy, onclick: send }, say("send"));
  }
  const save = () => {
    const href = URL.createObjectURL(sender.file());
    el("a", { href, download: `${say("file_name")}-${form().name}.json` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000); // it is saved by then
    draw();
  };
  const carry = () => window.open(sender.carrying(), "_blank", "noopener");
  return [
    el("button", { type: "button", id: "save", className: "main", onclick: save }, say("save")),
    sender.base ? el("button", { type: "button", id: "carry", onclick: carry }, say("carry")) : null,
  ];
}

if (!given) addEventListener("hashchange", () => location.reload()); // the link of somebody else in the same tab
lang = navigator.languages.some((one) => one.startsWith("vi")) || !navigator.language.startsWith("en") ? "vi" : "en";
document.documentElement.lang = lang;
draw();
await sender.begin();
draw();
