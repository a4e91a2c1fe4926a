"""What queues refuse, and that the fault says which value, and what is allowed."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from shiftplan.citizens.queueing import Queue, erlang_b, offered_load, servers_needed
from shiftplan.errors import InputError

MINUTES = "a number of minutes above 0, from a millionth to 1e9"
TEAM = "a whole number, 1 to 10,000"
FINITE = "a number, 0 or more"
RATE = "a number, 0 to 1,000,000,000"
SHARE = "a number above 0 and at most 1"
PATIENT = "1 where citizens give up; leave it out, as it matters little there (Whitt, 2005)"
EACH = "a number, or one for each rate of arrivals"


def queue(arrivals: float = 6, minutes: float = 10, servers: float = 2, **other: float) -> Queue:
    return Queue(arrivals, minutes, servers, **other)


def needed(**other: float) -> int | None:
    return servers_needed(6, 10, **{"within_minutes": 10, "level": 0.8, **other})


def patient(minutes: float) -> float:
    return queue(patience_minutes=5).share_served_within(minutes)


CASES: list[tuple[Callable[[], object], str, str, str]] = [
    (lambda: queue(-1), "arrivals_per_hour", "-1", RATE),
    (lambda: queue(2e9), "arrivals_per_hour", "2000000000.0", RATE),
    (lambda: queue(math.nan), "arrivals_per_hour", "nan", RATE),
    (lambda: queue(minutes=0), "service_minutes", "0", MINUTES),
    (lambda: queue(servers=0), "servers", "0", TEAM),
    (lambda: queue(servers=1.5), "servers", "1.5", TEAM),
    (lambda: queue(servers=10_001), "servers", "10001", TEAM),
    (lambda: queue(servers=math.nan), "servers", "nan", TEAM),
    (lambda: queue(cv2=-1), "cv2", "-1", FINITE),
    (lambda: queue(cv2=math.inf), "cv2", "inf", FINITE),
    (lambda: queue(patience_minutes=0), "patience_minutes", "0", MINUTES),
    (lambda: queue(patience_minutes=math.nan), "patience_minutes", "nan", MINUTES),
    (lambda: queue(patience_minutes=5, cv2=2), "cv2", "2", PATIENT),
    (lambda: erlang_b(-1, 2), "load", "-1", FINITE),
    (lambda: erlang_b(math.inf, 2), "load", "inf", FINITE),
    (lambda: erlang_b(1, 0), "servers", "0", TEAM),
    (lambda: queue().share_within(-1), "minutes", "-1", FINITE),
    (lambda: queue().share_within(math.inf), "minutes", "inf", FINITE),
    (lambda: queue(patience_minutes=5).share_within(-1), "minutes", "-1", FINITE),
    (lambda: patient(-1), "minutes", "-1", FINITE),
    (lambda: patient(math.inf), "minutes", "inf", FINITE),
    (lambda: queue().wait_quantile(0), "share", "0", SHARE),
    (lambda: queue().wait_quantile(1.5), "share", "1.5", SHARE),
    (lambda: needed(level=0), "level", "0", SHARE),
    (lambda: needed(level=1.5), "level", "1.5", SHARE),
    (lambda: needed(most_utilization=0), "most_utilization", "0", SHARE),
    (lambda: needed(most_utilization=1.5), "most_utilization", "1.5", SHARE),
    (lambda: needed(within_minutes=-1), "within_minutes", "-1", FINITE),
    (lambda: needed(within_minutes=math.inf), "within_minutes", "inf", FINITE),
    (lambda: needed(most_servers=0), "most_servers", "0", TEAM),
    (lambda: offered_load([6], 60, 0), "service_minutes", "0", MINUTES),
    (lambda: offered_load([-1], 60, 10), "arrivals_per_hour", "-1.0", RATE),
    (lambda: offered_load([6], 0, 10), "interval_minutes", "0.0", MINUTES),
    (lambda: offered_load([[6]], 60, 10), "arrivals_per_hour", "[[6]]", "a list of numbers"),
    (lambda: offered_load([6, 6], [60, 60, 60], 10), "interval_minutes", "[60, 60, 60]", EACH),
]


@pytest.mark.parametrize(("ask", "option", "value", "allowed"), CASES)
def test_what_is_out_of_its_range_is_refused(ask, option, value, allowed):
    """Name, value and what is allowed."""
    with pytest.raises(InputError) as caught:
        ask()

    [fault] = caught.value.faults
    assert (fault.code, fault.column, fault.value) == ("out_of_range", option, value)
    assert str(fault.message) == f"{option} must be {allowed}"


@pytest.mark.parametrize(
    "ask",
    [
        lambda: queue(0),
        lambda: queue(1e9, 1e-6),
        lambda: queue(minutes=1e9),
        lambda: queue(servers=1),
        lambda: queue(servers=2.0),
        lambda: queue(cv2=0),
        lambda: queue(patience_minutes=math.inf, cv2=2),
        lambda: erlang_b(0, 1),
        lambda: queue().share_within(0),
        lambda: patient(0),
        lambda: queue().wait_quantile(1),
        lambda: needed(most_utilization=1),
        lambda: needed(within_minutes=0),
        lambda: needed(most_servers=2),
    ],
)
def test_the_ends_of_ranges_are_allowed(ask):
    """The least and the most that a field may be."""
    assert ask() is not None
