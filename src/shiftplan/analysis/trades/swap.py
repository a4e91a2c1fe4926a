"""Whether two people may trade shifts, and what it costs.

(`Problem`, `Roster`, two assignments) -> `swap` -> `Trade`.
"""

from __future__ import annotations

from collections.abc import Sequence

from shiftplan.analysis.trades.trade import Handover, Trade, make_trade
from shiftplan.errors import Fault, InputError
from shiftplan.options import check_options
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import need_assignment
from shiftplan.scoring.moves import Moves
from shiftplan.week.roster import Assignment, Roster


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
    pair = "a pair of a shift id and a volunteer id"
    given = {"first": first, "second": second}
    check_options(*((name, side, _is_pair(side), pair) for name, side in given.items()))
    for shift_id, volunteer_id in (first, second):
        need_assignment(problem, roster, shift_id, volunteer_id)
    for place, column in enumerate(Assignment._fields):
        if first[place] == second[place]:
            message = "both sides of a trade must be different"
            fault = Fault("invalid_value", "trade", column, first[place], message)
            raise InputError([fault])
    (gives, giver), (takes, other) = first, second
    handovers = (Handover(gives, giver, other), Handover(takes, other, giver))
    return make_trade(Moves(problem, roster), handovers)


def _is_pair(side: object) -> bool:
    """Whether it may be an assignment; a text of two letters can be taken apart too."""
    return isinstance(side, Sequence) and not isinstance(side, str) and len(side) == 2
