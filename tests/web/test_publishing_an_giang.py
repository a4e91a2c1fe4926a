"""The whole province is published in a real browser, and again after one person is taken off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from browsing import needs_browser
from looking import errors, find, opened, texts, until
from served import an_giang, served

from shiftplan.record import LiveWeek
from shiftplan.web import app
from shiftplan.week.roster import Change

pytestmark = [needs_browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> LiveWeek:
    """An Giang with a plan of some seconds."""
    return an_giang(tmp_path_factory.mktemp("week"))


@pytest.fixture(scope="module")
def address(live: LiveWeek) -> Iterator[str]:
    with served(app(live)) as place:
        yield place


def publish(page: Any) -> list[str]:
    """Publish what the page shows, in spite of doubts that a short plan may leave; the messages."""
    button = ".first:not(:disabled)"
    until(page, lambda: texts(page, ".messages li"))
    for box in page.find_elements("css selector", ".fields .tick input")[1:]:
        box.click()
    until(page, lambda: find(page, button)).click()
    until(page, lambda: find(page, "dialog button[value=yes]")).click()
    told: list[str] = until(page, lambda: texts(page, "[aria-labelledby=told-last] .letter"))
    return told


def test_everybody_is_told_and_then_only_whom_a_move_concerns(
    browser: Any, live: LiveWeek, address: str
) -> None:
    """All people and centers at first; then one person and the center; the history says both."""
    page = opened(browser, address, "/publish", anew=True)
    first = publish(page)
    pair = live.roster.assignments[0]
    who = live.files.volunteer_by_id[pair.volunteer_id].name
    live.move(Change(pair, added=False), of=live.now.state.version_told, anyway=True)
    page = opened(browser, address, "/publish")
    until(page, lambda: find(page, "#to-publish"))
    until(page, lambda: len(texts(page, ".letter")) == 2)
    second = publish(page)

    people, centers = len(live.roster_of(1).shifts_of), len(live.files.centers)
    assert people + centers <= len(first) <= len(live.files.volunteers) + centers
    assert who in second[0]
    assert [entry.body.kind for entry in live.entries] == ["drafted", "told", "drafted", "told"]
    page = opened(browser, address, "/history")
    until(page, lambda: len(texts(page, ".entry")) == 4)
    assert errors(page) == []
