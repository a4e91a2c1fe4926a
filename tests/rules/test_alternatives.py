"""Alternative shifts in rosters that are searched, measured, moved and read."""

from __future__ import annotations

import numpy as np
import pytest
from grounds.alternatives import TALKS

import shiftplan as sp
from shiftplan.analysis.seats import lacking
from shiftplan.case.case import Case
from shiftplan.problem import Absence
from shiftplan.problem.notes import find_notes
from shiftplan.scoring.equity import equity_of
from shiftplan.scoring.moves import Moves
from shiftplan.testing.agreement import all_pairs, roster_of
from shiftplan.testing.pictures import plan, shift
from shiftplan.week.roster import Assignment, Change, Roster

SEATS = (
    {"rule": "coverage"},
    {"rule": "minimum_coverage", "level": 1, "weight": 30},
    {"rule": "worst_center_first", "level": 1},
    {"rule": "area_floor", "level": 1, "group": "far"},
    {"rule": "fairness"},
)
TEAMS = (
    {"shift_id": "M0", "minimum": 1, "target": 2},
    {"shift_id": "A0", "minimum": 2, "target": 3},
)


def talk(people: str, **fields):
    """A talk in the morning for a team of two, or in the afternoon for three."""
    shifts = tuple(shift(sign, 0, alternative="talk") for sign in "MA")
    ground = {"shifts": shifts, "requirements": TEAMS, "rules": SEATS[:2]}
    return plan(people=people, days=1, **{**ground, **fields})


@pytest.mark.parametrize(("people", "held"), [("ana bob", "M0"), ("ana bob cho", "A0")])
def test_one_is_held_that_costs_least(people, held):
    """In the afternoon where there are three, of whom only one can come in the morning."""
    barred = [
        {"volunteer_id": who, "shift_id": "M0", "state": "must_not"} for who in ("ana", "bob")
    ]
    week = talk(people, pins=tuple(barred if "cho" in people else ()))

    result = sp.solve(week, time_limit=None, workers=1)

    assert result.status is sp.Status.OPTIMAL
    assert {a.shift_id for a in result.require_roster().assignments} == {held}
    assert sp.check(week, result.require_roster()).total == 0


@pytest.mark.parametrize(
    ("team", "empty", "wanted"),
    [((), {"M0": 2}, 2), ((("A0", "ana"),), {"A0": 2}, 3), ((("M0", "ana"),), {"M0": 1}, 2)],
)
def test_seats_are_those_of_the_shift_that_is_held(team, empty, wanted):
    """Without people it is the earliest; the other wants nobody."""
    case = Case(talk("ana bob cho"), Roster.of(team))

    assert {need.shift_id: case.empty(need) for need in lacking(case)} == empty
    assert equity_of(case).overall.people.target == wanted
    assert [s.shift_id for s in case.taking_place] == [*empty]


def test_a_change_costs_what_it_costs_in_the_whole_roster():
    """Also the first person in a shift, who takes the seats of another one away."""
    problem = plan(**TALKS, rules=SEATS)
    pairs = all_pairs(problem)
    for chosen in np.random.default_rng(0).random((12, len(pairs))) < 0.4:
        roster = roster_of(problem, pairs, chosen)
        moves, before = Moves(problem, roster), sp.check(problem, roster)
        for i, (who, where) in enumerate(pairs):
            place = problem.shifts[where].shift_id, problem.volunteers[who].volunteer_id
            later = chosen.copy()
            later[i] = not chosen[i]
            after = sp.check(problem, roster_of(problem, pairs, later))

            effect = moves.effect(Change(Assignment(*place), added=not chosen[i]))

            assert effect.total == after.total - before.total
            is_more = after.hard.get("one_alternative", 0) > before.hard.get("one_alternative", 0)
            assert is_more == any(v.rule.rule == "one_alternative" for v in effect.broken)


def test_contradicting_pins_are_named():
    """Two people are settled, one in each."""
    pins = tuple(
        {"volunteer_id": who, "shift_id": where, "state": "must"}
        for who, where in (("ana", "M0"), ("bob", "A0"))
    )

    result = sp.solve(talk("ana bob", pins=pins), time_limit=None, workers=1)

    assert result.status is sp.Status.INFEASIBLE
    assert {member.rule for member in result.conflict} == {"one_alternative", "pins"}


def test_a_repair_stays_with_the_shift_that_is_held():
    """Ana falls ill; cho comes to the talk in the afternoon, and nobody is sent to the morning."""
    told = Roster.of(("A0", who) for who in ("ana", "bob", "dan"))

    mended = sp.repair(talk("ana bob cho dan"), told, Absence(volunteer_id="ana"), workers=1)

    assert mended.roster == Roster.of(("A0", who) for who in ("bob", "cho", "dan"))


def test_a_name_of_one_shift_is_noted():
    """Nothing is chosen between; the column of the shift is named."""
    week = plan("M", days=1, shifts=(shift("M", 0, alternative="tlak"), shift("A", 0)))

    notes = [n for n in find_notes(week) if n.column == "alternative"]

    assert [str(n.value) for n in notes] == ["tlak"]


def test_weeks_without_the_column_are_written_as_before():
    """So their digests stay, and earlier versions read them."""
    week = talk("ana bob")

    assert '"alternative":"talk"' in week.model_dump_json()
    assert "alternative" not in plan("MA", days=1).model_dump_json()
