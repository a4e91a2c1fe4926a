"""Who an answer is from: an id, a unique name and center, or an address that the week has.

What a row says of a person -> id of a volunteer, or why nobody is meant for sure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from shiftplan.errors.message import Message
from shiftplan.files.answers.columns import Role
from shiftplan.files.cells import Bad
from shiftplan.files.references import resolver_of
from shiftplan.problem import Problem
from shiftplan.problem.by_name import letters_of, words_of
from shiftplan.problem.nearest import plain

_DIGITS = re.compile(r"[^0-9]")
_LEAST_LETTERS = 3
"""Letters from which the start of a name may stand for it, beside an address."""
_LEAST_DIGITS, _MOST_DIGITS = 8, 9
"""Digits from which a phone tells people apart, and the last of it that are compared."""


class People:
    """The people of a week, found by what they write of themselves."""

    def __init__(self, problem: Problem) -> None:
        self._rows = resolver_of(problem, "volunteers")
        self._names = {person.volunteer_id: person.name for person in problem.volunteers}
        self._contacts: dict[str, set[str]] = {}
        for person in problem.volunteers:
            for text in (person.phone, person.contact):
                for key in _keys(text):
                    self._contacts.setdefault(key, set()).add(person.volunteer_id)

    def find(self, who: Mapping[Role, str]) -> str | Bad:
        """The id of the one person that is meant.

        Id, then name and center. An address or telephone number counts where no name is given, or
        where it is that of one of several people of the name, or of one whose name is shortened.
        """
        bad = Bad("missing_value", Message("answers.no_person"))
        for role in ("id", "name"):
            if not (text := who.get(role, "")):
                continue
            found = self._rows.find(text, who.get("center", "") if role == "name" else "")
            if isinstance(found, str):
                other = self._rows.other_name(found, who.get("name", "")) if role == "id" else ""
                contradiction = Message("answers.id_and_name", id=found, name=other)
                return Bad("invalid_value", contradiction) if other else found
            bad = found
        addressed = self._addressed(who)
        name, told = self._names.get(addressed, ""), who.get("name", "")
        is_meant = bad.code == "missing_value" or (
            plain(name) == plain(told)
            if bad.code == "ambiguous_name"
            else "id" not in who and _is_short(told, name)
        )
        if not addressed or is_meant:
            return addressed or bad
        if bad.code == "ambiguous_name":
            return bad
        return replace(bad, remedy=Message("answers.address_of", id=addressed, name=name))

    def doubt(self, found: str, who: Mapping[Role, str]) -> Message | None:
        """Why an answer of a person may be of another one: its address or number is theirs alone.

        None where it is nobody's, or the person's too.
        """
        for role in ("email", "phone"):
            for key in _keys(who.get(role, "")):
                others = self._contacts.get(key, {found})
                if found not in others:
                    other = min(others)
                    facts = {"text": who[role], "id": other, "name": self._names[other]}
                    return Message("answers.address_of_other", **facts)
        return None

    def _addressed(self, who: Mapping[Role, str]) -> str:
        sets = [
            ids
            for role in ("email", "phone")
            for key in _keys(who.get(role, ""))
            if (ids := self._contacts.get(key))
        ]
        common = set.intersection(*sets) if sets else set()
        return common.pop() if len(common) == 1 else ""


def _is_short(told: str, name: str) -> bool:
    """Whether a name may be short for a longer one: `Jen` or `Jen Thomas` for `Jennifer Thomas`."""
    words, known = words_of(told), words_of(name)
    first = letters_of(words[:1])
    is_start = len(first) >= _LEAST_LETTERS and letters_of(known[:1]).startswith(first)
    return is_start and letters_of(words[1:]) in ("", letters_of(known[1:]))


def _keys(text: str) -> list[str]:
    """What addresses and numbers are compared by."""
    keys = [part.casefold() for part in re.split(r"[\s,;<>|]+", text) if "@" in part]
    if "@" not in text and (phone := phone_key(text)):
        keys.append(phone)
    return keys


def phone_key(text: str) -> str:
    """Digits that phones are compared by, whatever stands before them: a 0, or a country's code.

    Empty for a text with too few digits to tell people apart.
    """
    digits = _DIGITS.sub("", text)
    return digits[-_MOST_DIGITS:].lstrip("0") if len(digits) >= _LEAST_DIGITS else ""
