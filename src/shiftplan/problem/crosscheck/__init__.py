"""Faults between the parts of a problem: unknown ids, contradictions, values out of order.

`Problem`, or the tables a reader has so far -> `Fault`s; it never stops at the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shiftplan.errors import Fault
from shiftplan.problem.crosscheck import across, outside, tables
from shiftplan.problem.crosscheck.known import NOTHING_UNREAD, Known, Unread
from shiftplan.problem.crosscheck.naming import lacking_names
from shiftplan.problem.crosscheck.notes import (
    empty_tables,
    long_nights,
    look_alikes,
    repeated_shifts,
    unread_preferences,
)
from shiftplan.problem.crosscheck.outside import windows_outside

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
        outside.offers,
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
        windows_outside,
        empty_tables,
        unread_preferences,
        lacking_names,
        repeated_shifts,
        look_alikes,
        long_nights,
    ):
        yield from part(problem)
