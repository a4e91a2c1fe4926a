"""What a repair minimises, and the bounds that hold of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from turns import PRICES, TURNS, repaired, week

from shiftplan.analysis.repair.aim import aim_of
from shiftplan.errors import InputError
from shiftplan.present.answers import lines
from shiftplan.present.faults import fault_text
from shiftplan.problem.changes import (
    Absence,
    Cancellation,
)
from shiftplan.scoring.check import check
from shiftplan.solving.result import Cost, Status, StoppedBy
from shiftplan.solving.solve import solve
from shiftplan.testing.pictures import parse
from shiftplan.week.wishes import Pin


def test_a_bound_is_carried_where_rosters_are_only_forbidden():
    """The optimum of the week bounds the week without Ana, not one without a Monday."""
    problem = week()
    best = solve(problem, workers=1, time_limit=None)
    bound = best.total.bound

    one = repaired(problem, best.roster, Absence(volunteer_id="ana"), bound=bound)
    other = repaired(problem, best.roster, Cancellation(shift_id="M0"), bound=bound)

    assert one.result.total.bound == bound <= one.result.total.cost
    assert other.result.total.bound is None


def test_a_bound_is_not_carried_past_a_pin_that_is_lifted():
    """Ana had to work on Monday; without her that pin goes, and cheaper rosters may be."""
    problem = week(pins=(Pin(volunteer_id="ana", shift_id="M0", state="must"),))

    found = repaired(problem, parse(TURNS), Absence(volunteer_id="ana"), bound=1)

    assert found.result.total.bound is None


def test_a_bound_is_not_carried_to_another_published_roster():
    """Where the week prices changes itself, its bound is one for what was published then."""
    rules = (*PRICES, {"rule": "stability", "level": 2})
    one = week(rules=rules).with_changes(roster=parse("ana  M M M"))

    found = repaired(one, parse(TURNS), Absence(volunteer_id="ana"), bound=0)

    assert found.result.total.bound is None


def test_a_wrong_bound_is_refused():
    """A roster that costs less than the bound shows that it is none."""
    with pytest.raises(InputError, match="no bound") as refused:
        repaired(week(), parse(TURNS), Absence(volunteer_id="ana"), bound=10**6)

    assert "[" not in fault_text(refused.value.faults[0], "vi")


def test_a_bound_that_the_mended_roster_passes_costs_no_roster(caplog):
    """What only the repaired roster contradicts is left out, and the log tells."""
    problem, dear = week(), parse("ana  . . .\nbob  . . .")
    bound = check(problem, dear).total

    found = repaired(problem, dear, Absence(volunteer_id="ana"), bound=bound)

    assert found.result.total.cost < bound
    assert found.result.total.bound is None
    assert f"the bound given, {bound}, cannot be right" in caplog.text


def test_a_bound_far_below_is_not_told_as_a_proof():
    """That no roster is more than 100% better says nothing; 40% better says something."""
    found = repaired(week(), parse(TURNS), Absence(volunteer_id="ana"))
    stopped = replace(found.result, status=Status.FEASIBLE, stopped_by=StoppedBy.TIME)

    def told(bound: int) -> str:
        open_end = replace(found, result=stopped, aim=Cost(100_000, bound))
        return "\n".join(lines(open_end))

    assert "by what a repair aims for" in told(60_000)
    assert "by what a repair aims for" not in told(3)


def test_a_stability_rule_of_the_week_is_kept():
    """The week prices changes itself: nothing is added, and rates stay."""
    rules = (*PRICES, {"rule": "stability", "level": 2, "weight": 1, "told_weight": 0})
    problem = week(rules=rules)

    aim = aim_of(problem.with_changes(roster=parse(TURNS)))

    assert aim.rules == problem.rules
    assert aim.rate_of == problem.rate_of


@pytest.mark.parametrize("count", [8, 9])
def test_many_levels_keep_their_order(count):
    """Eight levels have rates that no problem can state: all are lowered, none above another."""
    kinds = "coverage shortage surplus wish min_shifts continuity full_day preferences travel"
    rules = [{"rule": kind, "level": n} for n, kind in enumerate(kinds.split()[:count], 1)]
    problem = week(rules=rules)

    aim = aim_of(problem.with_changes(roster=parse(TURNS)))

    rates = [aim.rate_of[level] for level in range(1, 8)]
    assert rates == sorted(set(rates), reverse=True)
    assert min(aim.rate_of.values()) == 1


@pytest.mark.parametrize("levels", [(1,), (1, 2), (1, 2, 3), (3, 7), ()])
def test_changes_are_priced_between_service_and_people(levels):
    """Whatever levels a week has, a unit of the first outweighs ten changes, others stay."""
    kinds = ("surplus", "coverage", "fairness")
    problem = week(rules=[{"rule": k, "level": n} for k, n in zip(kinds, levels, strict=False)])

    aim = aim_of(problem.with_changes(roster=parse(TURNS)))

    stability = aim.rules[-1]
    own = aim.rate_of[stability.level]
    if levels:
        assert stability.level > levels[0]
        assert aim.rate_of[levels[0]] >= 10 * stability.weight * own
    for level in levels[1:]:
        assert level < stability.level or aim.rate_of[level] == problem.rate_of[level]
