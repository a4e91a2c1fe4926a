"""Alternative shifts on the page of the workbench."""

from __future__ import annotations

from typing import Any

from browsing import needs_browser
from dragging import cell
from looking import errors, opened, texts, until
from served import served
from told_by_page import two_centers

from shiftplan import Roster
from shiftplan.problem import Problem
from shiftplan.record import LiveWeek
from shiftplan.web import app

pytestmark = needs_browser

FIRST, SECOND = "c0-1207-07", "c0-1207-13"


def talk() -> LiveWeek:
    """A talk in the morning or in the afternoon, for two people; one comes in the afternoon."""
    plain = two_centers()
    shifts = [
        shift.model_copy(update={"alternative": "talk"})
        for shift in plain.shifts
        if shift.shift_id in (FIRST, SECOND)
    ]
    needs = [{"shift_id": shift, "target": 2} for shift in (FIRST, SECOND)]
    week = {**dict(plain), "shifts": shifts, "requirements": needs}
    live = LiveWeek(Problem.model_validate(week), who="lan")
    live.draft(Roster.of([(SECOND, "v0")]))
    return live


def test_only_the_shift_that_is_held_lacks_people(browser: Any) -> None:
    """One more is wanted in the afternoon, and nobody in the morning."""
    with served(app(talk())) as place:
        page = opened(browser, place, "centers", anew=True)
        cell(page, SECOND).click()
        held = until(page, lambda: texts(page, "#panel .needs li"))
        cell(page, FIRST).click()
        said = until(page, lambda: texts(page, "#panel p.soft"))

        assert any("1 of 2" in row for row in held)
        assert "this shift is not held" in said
        assert texts(page, "#panel .needs li") == []
        assert errors(page) == []
