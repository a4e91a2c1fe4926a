"""Alternative shifts on the page of the workbench."""

from __future__ import annotations

from typing import Any

from browsing import needs_browser
from commands import DAY
from dragging import cell
from fastapi.testclient import TestClient
from looking import errors, opened, texts, until
from served import served
from told_by_page import two_centers

from shiftplan import Roster
from shiftplan.problem import Problem
from shiftplan.record import LiveWeek
from shiftplan.web import app

pytestmark = needs_browser

NOT_HELD = "this shift is not held, but its alternative is: "
FIRST, SECOND = "c0-1207-07", "c0-1207-13"


def talk(*more: dict[str, Any]) -> LiveWeek:
    """A talk in the morning or in the afternoon, for two people; one comes in the afternoon.

    `more`: further requirements.
    """
    plain = two_centers()
    shifts = [
        shift.model_copy(update={"alternative": "talk"})
        for shift in plain.shifts
        if shift.shift_id in (FIRST, SECOND)
    ]
    needs = [{"shift_id": shift, "target": 2} for shift in (FIRST, SECOND)]
    week = {**dict(plain), "shifts": shifts, "requirements": [*needs, *more]}
    live = LiveWeek(Problem.model_validate(week), who="lan")
    live.draft(Roster.of([(SECOND, "v0")]))
    return live


def test_only_the_shift_that_is_held_lacks_people(browser: Any) -> None:
    """One more is wanted in the afternoon, and nobody in the morning."""
    with served(app(talk())) as place:
        page = opened(browser, place, "centers", anew=True)
        cell(page, SECOND).click()
        until(page, lambda: any("1 of 2" in row for row in texts(page, "#panel .needs li")))
        cell(page, FIRST).click()
        until(page, lambda: any(NOT_HELD in text for text in texts(page, "#panel p.soft")))

        assert f"{NOT_HELD}CENTER-0, Mon 07 Dec 13:00–17:00" in texts(page, "#panel p.soft")
        assert texts(page, "#panel .needs li") == []
        assert errors(page) == []


def test_what_several_shifts_are_asked_for_stands_at_one_that_is_held(browser: Any) -> None:
    """Three are wanted in both together: one is there, and the morning asks for nobody."""
    together = {"center_id": "c0", "first_day": DAY.date(), "target": 3}
    with served(app(talk(together))) as place:
        page = opened(browser, place, "centers", anew=True)
        until(page, lambda: cell(page, SECOND)).click()
        rows = until(page, lambda: texts(page, "#panel .needs li"))

        assert [row for row in rows if "1 of 2" in row or "1 of 3" in row] == rows
        assert len(rows) == 2
        cell(page, FIRST).click()
        until(page, lambda: any(NOT_HELD in text for text in texts(page, "#panel p.soft")))
        assert texts(page, "#panel .needs li") == []


def test_the_overview_leads_to_the_shift_that_is_held() -> None:
    """All that is empty stands in the afternoon."""
    together = {"center_id": "c0", "first_day": DAY.date(), "target": 3}

    found = TestClient(app(talk(together))).get("/api/figures").json()

    assert [seat["shift_id"] for seat in found["empty"]] == [SECOND, SECOND]


def test_seats_of_a_shift_that_is_not_held_are_counted_once(browser: Any) -> None:
    """What is known of them stays as it is until the team changes."""
    with served(app(talk())) as place:
        page = opened(browser, place, "centers", anew=True)
        until(page, lambda: cell(page, FIRST))
        twice = "import('./store.js').then(m => done(m.seats(shift) === m.seats(shift)))"

        kept = page.execute_async_script(f"const [shift, done] = arguments; {twice}", FIRST)

        assert kept is True
