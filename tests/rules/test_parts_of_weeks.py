"""Rules about centers, areas, teams and published rosters judge parts as `check` the whole."""

from __future__ import annotations

import pytest
import tiny

from shiftplan.scoring.check import check
from shiftplan.scoring.moves import Moves
from shiftplan.testing.agreement import all_pairs, roster_of
from shiftplan.week.roster import Assignment, Change


@pytest.mark.parametrize(
    ("kind", "step"),
    [
        ("worst_center_first", 5),
        ("area_floor", 5),
        ("skill_placement", 5),
        ("mentored", 5),
        ("mentor", 5),
        ("never_alone", 5),
        ("stability", 5),
        ("capacity", 2),
        ("needs_too", 2),
    ],
)
def test_one_person_more_or_less(kind, step):
    """Whoever joins or leaves a shift of a few rosters, the total changes as for the whole."""
    changed = 0
    for problem in tiny.cases()[kind][1::step]:
        pairs = all_pairs(problem)
        for pattern in (0b0, 0b1011010110, 0b0110101101):
            chosen = [pattern >> i & 1 == 1 for i in range(len(pairs))]
            roster = roster_of(problem, pairs, chosen)
            moves, before = Moves(problem, roster), check(problem, roster)
            for i, (person, shift) in enumerate(pairs):
                other = [kept != (i == j) for j, kept in enumerate(chosen)]
                after = check(problem, roster_of(problem, pairs, other))
                ids = problem.shifts[shift].shift_id, problem.volunteers[person].volunteer_id

                effect = moves.effect(Change(Assignment(*ids), added=not chosen[i]))

                assert effect.total == after.total - before.total
                changed += effect.total != 0
    assert changed > 10
