"""What the weeks of a term came to, and how that is shown.

`LivedWeek`s, as they were lived; `Row`s, one for each week and arm -> a table, a picture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from benchmarks.cells import Table, percent, whole
from shiftplan.problem import Problem
from shiftplan.record import LiveWeek, TurnedOut
from shiftplan.week.roster import Assignment, Roster

mpl.use("Agg")
Arm = Literal["learned", "column"]
ARMS: tuple[Arm, ...] = get_args(Arm)
COLORS: Mapping[Arm, str] = {"learned": "#0072b2", "column": "#d55e00"}
"""Colours that can be told apart by people who do not see all colours."""


@dataclass
class LivedWeek:
    """A week that is over."""

    problem: Problem
    """The week as it was planned."""
    live: LiveWeek
    """The week with its record."""
    turned_out: TurnedOut
    """What that says in the end."""
    present: Roster
    """Who came."""
    first: Roster
    """What people were told first."""
    told: set[Assignment] = field(default_factory=set)
    """Everything that anybody was told."""
    taken: Counter[str] = field(default_factory=Counter)
    """Reason -> assignments told that were taken away later."""
    calls: Counter[str] = field(default_factory=Counter)
    """Answer -> calls."""
    effects: Counter[float] = field(default_factory=Counter)
    """Effects of the circumstances in which people who were told came or stayed away."""
    refused: int = 0
    """Repairs that were not told: none was found in time, or there were doubts about it."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a week of an arm came to; errors are mean absolute ones of people seen so far."""

    arm: Arm
    week: int
    """1 for the first."""
    assignments: int
    """People told at first, shift by shift."""
    seats: int
    """Seats of all requirements, with and without a skill."""
    filled: int
    """Of these, seats filled on the day by people who came."""
    skilled: int
    """Seats that need a skill."""
    skilled_filled: int
    minority: int
    """Seats in areas of minorities."""
    minority_filled: int
    calls: int
    """Calls of reserves."""
    came_after_call: int
    """Reserves who said that they come, and came."""
    told: int
    """Assignments that anybody was told, at first or later."""
    taken: int
    """Of these, assignments taken from people who could have come."""
    own: int
    """Assignments that people declined, or missed for illness or without a reason."""
    absent: int
    """Shifts to which people who were told did not come, without an excuse."""
    excused: int
    """Shifts that people declined, or for which they were ill."""
    refused: int
    """Repairs that were not told."""
    seen: int
    """People seen so far."""
    error_learned: float
    """Error of the rates that the ledger teaches."""
    error_share: float
    """Error of everybody's own share of shifts to which they came."""
    error_column: float
    """Error of the column `show_rate` of the first week."""
    inside: float
    """Part of the true rates that are inside their interval of 90%."""
    seconds: float


def table(rows: Sequence[Row]) -> Table:
    """A line for each figure, with a column for each arm: sums, or the figure of the last week."""
    arms = list(dict.fromkeys(row.arm for row in rows))
    of = {arm: [row for row in rows if row.arm == arm] for arm in arms}

    def total(arm: Arm, name: str) -> int:
        return sum(getattr(row, name) for row in of[arm])

    def share(part: str, whole_of: str) -> tuple[str, ...]:
        return tuple(percent(_share(total(arm, part), total(arm, whole_of))) for arm in arms)

    def last(name: str) -> tuple[str, ...]:
        return tuple(percent(getattr(of[arm][-1], name)) for arm in arms)

    lines = (
        ("people told at first", *(whole(total(arm, "assignments")) for arm in arms)),
        ("seats filled on the day", *share("filled", "seats")),
        ("of these, with a skill", *share("skilled_filled", "skilled")),
        ("in areas of minorities", *share("minority_filled", "minority")),
        ("calls of reserves", *(whole(total(arm, "calls")) for arm in arms)),
        ("reserves who came", *(whole(total(arm, "came_after_call")) for arm in arms)),
        ("absent without an excuse", *(whole(total(arm, "absent")) for arm in arms)),
        ("told and taken from people who could come", *share("taken", "told")),
        ("error of the rates learned, at the end", *last("error_learned")),
        ("error of everybody's own share", *last("error_share")),
        ("error of the column", *last("error_column")),
        ("true rates inside the 90% intervals", *last("inside")),
    )
    weeks = max(row.week for row in rows)
    return Table(f"A term of {weeks} weeks", ("figure", *arms), lines)


def _share(part: int, of: int) -> float | None:
    return part / of if of else None


def draw(rows: Sequence[Row], path: Path) -> None:
    """Draw seats filled, calls, changes and errors, week by week."""
    figure = Figure(figsize=(9, 5.6), dpi=110, layout="constrained")
    ((seats, calls), (changes, errors)) = figure.subplots(2, 2)
    for arm in dict.fromkeys(row.arm for row in rows):
        own = [row for row in rows if row.arm == arm]
        weeks, color = [row.week for row in own], COLORS[arm]
        line = {"color": color, "marker": "o", "markersize": 4}
        filled = [100 * (_share(row.filled, row.seats) or 0) for row in own]
        seats.plot(weeks, filled, label=arm, **line)
        calls.plot(weeks, [row.calls for row in own], label=arm, **line)
        taken = [100 * (_share(row.taken, row.told) or 0) for row in own]
        changes.plot(weeks, taken, label=arm, **line)
        used = "error_learned" if arm == "learned" else "error_column"
        errors.plot(weeks, [100 * getattr(row, used) for row in own], label=arm, **line)
        if arm == "learned":
            shares = [100 * row.error_share for row in own]
            errors.plot(weeks, shares, color="#7f7f7f", linestyle="--", label="own share")
    for axes, title in (
        (seats, "seats filled on the day, %"),
        (calls, "calls of reserves"),
        (changes, "told and taken from people who could come, %"),
        (errors, "mean error of show rates, percentage points"),
    ):
        axes.set_title(title, loc="left", fontsize=10)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(alpha=0.3)
        axes.spines[["top", "right"]].set_visible(False)
    for axes in (calls, changes, errors):
        axes.set_ylim(bottom=0)
    for axes in (changes, errors):
        axes.set_xlabel("week")
    seats.legend(frameon=False)
    errors.legend(frameon=False)
    figure.savefig(path)
