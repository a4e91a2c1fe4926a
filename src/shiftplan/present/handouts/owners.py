"""Whose calendars and messages there are, what is in them, and what their files are called.

(`Problem`, rosters) -> shifts of each person and center; owners -> names of their files.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from shiftplan.errors import InputError
from shiftplan.present.breaks import BreakTexts
from shiftplan.present.naming import Names
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import unknown_ids
from shiftplan.week.fields import one_line
from shiftplan.week.owner import Owner
from shiftplan.week.records import Shift
from shiftplan.week.roster import Roster

_LONGEST, _LONGEST_NAME = 60, 40
_CENTER = "center-"
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_UNREADABLE = re.compile(r"[^A-Za-z0-9-]+")
_LOOKS_MARKED = re.compile(r"-[0-9a-f]{12}$")
_RESERVED = re.compile(r"(con|prn|aux|nul|clock|com\d|lpt\d)$")


def owners_of(problem: Problem) -> list[Owner]:
    """Everybody in the tables: people, then centers."""
    people = [Owner("volunteer", v.volunteer_id) for v in problem.volunteers]
    return people + [Owner("center", c.center_id) for c in problem.centers]


def readers_of(problem: Problem, roster: Roster) -> set[Owner]:
    """Who has something to read: people who work or offered time, and all centers."""
    people = {window.volunteer_id for window in problem.availability} | roster.shifts_of.keys()
    return {owner for owner in owners_of(problem) if owner.kind == "center" or owner.id in people}


class Book:
    """A week and its roster, laid out to be handed out in one language.

    `before`: what people were told before; None when nothing was. `before_shifts`: the shifts as
    they were told, where these are not those of the week. Raises `InputError` where a roster names
    unknown ids.
    """

    def __init__(
        self,
        problem: Problem,
        roster: Roster,
        before: Roster | None,
        lang: str,
        before_shifts: Mapping[str, Shift] | None = None,
    ) -> None:
        as_told = dict(before_shifts or {})
        faults = [*unknown_ids(problem, roster.assignments, "roster")]
        faults += (
            fault
            for fault in unknown_ids(problem, (before or Roster()).assignments, "before")
            if fault.column != "shift_id" or fault.value not in as_told
        )
        if faults:
            raise InputError(faults)
        self.problem, self.names = problem, Names(problem, lang)
        self.roster = Roster.of(set(roster.assignments))
        self.before = None if before is None else Roster.of(set(before.assignments))
        self.centers = {c.center_id: c for c in problem.centers}
        self.shifts = {s.shift_id: s for s in _in_time(problem.shifts)}
        self.told_shifts = {**self.shifts, **as_told}
        """Id -> the shift as people were told of it."""
        self._at = _by_center(self.shifts.values())
        told = (
            () if self.before is None else map(self.told_shifts.__getitem__, self.before.people_in)
        )
        self._told_at = _by_center(_in_time(told))

    @cached_property
    def breaks(self) -> BreakTexts:
        """When people are on a break now."""
        return BreakTexts(self.problem, self.roster, self.names)

    @cached_property
    def told_breaks(self) -> BreakTexts:
        """When they were as people were told before."""
        return BreakTexts(self.problem, self.before or Roster(), self.names)

    def shifts_at(self, center_id: str) -> list[Shift]:
        """All shifts of a center, in order of time."""
        return self._at.get(center_id, [])

    def now(self, owner: Owner) -> dict[str, Shift]:
        """Shifts of a person, or of a center those in which somebody works, in order of time."""
        if owner.kind == "center":
            found = [s for s in self.shifts_at(owner.id) if s.shift_id in self.roster.people_in]
        else:
            found = _in_time(self.shifts[s] for s in self.roster.shifts_of.get(owner.id, ()))
        return {shift.shift_id: shift for shift in found}

    def told(self, owner: Owner) -> dict[str, Shift]:
        """The same as people were told before."""
        if owner.kind == "center":
            found = self._told_at.get(owner.id, [])
        else:
            known = () if self.before is None else self.before.shifts_of.get(owner.id, ())
            found = _in_time(map(self.told_shifts.__getitem__, known))
        return {shift.shift_id: shift for shift in found}

    def is_moved(self, shift_id: str) -> bool:
        """Whether a shift of the week is at another time or place than people were told."""
        now, told = self.shifts[shift_id], self.told_shifts[shift_id]
        return (now.start, now.end, now.center_id) != (told.start, told.end, told.center_id)

    def team(self, people: Iterable[str]) -> str:
        """Names of people, those of namesakes with their ids."""
        return ", ".join(map(self.names.member, people))


def _in_time(shifts: Iterable[Shift]) -> list[Shift]:
    return sorted(shifts, key=lambda s: (s.start, s.shift_id))


def _by_center(shifts: Iterable[Shift]) -> dict[str, list[Shift]]:
    found: dict[str, list[Shift]] = {}
    for shift in shifts:
        found.setdefault(shift.center_id, []).append(shift)
    return found


def named_files(problem: Problem) -> dict[Owner, str]:
    """Name of the file of each owner by which people find it: `Nguyen Van An (V00152)`.

    The name is written in plain letters, and what stands in brackets is that of `file_names`; alone
    where there is no name. It changes only with the name of its owner.
    """
    names = {Owner("volunteer", who): row.name for who, row in problem.volunteer_by_id.items()}
    names |= {Owner("center", place): row.name for place, row in problem.center_by_id.items()}
    found = file_names(names)
    for owner, file in found.items():
        name = " ".join(_UNREADABLE.sub(" ", _plain(one_line(names[owner]))).split())
        name = name[:_LONGEST_NAME].strip(" -")
        if name and name != owner.id:
            found[owner] = f"{name} ({file})"
    return found


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
    name = _UNSAFE.sub("_", _plain(owner.id))[:_LONGEST]
    if owner.kind == "center":
        return _CENTER + name
    return "_" + name[1:] if name.startswith("-") or not name else name


def _plain(text: str) -> str:
    """Text without accents."""
    signs = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in signs if not unicodedata.combining(sign))


def _marked(owner: Owner) -> str:
    mark = hashlib.sha256(f"{owner.kind} {owner.id}".encode()).hexdigest()[:12]
    return f"{_readable(owner)}-{mark}"
