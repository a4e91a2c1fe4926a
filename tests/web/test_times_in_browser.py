"""Requirements of times and of several shifts, on the page of the workbench."""

from __future__ import annotations

import datetime as dt
from typing import Any

from browsing import needs_browser
from commands import DAY
from dragging import cell
from looking import answer, errors, opened, texts, until
from served import served
from told_by_page import two_centers

from shiftplan import Roster
from shiftplan.problem import Problem
from shiftplan.record import LiveWeek
from shiftplan.web import app

pytestmark = needs_browser

SHIFT = "c0-1207-07"
SEVEN = dt.datetime.combine(DAY.date(), dt.time(7))
HOUR = dt.timedelta(hours=1)


def hourly() -> LiveWeek:
    """Two people in each of two hours, four on all days, and two in the shift, also of those who
    do not know the portal; v0 is there.
    """
    plain = two_centers()
    needs = [
        {"center_id": "c0", "start": SEVEN, "end": SEVEN + HOUR, "target": 2},
        {"center_id": "c0", "start": SEVEN + HOUR, "end": SEVEN + 2 * HOUR, "target": 2},
        {"center_id": "c0", "first_day": DAY.date(), "target": 4},
        {"shift_id": SHIFT, "with_skills": "!portal", "target": 2},
        {"shift_id": SHIFT, "target": 2},
    ]
    skills = [{"skill_id": "portal", "name": "Portal"}]
    week = {**dict(plain), "requirements": needs, "skills": skills}
    live = LiveWeek(Problem.model_validate(week), who="lan")
    live.draft(Roster.of([(SHIFT, "v0")]))
    return live


def test_each_question_names_its_time_and_is_answered_for_it(browser: Any) -> None:
    """No two buttons are alike, and the answer to each is about the same seats."""
    with served(app(hourly())) as place:
        page = opened(browser, place, "centers", anew=True)
        until(page, lambda: cell(page, SHIFT)).click()
        buttons = until(page, lambda: texts(page, "#panel .question > button"))
        asked = [text for text in buttons if text.startswith("Why is a seat empty")]

        assert asked == [
            "Why is a seat empty: People (Mon 07 Dec 07:00–08:00)?",
            "Why is a seat empty: People (Mon 07 Dec 08:00–09:00)?",
            "Why is a seat empty: People (from Mon 07 Dec)?",
            "Why is a seat empty: people without Portal?",
            "Why is a seat empty: People?",
        ]
        heads = [answer(page, place).partition(";")[0] for place in range(5)]
        assert [head.partition(", ")[2] for head in heads] == [
            "Mon 07 Dec 07:00–08:00: 1 of 2 people (minimum 0)",
            "Mon 07 Dec 08:00–09:00: 1 of 2 people (minimum 0)",
            "from Mon 07 Dec: 1 of 4 people (minimum 0)",
            "CENTER-0, Mon 07 Dec 07:00–11:00: 1 of 2 without Portal (minimum 0)",
            "CENTER-0, Mon 07 Dec 07:00–11:00: 1 of 2 people (minimum 0)",
        ]
        assert errors(page) == []
