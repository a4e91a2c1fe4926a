"""The whole province in a real browser: every view, on desks and phones, for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from browsing import needs_browser
from looking import axe, errors, find, go_to, opened, phone, texts, until
from selenium.webdriver import Keys
from served import DATA, an_giang, served

from shiftplan import Roster
from shiftplan.record import LiveWeek
from shiftplan.web import app
from shiftplan.week.collation import person_key

pytestmark = [needs_browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> LiveWeek:
    """An Giang with a plan of some seconds."""
    return an_giang(tmp_path_factory.mktemp("week"))


@pytest.fixture(scope="module")
def address(live: LiveWeek) -> Iterator[str]:
    """Where it is served, with its map."""
    with served(app(live, areas=DATA / "an_giang" / "map.geojson")) as place:
        yield place


def views(page: Any) -> list[str]:
    """All views there are."""
    links = page.find_elements("css selector", "nav.views a")
    return [link.get_attribute("href").partition("#/")[2] for link in links]


def type_in(page: Any, text: str) -> None:
    """Type into the search, in place of what is there."""
    field = find(page, "input[type=search]")
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys(text or Keys.DELETE)


def rows_shown(page: Any) -> list[str]:
    """Names of the centers that the table shows."""
    return texts(page, ".roster tbody tr:not([hidden]) th .name")


@pytest.mark.parametrize("is_phone", [False, True], ids=["desk", "phone"])
@pytest.mark.parametrize(("lang", "theme"), [("en", "light"), ("vi", "dark")])
def test_every_view_keeps_to_wcag(
    browser: Any, address: str, lang: str, theme: str, is_phone: bool
) -> None:
    """axe-core finds nothing in any view with a panel open; nothing is wider than the screen."""
    with phone(browser, is_phone):
        page = opened(browser, address, anew=True)
        page.execute_script(
            "localStorage['shiftplan.lang'] = arguments[0];"
            "localStorage['shiftplan.theme'] = arguments[1]",
            lang,
            theme,
        )
        page = opened(browser, address)
        for view in views(page):
            go_to(page, view)
            opens = "#main .count, #main .listed button, #main .row, #main [data-person]"
            if found := page.find_elements("css selector", opens):
                page.execute_script("arguments[0].click()", found[0])
            assert axe(page) == [], (view, lang, theme)
            wide = page.execute_script("return document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, view
        assert errors(page) == []


def test_nothing_comes_from_elsewhere(browser: Any, address: str) -> None:
    """All that the page loads is from its own server."""
    page = opened(browser, address, anew=True)
    for view in views(page):
        go_to(page, view)

    loaded = page.execute_script("return performance.getEntries().map(e => e.name)")

    assert [u for u in loaded if u.startswith(("http:", "https:")) and address not in u] == []


def test_search_finds_people_and_centers(browser: Any, address: str, live: LiveWeek) -> None:
    """Without accents, in any order of words; rows stay in place and only hide."""
    page = opened(browser, address, "centers", anew=True)
    assert len(rows_shown(page)) == 102
    page.execute_script(
        "window.made = 0;"
        "new MutationObserver(all => all.forEach(one => made += one.addedNodes.length))"
        ".observe(document.querySelector('.roster'), {childList: true, subtree: true})"
    )

    type_in(page, "chau phu")
    until(page, lambda: 0 < len(rows_shown(page)) < 102)
    assert "Xã Châu Phú" in rows_shown(page)
    type_in(page, "")
    until(page, lambda: len(rows_shown(page)) == 102)
    assert page.execute_script("return made") < 4_000  # cells in which people are marked, not rows

    go_to(page, "people")
    type_in(page, "lan nguyen")
    names = {v.name for v in live.files.volunteers if {"Nguyễn", "Lan"} <= {*v.name.split()}}
    until(page, lambda: {*texts(page, ".people tbody th")} >= names)


def test_all_people_scroll_but_few_are_drawn(browser: Any, address: str, live: LiveWeek) -> None:
    """Only rows in view are in the document; the last is there after scrolling to the end."""
    page = opened(browser, address, "people", anew=True)
    until(page, lambda: texts(page, ".people tbody th"))
    assert len(texts(page, ".people tbody th")) < 100
    count = find(page, ".people").get_attribute("aria-rowcount")

    page.execute_script("const s = document.querySelector('#main .scroll'); s.scrollTop = 1e9")

    last = max((v.name for v in live.files.volunteers), key=person_key)
    until(page, lambda: texts(page, ".people tbody th")[-1] == last)
    assert find(page, ".people tbody tr:last-child").get_attribute("aria-rowindex") == count


def test_the_map_is_seen_and_worked_by_keyboard(browser: Any, address: str) -> None:
    """102 shapes with words; arrows go from one to the next, Enter opens it; the list agrees."""
    page = opened(browser, address, "map", anew=True)
    until(page, lambda: len(texts(page, ".ground")) == 102)
    assert any("thanglequoc" in text for text in texts(page, ".drawings p"))
    said = {g.get_attribute("aria-label") for g in page.find_elements("css selector", ".ground")}
    assert all("seats filled (" in text for text in said)

    first = find(page, ".main .ground[tabindex='0']")
    first.send_keys(Keys.ARROW_DOWN)
    now = page.switch_to.active_element
    assert now.get_attribute("data-center") != first.get_attribute("data-center")
    assert now.get_attribute("tabindex") == "0"
    now.send_keys(Keys.ENTER)
    name = now.get_attribute("aria-label").split(":")[0]
    until(page, lambda: texts(page, "#panel h2") == [name])

    listed = dict(zip(texts(page, ".listed span"), texts(page, ".listed b"), strict=True))
    filled = now.get_attribute("aria-label").split(": ")[1].split(" seats")[0]
    assert listed[name] == filled


def test_figures_follow_what_others_record(browser: Any, address: str, live: LiveWeek) -> None:
    """Seats and cost in the head change when somebody else drafts another roster."""
    page = opened(browser, address, "centers", anew=True)
    before = texts(page, ".figures dd")
    assert live.roster is not None

    live.draft(Roster.of(live.roster.assignments[:-50]), why="fifty fewer")

    until(page, lambda: texts(page, ".figures dd") != before)
