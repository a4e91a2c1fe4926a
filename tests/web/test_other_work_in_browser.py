"""What occupies people beside shifts on the page of the workbench."""

from __future__ import annotations

import datetime as dt
from typing import Any

from browsing import needs_browser
from commands import DAY
from looking import errors, find, opened, texts, until
from served import served
from told_by_page import two_centers

from shiftplan import Roster
from shiftplan.problem import Problem
from shiftplan.record import LiveWeek
from shiftplan.web import app

pytestmark = needs_browser


def course() -> LiveWeek:
    """Everybody has a course on the first morning; one works in the afternoon."""
    start = dt.datetime.combine(DAY.date(), dt.time(8))
    row = {"start": start, "end": start + dt.timedelta(hours=2), "what": "Course", "is_work": True}
    live = LiveWeek(Problem.model_validate({**dict(two_centers()), "occupied": [row]}), who="lan")
    live.draft(Roster.of([("c0-1207-13", "v0")]))
    return live


def test_the_strip_of_a_week_shows_when_somebody_is_occupied(browser: Any) -> None:
    """By a mark of its own, in words for those who hear the page, and in the legend."""
    with served(app(course())) as place:
        page = opened(browser, place, "people", anew=True)
        until(page, lambda: texts(page, "table.people tbody tr"))

        first = find(page, "table.people tbody tr .strip")
        marks = first.find_elements("css selector", "i")
        assert [mark.get_attribute("class").strip() for mark in marks[:2]] == [
            "busy",
            "offered works",
        ]
        assert first.get_attribute("aria-label").endswith("Occupied: Mon 07 Dec 07:00–11:00.")
        assert "occupied" in texts(page, ".legend li")
        assert errors(page) == []
