"""What logs of visits said of weeks, kept in the ledger, and the minutes that follow from it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan import InputError, Roster
from shiftplan.seasons import Ledger, new_week
from shiftplan.seasons.ledger import WorkedWeek
from shiftplan.testing.pictures import MONDAY, plan
from shiftplan.week.lessons import CenterVisits, ServiceMinutes, VisitWeek

WEEK = dt.timedelta(7)
SERVICES = [
    {"service_id": "file", "name": "Filing", "minutes_per_citizen": 10},
    {"service_id": "kiosk", "minutes_per_citizen": 4},
]


def told(number: int, minutes: float = 20, came: float = 3, days: int = 7) -> VisitWeek:
    """What a log says of the week so many weeks after the one to plan."""
    one = ServiceMinutes(
        service_id="file", visits=50, minutes=minutes, low=minutes - 1, high=minutes + 1, cv=0.5
    )
    center = CenterVisits(center_id="c1", came=came, planned=2, forecast=2.5, alarm="more")
    start = MONDAY + number * WEEK
    return VisitWeek(start=start, days=days, centers=(center,), minutes=(one,))


def test_a_week_that_is_learned_again_takes_the_place_of_itself() -> None:
    """A log that was completed says more; other weeks stay, in order of time."""
    book = Ledger().learned(told(-1)).learned(told(-2)).learned(told(-1, came=9))

    assert [(week.start, week.centers[0].came) for week in book.visits] == [
        (MONDAY - 2 * WEEK, 3),
        (MONDAY - WEEK, 9),
    ]


def test_weeks_that_share_days_are_refused() -> None:
    """A week of ten days reaches into the next one."""
    with pytest.raises(InputError) as error:
        Ledger().learned(told(-1)).learned(told(-2, days=10))

    assert [(f.code, f.table) for f in error.value.faults] == [("week_recorded", "visits")]


def test_recording_who_worked_keeps_who_came() -> None:
    """Also when a level is confirmed, or another week is taken out."""
    book = Ledger(weeks=(WorkedWeek(start=MONDAY - 3 * WEEK),)).learned(told(-1))

    recorded = book.record(plan("M"), Roster())

    assert recorded.visits == book.visits
    assert book.without(MONDAY - 3 * WEEK).visits == book.visits


def test_a_week_taken_out_is_gone_whole() -> None:
    """What was worked, and what the log said of it."""
    book = Ledger(weeks=(WorkedWeek(start=MONDAY - WEEK),)).learned(told(-1))

    left = book.without(MONDAY - WEEK)

    assert (left.weeks, left.visits) == ((), ())


def test_only_earlier_weeks_teach() -> None:
    """The last one that ends by the first date; a week that is planned anew knows no later ones."""
    book = Ledger().learned(told(-2)).learned(told(-1)).learned(told(0))

    assert [
        week and week.start for week in map(book.visits_before, (MONDAY, MONDAY - 2 * WEEK))
    ] == [MONDAY - WEEK, None]


@given(st.lists(st.tuples(st.integers(-9, 9), st.floats(0, 1e6)), max_size=4))
def test_a_ledger_is_read_as_it_was_written(weeks: list[tuple[int, float]]) -> None:
    """With all figures of the logs."""
    book = Ledger()
    for number, came in weeks:
        book = book.learned(told(number, came=came))

    assert Ledger.model_validate_json(book.to_json()) == book


@pytest.mark.parametrize(("take", "minutes"), [(False, 10), (True, 20)])
def test_the_next_week_is_offered_the_minutes(*, take: bool, minutes: float) -> None:
    """It takes them over if asked to; the other service and its name stay."""
    last = plan("M", services=SERVICES)
    book = Ledger().learned(told(0))

    made = new_week(last, MONDAY + WEEK, ledger=book, learn_minutes=take)

    assert [row.minutes_per_citizen for row in made.services] == [20]
    assert [(s.name, s.minutes_per_citizen) for s in made.problem.services] == [
        ("Filing", minutes),
        ("", 4),
    ]


def test_minutes_that_the_week_has_already_are_not_offered() -> None:
    """Once taken over, they are its own."""
    last = plan("M", services=SERVICES)
    book = Ledger().learned(told(0))
    taken = new_week(last, MONDAY + WEEK, ledger=book, learn_minutes=True)

    again = new_week(taken.problem, MONDAY + 2 * WEEK, ledger=book)

    assert again.services == ()
