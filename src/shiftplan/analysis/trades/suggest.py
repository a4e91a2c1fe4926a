"""Who can take a shift: everybody ranked, with the exact cost, or with what stands against it.

(`Problem`, `Roster`, shift) -> `suggest` -> `Suggestion`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from shiftplan.analysis.reserves import Reserve
from shiftplan.analysis.trades.barred import Bars
from shiftplan.analysis.trades.candidate import Candidate, Exchange, Standing, Suggestion
from shiftplan.analysis.trades.trade import cost_order
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import need_assignment, need_shift
from shiftplan.scoring.moves import Effect, Moves
from shiftplan.week.roster import Assignment, Change, Roster


def suggest(
    problem: Problem,
    roster: Roster,
    shift_id: str,
    *,
    leaving: str | None = None,
    reserves: Iterable[Reserve] | None = None,
) -> Suggestion:
    """Rank everybody who is not in a shift by what it costs when they take it.

    First come those who can take it, the cheapest first (by the total, or by the levels where the
    problem's order is strict); among equals those on the stand-by list of the shift, in the order
    of the list, then the others by id. Then come those who can take it on leaving one of their own
    shifts, by the cheapest such exchange, and then the rest by the number of breaches.

    Parameters
    ----------
    problem
        The problem the roster is for.
    roster
        Any roster; what it breaks already is not held against anybody.
    shift_id
        The shift.
    leaving
        Somebody in the shift who is to be replaced; effects are then those of both changes
        together. None when somebody is to come in addition.
    reserves
        Stand-by lists; None for none. Those of other shifts are ignored.

    Returns
    -------
    Suggestion
        Everybody of the problem who is not in the shift.

    Raises
    ------
    InputError
        If an id is unknown, or `leaving` does not work the shift.
    """
    need_shift(problem, shift_id)
    if leaving is not None:
        need_assignment(problem, roster, shift_id, leaving)
    moves = Moves(problem, roster)
    case = moves.case
    team = {v.volunteer_id for v in case.people_in[shift_id]}
    others = {v.volunteer_id: None for v in problem.volunteers if v.volunteer_id not in team}
    bars = Bars(problem, case).of(case.shifts[shift_id], others)
    place = {r.volunteer_id: r.rank for r in reserves or () if r.shift_id == shift_id}
    away = () if leaving is None else (Change(Assignment(shift_id, leaving), added=False),)
    judged = [
        Candidate(who, "barred", None, bars[who], (), place.get(who))
        if who in bars
        else _judge(moves, who, (Change(Assignment(shift_id, who), added=True), *away), place)
        for who in others
    ]
    judged.sort(key=lambda candidate: _order(problem, candidate))
    team.discard(leaving or "")
    return Suggestion(shift_id, leaving, tuple(sorted(team)), tuple(judged), problem)


def _judge(
    moves: Moves, volunteer_id: str, changes: Sequence[Change], place: Mapping[str, int]
) -> Candidate:
    """What it does when a person takes the shift."""
    reserve = place.get(volunteer_id)
    broken = moves.broken(*changes)
    if not broken:
        return Candidate(volunteer_id, "possible", moves.effect(*changes), (), (), reserve)
    exchanges = tuple(_exchanges(moves, volunteer_id, changes))
    standing: Standing = "after_leaving" if exchanges else "blocked"
    return Candidate(volunteer_id, standing, None, broken, exchanges, reserve)


def _exchanges(moves: Moves, volunteer_id: str, changes: Sequence[Change]) -> list[Exchange]:
    """Own shifts of a person on leaving one of which they can take the shift, cheapest first."""
    found: list[Exchange] = []
    for own in moves.case.shifts_of[volunteer_id]:
        away = Change(Assignment(own.shift_id, volunteer_id), added=False)
        if not moves.broken(*changes, away):
            found.append(Exchange(own.shift_id, moves.effect(*changes, away)))
    problem = moves.problem
    return sorted(found, key=lambda e: (cost_order(problem, e.effect), e.shift_id))


def _order(problem: Problem, candidate: Candidate) -> tuple[int, tuple[int, ...], float, str]:
    """Key of the ranks."""
    best: Effect | None = candidate.effect
    if candidate.exchanges:
        best = candidate.exchanges[0].effect
    if best is None:
        return 2, (len(candidate.broken),), 0, candidate.volunteer_id
    listed = float("inf") if candidate.reserve is None else candidate.reserve
    group = 0 if candidate.effect is not None else 1
    return group, cost_order(problem, best), listed, candidate.volunteer_id
