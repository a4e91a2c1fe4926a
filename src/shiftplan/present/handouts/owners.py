"""Whose calendars and messages there are, what is in them, and what their files are called.

(`Problem`, rosters) -> shifts of each person and center; owners -> names of their files.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from shiftplan.errors import InputError
from shiftplan.present.naming import Names
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import unknown_ids
from shiftplan.week.records import Shift
from shiftplan.week.roster import Roster

_LONGEST = 60
_CENTER = "center-"
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_LOOKS_MARKED = re.compile(r"-[0-9a-f]{12}$")
_RESERVED = re.compile(r"(con|prn|aux|nul|clock|com\d|lpt\d)$")


@dataclass(frozen=True, slots=True, order=True)
class Owner:
    """Whom a calendar or a message is for: a person, or a center."""

    kind: Literal["volunteer", "center"]
    id: str


def owners_of(problem: Problem) -> list[Owner]:
    """Everybody in the tables: people, then centers."""
    people = [Owner("volunteer", v.volunteer_id) for v in problem.volunteers]
    return people + [Owner("center", c.center_id) for c in problem.centers]


class Book:
    """A week and its roster, laid out to be handed out in one language.

    `before`: what people were told before; None when nothing was. Raises `InputError` where a
    roster names unknown ids.
    """

    def __init__(self, problem: Problem, roster: Roster, before: Roster | None, lang: str) -> None:
        rosters = [("roster", roster), ("before", before or Roster())]
        faults = [f for name, r in rosters for f in unknown_ids(problem, r.assignments, name)]
        if faults:
            raise InputError(faults)
        self.problem, self.names = problem, Names(problem, lang)
        self.roster = Roster.of(set(roster.assignments))
        self.before = None if before is None else Roster.of(set(before.assignments))
        self.centers = {c.center_id: c for c in problem.centers}
        in_time = sorted(problem.shifts, key=lambda s: (s.start, s.shift_id))
        self.shifts = {s.shift_id: s for s in in_time}
        self._at: dict[str, list[Shift]] = {center_id: [] for center_id in self.centers}
        for shift in in_time:
            self._at[shift.center_id].append(shift)

    def in_time(self, shift_ids: Iterable[str]) -> list[Shift]:
        """Shifts in order of time."""
        found = [self.shifts[shift_id] for shift_id in shift_ids]
        return sorted(found, key=lambda s: (s.start, s.shift_id))

    def shifts_at(self, center_id: str) -> list[Shift]:
        """All shifts of a center, in order of time."""
        return self._at[center_id]

    def shifts_of(self, owner: Owner, roster: Roster) -> set[str]:
        """Ids of a person's shifts in a roster, or of a center's in which somebody works."""
        if owner.kind == "volunteer":
            return set(roster.shifts_of.get(owner.id, ()))
        return {s.shift_id for s in self._at.get(owner.id, ()) if s.shift_id in roster.people_in}

    def team(self, people: Iterable[str]) -> str:
        """Names of people, those of namesakes with their ids."""
        return ", ".join(map(self.names.member, people))


def file_names(owners: Iterable[Owner]) -> dict[Owner, str]:
    """Name of the file of each owner: the id, for a center with `center-` before it.

    Signs that some system does not take are replaced. A name that is not just the id, that Windows
    reserves, or that differs from another one only in case gets a mark made of the id at its end,
    so that no two names are the same and the name of an id stays what it is from week to week.
    """
    plain = {owner: _readable(owner) for owner in owners}
    taken = Counter(name.casefold() for owner, name in plain.items() if name == _wanted(owner))
    return {
        owner: name if name == _wanted(owner) and _is_free(owner, name, taken) else _marked(owner)
        for owner, name in plain.items()
    }


def _wanted(owner: Owner) -> str:
    return owner.id if owner.kind == "volunteer" else _CENTER + owner.id


def _is_free(owner: Owner, name: str, taken: Counter[str]) -> bool:
    folded = name.casefold()
    if _LOOKS_MARKED.search(folded) or _RESERVED.match(folded) or taken[folded] > 1:
        return False
    return owner.kind == "center" or not folded.startswith(_CENTER)


def _readable(owner: Owner) -> str:
    """The id in plain letters, digits, `-` and `_`."""
    text = unicodedata.normalize("NFKD", owner.id.replace("đ", "d").replace("Đ", "D"))
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    name = _UNSAFE.sub("_", text)[:_LONGEST]
    if owner.kind == "center":
        return _CENTER + name
    return "_" + name[1:] if name.startswith("-") or not name else name


def _marked(owner: Owner) -> str:
    mark = hashlib.sha256(f"{owner.kind} {owner.id}".encode()).hexdigest()[:12]
    return f"{_readable(owner)}-{mark}"
