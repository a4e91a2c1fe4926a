"""Every roster of a tiny problem, for tests that need no solver to know the best one."""

from __future__ import annotations

import itertools

from shiftplan import Problem, Roster


def every_roster(problem: Problem) -> list[Roster]:
    """All sets of pairs, the smaller ones first, whether or not rules allow them."""
    pairs = [(s.shift_id, v.volunteer_id) for s in problem.shifts for v in problem.volunteers]
    return [
        Roster.of(chosen)
        for size in range(len(pairs) + 1)
        for chosen in itertools.combinations(pairs, size)
    ]
