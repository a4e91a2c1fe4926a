"""Days without visits: missing where visits were certain, zero where nobody may have come."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from visit_logs import HOURS, days_before, found_kinds, rows_of, steady, week

from shiftplan.citizens.visits.cleaning import visits_of
from shiftplan.citizens.visits.gaps import find_gaps
from shiftplan.citizens.visits.history import VisitHistory, history_of

WEEKS = 20
FIRST = days_before(WEEKS)
Arrivals = dict[tuple[int, int], list[int]]


def nothing(first: dt.date, days: int) -> np.ndarray:
    """No day is known to be closed."""
    return np.zeros((2, days), dtype=bool)


def counted(arrivals: Arrivals, days: int = 5) -> VisitHistory:
    """Arrivals before the week as a history."""
    rows = rows_of(arrivals, FIRST)
    last = FIRST + dt.timedelta(weeks=WEEKS, days=-1)
    found = history_of(rows, week(days), last=last, closed=nothing, total=len(rows))
    assert found is not None
    return found


def without(arrivals: Arrivals, center: int, days: range, hours: range = range(24)) -> Arrivals:
    """Arrivals without those of a center on some days, in some hours."""
    return {
        (c, d): [m for m in told if not (c == center and d in days and m // 60 in hours)]
        for (c, d), told in arrivals.items()
    }


def recorded(history: VisitHistory, center: int, days: range) -> list[bool]:
    """Whether open days of a center are recorded."""
    return [bool(history.counts.recorded[center, d]) for d in days if d % 7 < 5]


def test_a_silent_day_of_a_busy_center_is_missing() -> None:
    """30 visits a day: none at all has a chance of exp(-30)."""
    history = counted(without(steady([30, 30], WEEKS), 0, range(50, 51)))

    assert recorded(history, 0, range(50, 51)) == [False]
    assert recorded(history, 1, range(50, 51)) == [True]
    assert found_kinds(history.report) == {"silent_days": 1}


def test_a_silent_day_of_a_quiet_center_is_zero() -> None:
    """3 visits a day: none has a chance of exp(-3) = 5%, which is a count of zero."""
    history = counted(without(steady([30, 3], WEEKS), 1, range(50, 51)))

    assert recorded(history, 1, range(50, 51)) == [True]
    assert history.counts.visits[1, 50].sum() == 0
    assert found_kinds(history.report)["zero_days"] >= 1


def test_silent_days_in_a_row_are_judged_together() -> None:
    """3 visits a day: two weeks without any have a chance of exp(-30)."""
    days = range(49, 63)
    history = counted(without(steady([30, 3], WEEKS), 1, days))

    assert recorded(history, 1, days) == [False] * 10


def test_a_missing_week_is_not_a_zero_week() -> None:
    """The mean of recorded days is the same with a week that nobody logged and without it."""
    arrivals = steady([30, 30], WEEKS)
    days = range(70, 77)
    whole, part = counted(arrivals), counted(without(arrivals, 0, days))

    kept = part.counts.recorded[0]
    assert not kept[70:77].any()
    assert part.counts.totals[0, kept].mean() == whole.counts.totals[0, kept].mean()


@pytest.mark.parametrize("days", [range(84), range(56, 140)])
def test_a_log_that_begins_later_or_ends_sooner(days: range) -> None:
    """A center that logs for some weeks only was not without citizens in all others."""
    history = counted(without(steady([30, 1], WEEKS), 1, days))
    there = np.flatnonzero(history.counts.visits[1].sum(axis=1))

    assert not history.counts.recorded[1, days.start : days.stop].all()
    assert recorded(history, 1, days).count(True) <= 10
    assert history.counts.recorded[1, there].all()


def test_a_center_without_any_visit_has_no_log() -> None:
    """It is new to the forecast, not empty."""
    history = counted(steady([30, 0], WEEKS))

    assert not history.counts.recorded[1].any()
    assert found_kinds(history.report) == {"unlogged_centers": 1}


def test_a_date_on_which_most_are_silent_is_missing_everywhere() -> None:
    """On a holiday the quiet center is closed too, though a zero of its own were plausible."""
    arrivals = steady([40, 3], WEEKS)
    holiday = range(64, 65)
    history = counted(without(without(arrivals, 0, holiday), 1, holiday))

    assert recorded(history, 1, holiday) == [False]


def test_days_when_nobody_works_are_not_recorded() -> None:
    """A weekend without shifts and visits is neither zero nor silent."""
    history = counted(steady([30, 30], WEEKS))

    weekend = [d for d in range(WEEKS * 7 - 2) if d % 7 >= 5]
    assert not history.counts.recorded[:, weekend].any()
    assert found_kinds(history.report) == {}


@pytest.mark.parametrize("hours", [range(12, 24), range(12)])
def test_a_day_cut_short_is_missing(hours: range) -> None:
    """A log with 60 visits a day stops at noon, or starts then; its day would seem half as busy."""
    history = counted(without(steady([60, 60], WEEKS), 0, range(50, 51), hours))

    assert recorded(history, 0, range(50, 51)) == [False]
    assert found_kinds(history.report) == {"cut_days": 1}


def test_days_cut_short_in_a_row_are_judged_together() -> None:
    """With 12 visits a day one afternoon without any is plausible, eight are not."""
    arrivals = steady([60, 12], WEEKS)
    one = counted(without(arrivals, 1, range(50, 51), range(12, 24)))
    many = counted(without(arrivals, 1, range(49, 59), range(12, 24)))

    assert recorded(one, 1, range(50, 51)) == [True]
    assert recorded(many, 1, range(49, 59)) == [False] * 8


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("spread", [0.0, 0.2])
def test_whole_logs_have_no_gaps(seed: int, spread: float) -> None:
    """Of 1,000 days at levels from 1 to 60 visits, at most two are taken for missing."""
    missing = 0
    for pair in ([1, 5], [10, 20], [40, 60]):
        history = counted(steady(pair, WEEKS, seed, spread))
        open_days = history.counts.recorded.shape[1] // 7 * 5
        missing += 2 * open_days - int(history.counts.recorded.sum())

    assert missing <= 6


def test_a_change_of_level_is_no_gap() -> None:
    """A center that has a fifth of its visits from some day on is recorded all the time."""
    late = {key: told[::5] for key, told in steady([50, 50], WEEKS).items() if key[1] >= 70}
    history = counted(steady([50, 50], WEEKS) | late)

    assert history.counts.recorded.sum() == 2 * WEEKS * 5


def test_zeros_that_are_told_are_believed() -> None:
    """A count of 0 in a table is no silence."""
    visits = np.full((1, 30, 1), 40.0)
    visits[0, 10] = 0
    is_open, weekday = np.ones_like(visits, dtype=bool), np.arange(30) % 7
    told = visits[:, :, 0] == 0

    believed = find_gaps(visits, is_open, weekday, told)
    doubted = find_gaps(visits, is_open, weekday, np.zeros_like(told))

    assert (believed.silent.sum(), believed.zero.sum()) == (0, 1)
    assert (doubted.silent.sum(), doubted.zero.sum()) == (1, 0)


def test_the_hours_of_the_example_are_those_of_the_week() -> None:
    """What these tests take for granted."""
    rows = rows_of({(0, 0): [start * 60 for start, _ in HOURS]}, FIRST)

    log, notes = visits_of(rows, dt.date(2026, 12, 6), nothing)

    assert notes == ()
    assert log is not None
    assert log.time.tolist() == [7 * 60, 13 * 60]
