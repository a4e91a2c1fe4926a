/** What the page says, in all languages at once: `say("web.x", {n: 3})`; numbers, days, hours. */

import { get } from "./api.js";
import { remembered, remember } from "./remembered.js";

let catalogues = { en: {} };
export let lang = "en";

/** Load all languages, and choose the one used last, or that of the browser. */
export async function loadWords() {
  catalogues = await get("words");
  const wanted = [remembered("lang"), ...navigator.languages.map((one) => one.split("-")[0])];
  speak(wanted.find((one) => one in catalogues) ?? "en");
}

export const languages = () => Object.keys(catalogues);

/** Change the language of everything that is said from now on. */
export function speak(chosen) {
  lang = chosen;
  document.documentElement.lang = chosen;
  remember("lang", chosen);
}

/** A text of the catalogue with its gaps filled; `{n:,}` is a number, `{x}` as it is. */
export function say(code, facts = {}) {
  const texts = catalogues[lang][code] ?? catalogues.en[code];
  if (texts === undefined) return code;
  const forms = ["one", "other"];
  const form = texts.length > 1 ? forms.indexOf(new Intl.PluralRules("en").select(facts.n)) : 0;
  return texts[Math.max(0, form)].replace(/\{(\w+)(?::([^{}]*))?\}/g, (gap, name, as) => {
    if (!(name in facts)) return gap;
    if (as && as in NOUNS) return say(`count.${as}`, { n: facts[name] });
    return typeof facts[name] === "number" ? number(facts[name]) : facts[name];
  });
}

const NOUNS = { people: 1, seats: 1, shifts: 1, days: 1, centers: 1, hours: 1 };
const made = new Map();

/** A formatter of Intl, made once for each language and options. */
function formatter(kind, options) {
  const key = lang + kind + JSON.stringify(options);
  if (!made.has(key)) made.set(key, new Intl[kind](lang === "vi" ? "vi-VN" : "en-GB", options));
  return made.get(key);
}

export const number = (value) => formatter("NumberFormat", {}).format(value);
/** A change with its sign, such as +1,200 or −35. */
export const signed = (value) =>
  value === 0 ? "0" : (value > 0 ? "+" : "−") + number(Math.abs(value));
export const percent = (share) =>
  formatter("NumberFormat", { style: "percent", maximumFractionDigits: 1, roundingMode: "trunc" })
    .format(share);

/** A date such as 2026-12-07 in short or long. */
export function day(date, length = "short") {
  const options = { weekday: length, day: "2-digit", month: "2-digit", timeZone: "UTC" };
  return formatter("DateTimeFormat", options).format(new Date(`${date}T00:00Z`));
}

/** The hours of a shift, such as 07:00–11:00. */
export const hours = (shift) => `${shift.start.slice(11, 16)}–${shift.end.slice(11, 16)}`;
