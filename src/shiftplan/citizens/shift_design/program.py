"""A design as an integer program: columns and rows as they are posted.

`CenterInput`s, posted by `center.py` -> `Program`, and what its columns mean.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from shiftplan.citizens.shift_design.candidates import CandidateShift, ShiftTime
from shiftplan.citizens.shift_design.curve import CenterDemand
from shiftplan.citizens.shift_design.people import OfferedPeople, PeopleClass
from shiftplan.citizens.shift_design.prices import PARTS, DesignPrices, TimePrices
from shiftplan.model import Program
from shiftplan.week.shift_types import ShiftType

Array = np.ndarray[Any, Any]
Entries = dict[int, float]
"""Column -> its coefficient in a row."""


class SeatColumn(NamedTuple):
    """A column: people of a class in a candidate's shift, on all dates of a day of the period."""

    candidate: CandidateShift
    number: int
    """Of the candidate, among those of its center."""
    day: int
    of: PeopleClass
    most: int
    """People of all classes who may be in the shift."""


class BreakColumn(NamedTuple):
    """A column: people of a column of seats who take their breaks at some times of the shift."""

    seats: int
    group: int
    choice: int


SeatsOf = dict[tuple[int, int], list[int]]
"""Number of a candidate, day of the period -> the columns of its seats."""


@dataclass(frozen=True)
class CenterInput:
    """All that a program knows of one center."""

    demand: CenterDemand
    candidates: Sequence[CandidateShift]
    offered: OfferedPeople
    prices: DesignPrices


@dataclass
class DesignProgram:
    """Columns and rows as they are posted."""

    days: int
    cyclic: bool
    period: int
    """Dates after which the shifts repeat themselves; as many as `days` where they do not."""
    time_prices: Mapping[str | ShiftType, TimePrices]
    """Center id, or row whose centers share times -> what these cost."""
    jointly: bool = False
    """Whether seats are of single people, whom the rules of the week limit."""
    seats: dict[int, SeatColumn] = field(default_factory=dict)
    breaks: dict[int, BreakColumn] = field(default_factory=dict)
    whole: list[bool] = field(default_factory=list)
    cost: list[int] = field(default_factory=list)
    """In parts, as `DesignPrices` counts; `program` takes what a policy counts in."""
    upper: list[float] = field(default_factory=list)
    rows: list[tuple[Entries, float, bool]] = field(default_factory=list)
    idle: dict[int, float] = field(default_factory=dict)
    """Columns that are not 0 where no shift is held, and what they are then."""
    times: dict[tuple[str | ShiftType, ShiftTime], int] = field(default_factory=dict)
    """Whose time it is, time -> its column."""

    def column(self, cost: int, upper: float, *, whole: bool = False) -> int:
        """Add a column and return its number."""
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def at_most(self, entries: Entries, bound: float, *, implied: bool = False) -> None:
        """Add a row: the entries add up to no more than the bound."""
        self.rows.append((entries, bound, implied))

    def equal(self, entries: Entries, value: float) -> None:
        """Add rows: the entries add up to the value."""
        self.at_most(entries, value)
        self.at_most({column: -size for column, size in entries.items()}, -value)

    def program(self) -> tuple[Program, Array]:
        """The program, and which of its columns must be whole, bool of shape (num_columns,)."""
        row = np.repeat(np.arange(len(self.rows)), [len(entries) for entries, *_ in self.rows])
        column = np.array([c for entries, *_ in self.rows for c in entries], dtype=np.int64)
        size = np.array([v for entries, *_ in self.rows for v in entries.values()], dtype=float)
        shape = (len(self.rows), len(self.cost))
        matrix = sparse.csr_array((size, (row, column)), shape=shape)
        program = Program.part(
            matrix,
            np.array([bound for _, bound, _ in self.rows]),
            np.array(self.upper),
            cost=np.array(self.cost, dtype=float) / PARTS,
            num_pairs=len(self.cost),
            implied=np.array([implied for *_, implied in self.rows], dtype=bool),
        )
        return program, np.array(self.whole, dtype=bool)

    def nobody(self) -> Array:
        """The solution that holds no shift: everybody is missing."""
        values = np.zeros(len(self.cost))
        values[[*self.idle]] = [*self.idle.values()]
        return values

    def at_times(self, times: Container[ShiftTime]) -> Array:
        """All columns but those of other times, bool of shape (num_columns,)."""
        found = np.ones(len(self.cost), dtype=bool)
        away = {c for c, seats in self.seats.items() if seats.candidate.time not in times}
        found[[*away, *(c for c, one in self.breaks.items() if one.seats in away)]] = False
        found[[c for (_, time), c in self.times.items() if time not in times]] = False
        return found
