"""A pace lets a few tries through at once, and then one now and then."""

from __future__ import annotations

import pytest
from fastapi import Request
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.web import pace
from shiftplan.web.pace import Pace, network_of


def test_a_burst_and_then_one_at_a_time() -> None:
    """Three at once, then one each 10 s; who waits too little waits on, and others do not wait."""
    now = [0.0]
    tries = Pace(3, 10, lambda: now[0])

    assert [tries.wait("a") for _ in range(5)] == [0, 0, 0, 10, 10]
    assert tries.wait("b") == 0
    now[0] = 9
    assert tries.wait("a") == 1
    now[0] = 10
    assert [tries.wait("a"), tries.wait("a")] == [0, 10]
    tries.forget("a")
    assert [tries.wait("a") for _ in range(4)] == [0, 0, 0, 10]
    now[0] = 1_000
    assert [tries.wait("a") for _ in range(4)] == [0, 0, 0, 10]


@given(st.integers(1, 5), st.integers(1, 20), st.lists(st.integers(0, 15), max_size=60))
def test_never_more_than_the_pace(burst: int, seconds: int, pauses: list[int]) -> None:
    """In any stretch of time at most the burst and what the time allows, and after a wait one."""
    now = [0.0]
    tries = Pace(burst, seconds, lambda: now[0])
    passed = []
    for pause in pauses:
        now[0] += pause
        wait = tries.wait("a")
        if wait:
            now[0] += wait
            assert tries.wait("a") == 0
        passed.append(now[0])

    for first in range(len(passed)):
        for last in range(first, len(passed)):
            assert last - first + 1 <= burst + (passed[last] - passed[first]) / seconds + 1e-9


def test_it_remembers_not_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A flood of addresses fills no memory; those who tried last are remembered."""
    monkeypatch.setattr(pace, "_MOST_KEPT", 3)
    tries = Pace(1, 10, lambda: 0.0)

    for who in "abcd":
        tries.wait(who)

    assert list(tries._free_at) == ["b", "c", "d"]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.168.1.5", "192.168.1.5"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("::ffff:192.168.1.5", "192.168.1.5"),
        ("testclient", "testclient"),
        (None, ""),
    ],
)
def test_a_household_counts_once(address: str | None, network: str) -> None:
    """Whoever has one address of IPv6 has 2**64 of them."""
    client = None if address is None else (address, 1)

    assert network_of(Request({"type": "http", "client": client})) == network
