"""Dates, day numbers and minutes of the horizon."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError

from shiftplan.week.horizon import Horizon

WEEK = Horizon(start=dt.date(2026, 12, 7), days=7)


def test_dates_run_from_the_start_for_so_many_days():
    """Seven days from Monday 7 December end before Monday 14 December."""
    assert WEEK.dates[0] == dt.date(2026, 12, 7)
    assert WEEK.dates[-1] == dt.date(2026, 12, 13)
    assert len(WEEK.dates) == WEEK.days
    assert WEEK.end == dt.date(2026, 12, 14)
    assert WEEK.start in WEEK
    assert WEEK.end not in WEEK
    assert WEEK.start - dt.timedelta(1) not in WEEK


def test_it_starts_in_a_year_that_dates_may_have():
    """From the first day of 1970 to the last one of 2199."""
    for first in (dt.date(1970, 1, 1), dt.date(2199, 12, 31)):
        assert Horizon(start=first, days=1).dates == (first,)

    for outside in (dt.date(1969, 12, 31), dt.date(2200, 1, 1)):
        with pytest.raises(ValidationError):
            Horizon(start=outside, days=1)


def test_day_numbers_are_negative_before_the_horizon():
    """A moment's day number counts midnights since the first date."""
    assert WEEK.day(dt.datetime(2026, 12, 7, 23, 59)) == 0
    assert WEEK.day(dt.datetime(2026, 12, 8)) == 1
    assert WEEK.day(dt.datetime(2026, 12, 6, 12)) == -1


def test_minutes_count_from_the_first_midnight():
    """The second day at 01:30 is minute 1440 + 90; the evening before is negative."""
    assert WEEK.minutes(dt.datetime(2026, 12, 7)) == 0
    assert WEEK.minutes(dt.datetime(2026, 12, 8, 1, 30)) == 1530
    assert WEEK.minutes(dt.datetime(2026, 12, 6, 22)) == -120


@pytest.mark.parametrize(
    ("day", "hours"),
    [(dt.date(2026, 3, 28), 8), (dt.date(2026, 10, 24), 10), (dt.date(2026, 6, 1), 9)],
)
def test_minutes_are_those_that_pass(day, hours):
    """From 21:00 to 06:00 pass 8, 10 or 9 hours: clocks put forward, put back, left alone."""
    berlin = Horizon(start=day, days=2, zone="Europe/Berlin")
    evening = dt.datetime.combine(day, dt.time(21))

    night = berlin.minutes(evening + dt.timedelta(hours=9)) - berlin.minutes(evening)

    assert night == hours * 60


@pytest.mark.parametrize("day", [dt.date(2026, 3, 28), dt.date(2026, 10, 24)])
def test_moments_are_read_back(day):
    """The moment after so many minutes is the one those minutes were counted for."""
    berlin = Horizon(start=day, days=2, zone="Europe/Berlin")
    noon = dt.datetime.combine(day + dt.timedelta(1), dt.time(12))

    assert berlin.moment(berlin.minutes(noon)) == noon


def test_moments_in_a_spring_gap_do_not_exist():
    """On 29 March 2026 no clock in Berlin shows 02:30; in An Giang every moment exists."""
    gap = dt.datetime(2026, 3, 29, 2, 30)
    berlin = Horizon(start=gap.date(), days=1, zone="Europe/Berlin")

    assert not berlin.exists(gap)
    assert berlin.exists(gap + dt.timedelta(hours=1))
    assert Horizon(start=gap.date(), days=1).exists(gap)


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": 0},
        {"days": 3661},
        {"zone": "Asia/Atlantis"},
        *(
            {"zone": zone}
            for zone in ("localtime", "posixrules", "Factory", "right/UTC", "posix/UTC")
        ),
        {"weeks": 1},
    ],
)
def test_a_wrong_horizon_is_refused(wrong):
    """No days, too many days, an unknown field, and what is no zone, or each computer's own."""
    with pytest.raises(ValidationError):
        Horizon.model_validate({"start": "2026-12-07", "days": 7, **wrong})
