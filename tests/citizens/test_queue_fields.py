"""What queues refuse, and that the sentence says which value, and what is allowed."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import pytest

from shiftplan.citizens.queueing import Queue, erlang_b, offered_load, servers_needed

HOUR = "above 0, from a millionth to 1e9 minutes"
TEAM = "a whole number from 1 to 10000"
FINITE = "0 or more, and finite"
PATIENT = "1 where citizens give up. Maybe leave it out: it matters little there (Whitt, 2005)"


def queue(arrivals: float = 6, minutes: float = 10, servers: float = 2, **other: float) -> Queue:
    return Queue(arrivals, minutes, servers, **other)


def needed(**other: float) -> int | None:
    return servers_needed(6, 10, **{"within_minutes": 10, "level": 0.8, **other})


CASES: list[tuple[Callable[[], object], str]] = [
    (lambda: queue(-1), "arrivals_per_hour is -1; it has to be from 0 to 1e9"),
    (lambda: queue(2e9), "arrivals_per_hour is 2000000000.0; it has to be from 0 to 1e9"),
    (lambda: queue(minutes=0), f"service_minutes is 0; it has to be {HOUR}"),
    (lambda: queue(servers=0), f"servers is 0; it has to be {TEAM}"),
    (lambda: queue(servers=1.5), f"servers is 1.5; it has to be {TEAM}"),
    (lambda: queue(servers=10_001), f"servers is 10001; it has to be {TEAM}"),
    (lambda: queue(cv2=-1), f"cv2 is -1; it has to be {FINITE}"),
    (lambda: queue(cv2=math.inf), f"cv2 is inf; it has to be {FINITE}"),
    (lambda: queue(patience_minutes=0), f"patience_minutes is 0; it has to be {HOUR}"),
    (lambda: queue(patience_minutes=5, cv2=2), f"cv2 is 2; it has to be {PATIENT}"),
    (lambda: erlang_b(-1, 2), f"load is -1; it has to be {FINITE}"),
    (lambda: erlang_b(math.inf, 2), f"load is inf; it has to be {FINITE}"),
    (lambda: erlang_b(1, 0), f"servers is 0; it has to be {TEAM}"),
    (lambda: queue().share_within(-1), f"minutes is -1; it has to be {FINITE}"),
    (lambda: queue().share_within(math.inf), f"minutes is inf; it has to be {FINITE}"),
    (
        lambda: queue(patience_minutes=5).share_served_within(-1),
        f"minutes is -1; it has to be {FINITE}",
    ),
    (
        lambda: queue(patience_minutes=5).share_served_within(math.inf),
        f"minutes is inf; it has to be {FINITE}",
    ),
    (lambda: queue().wait_quantile(0), "share is 0; it has to be above 0 and at most 1"),
    (lambda: queue().wait_quantile(1.5), "share is 1.5; it has to be above 0 and at most 1"),
    (lambda: needed(level=0), "level is 0; it has to be above 0 and at most 1"),
    (lambda: needed(level=1.5), "level is 1.5; it has to be above 0 and at most 1"),
    (
        lambda: needed(most_utilization=0),
        "most_utilization is 0; it has to be above 0, at most 1",
    ),
    (
        lambda: needed(most_utilization=1.5),
        "most_utilization is 1.5; it has to be above 0, at most 1",
    ),
    (lambda: needed(within_minutes=-1), "within_minutes is -1; it has to be 0 or more"),
    (lambda: needed(within_minutes=math.inf), "within_minutes is inf; it has to be 0 or more"),
    (lambda: needed(most_servers=0), f"most_servers is 0; it has to be {TEAM}"),
    (lambda: offered_load([6], 60, 0), f"service_minutes is 0; it has to be {HOUR}"),
    (lambda: offered_load([-1], 60, 10), "arrivals_per_hour is -1.0; it has to be from 0 to 1e9"),
    (lambda: offered_load([6], 0, 10), f"interval_minutes is 0.0; it has to be {HOUR}"),
    (
        lambda: offered_load([[6]], 60, 10),
        "arrivals_per_hour is array([[6.]]); it has to be a sequence of numbers",
    ),
    (
        lambda: offered_load([6, 6], [60, 60, 60], 10),
        "interval_minutes is array([60., 60., 60.]); "
        "it has to be a number, or one for each rate of arrivals",
    ),
]


@pytest.mark.parametrize(("ask", "refusal"), CASES, ids=[c[1].partition(";")[0] for c in CASES])
def test_what_is_out_of_its_range_is_refused(ask, refusal):
    """Name, value and what is allowed."""
    with pytest.raises(ValueError, match=f"^{re.escape(refusal)}$"):
        ask()


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
        lambda: queue(patience_minutes=5).share_served_within(0),
        lambda: queue().wait_quantile(1),
        lambda: needed(most_utilization=1),
        lambda: needed(within_minutes=0),
        lambda: needed(most_servers=2),
    ],
)
def test_the_ends_of_ranges_are_allowed(ask):
    """The least and the most that a field may be."""
    assert ask() is not None
