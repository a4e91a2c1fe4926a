"""Faults and notes of the tables that designs of shifts read: types of shifts, and breaks.

`Known` -> `Fault`s of misspelt names; `Problem` -> notes of rows of which nothing comes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shiftplan.errors import Fault
from shiftplan.errors.message import Message
from shiftplan.problem.known import Known, fault
from shiftplan.week.where import NO_PLACE, closest

if TYPE_CHECKING:
    from shiftplan.problem import Problem

_TYPES, _BREAKS = "shift_types", "breaks"


def misspelt_names(known: Known) -> Iterator[Fault]:
    """Types of shifts misspell no place, and breaks no type.

    Any other unknown name may be one of another week: both tables may lie above several weeks.
    """
    for i, row in enumerate(known.problem.shift_types):
        if row.where in known.places or known.unread.touches("centers"):
            continue
        places = known.nearest("places", known.places - {""})
        meant = places.slip(row.where)
        guess = Message("files.meant_quoted", text=meant) if meant else ""
        if remedy := guess or known.rows_near("centers").remedy(row.where):
            yield fault("unknown_name", _TYPES, i, "where", row.where, NO_PLACE, remedy=remedy)
    for i, pause in enumerate(known.problem.breaks):
        if pause.type:
            yield from known.misspelt(_BREAKS, i, "type", [pause.type], "types")


def idle_rows(problem: Problem) -> Iterator[Fault]:
    """Yield the rows of which no design takes anything, and centers that none is for."""
    known = Known(problem)
    yield from _idle_types(known)
    yield from _idle_breaks(known)


def _idle_types(known: Known) -> Iterator[Fault]:
    problem = known.problem
    rows = problem.shift_types
    used = {c.center_id: {id(row) for row in closest(rows, c)} for c in problem.centers}
    taken = set[int]().union(*used.values())
    for i, row in enumerate(rows):
        if row.where not in known.places:
            said = Message("files.lacking_name", name=row.where)
            yield fault("unknown_name", _TYPES, i, "where", row.where, said)
        elif not any(map(row.days.has, problem.horizon.dates)):
            yield fault("outside_horizon", _TYPES, i, "days", row.days, "files.of_other_days")
        elif id(row) not in taken:
            yield fault("no_effect", _TYPES, i, "where", row.where, "problem.no_center_takes")
    lacking = [name for name, found in used.items() if not found]
    if rows and lacking:
        said = Message("problem.center_without_types", center=lacking[0], n=len(lacking))
        yield fault("no_effect", _TYPES, None, "where", "", said)


def _idle_breaks(known: Known) -> Iterator[Fault]:
    problem = known.problem
    kinds = {(row.type, minutes) for row in problem.shift_types for minutes in row.lengths}
    minutes_of = problem.horizon.minutes
    kinds |= {(s.type, minutes_of(s.end) - minutes_of(s.start)) for s in problem.shifts}
    types = {kind for kind, _ in kinds}
    for i, row in enumerate(problem.breaks if kinds else ()):
        if row.type and row.type not in types:
            said = Message("files.lacking_name", name=row.type)
            yield fault("unknown_name", _BREAKS, i, "type", row.type, said)
        elif not any(row.concerns(*kind) and row.begins(kind[1]) for kind in kinds):
            yield fault(
                "no_effect", _BREAKS, i, "minutes", row.minutes, "problem.no_room_for_break"
            )
