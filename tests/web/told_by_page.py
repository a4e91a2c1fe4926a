"""Two centers whose names hold marks, and how a page publishes their week."""

from __future__ import annotations

from typing import Any

from commands import make_problem
from served import client
from starlette.testclient import TestClient

from shiftplan import Center, Problem, Roster, Volunteer
from shiftplan.record import LiveWeek
from shiftplan.web import Visitor, app

PAIRS = [("c0-1207-07", "v0"), ("c0-1207-07", "v1"), ("c0-1207-13", "v0"), ("c0-1207-13", "v1")]
PAIRS += [
    (shift.replace("c0", "c1"), who.replace("0", "2").replace("1", "3")) for shift, who in PAIRS
]
FULL = Roster.of(PAIRS)
"""Everybody works at one center; every seat is filled."""
LEAD = Visitor(role="center", who="lead of c0", ids=frozenset({"c0"}))
PERSON = Visitor(role="volunteer", who="v0", ids=frozenset({"v0"}))


def two_centers(**fields: Any) -> Problem:
    """Four people for two centers; names, phones and contacts of all are marks."""
    people = [
        Volunteer(
            volunteer_id=f"v{n}",
            name=f"NAME-OF-V{n}",
            phone=f"09000100{n}{n}",
            contact=f"mail-of-v{n}@example.org",
            home_center_id=f"c{n // 2}",
        )
        for n in range(4)
    ]
    centers = [Center(center_id=f"c{n}", name=f"CENTER-{n}", phone=f"029600100{n}") for n in (0, 1)]
    plain = make_problem(4, 2, 1)
    return Problem.model_validate(
        {**dict(plain), "volunteers": people, "centers": centers, **fields}
    )


def drafted(problem: Problem | None = None, roster: Roster = FULL) -> LiveWeek:
    """A week in memory with a draft."""
    live = LiveWeek(problem or two_centers(), who="lan")
    live.draft(roster)
    return live


def page_of(live: LiveWeek, visitor: Visitor | None = None) -> TestClient:
    """What somebody's page asks; None for the province."""
    return client(app(live, sign_in=None if visitor is None else lambda _: visitor))


def order_of(shown: dict[str, Any]) -> dict[str, Any]:
    """The order to publish what was shown."""
    return {key: shown[key] for key in ("version", "head", "digest")}


def publish(page: TestClient, **more: Any) -> dict[str, Any]:
    """Look at what publishing would do, and publish that; what was shown."""
    asked = {key: value for key, value in more.items() if key in ("deadline", "whole")}
    shown: dict[str, Any] = page.get("/api/publication", params=asked).raise_for_status().json()
    page.post("/api/publication", json=order_of(shown) | more).raise_for_status()
    return shown
