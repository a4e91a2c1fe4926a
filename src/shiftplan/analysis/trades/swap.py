"""Whether two people may trade shifts, and what it costs.

(`Problem`, `Roster`, two assignments) -> `swap` -> `Trade`: shifts that pass from one person to
another, made together, and what that does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from shiftplan.analysis.candidates import Candidates
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.options import Fits, check_options
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import need_assignment
from shiftplan.scoring.moves import Effect
from shiftplan.week.json_form import Written
from shiftplan.week.roster import Assignment, Change, Roster

Kind = Literal["give", "swap", "chain"]
_KINDS: tuple[Kind, ...] = ("give", "swap", "chain")


@dataclass(frozen=True, slots=True)
class Handover(Written):
    """One shift that passes from one person to another."""

    shift_id: str
    """The shift."""
    giver: str
    """Id of the person who leaves it."""
    taker: str
    """Id of the person who takes it."""

    def changes(self) -> tuple[Change, Change]:
        """What it takes away and adds."""
        return (
            Change(Assignment(self.shift_id, self.giver), added=False),
            Change(Assignment(self.shift_id, self.taker), added=True),
        )


@dataclass(frozen=True)
class Trade(Written):
    """Handovers made together, and their effect on the roster."""

    json_keys = "kind handovers possible=is_possible *effect"

    handovers: tuple[Handover, ...]
    """One for a shift given away, two for a swap, three for a chain."""
    effect: Effect
    """What they do together; `check` of both rosters would tell the same."""
    problem: Problem = field(repr=False, compare=False)
    """The problem the roster is for."""

    @property
    def kind(self) -> Kind:
        """Whether a shift is given away, or two or three people trade."""
        return _KINDS[len(self.handovers) - 1]

    @property
    def is_possible(self) -> bool:
        """Whether it breaks no hard rule that is not broken as much already."""
        return not self.effect.broken

    @property
    def changes(self) -> tuple[Change, ...]:
        """What it takes away and adds, one handover after another."""
        return tuple(change for handover in self.handovers for change in handover.changes())


def swap(problem: Problem, roster: Roster, first: Assignment, second: Assignment) -> Trade:
    """Judge the trade of two people's shifts: each takes the shift that the other leaves.

    Parameters
    ----------
    problem
        The problem the roster is for.
    roster
        Any roster; what it breaks already is not held against the trade.
    first, second
        Who leaves which shift on each side; assignments of the roster, or pairs of a shift id and a
        volunteer id in this order.

    Returns
    -------
    Trade
        The exact change of costs, and the hard rules that it breaks.

    Raises
    ------
    InputError
        If a side is no pair, an id is unknown, a person does not work the shift, or both sides are
        the same person or the same shift.
    """
    check_options(("first", first, _Side), ("second", second, _Side))
    for shift_id, volunteer_id in (first, second):
        need_assignment(problem, roster, shift_id, volunteer_id)
    for place, column in enumerate(Assignment._fields):
        if first[place] == second[place]:
            message = Message("trades.same_on_both_sides")
            fault = Fault("invalid_value", "trade", column, first[place], message)
            raise InputError([fault])
    (gives, giver), (takes, other) = first, second
    handovers = (Handover(gives, giver, other), Handover(takes, other, giver))
    return make_trade(Candidates(problem, roster), handovers)


def _is_pair(side: object) -> bool:
    """Whether it may be an assignment; a text of two letters can be taken apart too."""
    return isinstance(side, Sequence) and not isinstance(side, str) and len(side) == 2


_Side = Annotated[Any, Fits("options.pair", _is_pair)]


def make_trade(candidates: Candidates, handovers: Iterable[Handover]) -> Trade:
    """Judge handovers that are made together."""
    steps = tuple(handovers)
    changes = (change for handover in steps for change in handover.changes())
    return Trade(steps, candidates.effect(*changes), candidates.problem)
