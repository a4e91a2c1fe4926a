/** Finding people and centers by what somebody types, without regard to accents and case. */

import { known } from "./store.js";

const texts = new WeakMap(); // row of the week -> what is searched in it

/** A text without accents and case, so that `an` finds `Ân`. */
export const plain = (text = "") =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

function textOf(row, ...parts) {
  if (!texts.has(row)) texts.set(row, plain(parts.join(" ")));
  return texts.get(row);
}

const ofPerson = (person) =>
  textOf(person, person.name, person.volunteer_id, known.centers.get(person.home_center_id)?.name, ...person.group ?? []);
const ofCenter = (center) => textOf(center, center.name, center.center_id, ...center.groups ?? []);

/** Tests for people and centers that have all words of a text; both accept everything for none. */
export function matching(text) {
  const words = plain(text).split(/\s+/).filter(Boolean);
  const hasAll = (found) => words.every((word) => found.includes(word));
  return {
    isAny: words.length === 0,
    person: (person) => Boolean(person) && hasAll(ofPerson(person)),
    center: (center) => Boolean(center) && hasAll(ofCenter(center)),
  };
}
