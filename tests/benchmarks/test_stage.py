"""What a week of the nurse rostering competition asks before the weeks after it are known."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from nurses import BEFORE, CALM, MONTH, NIGHTS, rows

from benchmarks.inrc2 import problem_of, roster_from_inrc2
from benchmarks.stage import SURPLUS, Stage, history_after, in_proportion
from shiftplan import check
from shiftplan.rules.counts import MaxShiftCount, MinShiftCount
from shiftplan.rules.coverage import Surplus
from shiftplan.rules.rest import MaxWeekends
from shiftplan.rules.wishes import Preferences
from shiftplan.week.history import History

AT_THE_END = ("min_shift_count", "max_shift_count", "max_weekends")
"""Rules whose cost is known at the end of the horizon only."""


def carried(history: tuple[History, ...], cells: dict[str, list[str]]) -> tuple[History, ...]:
    return tuple(history_after(h, cells[h.volunteer_id]) for h in history)


@pytest.mark.parametrize(
    ("ana", "expected"),
    [
        # ana came with a night, 3 days in a row, no shift and one weekend counted.
        ("NN.....", ("", 0, 0, 5, 2, 1)),
        ("N...ENN", ("Night", 2, 3, 0, 4, 2)),
        ("NNNNNNN", ("Night", 8, 10, 0, 7, 2)),
        (".....E.", ("", 0, 0, 1, 1, 2)),
        (".......", ("", 0, 0, 7, 0, 1)),
        ("nnnnnnE", ("Early", 1, 10, 0, 7, 2)),
    ],
)
def test_history_after_a_week_by_hand(ana: str, expected: tuple[object, ...]) -> None:
    """Last type, its run, days worked and off in a row, shifts and weekends are carried on."""
    after = history_after(BEFORE[0], rows(ana=ana)["ana"])

    assert expected == (
        after.last_shift_type,
        after.same_type_in_a_row,
        after.worked_in_a_row,
        after.off_in_a_row,
        after.counted_shifts,
        after.counted_weekends,
    )


@pytest.mark.parametrize("seed", range(25))
def test_costs_of_weeks_add_up_to_those_of_all_weeks_at_once(seed: int) -> None:
    """Runs, wishes and cover add up over carried histories; counts are those of the last week."""
    rng = random.Random(seed)
    weeks = [CALM, NIGHTS, CALM]
    signs = ["..EN", ".EN", "...E", "ENne"]
    full = {who: "".join(rng.choice(rng.choice(signs)) for _ in range(21)) for who in ("ana", "bo")}
    history, parts, last, broken = BEFORE, Counter[str](), {}, Counter[str]()

    for number, data in enumerate(weeks):
        cells = rows(**{who: row[7 * number : 7 * number + 7] for who, row in full.items()})
        problem = problem_of("week", MONTH, history, [data])
        score = check(problem, roster_from_inrc2(problem, cells))
        last = {kind: score.parts.get(kind, 0) for kind in AT_THE_END}
        parts.update({k: cost for k, cost in score.parts.items() if k not in AT_THE_END})
        broken.update(score.hard)
        history = carried(history, cells)
    whole = problem_of("all", MONTH, BEFORE, weeks)
    score = check(whole, roster_from_inrc2(whole, rows(**full)))

    assert +(parts + Counter(last)) == +Counter(score.parts)
    assert broken == Counter(score.hard)


def test_the_last_week_is_planned_with_the_exact_limits() -> None:
    """Alone or ahead, it is the plain problem of the week after its history."""
    stage = Stage(MONTH, BEFORE, (CALM, NIGHTS, CALM))
    exact = problem_of("", MONTH, BEFORE, [CALM])

    for problem in (stage.alone(), stage.ahead(random.Random(0))):
        assert problem.model_copy(update={"name": ""}) == exact


def test_a_look_ahead_that_reaches_the_end_has_the_exact_limits() -> None:
    """Limits are the scenario's; the drawn week is one that was shown, without wishes."""
    problem = Stage(MONTH, BEFORE, (CALM, NIGHTS)).ahead(random.Random(0))
    exact = problem_of("", MONTH, BEFORE, [NIGHTS, NIGHTS])
    other = problem_of("", MONTH, BEFORE, [NIGHTS, {**CALM, "shiftOffRequests": []}])

    assert problem.rules == (*exact.rules, Surplus(level=1, weight=SURPLUS))
    assert problem.preferences == ()
    assert problem.requirements in (exact.requirements, other.requirements)


def test_wishes_are_those_of_the_week_itself() -> None:
    """The week planned along was shown with wishes, and has none."""
    problem = Stage(MONTH, BEFORE, (CALM, CALM)).ahead(random.Random(0))

    assert problem.horizon.days == 14
    assert problem.preferences == problem_of("", MONTH, BEFORE, [CALM]).preferences


def test_a_look_ahead_that_ends_early_has_its_share_of_the_limits() -> None:
    """Three of four weeks have passed at its end: three quarters of each limit hold."""
    four = {**MONTH, "numberOfWeeks": 4}
    problem = Stage(four, BEFORE, (CALM,)).ahead(random.Random(0))

    # Full: at least 3 shifts -> 2; at most 5 -> 3 3/4, the fourth costs a quarter of 20.
    assert [
        (type(rule), rule.parameter, rule.weight)
        for rule in problem.rules
        if isinstance(rule, MinShiftCount | MaxShiftCount | MaxWeekends) and rule.group == ("Full",)
    ] == [
        (MinShiftCount, 2, 20),
        (MaxShiftCount, 3, 5),
        (MaxShiftCount, 4, 15),
        # At most 1 weekend -> 3/4: the first one costs a quarter of 30, about 8.
        (MaxWeekends, 0, 8),
        (MaxWeekends, 1, 22),
    ]
    daily = [r for r in problem.rules if isinstance(r, MaxShiftCount) and r.per == "day"]
    assert daily == [MaxShiftCount(max_shifts=1, per="day")]


@pytest.mark.parametrize(("shown", "days"), [(1, 21), (2, 14), (3, 7)])
def test_two_weeks_ahead_end_with_the_horizon(shown: int, days: int) -> None:
    """Of three weeks two are drawn after the first one, and one after the second."""
    problem = Stage(MONTH, BEFORE, (CALM,) * shown).ahead(random.Random(0))
    exact = problem_of("", MONTH, BEFORE, [CALM])

    assert problem.horizon.days == days
    limits = tuple(rule for rule in problem.rules if not isinstance(rule, Surplus))
    assert limits == exact.rules  # the end is in sight


def test_weeks_drawn_are_among_those_shown() -> None:
    """With two weeks shown, each pair of them is drawn sooner or later."""
    stage = Stage({**MONTH, "numberOfWeeks": 4}, BEFORE, (CALM, NIGHTS))
    exact = {
        problem_of("", MONTH, BEFORE, [NIGHTS, first, then]).requirements
        for first in (CALM, NIGHTS)
        for then in (CALM, NIGHTS)
    }

    drawn = {stage.ahead(random.Random(seed)).requirements for seed in range(40)}

    assert drawn == exact


@pytest.mark.parametrize(("shown", "surplus"), [(1, 2), (2, 2), (3, 0)])
def test_people_beyond_a_target_cost_before_the_last_week(shown: int, surplus: int) -> None:
    """While weeks remain; in the last week a person too many is free."""
    problem = Stage(MONTH, BEFORE, (CALM,) * shown).ahead(random.Random(0))
    # One early shift a day is wanted: both work it on Tuesday and on Wednesday.
    early = rows(
        ana=".EE".ljust(problem.horizon.days, "."), bo="EEEE".ljust(problem.horizon.days, ".")
    )

    score = check(problem, roster_from_inrc2(problem, early))

    assert score.parts.get("surplus", 0) == surplus * SURPLUS


def test_a_share_leaves_other_rules_and_whole_numbers_alone() -> None:
    """Half of six is three, without a second step."""
    rule = MaxShiftCount(max_shifts=6, level=1, weight=20)
    wishes = Preferences(level=1, weight=10)

    assert list(in_proportion(rule, 0.5)) == [rule.model_copy(update={"value": 3})]
    assert list(in_proportion(wishes, 0.5)) == [wishes]


def test_a_week_alone_has_no_limits_from_below_before_the_end() -> None:
    """Nobody can have worked enough in the first week; all else is as it is."""
    exact = problem_of("", MONTH, BEFORE, [CALM])

    problem = Stage(MONTH, BEFORE, (CALM,)).alone()

    assert problem.rules == tuple(r for r in exact.rules if not isinstance(r, MinShiftCount))
