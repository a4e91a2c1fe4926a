"""Whether people may trade shifts, what it costs, and all trades by which somebody can leave one.

(`Problem`, `Roster`, assignments) -> `swap` -> `Trade`; `partners`, `chains` -> `Trades`, cheapest
first.

In a trade everybody leaves one shift and takes one. What hard rules find about one person depends,
except for rules that look at others, on that person's own shifts: whoever breaks more of them by
their own two steps breaks as much in every trade with these steps. `Ways` leaves these out, and
nothing else. `suggest` finds who can take a single shift.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, Literal

from shiftplan.analysis.candidates import Candidates, Exchange, comes, leaves
from shiftplan.analysis.suggest import Candidate, Suggestion, suggest
from shiftplan.errors import Fault, InputError
from shiftplan.errors.allowed import Fits, FromZero
from shiftplan.errors.message import Message
from shiftplan.errors.options import check_options
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.problem.known_ids import need_assignment
from shiftplan.scoring.moves import Effect
from shiftplan.week.json_form import Written
from shiftplan.week.roster import Assignment, Change, Roster

__all__ = ["Candidate", "Exchange", "Handover", "Suggestion", "Trade", "Trades"]
__all__ += ["chains", "partners", "suggest", "swap"]

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
        return leaves(self.shift_id, self.giver), comes(self.shift_id, self.taker)


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
        return _changes(self.handovers)


def _changes(handovers: Sequence[Handover]) -> tuple[Change, ...]:
    return tuple(change for handover in handovers for change in handover.changes())


@takes_week
def swap(problem: Problem, roster: Roster, first: Assignment, second: Assignment) -> Trade:
    """Judge the trade of two people's shifts: each takes the shift that the other leaves.

    Parameters
    ----------
    problem, roster
        Any roster of the problem; what it breaks already is not held against the trade.
    first, second
        Who leaves which shift on each side; assignments of the roster, or pairs of a shift id and a
        volunteer id in this order.

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
    handovers = Handover(gives, giver, other), Handover(takes, other, giver)
    effect = Candidates(problem, roster).effect(*_changes(handovers))
    return Trade(handovers, effect, problem)


def _is_pair(side: object) -> bool:
    """Whether it may be an assignment; a text of two letters can be taken apart too."""
    return isinstance(side, Sequence) and not isinstance(side, str) and len(side) == 2


_Side = Annotated[Any, Fits("options.pair", _is_pair)]

MOST = 100
"""Trades kept, if not told otherwise."""


@dataclass(frozen=True)
class Trades(Written):
    """Possible trades for one person who wants to leave one shift."""

    volunteer_id: str
    """Who wants to leave it."""
    shift_id: str
    """The shift."""
    found: int
    """Possible trades in all."""
    trades: tuple[Trade, ...]
    """The cheapest of them, cheapest first; among equals in the order of ids."""


@takes_week
def partners(
    problem: Problem, roster: Roster, shift_id: str, volunteer_id: str, *, most: int | None = MOST
) -> Trades:
    """Find everybody who can take a shift over, for nothing or for one of their own shifts.

    The cheapest come first, by total cost, or by levels where the problem's order is strict.

    Parameters
    ----------
    problem, roster
        Any roster of the problem; what it breaks already is not held against a trade. Ids in it
        that the problem does not know take no part.
    shift_id, volunteer_id
        Which shift somebody wants to leave, and who.
    most
        Longest list; None for all. The cheapest are kept.

    Raises
    ------
    InputError
        If an id is unknown, the person does not work the shift, or `most` is below 0.
    """
    return _offers(problem, roster, Assignment(shift_id, volunteer_id), most, _pairs)


@takes_week
def chains(
    problem: Problem, roster: Roster, shift_id: str, volunteer_id: str, *, most: int | None = MOST
) -> Trades:
    """Find trades of three people by which somebody can leave a shift.

    The second person takes the shift and gives one of their own to the third, who gives one to the
    first. All are judged, also where there are thousands; `most` only tells how many are kept.
    Parameters, order and errors are those of `partners`.
    """
    return _offers(problem, roster, Assignment(shift_id, volunteer_id), most, _triples)


def _offers(
    problem: Problem,
    roster: Roster,
    left: Assignment,
    most: int | None,
    find: Callable[[Ways, str, str], Iterator[tuple[Handover, ...]]],
) -> Trades:
    check_options(("most", most, FromZero | None))
    need_assignment(problem, roster, *left)
    ways = Ways(Candidates(problem, roster))
    judged = (
        Trade(steps, ways.candidates.effect(*_changes(steps)), problem)
        for steps in find(ways, *left)
    )
    legal = [trade for trade in judged if trade.is_possible]

    def order(trade: Trade) -> tuple[Any, ...]:
        ids = [(h.taker, h.shift_id) for h in trade.handovers]
        return ways.candidates.order(trade.effect), len(ids), ids

    legal.sort(key=order)
    return Trades(left.volunteer_id, left.shift_id, len(legal), tuple(legal[:most]))


def _pairs(ways: Ways, shift_id: str, giver: str) -> Iterator[tuple[Handover, ...]]:
    for taker in ways.takers(shift_id):
        yield (Handover(shift_id, giver, taker),)
    for other in ways.wanted(giver, shift_id):
        for partner in (v.volunteer_id for v in ways.candidates.case.people_in[other]):
            if ways.may_move(partner, other, shift_id):
                yield Handover(shift_id, giver, partner), Handover(other, partner, giver)


def _triples(ways: Ways, shift_id: str, giver: str) -> Iterator[tuple[Handover, ...]]:
    case, wanted = ways.candidates.case, list(ways.wanted(giver, shift_id))
    for second in ways.takers(shift_id):
        for middle in (s.shift_id for s in case.shifts_of[second]):
            if not ways.may_move(second, middle, shift_id):
                continue
            first = Handover(shift_id, giver, second)
            for last in wanted:
                for third in (v.volunteer_id for v in case.people_in[last]):
                    if third not in (giver, second) and ways.may_move(third, last, middle):
                        yield first, Handover(middle, second, third), Handover(last, third, giver)


class Ways:
    """Steps that people can take in one roster; shifts and people are named by their ids."""

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        """Judges whole trades."""
        self.may_move = cache(self._may_move)
        """Whether a person may leave one shift for another that they do not work yet: volunteer
        id, shift left, shift taken. False only if it is possible in no trade."""
        problem, self._closed = candidates.problem, candidates.closed
        self._shift = {s.shift_id: i for i, s in enumerate(problem.shifts)}
        self._person = {v.volunteer_id: i for i, v in enumerate(problem.volunteers)}

    def takers(self, shift_id: str) -> Iterator[str]:
        """Ids of people not in a shift who may take it, and leave something for it."""
        inside = {v.volunteer_id for v in self.candidates.case.people_in[shift_id]}
        closed = self._closed[:, self._shift[shift_id]]
        return (who for who, i in self._person.items() if not closed[i] and who not in inside)

    def wanted(self, volunteer_id: str, shift_id: str) -> Iterator[str]:
        """Ids of shifts that a person may take on leaving one."""
        closed = self._closed[self._person[volunteer_id]]
        for other, i in self._shift.items():
            if not closed[i] and other != shift_id and self.may_move(volunteer_id, shift_id, other):
                yield other

    def _may_move(self, volunteer_id: str, left: str, taken: str) -> bool:
        if self._closed[self._person[volunteer_id], self._shift[taken]]:
            return False
        if any(s.shift_id == taken for s in self.candidates.case.shifts_of[volunteer_id]):
            return False
        steps = leaves(left, volunteer_id), comes(taken, volunteer_id)
        broken = self.candidates.broken(*steps)
        return not any(v.who == volunteer_id and v.rule.sees == "part" for v in broken)
