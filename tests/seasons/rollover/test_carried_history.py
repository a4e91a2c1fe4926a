"""History in a week rolled forward: runs, counters, weekends, and the last week."""

from __future__ import annotations

import datetime as dt

import pytest
from rolling import NEXT, WORKED

from shiftplan import Roster
from shiftplan.rules import AsLastWeek, Continuity, MaxConsecutiveWeekends, MaxWeekends
from shiftplan.seasons import Ledger, Workdays, new_week
from shiftplan.testing.pictures import CENTERS, MONDAY, carried, parse, plan
from shiftplan.week.fields import Weekday


def test_history_is_carried_with_streaks() -> None:
    """As a picture tells it: four mornings in a row for ana, five days off for bob."""
    made = new_week(plan("M", "ana bob"), NEXT, roster=WORKED)

    ana, bob = made.problem.history
    told = carried("ana M . . M M M M |\nbob . M . . . . . |", NEXT)
    assert (ana.shifts_offered, ana.shifts_worked, bob.shifts_worked) == (7, 5, 1)
    for row, old in zip((ana, bob), told, strict=True):
        for name in ("worked_in_a_row", "off_in_a_row", "last_shift_type", "same_type_in_a_row"):
            assert getattr(row, name) == getattr(old, name), name
    assert ana.last_shift_end == told[0].last_shift_end


def test_a_streak_across_the_whole_week_goes_on() -> None:
    """Two days before and seven in the week are nine."""
    history = carried("ana M M |")
    last = plan("M", "ana", history=history)

    made = new_week(last, NEXT, roster=parse("ana M M M M M M M"))

    assert made.problem.history[0].worked_in_a_row == 9


def test_the_last_type_is_kept_though_the_next_week_has_none_of_it() -> None:
    """After the night of the last Sunday nobody begins early, whatever nights come."""
    last = plan({0: "M", 6: "N"}, "ana")
    days = Workdays(holidays={NEXT + dt.timedelta(6): "Tết"})

    made = new_week(last, NEXT, days, roster=Roster.of([("N6", "ana")])).problem

    assert {shift.type for shift in made.shifts} == {"morning"}
    assert made.history[0].last_shift_type == "night"


def test_weeks_of_history_are_those_of_each_person() -> None:
    """Who has been there for two weeks is not taken for somebody of forty."""
    history = [
        {"volunteer_id": "ana", "weeks": 2, "shifts_offered": 4},
        {"volunteer_id": "bob", "weeks": 40, "shifts_offered": 80},
    ]

    made = new_week(plan("M", "ana bob", history=history), NEXT, roster=WORKED).problem

    assert [row.weeks for row in made.history] == [3, 41]


def test_after_a_gap_streaks_are_unknown() -> None:
    """What people did in the week between is not known."""
    made = new_week(plan("M", "ana bob"), NEXT + dt.timedelta(7), roster=WORKED)

    assert {h.worked_in_a_row for h in made.problem.history} == {None}
    assert {h.off_in_a_row for h in made.problem.history} == {None}


def test_a_ledger_that_has_the_week_counts_it_once() -> None:
    """With and without the roster shares are the same; it may also be recorded here."""
    last = plan("M", "ana bob")
    ledger = Ledger.begin(last)
    recorded = ledger.record(last, WORKED)

    found = [
        new_week(last, NEXT, roster=roster, ledger=book).problem.history[0].shifts_worked
        for roster, book in ((WORKED, ledger), (WORKED, recorded), (None, recorded))
    ]

    assert found == [5, 5, 5]


def test_counters_go_on_where_they_are_used() -> None:
    """A season's counter grows by what was worked; where none is used none begins."""
    history = [{"volunteer_id": "ana", "counted_shifts": 10, "counted_weekends": 1}]
    last = plan("M", "ana bob", history=history)

    ana, bob = new_week(last, NEXT, roster=WORKED).problem.history
    plain = new_week(plan("M", "ana bob"), NEXT, roster=WORKED).problem.history[0]

    assert (ana.counted_shifts, ana.counted_minutes, ana.counted_weekends) == (15, 1200, 2)
    assert (bob.counted_shifts, bob.counted_weekends) == (1, 0)
    assert (plain.counted_shifts, plain.counted_weekends) == (0, 0)


@pytest.mark.parametrize(
    ("weekend", "worked", "counted"),
    [
        (("sat", "sun"), "M4", 1),  # a Friday
        (("sat", "sun"), "M6", 2),
        (("fri", "sat"), "M4", 2),
        (("fri", "sat"), "M6", 1),  # a Sunday
        (("sun", "mon"), "M6", 1),  # cut at the end: the next week counts it
        (("sun", "mon"), "M0", 2),  # cut at the start
    ],
)
@pytest.mark.parametrize("row", [0, 1])
def test_weekends_are_counted_as_their_rule_has_them(
    weekend: tuple[Weekday, ...], worked: str, counted: int, row: int
) -> None:
    """A rule on Fridays and Saturdays finds those in the history, and no lone Sundays.

    Where the Sunday before was worked (`row`), a weekend that the start cuts is counted now, once.
    """
    rules = [MaxWeekends(max_weekends=3, weekend=weekend)]
    history = [{"volunteer_id": "ana", "counted_weekends": 1, "worked_in_a_row": row}]
    last = plan("M", "ana", rules=rules, history=history)

    found = new_week(last, NEXT, roster=Roster.of([(worked, "ana")])).problem.history[0]

    is_cut = weekend == ("sun", "mon") and worked == "M6"
    assert found.counted_weekends == counted + (row and is_cut)


@pytest.mark.parametrize(
    ("weekend", "worked", "before", "row"),
    [
        (("sat", "sun"), "M5", None, 1),  # a Saturday
        (("sat", "sun"), "M6", 2, 3),
        (("sat", "sun"), "M4", 2, 0),  # a Friday
        (("fri", "sat"), "M4", 0, 1),
        (("sun", "mon"), "M6", 2, None),  # the next week begins within the weekend
    ],
)
def test_weekends_in_a_row_go_on(
    weekend: tuple[Weekday, ...], worked: str, before: int | None, row: int | None
) -> None:
    """Those of the rule that counts them, as far as they are known."""
    rules = [MaxConsecutiveWeekends(max_weekends=3, weekend=weekend)]
    history = [{"volunteer_id": "ana", "weekends_in_a_row": before}]
    roster = Roster.of([(worked, "ana")])

    counted = new_week(plan("M", "ana", rules=rules, history=history), NEXT, roster=roster)
    plain = new_week(plan("M", "ana", history=history), NEXT, roster=roster)

    assert counted.problem.history[0].weekends_in_a_row == row
    assert plain.problem.history[0].weekends_in_a_row is None


@pytest.mark.parametrize(("worked", "last"), [(["M0", "m3"], "far"), ([], "hill")])
def test_the_last_center_goes_on(worked: list[str], last: str) -> None:
    """Also of people who did not work; the rule that counts it stands in the last week."""
    history = [{"volunteer_id": "ana", "last_center": "hill"}]
    roster = Roster.of([(shift, "ana") for shift in worked])

    made = new_week(plan("Mm", rules=[Continuity()], history=history), NEXT, roster=roster)

    assert made.problem.history[0].last_center == last


def test_a_last_center_that_is_gone_is_left_out() -> None:
    """The next week does not know it."""
    book = Ledger.begin(plan("M", history=[{"volunteer_id": "ana", "last_center": "far"}]))

    (row,) = book.history(plan("M", start=NEXT, centers=CENTERS[:1]))

    assert row.last_center is None


@pytest.mark.parametrize(
    ("picture", "known"),
    [
        ("ana  M . A . . . .", ("mon 07:00 home", "wed 13:00 home")),
        ("ana  . . . . . . .", ("sun 10:00 far",)),  # the last week with work
        ("ana  A . . . . . . . M . . . . .", ("tue 07:00 home",)),  # the second of two weeks
    ],
)
def test_the_last_week_goes_on(picture: str, known: tuple[str, ...]) -> None:
    """Starts of the last seven days, if a rule reads them; those before where nobody worked."""
    days, roster = len(picture.split()) - 1, parse(picture)
    history = [{"volunteer_id": "ana", "last_week": "sun 10:00 far"}]
    last = plan("MA", "ana", days, history=history)
    asked = last.model_copy(update={"rules": (AsLastWeek(),)})
    start = MONDAY + dt.timedelta(days)

    told, untold = (new_week(week, start, roster=roster).problem for week in (asked, last))

    assert told.history[0].last_week == known
    assert untold.history[0].last_week == ()
