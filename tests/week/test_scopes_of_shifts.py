"""Which shifts are meant: hours over midnight, days in a text or a list; names told apart."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic import TypeAdapter, ValidationError

from shiftplan.testing.pictures import CENTERS, shift
from shiftplan.week.days import Days
from shiftplan.week.scope import EVERY, DaysMeant, HoursOfDay, Which, told_apart, which_of

HOURS, DAYS = TypeAdapter(HoursOfDay), TypeAdapter(DaysMeant)


@pytest.mark.parametrize(
    ("written", "read"),
    [("7:00-9:30", "07:00-09:30"), (" 22:00 - 06:00 ", "22:00-06:00"), ("", "")],
)
def test_hours_are_kept_in_one_form(written: str, read: str) -> None:
    """Two digits each, without blanks; nothing means all hours."""
    assert HOURS.validate_python(written) == read


@pytest.mark.parametrize("text", ["7-9", "25:00-26:00", "10:00-10:00", "00:00-24:30", "night"])
def test_what_is_no_hours_is_refused(text: str) -> None:
    """Hours that are no time of day, or empty."""
    with pytest.raises(ValidationError, match="18:00-06:00"):
        HOURS.validate_python(text)


@pytest.mark.parametrize(
    ("hours", "minutes"),
    [
        ("18:00-06:00", (1080, 360)),
        ("", (0, 0)),
        ("00:00-24:00", (0, 0)),
        ("07:00-11:30", (420, 690)),
    ],
)
def test_hours_are_minutes_of_the_day(hours: str, minutes: tuple[int, int]) -> None:
    """First minute and first minute after; the same for a whole day."""
    assert Which(hours=hours).span == minutes


@pytest.mark.parametrize("given", ["sat|sun", ["sun", "sat"], {"weekdays": ["sat", "sun"]}])
def test_days_may_be_given_as_text_list_or_object(given: object) -> None:
    """They are written as a list."""
    days = DAYS.validate_python(given)

    assert days == Days(weekdays=("sat", "sun"))
    assert DAYS.dump_json(days) == b'["sat","sun"]'


def test_dates_are_days_too() -> None:
    """In order, whatever order they were given in."""
    days = DAYS.validate_python("2026-12-24|2026-12-20")

    assert DAYS.dump_json(days) == b'["2026-12-20","2026-12-24"]'


@pytest.mark.parametrize("given", ["", [], None, {}, Days()])
def test_all_days_are_no_limit(given: object) -> None:
    """However they are said."""
    assert DAYS.validate_python(given) is None


def test_what_is_blank_limits_nothing() -> None:
    """Names alone are types or tags."""
    assert EVERY.is_all
    assert which_of(()) == EVERY
    assert which_of(("night",)) == Which(("night",))
    assert not Which(last_day=dt.date(2026, 12, 7)).is_all


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("youth", ("", "youth")),
        ("skill:portal:2", ("skill", "portal:2")),
        ("portal:2", ("", "portal:2")),
        ("home: C1", ("home", "C1")),
        ("skill:", ("", "skill:")),
    ],
)
def test_a_word_before_a_colon_says_what_a_name_is(name: str, meant: tuple[str, str]) -> None:
    """Only words that are known; a level follows a colon too."""
    assert told_apart(name) == meant


def test_a_shift_satisfies_all_that_is_named() -> None:
    """A night at home on Monday from 22:00 on."""
    night, home = shift("N", 0), CENTERS[0]

    assert Which(("night",), ("home",), "18:00-06:00", Days(weekdays=("mon",))).has(night, home)
    assert not Which(("night",), ("far",), "18:00-06:00").has(night, home)
    assert not Which(("night",), ("home",), "06:00-22:00").has(night, home)
