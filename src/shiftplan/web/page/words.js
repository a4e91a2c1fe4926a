/** What the page says, in all languages at once: `say("web.x", {n: 3})`; numbers, days, hours. */

import { get } from "./api.js";
import { remembered, remember } from "./remembered.js";

const PLURALS = ["zero", "one", "two", "few", "many", "other"];
let catalogues = { en: {} };
export let lang = "en";

/** Load all languages, and choose the one used last, that of the address, or that of the browser. */
export async function loadWords() {
  catalogues = await get("words");
  const asked = new URLSearchParams(location.search).get("lang");
  const wanted = [remembered("lang"), asked, ...navigator.languages.map((one) => one.split("-")[0])];
  speak(wanted.find((one) => one in catalogues) ?? "en");
}

/** Languages there are, English first. */
export const languages = () => Object.keys(catalogues);

/** Change the language of everything that is said from now on. */
export function speak(chosen) {
  lang = chosen;
  document.documentElement.lang = chosen;
  remember("lang", chosen);
}

const textsOf = (code) => catalogues[lang][code] ?? catalogues.en[code];

/** Whether there are words for a code. */
export const has = (code) => textsOf(code) !== undefined;

/** A text of the catalogue with its gaps filled, in the forms that `present/words.py` lists. */
export function say(code, facts = {}) {
  const texts = textsOf(code);
  if (texts === undefined) return code;
  return texts[formOf(texts, facts.n)].replace(/\{(\w+)(?::([^{}]*))?\}/g, (gap, name, form) =>
    name in facts ? shown(facts[name], form) : gap,
  );
}

/** Which of the texts of an entry stands for a number. */
function formOf(texts, n) {
  if (texts.length === 1) return 0;
  const rules = formatter("PluralRules", {});
  const kinds = PLURALS.filter((kind) => rules.resolvedOptions().pluralCategories.includes(kind));
  return Math.min(kinds.indexOf(rules.select(Math.abs(n))), texts.length - 1);
}

/** A fact as people read it, in the form of its gap. */
function shown(value, form) {
  if (value == null) return "–";
  if (Array.isArray(value)) return list(value, form);
  if (form && has(`count.${form}`)) return say(`count.${form}`, { n: value });
  if (form === "day") return day(value);
  if (typeof value !== "number") return String(value);
  if (form === "+,") return signed(value);
  return form?.includes("%") ? percent(value) : number(value);
}

const made = new Map();

/** A formatter of Intl, made once for each language and options. */
function formatter(kind, options) {
  const key = lang + kind + JSON.stringify(options);
  if (!made.has(key)) made.set(key, new Intl[kind](lang, options));
  return made.get(key);
}

/** A number such as 12,345; a dash for none. */
export const number = (value, digits = 0) =>
  value == null ? "–" : formatter("NumberFormat", { maximumFractionDigits: digits }).format(value);

/** A change with its sign, such as +1,200 or −35. */
export const signed = (value) =>
  value === 0 ? "0" : (value > 0 ? "+" : "−") + number(Math.abs(value));

/** A share such as 98.1%, cut off: never flattering; a dash for none. */
export const percent = (share, digits = 1) =>
  share == null
    ? "–"
    : formatter("NumberFormat", {
      style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits, roundingMode: "trunc",
    }).format(share + 1e-11);

/** How far a cost is above its bound, such as 0.07%: rounded up, never flattering; a dash for unknown. */
export const gapOf = (total, bound) =>
  total == null || bound == null || total <= 0
    ? "–"
    : formatter("NumberFormat", {
      style: "percent", minimumFractionDigits: 2, maximumFractionDigits: 2, roundingMode: "ceil",
    }).format(Math.max(0, (total - bound) / total - 1e-11));

/** Compares texts as the language sorts them. */
export const collate = (one, other) => formatter("Collator", {}).compare(one, other);

/** Items as people list them: a, b and c (`and`), a, b or c (`or`), or with commas. */
export function list(items, kind = "") {
  const form = textsOf(`form.${kind}`)?.[0];
  if (!form || items.length < 2) return items.join(", ");
  return form.replace("{first}", items.slice(0, -1).join(", ")).replace("{last}", () => items.at(-1));
}

/** A date such as 2026-12-07, with its weekday: Mon 07 Dec. */
export function day(date) {
  const moment = new Date(`${date.slice(0, 10)}T00:00Z`);
  const [month, dd] = [moment.getUTCMonth(), moment.getUTCDate()];
  const part = (form, at) => textsOf(`form.${form}`)[0].split("|")[at];
  const parts = {
    weekday: part("weekdays", (moment.getUTCDay() + 6) % 7),
    dd: String(dd).padStart(2, "0"),
    mm: String(month + 1).padStart(2, "0"),
    month: part("months", month),
  };
  return textsOf("form.day")[0].replace(/\{(\w+)\}/g, (gap, name) => parts[name] ?? gap);
}

/** A moment in the zone of this browser, such as Mon 07 Dec 10:32; of another year than now with it. */
export function moment(at) {
  const [then, two] = [new Date(at), (n) => String(n).padStart(2, "0")];
  const year = then.getFullYear();
  const date = day(`${year}-${two(then.getMonth() + 1)}-${two(then.getDate())}`);
  return `${date}${year === new Date().getFullYear() ? "" : ` ${year}`} ${two(then.getHours())}:${two(then.getMinutes())}`;
}

/** The hours of a shift, such as 07:00–11:00; with the day of an end more than a day later. */
export const hours = ({ start, end }) =>
  `${clock(start)}–${Date.parse(`${end}Z`) - Date.parse(`${start}Z`) > 864e5 ? `${day(end)} ` : ""}${clock(end)}`;

/** The time of day, such as 07:00. */
const clock = (moment) => moment.slice(11, 16);

/** What a rule is called: by the catalogue, or by its id as words. */
export function ruleName(rule) {
  const name = say(`rule.${rule}`);
  if (name !== rule && has(`rule.${rule}`)) return name;
  const words = rule.replaceAll("_", " ");
  return words[0].toUpperCase() + words.slice(1);
}
