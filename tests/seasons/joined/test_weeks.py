"""Weeks planned in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from shiftplan import History, Problem, Roster, check
from shiftplan.rules import MaxShiftCount
from shiftplan.seasons import Turnout
from shiftplan.seasons.joined import PlannedWeek, plan_weeks
from shiftplan.testing.pictures import MONDAY, plan
from shiftplan.week.records import Volunteer


def week(number: int, **fields: object) -> Problem:
    """Mornings of a week for Ana and Bob."""
    return plan("M", "ana bob", start=MONDAY + dt.timedelta(7 * number), **fields)


def mondays(problem: Problem, past: Sequence[PlannedWeek]) -> Roster:
    """Ana works on Monday, and Bob on Tuesday from the second week on."""
    return Roster.of([("M0", "ana"), *([("M1", "bob")] if past else [])])


def test_weeks_know_those_before() -> None:
    """Counters and shares go on, also where nothing was counted at first."""
    planned = list(plan_weeks(map(week, range(3)), mondays))

    rows = [{h.volunteer_id: h for h in w.problem.history} for w in planned]
    assert rows[0] == {}
    counts = [(r["ana"].counted_shifts, r["bob"].counted_shifts) for r in rows[1:]]
    assert counts == [(1, 0), (2, 1)]
    assert [r["ana"].shifts_worked for r in rows[1:]] == [1, 2]
    assert [r["ana"].shifts_offered for r in rows[1:]] == [7, 14]
    assert [len(w.ledger.weeks) for w in planned] == [1, 2, 3]


def test_a_limit_of_the_season_goes_on_over_weeks() -> None:
    """With at most 2 in the season, the third Monday breaks the rule."""
    weeks = (week(n, rules=[MaxShiftCount(max_shifts=2)]) for n in range(3))

    broken = [check(w.problem, w.roster).hard for w in plan_weeks(weeks, mondays)]

    assert broken == [{}, {}, {"max_shift_count": 1}]


def test_only_those_who_came_have_worked() -> None:
    """An absence counts nothing, and a reserve who was called counts one."""

    def turnouts(problem: Problem, roster: Roster) -> list[Turnout]:
        return [
            Turnout(shift_id="M0", volunteer_id="ana", state="absent"),
            Turnout(shift_id="M0", volunteer_id="bob", state="called"),
        ]

    first, second = plan_weeks(map(week, range(2)), mondays, turnouts=turnouts)

    assert first.roster == Roster.of([("M0", "ana")])
    assert first.worked == Roster.of([("M0", "bob")])
    counted = {h.volunteer_id: h.counted_shifts for h in second.problem.history}
    assert counted == {"ana": 0, "bob": 1}


def test_newcomers_keep_the_history_they_bring() -> None:
    """A row of a later week counts for people whom the week before does not know."""
    new = Volunteer(volunteer_id="new", home_center_id="home")
    rows = (
        History(volunteer_id="new", shifts_worked=5),
        History(volunteer_id="ana", shifts_worked=5, counted_shifts=5),
    )
    second = week(1)
    second = second.model_copy(update={"volunteers": (*second.volunteers, new), "history": rows})

    _, planned = plan_weeks([week(0), second], mondays)

    worked = {h.volunteer_id: h.shifts_worked for h in planned.problem.history}
    assert worked == {"ana": 1, "bob": 0, "new": 5}


def test_each_week_is_asked_for_when_the_one_before_was_planned() -> None:
    """So that availability can be asked week by week."""
    order: list[str] = []

    def weeks():
        for number in range(2):
            order.append(f"asked {number}")
            yield week(number)

    def planned(problem: Problem, past: Sequence[PlannedWeek]) -> Roster:
        order.append(f"planned {len(past)}")
        return Roster()

    list(plan_weeks(weeks(), planned))

    assert order == ["asked 0", "planned 0", "asked 1", "planned 1"]
