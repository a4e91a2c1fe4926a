"""Requirements from standard needs: what the rows meant most closely ask for, for each shift.

(Rows of `needs`, centers, shifts) -> requirements, and the row of each.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.seasons.opening.rows import MOST_ROWS, ByPlace, StandardNeed, disagreement
from shiftplan.week.records import Center, Requirement, Shift

_TABLE = "needs"
_Ability: TypeAlias = tuple[str | None, int | None]
"""Skill and level of a row."""


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

    Rows about the same skill and level compete for a shift, others add up. Of those that compete
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
    if len(rows) > MOST_ROWS:
        said = Message("seasons.too_many_rows", rows=len(rows), most=MOST_ROWS)
        raise InputError([Fault("too_large", _TABLE, message=said)])
    table, at = _Needs(rows), {center.center_id: center for center in centers}
    made: list[Requirement] = []
    origin: list[int] = []
    for shift in shifts:
        for index in table.of(at[shift.center_id], shift) if shift.center_id in at else ():
            row = rows[index]
            values = {name: getattr(row, name) for name in ("minimum", "target", "reason")}
            need = Requirement.model_construct(
                shift_id=shift.shift_id, skill_id=row.skill_id, min_level=row.level, **values
            )
            made.append(need)
            origin.append(index)
    if table.faults:
        raise InputError(table.faults.values())
    return MadeRequirements(tuple(made), tuple(origin))


class _Needs:
    """Which rows ask for people in a shift."""

    def __init__(self, rows: Sequence[StandardNeed]) -> None:
        self._rows, self._places = rows, ByPlace(rows)
        self._named = {name for row in rows for name in row.shifts}
        self._best = cache(self._best_of)
        self.faults: dict[tuple[int, int], Fault] = {}
        """Rows that disagree -> the fault of it."""

    def of(self, center: Center, shift: Shift) -> list[int]:
        """Rows that hold for a shift, in order of the table."""
        own = {shift.type, *shift.tags, shift.shift_id.rpartition("-")[2]}
        names = frozenset(own & self._named)
        best: dict[_Ability, tuple[tuple[int, int, int, int], list[int]]] = {}
        for close, places in self._places.of(center):
            for place in places:
                for ability, (ranks, found) in self._best(place, shift.day, names).items():
                    rank = (int(ranks[0] == 2), close, *ranks)
                    known = best.get(ability)
                    if known is None or rank > known[0]:
                        best[ability] = rank, list(found)
                    elif rank == known[0]:
                        known[1].extend(found)
        for _, found in best.values():
            self._compare(sorted(found), shift)
        first = [min(found) for _, found in best.values()]
        return sorted(index for index in first if self._rows[index].target)

    def _best_of(
        self, place: str, day: dt.date, names: frozenset[str]
    ) -> dict[_Ability, tuple[tuple[int, int], list[int]]]:
        """Skill and level -> rank of the closest rows for a place, date and names, and those."""
        best: dict[_Ability, tuple[tuple[int, int], list[int]]] = {}
        for index in self._places.on(place, day):
            row = self._rows[index]
            if row.shifts and names.isdisjoint(row.shifts):
                continue
            ability, rank = (row.skill_id, row.level), (row.days.rank, int(bool(row.shifts)))
            known = best.get(ability)
            if known is None or rank > known[0]:
                best[ability] = rank, [index]
            elif rank == known[0]:
                known[1].append(index)
        return best

    def _compare(self, found: Sequence[int], shift: Shift) -> None:
        """See that rows that are equally close ask for the same."""
        first = self._rows[found[0]]
        for index in found[1:]:
            row = self._rows[index]
            if (row.minimum, row.target) == (first.minimum, first.target):
                continue
            if (index, found[0]) not in self.faults:
                column = "minimum" if row.target == first.target else "target"
                facts = {"center": shift.center_id, "day": shift.day}
                value = getattr(row, column)
                self.faults[index, found[0]] = disagreement(
                    _TABLE, index, found[0], column, value, **facts
                )
