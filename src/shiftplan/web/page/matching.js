/** Finding people and centers by what somebody types, without regard to accents and case. */

import { known } from "./store.js";

const texts = new WeakMap(); // row of the week -> words of its name, and of all that is searched in it

/** A text without accents and case, so that `an` finds `Ân`. */
export const plain = (text = "") =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

/** Words of a text, without accents and case. */
export const wordsOf = (text) => plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** Whether each typed word begins another word; digits may stand anywhere in one, such as 915 in V00915. */
export function fits(typed, words) {
  const left = [...words];
  return [...typed].sort((one, other) => other.length - one.length).every((word) => {
    const isDigits = /^\d+$/.test(word);
    const same = left.indexOf(word);
    const at = same >= 0 ? same : left.findIndex((one) => one.startsWith(word) || (isDigits && one.includes(word)));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function textOf(row, name, ...more) {
  if (!texts.has(row)) {
    const own = wordsOf(name.join(" "));
    texts.set(row, { name: own, all: [...own, ...wordsOf(more.join(" "))] });
  }
  return texts.get(row);
}

const ofPerson = (person) =>
  textOf(person, [person.name, person.volunteer_id], known.centers.get(person.home_center_id)?.name, ...person.group ?? []);
const ofCenter = (center) => textOf(center, [center.name, center.center_id], ...center.groups ?? []);

/**
 * Tests for people and centers that have all words of a text; all accept everything for none. `named` looks at
 * a person's name and id alone, `person` at their home and groups too.
 */
export function matching(text) {
  const typed = wordsOf(text);
  return {
    isAny: typed.length === 0,
    named: (person) => Boolean(person) && fits(typed, ofPerson(person).name),
    person: (person) => Boolean(person) && fits(typed, ofPerson(person).all),
    center: (center) => Boolean(center) && fits(typed, ofCenter(center).all),
  };
}
