"""A real browser shows who does not come, in cells, in panels and in the head, and repairs it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browsing import needs_browser
from looking import axe, find, go_to, opened, texts, until
from selenium.webdriver.common.by import By
from served import commune, served

from shiftplan.problem.changes import Absence
from shiftplan.record.entries import ShiftAnswer
from shiftplan.web import Visitor, app

pytestmark = [pytest.mark.slow, needs_browser]


def test_who_does_not_come_is_seen_at_once_and_repaired_by_a_button(browser: Any, tmp_path: Path):
    """An absence and a no, recorded elsewhere: marks, seats; one button makes a proposal."""
    live = commune(tmp_path)
    live.publish(even_if_poor=True)
    first, other = live.now.told.assignments[0], live.now.told.assignments[5]
    with served(app(live, sign_in=lambda _: Visitor(role="province", who="Lan"))) as address:
        page = opened(browser, address, "centers", anew=True)
        before = seats_filled(page)

        no = ShiftAnswer(shift_id=other[0], volunteer_id=other[1], answer="declined")
        live.record(Absence(volunteer_id=first.volunteer_id), answers=[no])
        until(page, lambda: texts(page, ".chip.declined") and texts(page, ".chip.absent"))

        assert all("absent" in text for text in texts(page, ".chip.absent"))
        assert seats_filled(page) < before
        assert not [text for text in texts(page, ".figures dt") if "Broken" in text]
        page.find_element(By.CSS_SELECTOR, ".chip.declined").click()
        until(page, lambda: "declined" in " ".join(texts(page, ".panel .theirs .mark")))
        assert axe(page) == []

        until(page, lambda: "everybody comes" in bound_of(page))

        go_to(page, "status")
        until(page, lambda: [b for b in buttons(page) if b.text == "Repair the roster"])[0].click()
        until(page, lambda: page.find_elements(By.PARTIAL_LINK_TEXT, "See the repaired roster"))
        assert axe(page) == []
        page.find_element(By.PARTIAL_LINK_TEXT, "See the repaired roster").click()
        until(page, lambda: find(page, ".comparison"))


def buttons(page: Any) -> list[Any]:
    return list(page.find_elements(By.CSS_SELECTOR, "#to-repair ~ p button"))


def bound_of(page: Any) -> str:
    """What the head says of the bound."""
    (shown,) = (text for text in texts(page, ".figures > div") if text.startswith("Proven bound"))
    return shown


def seats_filled(page: Any) -> int:
    """The figure of the head."""
    (shown,) = (text for text in texts(page, ".figures > div") if text.startswith("Seats filled"))
    return int(shown.removeprefix("Seats filled").split()[0].replace(",", ""))
