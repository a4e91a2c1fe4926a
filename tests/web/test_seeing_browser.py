"""The page in a real browser: what is seen, in both languages and themes, on desks and phones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import needs_browser
from looking import axe, errors, find, go_to, opened, phone, texts, until
from reporting import HOSTILE, hostile_week
from selenium.webdriver import Keys
from served import commune, served

from shiftplan.record import LiveWeek
from shiftplan.web import Visitor, app

pytestmark = needs_browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the commune is served."""
    with served(app(commune(tmp_path_factory.mktemp("week")))) as place:
        yield place


def test_a_small_week_in_two_languages_and_themes(browser: Any, address: str) -> None:
    """It loads, changes language and theme at once, remembers both, and breaks no rule of axe."""
    page = opened(browser, address)
    assert "Trần Văn An" in texts(page, ".chip")

    for lang, dark, word in (("en", False, "Overview"), ("vi", True, "Tổng quan")):
        find(page, f"button[lang={lang}]").click()
        if dark:
            find(page, ".choices button:last-child").click()
        until(page, lambda word=word: word in texts(page, "nav.views a"))
        for view in ("overview", "people"):
            go_to(page, view)
            assert axe(page) == [], (lang, view)

    page = opened(browser, address)
    assert page.execute_script("return document.documentElement.lang") == "vi"
    assert page.execute_script("return document.documentElement.dataset.theme") == "dark"
    assert errors(page) == []


def test_the_open_view_is_in_sight_on_a_phone(browser: Any, address: str) -> None:
    """Its link is the last of eleven in a row that scrolls; nothing is wider than the screen."""
    with phone(browser):
        page = opened(browser, address, "history", anew=True)
        link = until(page, lambda: find(page, "nav.views a[aria-current]"))

        until(page, lambda: 0 <= link.rect["x"] <= 360 - link.rect["width"])
        assert page.execute_script("return document.documentElement.scrollWidth <= innerWidth")


def test_what_is_opened_is_closed_by_keyboard(browser: Any, address: str) -> None:
    """Enter opens a person in the panel, Escape closes it; the focus is where it was before."""
    page = opened(browser, address, "centers", anew=True)
    chip = find(page, ".chip")
    name = chip.text

    chip.send_keys(Keys.ENTER)
    until(page, lambda: texts(page, "#panel h2") == [name])
    assert any(name in said for said in texts(page, "#app > p[role=status]"))
    page.switch_to.active_element.send_keys(Keys.ESCAPE)
    until(page, lambda: not page.find_elements("css selector", "#panel"))
    assert page.switch_to.active_element.text == name

    chip.send_keys(Keys.ENTER)
    find(page, "#panel .close").send_keys(Keys.ENTER)
    until(page, lambda: not page.find_elements("css selector", "#panel"))
    assert page.switch_to.active_element.text == name


def test_hostile_names_are_text(browser: Any) -> None:
    """Names with scripts and markup are shown as they are, in every view, and nothing runs."""
    problem, roster = hostile_week()
    week = LiveWeek(problem, None, who="<b>lan</b>")
    week.draft(roster)
    with served(app(week)) as place:
        page = opened(browser, place, anew=True)
        assert set(HOSTILE[:2]) <= {*texts(page, ".chip")}
        for view in ("overview", "people", "map", "days"):
            go_to(page, view)
            find(page, "#main [data-person], #main .listed button, #main button.row").click()
            until(page, lambda: find(page, "#panel h2"))
            assert (
                page.execute_script("return document.querySelectorAll('#app :is(b b, img)').length")
                == 0
            )
        assert "Xã <b>Đậm</b>" in " ".join(texts(page, "#main"))
        assert errors(page) == []


def test_a_lead_looks_at_their_center(browser: Any) -> None:
    """Only its shifts and people; views of the province are not offered."""
    problem, roster = hostile_week()
    week = LiveWeek(problem, None, who="hoa")
    week.draft(roster)
    lead = Visitor(role="center", who="hoa", ids=frozenset({"c1"}))
    with served(app(week, sign_in=lambda _: lead)) as place:
        page = opened(browser, place, "publish", anew=True)

        assert texts(page, ".roster tbody .name") == ["Xã Hai"]
        assert "Publish" not in texts(page, "nav.views a")
        own = {week.now.problem.volunteer_by_id[who].name for who in lead.people(problem, roster)}
        assert {*texts(page, ".chip")} <= own
        assert errors(page) == []


def test_a_page_that_was_left_listens_no_more(browser: Any, tmp_path: Path) -> None:
    """Its connection is free for the next one, and it listens again if it is shown again."""
    made = app(commune(tmp_path))
    desk = made.state.desk
    with served(made) as place:
        page = opened(browser, place)
        until(page, lambda: desk.news.is_heard)
        page.get("about:blank")
        until(page, lambda: not desk.news.is_heard)
        page.back()
        until(page, lambda: desk.news.is_heard)
