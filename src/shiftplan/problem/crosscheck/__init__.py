"""Faults between the parts of a problem: unknown ids, contradictions, values out of order.

`Problem`, or the tables a reader has so far -> `Fault`s; it never stops at the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shiftplan.errors import Fault
from shiftplan.problem.crosscheck import across, notes, tables
from shiftplan.problem.crosscheck.known import NOTHING_UNREAD, Known, Unread

if TYPE_CHECKING:
    from shiftplan.problem import Problem

__all__ = ["Unread", "find_faults", "find_notes"]


def find_faults(problem: Problem, unread: Unread = NOTHING_UNREAD) -> Iterator[Fault]:
    """Yield everything in a problem that does not fit together.

    Parameters
    ----------
    problem
        A problem whose fields are valid one by one. `Problem` calls this on itself; a reader may
        call it on a `model_construct` of the rows that could be read.
    unread
        What is missing from such a half-read problem.

    """
    known = Known(problem, unread)
    for part in (
        across.unique,
        tables.people,
        tables.windows,
        notes.offers,
        tables.work,
        tables.demand,
        tables.citizens,
        tables.requirements,
        tables.histories,
        tables.pins,
        tables.wishes,
        tables.published,
        across.rules,
        across.places,
        across.clocks,
    ):
        yield from part(known)


def find_notes(problem: Problem) -> Iterator[Fault]:
    """Yield what is no fault but worth a look, such as what counts for nothing."""
    for part in (
        notes.windows_outside,
        notes.empty_tables,
        notes.unread_preferences,
        notes.lacking_names,
        notes.repeated_shifts,
        notes.look_alikes,
        notes.long_nights,
    ):
        yield from part(problem)
