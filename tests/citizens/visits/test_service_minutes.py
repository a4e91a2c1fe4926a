"""Minutes of services from starts and ends of help."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pytest

from shiftplan.citizens import VisitLog
from shiftplan.citizens.visits.minutes import estimate_minutes

SERVICES = ("file", "look", "pay")
MEANS = np.array([20.0, 5.0, 8.0])


def log_of(visits: Sequence[Sequence[int]], took: np.ndarray) -> VisitLog:
    """Visits for some services each, whose help begins at 8:00."""
    number = len(visits)
    sizes = [len(own) for own in visits]
    begin = np.full(number, 480.0)
    blank = np.full(number, -1)
    return VisitLog(
        ("A1",),
        SERVICES,
        (),
        (),
        dt.date(2026, 12, 7),
        1,
        np.zeros((1, 1), dtype=bool),
        np.zeros(number, dtype=np.int64),
        np.full(number, 470),
        np.concatenate([[0], np.cumsum(sizes)]),
        np.array([s for own in visits for s in own], dtype=np.int64),
        blank,
        blank,
        begin,
        begin + took,
        took,
    )


def drawn(number: int, seed: int = 0) -> tuple[list[list[int]], np.ndarray]:
    """Visits for one to three services, whose minutes are gamma-distributed with cv 0.5."""
    rng = np.random.default_rng(seed)
    visits = [
        sorted(rng.choice(3, size=rng.integers(1, 4), replace=False).tolist())
        for _ in range(number)
    ]
    took = np.array([sum(rng.gamma(4, MEANS[s] / 4) for s in own) for own in visits])
    return visits, took


def test_minutes_of_visits_with_several_services() -> None:
    """Each has its own part: 20, 5 and 8 minutes, within 4%, and its own spread."""
    found = estimate_minutes(log_of(*drawn(4000)))

    assert [one.service_id for one in found] == list(SERVICES)
    assert [one.minutes for one in found] == pytest.approx(MEANS, rel=0.04)
    assert next(one.cv for one in found) == pytest.approx(0.5, abs=0.06)


def test_intervals_hold_the_truth() -> None:
    """Of 60 logs with three services, 95% of intervals do, give or take four errors."""
    inside = [
        one.low <= mean <= one.high
        for seed in range(60)
        for one, mean in zip(estimate_minutes(log_of(*drawn(300, seed))), MEANS, strict=True)
    ]

    assert np.mean(inside) > 0.95 - 4 * np.sqrt(0.95 * 0.05 / len(inside))


def test_forgotten_ends_change_little() -> None:
    """Of 2% of visits, help ends nine hours late: minutes stay within 8%."""
    visits, took = drawn(4000)
    took[::50] += 540

    found = estimate_minutes(log_of(visits, took))

    assert [one.minutes for one in found] == pytest.approx(MEANS, rel=0.08)


def test_services_that_always_come_together_cannot_be_told_apart() -> None:
    """`look` and `pay` are left out, `file` is known."""
    visits = [[0], [1, 2]] * 50
    took = np.tile([20.0, 13.0], 50)

    assert [one.service_id for one in estimate_minutes(log_of(visits, took))] == ["file"]


@pytest.mark.parametrize("took", [np.full(29, 10.0), np.full(40, np.nan), np.zeros(40)])
def test_too_little_is_no_estimate(took: np.ndarray) -> None:
    """29 visits, none with times, or help that takes no time."""
    assert estimate_minutes(log_of([[0]] * len(took), took)) == ()


def test_no_service_takes_negative_minutes() -> None:
    """Where together with `look` a visit is shorter, `look` takes none, and is left out."""
    visits = [[0]] * 50 + [[0, 1]] * 50
    took = np.array([20.0] * 50 + [15.0] * 50)

    (found,) = estimate_minutes(log_of(visits, took))

    assert found.service_id == "file"
    assert 15 < found.minutes < 20
