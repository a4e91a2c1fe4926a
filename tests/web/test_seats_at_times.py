"""Requirements of several shifts, as the page of the workbench is given them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from served import client

from shiftplan import Roster
from shiftplan.record import LiveWeek
from shiftplan.testing.pictures import MONDAY, plan
from shiftplan.web import Visitor, app

TEN, ELEVEN = (dt.datetime.combine(MONDAY, dt.time(hour)) for hour in (10, 11))


@pytest.fixture
def page() -> Any:
    """Two are wanted at ten, when M and O overlap, and three over two mornings; ana works O."""
    needs = [
        {"center_id": "home", "start": TEN, "end": ELEVEN, "target": 2},
        {"center_id": "home", "shifts": "morning", "target": 3},
        {"shift_id": "O0", "target": 1},
    ]
    live = LiveWeek(plan("MO", "ana bob", 2, requirements=needs, rules=()), who="lan")
    live.draft(Roster.of([("O0", "ana")]))
    planner = Visitor(role="province", who="lan")
    return client(app(live, sign_in=lambda _: planner))


def test_each_stands_at_the_first_of_its_shifts(page: Any) -> None:
    """With all the shifts that count, and when that is, in the language of the page."""
    found = page.get("/api/week", params={"lang": "en"}).json()["requirements"]

    shown = [(n["shift_id"], n.get("among"), n.get("said", "")) for n in found]
    assert shown == [
        ("M0", ["M0", "O0"], "Mon 07 Dec 10:00–11:00"),
        ("M0", ["M0", "M1"], "shifts: morning"),
        ("O0", None, ""),
    ]


def test_empty_seats_tell_their_time(page: Any) -> None:
    """Ana is there at ten, and nobody in the mornings."""
    found = page.get("/api/figures").json()["empty"]

    assert [(s["shift_id"], s["filled"], s["target"], s.get("start")) for s in found] == [
        ("M0", 0, 3, None),
        ("M0", 1, 2, TEN.isoformat()),
    ]
