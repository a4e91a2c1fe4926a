"""What a log says of a week: alarms that last, and minutes to review."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from shiftplan.week.demand import Service
from shiftplan.week.lessons import Alarm, CenterVisits, ServiceMinutes, VisitWeek

FIRST = dt.date(2026, 12, 7)
SERVICE = Service(service_id="file", name="Filing", minutes_per_citizen=10)


def minutes(mean: float, low: float, high: float, **more: Any) -> ServiceMinutes:
    """What a log says of the service."""
    values = {"service_id": "file", "visits": 40, "cv": 0.5} | more
    return ServiceMinutes(minutes=mean, low=low, high=high, **values)


def told(number: int, *alarms: Alarm) -> VisitWeek:
    """A week with alarms of the province, and of a first and a second center."""
    start = FIRST + dt.timedelta(7 * number)
    ids = ("A1", "B2")
    rows = [
        CenterVisits(center_id=i, came=1, planned=1, forecast=1, alarm=alarm)
        for i, alarm in zip(ids, alarms[1:], strict=False)
    ]
    return VisitWeek(start=start, centers=tuple(rows), alarm=alarms[0])


def since(week: VisitWeek) -> list[dt.date | None]:
    """Dates since which alarms last."""
    return [week.since, *(row.since for row in week.centers)]


@pytest.mark.parametrize(
    ("mean", "low", "high", "proposed"),
    [
        (12, 9.5, 14.5, None),  # the interval holds 10
        (10.4, 10.1, 10.7, None),  # only 4% more
        (10.6, 10.1, 11.1, 10.6),
        (8.04, 7.5, 8.6, 8.0),
        (0.001, 0, 0.002, 0.01),
        (5000, 4000, 6000, 1440),
    ],
)
def test_minutes_that_are_proposed(
    mean: float, low: float, high: float, proposed: float | None
) -> None:
    """Where the interval excludes the row's 10 minutes and the mean is 5% away."""
    found = minutes(mean, low, high).proposal(SERVICE)

    assert (found and found.minutes_per_citizen) == proposed
    assert found is None or (found.name, found.cv) == ("Filing", 0.5)


def test_services_that_the_log_does_not_tell_of_stay() -> None:
    """Only rows of services with other minutes are proposed."""
    week = VisitWeek(start=FIRST, minutes=(minutes(20, 19, 21),))
    other = SERVICE.model_copy(update={"service_id": "kiosk"})

    assert [row.service_id for row in week.proposals([SERVICE, other])] == ["file"]


def test_an_alarm_lasts_from_the_first_week_that_had_it() -> None:
    """Another direction, or a week without it, begins anew."""
    one = told(0, "", "more", "more").after(None)
    two = told(1, "more", "more", "fewer").after(one)
    three = told(2, "more", "", "fewer").after(two)
    four = told(3, "more", "more", "fewer").after(three)

    weeks = [FIRST + dt.timedelta(7 * n) for n in range(4)]
    assert since(one) == [None, weeks[0], weeks[0]]
    assert since(two) == [weeks[1], weeks[0], weeks[1]]
    assert since(three) == [weeks[1], None, weeks[1]]
    assert since(four) == [weeks[1], weeks[3], weeks[1]]


def test_a_center_that_is_new_begins_anew() -> None:
    """It was not there in the week before."""
    later = told(1, "", "more", "more").after(told(0, "", "more").after(None))

    assert since(later) == [None, FIRST, FIRST + dt.timedelta(7)]
