"""All trades by which somebody can leave a shift, cheapest first.

(`Problem`, `Roster`, volunteer, shift) -> `partners`, `chains` -> `Trades`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shiftplan.analysis.candidates import Candidates
from shiftplan.analysis.trades.swap import Handover, Trade, make_trade
from shiftplan.analysis.trades.ways import Ways
from shiftplan.options import FromZero, check_options
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import need_assignment
from shiftplan.week.json_form import Written
from shiftplan.week.roster import Roster

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


def partners(
    problem: Problem, roster: Roster, shift_id: str, volunteer_id: str, *, most: int | None = MOST
) -> Trades:
    """Find everybody who can take a shift over, for nothing or for one of their own shifts.

    Parameters
    ----------
    problem
        The problem the roster is for.
    roster
        Any roster; what it breaks already is not held against a trade. Ids in it that the problem
        does not know take no part.
    shift_id, volunteer_id
        Which shift somebody wants to leave, and who.
    most
        Longest list; None for all. The cheapest are kept.

    Returns
    -------
    Trades
        Shifts given away and swaps, by total cost (by levels where the problem's order is strict).

    Raises
    ------
    InputError
        If an id is unknown, the person does not work the shift, or `most` is below 0.
    """
    check_options(("most", most, FromZero | None))
    need_assignment(problem, roster, shift_id, volunteer_id)
    ways = Ways(Candidates(problem, roster))
    found = (*_gifts(ways, volunteer_id, shift_id), *_swaps(ways, volunteer_id, shift_id))
    return _offers(ways, volunteer_id, shift_id, found, most)


def chains(
    problem: Problem, roster: Roster, shift_id: str, volunteer_id: str, *, most: int | None = MOST
) -> Trades:
    """Find trades of three people by which somebody can leave a shift.

    The second person takes the shift and gives one of their own to the third, who gives one to the
    first. All are judged, also where there are thousands; `most` only tells how many are kept.
    Parameters, order and errors are those of `partners`.
    """
    check_options(("most", most, FromZero | None))
    need_assignment(problem, roster, shift_id, volunteer_id)
    ways = Ways(Candidates(problem, roster))
    found = tuple(_triples(ways, volunteer_id, shift_id))
    return _offers(ways, volunteer_id, shift_id, found, most)


def _offers(
    ways: Ways,
    volunteer_id: str,
    shift_id: str,
    found: tuple[tuple[Handover, ...], ...],
    most: int | None,
) -> Trades:
    judged = (make_trade(ways.candidates, handovers) for handovers in found)
    legal = [trade for trade in judged if trade.is_possible]
    legal.sort(key=lambda t: (ways.candidates.order(t.effect), len(t.handovers), _ids(t)))
    return Trades(volunteer_id, shift_id, len(legal), tuple(legal[:most]))


def _ids(trade: Trade) -> list[tuple[str, str]]:
    return [(h.taker, h.shift_id) for h in trade.handovers]


def _gifts(ways: Ways, giver: str, shift_id: str) -> Iterator[tuple[Handover, ...]]:
    for taker in ways.takers(shift_id):
        yield (Handover(shift_id, giver, taker),)


def _swaps(ways: Ways, giver: str, shift_id: str) -> Iterator[tuple[Handover, ...]]:
    team = ways.candidates.case.people_in
    for other in ways.wanted(giver, shift_id):
        for partner in (v.volunteer_id for v in team[other]):
            if ways.may_move(partner, other, shift_id):
                yield Handover(shift_id, giver, partner), Handover(other, partner, giver)


def _triples(ways: Ways, giver: str, shift_id: str) -> Iterator[tuple[Handover, ...]]:
    case = ways.candidates.case
    wanted = list(ways.wanted(giver, shift_id))
    for second in ways.takers(shift_id):
        for middle in (s.shift_id for s in case.shifts_of[second]):
            if not ways.may_move(second, middle, shift_id):
                continue
            first = (Handover(shift_id, giver, second),)
            for last, third in _closing(ways, giver, second, middle, wanted):
                yield *first, Handover(middle, second, third), Handover(last, third, giver)


def _closing(
    ways: Ways, giver: str, second: str, middle: str, wanted: list[str]
) -> Iterator[tuple[str, str]]:
    """Shifts that the giver takes from somebody who takes the middle one for it."""
    for last in wanted:
        for third in (v.volunteer_id for v in ways.candidates.case.people_in[last]):
            if third not in (giver, second) and ways.may_move(third, last, middle):
                yield last, third
