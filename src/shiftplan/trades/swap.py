"""Whether two people may trade shifts, and what it costs.

(`Problem`, `Roster`, two assignments) -> `swap` -> `Trade`.
"""

from __future__ import annotations

from shiftplan.errors import Fault, InputError
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import need_assignment
from shiftplan.problem.roster import Roster
from shiftplan.scoring.moves import Moves
from shiftplan.trades.trade import Handover, Trade, make_trade


def swap(
    problem: Problem, roster: Roster, first: tuple[str, str], second: tuple[str, str]
) -> Trade:
    """Judge the trade of two people's shifts: each takes the shift that the other leaves.

    Parameters
    ----------
    problem
        The problem the roster is for.
    roster
        Any roster; what it breaks already is not held against the trade.
    first, second
        Volunteer id and shift id of each side.

    Returns
    -------
    Trade
        The exact change of costs, and the hard rules that it breaks.

    Raises
    ------
    InputError
        If an id is unknown, a person does not work the shift, or both sides are the same person or
        the same shift.
    """
    for volunteer_id, shift_id in (first, second):
        need_assignment(problem, roster, volunteer_id, shift_id)
    for place, column in enumerate(("volunteer_id", "shift_id")):
        if first[place] == second[place]:
            message = "both sides of a trade must be different"
            fault = Fault("invalid_value", "trade", column, first[place], message)
            raise InputError([fault])
    (giver, gives), (other, takes) = first, second
    handovers = (Handover(gives, giver, other), Handover(takes, other, giver))
    return make_trade(Moves(problem, roster), handovers)
