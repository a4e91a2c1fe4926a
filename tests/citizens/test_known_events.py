"""Events: their parts, given factors, what is learned of them, and public holidays."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace

import numpy as np
import pytest
from logs import FIRST, town, weekdays_from

from shiftplan import InputError
from shiftplan.citizens import KnownEvent, forecast, public_holidays
from shiftplan.citizens.forecasting.events import given_factors, parts_to_learn
from shiftplan.errors import MissingExtraError

WEEK = dt.timedelta(7)
FEAST = KnownEvent("feast", dt.date(2026, 5, 12), dt.date(2026, 5, 13), before=4, after=2)


@pytest.mark.parametrize(
    ("day", "part"),
    [
        (7, None),
        (8, -2),
        (9, -1),
        (11, -1),
        (12, 0),
        (13, 0),
        (14, 1),
        (15, 1),
        (16, None),
    ],
)
def test_parts_of_an_event(day, part):
    """Blocks of three days lie before and after it, as far as it reaches."""
    assert FEAST.part(dt.date(2026, 5, day)) == part


def test_given_factors_multiply():
    """At centers concerned, on dates concerned; two events at once multiply."""
    day, next_day = FIRST, FIRST + dt.timedelta(1)
    events = [
        KnownEvent("road closed", day, next_day, centers=("b",), factor=0.5),
        KnownEvent("campaign", next_day, next_day, factor=3.0),
        KnownEvent("feast", day, next_day),
    ]

    found = given_factors(events, ("a", "b"), (day, next_day))

    assert found.tolist() == [[1, 3], [0.5, 1.5]]


def test_parts_are_where_their_events_are():
    """Occurrences of a name share parts; events with a factor are not learned."""
    events = [
        KnownEvent("fair", FIRST, FIRST, centers=("a",)),
        KnownEvent("fair", FIRST + WEEK, FIRST + WEEK),
        KnownEvent("campaign", FIRST, FIRST, factor=2.0),
    ]

    found = parts_to_learn(events, ("a", "b"), (FIRST, FIRST + WEEK))

    assert {part: mask.tolist() for part, mask in found.items()} == {
        ("fair", 0): [[True, True], [False, True]]
    }


def test_a_coming_event_has_its_given_factor():
    """A road closed in the week ahead halves one center, and no other."""
    made = town(weeks=10)
    event = KnownEvent("road", made.ahead[0], made.ahead[-1], centers=("c1",), factor=0.5)

    usual = forecast(made.counts, made.ahead).expected("center")
    found = forecast(made.counts, made.ahead, events=[event]).expected("center")

    assert found / usual == pytest.approx([1, 0.5, 1])


def test_a_closed_date_has_factor_zero():
    """Nobody is expected then."""
    made = town(weeks=10)
    event = KnownEvent("closed", made.ahead[1], made.ahead[1], factor=0.0)

    days = forecast(made.counts, made.ahead, events=[event]).expected("day")

    assert not days[:, 1].any()
    assert days[:, [0, 2, 3, 4]].all()


def test_a_past_event_with_a_factor_does_not_move_the_level():
    """The last three weeks had half as many, as the table says: the forecast is as usual."""
    since = FIRST + 17 * WEEK
    made = town((60,) * 4, factor=lambda _, day: 0.5 if since <= day < FIRST + 20 * WEEK else 1.0)
    event = KnownEvent("road", since, made.counts.dates[-1], factor=0.5)

    found = forecast(made.counts, made.ahead, events=[event])

    assert found.mean.sum() / made.mean.sum() == pytest.approx(1, abs=0.08)


FAIRS = tuple(
    KnownEvent("fair", FIRST + n * WEEK, FIRST + n * WEEK + dt.timedelta(1), after=1)
    for n in (5, 20)
)
"""A fair of two days in the sixth week of a log, and in the week after twenty."""


def fair(center: int, day: dt.date) -> float:
    """Twice as many on the days of the fair, and half as many on the day after."""
    return {0: 2.0, 1: 0.5}.get(next((p for e in FAIRS if (p := e.part(day)) is not None), 9), 1.0)


def test_an_event_is_learned_from_the_last_time():
    """Factors of 2 and 0.5 of the fair and the day after it are found within 15%."""
    made = town((60,) * 12, factor=fair)

    found = forecast(made.counts, made.ahead, events=FAIRS)

    usual = np.full(12, 60)[:, None]
    ratio = (found.expected("day") / usual).mean(axis=0) / (made.mean.sum((2, 3)) / usual).mean(0)
    assert ratio == pytest.approx(np.ones(5), abs=0.15)
    assert found.unlearned == ()


def test_a_learned_event_makes_its_days_less_certain():
    """What it does next time is not known as well as a usual day."""
    made = town((60,) * 12, factor=fair)

    spread = forecast(made.counts, made.ahead, events=FAIRS).spread("day")

    assert (spread[:, 0] > spread[:, 4]).all()


def test_an_event_that_never_was_is_named():
    """A feast without an earlier occurrence in the log is forecast as usual days, and named."""
    made = town(weeks=10)
    feast = KnownEvent("feast", made.ahead[0], made.ahead[0], before=21, after=10)

    usual = forecast(made.counts, made.ahead)
    found = forecast(made.counts, made.ahead, events=[feast])

    assert found.unlearned == ("feast",)
    assert found.mean[:, 0].sum() == pytest.approx(usual.mean[:, 0].sum(), rel=0.1)


def test_an_event_whose_dates_were_closed_teaches_nothing():
    """A fair that was closed the first time is named."""
    made = town((60,) * 4)
    recorded = made.counts.recorded.copy()
    recorded[:, 25:28] = False  # Monday to Wednesday of the sixth week
    counts = replace(made.counts, recorded=recorded)

    found = forecast(counts, made.ahead, events=FAIRS)

    assert found.unlearned == ("fair",)


def test_a_log_inside_an_event_cannot_teach_it():
    """Two weeks that lie in the rush before a feast are taken as usual, and the feast is named."""
    made = town((60,) * 4, weeks=2)
    feast = KnownEvent("feast", made.ahead[-1], made.ahead[-1], before=21)

    found = forecast(made.counts, made.ahead, events=[feast])

    assert found.unlearned == ("feast",)
    assert found.mean.sum() == pytest.approx(made.mean.sum(), rel=0.1)


def test_a_log_that_was_closed_throughout_is_refused():
    """Dates with factor 0 count as not recorded."""
    made = town(weeks=2)
    event = KnownEvent("closed", FIRST, made.counts.dates[-1], factor=0.0)

    with pytest.raises(ValueError, match="no date is recorded"):
        forecast(made.counts, made.ahead, events=[event])


def test_a_long_rush_before_a_feast_is_learned():
    """Half as many again in three weeks before a feast of last year's log, as before this one."""
    first, second = FIRST + 26 * WEEK, FIRST + 76 * WEEK
    feasts = [
        KnownEvent("Tet", day, day + dt.timedelta(4), before=21, after=10)
        for day in (first, second)
    ]

    def factor(_: int, day: dt.date) -> float:
        return 1.5 if any(0 < (f.first - day).days <= 21 for f in feasts) else 1.0

    made = town((40, 60, 80, 100), weeks=70, factor=factor)
    ahead = weekdays_from(second - 3 * WEEK, 3)

    usual = forecast(made.counts, ahead).mean.sum()
    found = forecast(made.counts, ahead, events=feasts).mean.sum()

    assert found / usual == pytest.approx(1.5, abs=0.15)


def test_holidays_of_vietnam():
    """Tết is one event of a long reach in every year; a holiday in lieu has the name it is for."""
    pytest.importorskip("holidays")

    events = public_holidays("VN", dt.date(2025, 1, 1), dt.date(2027, 12, 31))

    feasts = [event for event in events if event.before == 21]
    assert [event.name for event in feasts] == ["Lunar New Year"] * 3
    assert feasts[1].first <= dt.date(2026, 2, 17) <= feasts[1].last
    names = [event.name for event in events]
    assert names.count("New Year's Day") == 3
    assert not any("observed" in name for name in names)


def test_holidays_are_an_extra(monkeypatch):
    """Without the package, the error names the extra."""
    monkeypatch.setitem(sys.modules, "holidays", None)

    with pytest.raises(MissingExtraError, match=r"PLACE\[calendar\]"):
        public_holidays("VN", FIRST, FIRST)


def test_an_unknown_country_is_a_fault():
    """The code is named."""
    pytest.importorskip("holidays")

    with pytest.raises(InputError) as caught:
        public_holidays("XX", FIRST, FIRST)

    assert caught.value.faults[0].value == "XX"


@pytest.mark.parametrize("factor", [-1, 1e-300, 0.009, 100.1, float("nan"), float("inf")])
def test_a_factor_near_zero_or_huge_is_none(factor):
    """Days divided by it would forecast more citizens than there are; 0 alone means nobody."""
    with pytest.raises(ValueError, match="neither 0 nor from"):
        KnownEvent("fair", FIRST, FIRST, factor=factor)


def test_an_event_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="is before"):
        KnownEvent("fair", FIRST, FIRST - dt.timedelta(1))
