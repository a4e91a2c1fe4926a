"""Requirements from standard needs: what the rows meant most closely ask for, for each shift.

(Rows of `needs`, centers, shifts) -> requirements, and the row of each.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from shiftplan.errors import InputError
from shiftplan.seasons.opening.rows import ByPlace, StandardNeed
from shiftplan.week.records import Center, Shift
from shiftplan.week.requirements import Requirement

_Ability: TypeAlias = tuple[str | None, int | None, tuple[str, ...]]
"""Skill and level of a row, and what else people who count hold."""
_Best: TypeAlias = dict[_Ability, tuple[tuple[int, ...], list[int]]]
"""Skill and level -> rank of the rows that are meant most closely, and those."""


@dataclass(frozen=True, slots=True)
class MadeRequirements:
    """Requirements made from standard needs."""

    requirements: tuple[Requirement, ...]
    """In the order of the shifts, then of the rows."""
    rows: tuple[int, ...]
    """For each requirement the position of its row, counted from 0."""


def make_requirements(
    rows: Sequence[StandardNeed], centers: Iterable[Center], shifts: Iterable[Shift]
) -> MadeRequirements:
    """Make the requirements of shifts from standard needs.

    Rows about the same skills and levels compete for a shift, others add up. Of those that compete
    the one that is meant most closely holds: rows for the date go before others; then the center's
    own before those of its groups, `minority`, `remote`, its type and all centers; then rows for
    weekdays before rows for every day; then rows that name shifts before others. A target of 0
    makes no requirement.

    Parameters
    ----------
    rows
        Standard needs.
    centers
        The centers of the week.
    shifts
        Its shifts; a row means those whose type, tag or last part of the id, after a hyphen, is
        among its `shifts`.

    Raises
    ------
    InputError
        Equally close rows disagree about a shift, or there are too many rows.
    """
    table, at = _Needs(rows), {center.center_id: center for center in centers}
    made: list[Requirement] = []
    origin: list[int] = []
    for shift in shifts:
        for index in table.of(at[shift.center_id], shift) if shift.center_id in at else ():
            row = rows[index]
            same = "skill_id", "with_skills", "minimum", "target", "reason"
            values = {name: getattr(row, name) for name in same}
            need = Requirement.model_construct(
                shift_id=shift.shift_id, min_level=row.level, **values
            )
            made.append(need)
            origin.append(index)
    if table.places.faults:
        raise InputError(table.places.faults.values())
    return MadeRequirements(tuple(made), tuple(origin))


class _Needs:
    """Which rows ask for people in a shift."""

    def __init__(self, rows: Sequence[StandardNeed]) -> None:
        self._rows, self.places = rows, ByPlace("needs", rows)
        self._named = {name for row in rows for name in row.shifts}
        self._best = cache(self._best_of)

    def of(self, center: Center, shift: Shift) -> list[int]:
        """Rows that hold for a shift, in order of the table."""
        own = {shift.type, *shift.tags, shift.shift_id.rpartition("-")[2]}
        names = frozenset(own & self._named)
        best: _Best = {}
        for close, places in self.places.of(center):
            for place in places:
                for ability, (ranks, found) in self._best(place, shift.day, names).items():
                    _keep(best, ability, (int(ranks[0] == 2), close, *ranks), found)
        for _, found in best.values():
            self._compare(sorted(found), shift)
        first = [min(found) for _, found in best.values()]
        return sorted(index for index in first if self._rows[index].target)

    def _best_of(self, place: str, day: dt.date, names: frozenset[str]) -> _Best:
        """The closest rows for a place, date and names."""
        best: _Best = {}
        for index in self.places.on(place, day):
            row = self._rows[index]
            if not row.shifts or not names.isdisjoint(row.shifts):
                rank = (row.days.rank, int(bool(row.shifts)))
                _keep(best, (row.skill_id, row.level, row.with_skills), rank, [index])
        return best

    def _compare(self, found: Sequence[int], shift: Shift) -> None:
        """See that rows that are equally close ask for the same."""
        first = self._rows[found[0]]
        for index in found[1:]:
            row = self._rows[index]
            if (row.minimum, row.target) != (first.minimum, first.target):
                column = "minimum" if row.target == first.target else "target"
                self.places.disagree(index, found[0], column, shift.center_id, shift.day)


def _keep(best: _Best, ability: _Ability, rank: tuple[int, ...], rows: Sequence[int]) -> None:
    """Add rows to those of an ability, if none of these ranks higher; lower ones go."""
    known = best.get(ability)
    if known is None or rank > known[0]:
        best[ability] = rank, [*rows]
    elif rank == known[0]:
        known[1].extend(rows)
