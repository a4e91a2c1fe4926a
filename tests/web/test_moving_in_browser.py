"""Moving people on the page in a real browser: pointer, keyboard, yes and no, two at once."""

from __future__ import annotations

import json
import random
import re
import statistics
from pathlib import Path
from typing import Any

import pytest
from browsing import needs_browser
from dragging import (
    answer,
    begin,
    cell,
    chip,
    dialog,
    drag,
    focused,
    is_checked,
    lit,
    moves_of,
    press,
    says,
    told,
)
from looking import axe, errors, find, opened, until
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from served import an_giang, served

from shiftplan.analysis.candidates import Candidates
from shiftplan.analysis.destinations import destinations
from shiftplan.record import LiveWeek
from shiftplan.scoring.check import check
from shiftplan.web import app

pytestmark = needs_browser


TWICE = """for (const _ of [1, 2])
    dispatchEvent(new KeyboardEvent("keydown", {key: "z", ctrlKey: true}));"""
"""Presses Ctrl+Z again before the answer to the first one is there."""


def test_a_name_is_dragged_and_the_price_told(browser: Any, live: LiveWeek, address: str) -> None:
    """Places light up as the library prices them; the drop is recorded, priced, and undone."""
    who, shift, to = next(moves_of(live, kind="possible"))
    page = opened(browser, address, "centers", anew=True)

    begin(page, chip(page, who, shift))
    shown = lit(page)
    actions = ActionChains(page, duration=20)
    actions.move_to_element(cell(page, to)).move_by_offset(1, 1).release().perform()
    text = says(page, "The cost", "Total")

    found = destinations(Candidates(live.now.problem, live.roster_of(1)), who, shift)
    assert shown.keys() == {way.shift_id for way in found.shifts}
    for way in found.shifts:
        assert shown[way.shift_id][0] != "barred"
        figure = re.sub(r"\D", "", shown[way.shift_id][1])
        assert int(figure) == abs(way.effect.total)
    assert is_checked(live, page) == 2
    assert (to, who) in live.roster_of(2)
    assert live.files.volunteer_by_id[who].name in text
    press(page, "Ctrl-z")
    says(page, "Undone")
    assert live.roster_of(is_checked(live, page)) == live.roster_of(1)
    assert errors(page) == []


@pytest.mark.slow
def test_names_are_swapped_replaced_and_taken_off(
    browser: Any, live: LiveWeek, address: str
) -> None:
    """Onto another name, from the list of candidates onto a name, and onto the strip."""
    page = opened(browser, address, "centers", anew=True)
    judge = live.priced().candidates
    who, shift, other, way = next(
        (who, shift, other, way)
        for shift, who in live.roster_of(1).assignments
        for other, ways in destinations(judge, who, shift).people.items()
        for way in ways
        if not way.effect.broken
    )

    drag(page, chip(page, who, shift), chip(page, other, way.shift_id))
    says(page, "swap")

    assert {(way.shift_id, who), (shift, other)} <= {*live.roster_of(2).assignments}
    assert is_checked(live, page) == 2
    begin(page, chip(page, other, shift))
    off = find(page, "[data-take-off]")
    ActionChains(page, duration=20).move_to_element(off).release().perform()
    says(page, "taken off")
    assert (shift, other) not in live.roster_of(is_checked(live, page))
    page.execute_script("arguments[0].click()", cell(page, shift))
    until(page, lambda: find(page, ".candidates .who"))
    came = find(page, ".candidates .who")
    into = next(v for s, v in live.priced().roster.assignments if s == shift)
    new = came.get_attribute("data-person")
    drag(page, came, chip(page, into, shift))
    until(page, lambda: "assigned" in told(page) or page.find_elements(By.CSS_SELECTOR, "dialog"))
    if page.find_elements(By.CSS_SELECTOR, "dialog"):
        answer(page, "yes")
    says(page, "assigned")
    after = {*live.roster_of(is_checked(live, page)).assignments}
    assert (shift, new) in after
    assert (shift, into) not in after


@pytest.mark.slow
def test_everything_by_keyboard(browser: Any, live: LiveWeek, address: str) -> None:
    """Arrows, pick up, next best place, put down, take off, undo, redo, put back; focus stays."""
    page = opened(browser, address, "centers", anew=True)
    who, shift, _ = next(moves_of(live, kind="possible"))

    find(page, 'nav.views a[aria-current="page"]').send_keys("")
    page.execute_script("arguments[0].focus()", chip(page, who, shift))
    press(page, Keys.ARROW_RIGHT, Keys.ARROW_LEFT)
    assert focused(page)["shift"] == shift
    page.execute_script("arguments[0].focus()", chip(page, who, shift))
    press(page, "m")
    says(page, "Holding")
    until(page, lambda: find(page, ".best"))
    press(page, "n")
    there = focused(page)
    assert "cost" in there["said"]
    press(page, Keys.ENTER)
    says(page, "Total")
    assert (there["shift"], who) in live.roster_of(is_checked(live, page))
    assert focused(page) == {"person": who, "shift": there["shift"], "said": None}

    press(page, Keys.DELETE)
    says(page, "taken off")
    press(page, "Ctrl-z")
    says(page, "Undone")
    press(page, "Ctrl-Shift-z")
    says(page, "Redone")
    assert (there["shift"], who) not in live.roster_of(is_checked(live, page))
    page.execute_script(TWICE)
    until(page, lambda: live.refresh().state.versions.keys() >= {7})
    says(page, "Undone")
    assert live.roster_of(7) == live.roster_of(1)

    other, place = live.priced().roster.assignments[3][::-1]
    page.execute_script("arguments[0].focus()", chip(page, other, place))
    press(page, "m")
    says(page, "Holding")
    press(page, Keys.ESCAPE)
    until(page, lambda: "Holding" not in told(page))
    assert focused(page)["person"] == other
    press(page, "?")
    assert "Esc" in dialog(page).text
    press(page, Keys.ESCAPE)
    until(page, lambda: not page.find_elements(By.CSS_SELECTOR, "dialog"))
    press(page, "/")
    assert page.switch_to.active_element.get_attribute("type") == "search"


@pytest.mark.slow
def test_breaking_a_rule_needs_a_yes(browser: Any, live: LiveWeek, address: str) -> None:
    """The breach in words; after No nothing has changed, after Yes it is made and counted."""
    page = opened(browser, address, "centers", anew=True)
    who, shift, to = next(moves_of(live, kind="barred"))

    drag(page, chip(page, who, shift), cell(page, to))
    asked = dialog(page).text
    answer(page, "no")

    assert live.files.volunteer_by_id[who].name in asked
    assert live.refresh().state.head == 1
    drag(page, chip(page, who, shift), cell(page, to))
    answer(page, "yes")
    says(page, "⚠", "Total")
    assert is_checked(live, page) == 2
    assert (to, who) in live.roster_of(2)


@pytest.mark.slow
def test_moving_breaks_no_rule_of_access(browser: Any, live: LiveWeek, address: str) -> None:
    """While somebody is held, after a move, with each dialog and panel, in both themes."""
    page = opened(browser, address, "centers", anew=True)
    who, shift, to = next(moves_of(live, kind="possible"))
    for dark in (False, True):
        if dark:
            find(page, ".choices button:last-child").click()
        page.execute_script("arguments[0].focus()", chip(page, who, shift))
        press(page, "m")
        until(page, lambda: find(page, ".best"))
        assert axe(page) == []
        press(page, Keys.ESCAPE)
        page.execute_script("arguments[0].click()", cell(page, to))
        until(page, lambda: find(page, ".candidates li"))
        assert axe(page) == []
        press(page, "?")
        dialog(page)
        assert axe(page) == []
        press(page, Keys.ESCAPE)
        until(page, lambda: not page.find_elements(By.CSS_SELECTOR, "dialog"))
    page.execute_script("arguments[0].focus()", chip(page, who, shift))
    press(page, Keys.DELETE)
    says(page, "taken off")
    assert axe(page) == []


@pytest.mark.slow
def test_two_hundred_drags_on_an_giang(browser: Any, tmp_path: Path) -> None:
    """Each total, and each cost by rule, is that of `check`, to the last digit."""
    live = an_giang(tmp_path)
    rng = random.Random(33)
    with served(app(live)) as address:
        page = opened(browser, address, "centers", anew=True)
        made = 0
        while made < 200:
            roster = live.priced().roster
            shift, who = rng.choice(roster.assignments)
            found = destinations(live.priced().candidates, who, shift).shifts
            if not found:
                continue
            way = rng.choice(found)
            drag(page, chip(page, who, shift), cell(page, way.shift_id))
            until(page, lambda: told(page) or page.find_elements(By.CSS_SELECTOR, "dialog"))
            if page.find_elements(By.CSS_SELECTOR, "dialog"):
                answer(page, "yes")
            made += 1
            until(page, lambda made=made: live.now.state.head == made + 1)
            says(page, "Total")
            shown = page.execute_script(
                "return import('./store.js')"
                ".then(({store}) => [store.draft.total, store.draft.costs])"
            )
            score = check(live.now.problem, live.priced().roster)
            assert shown == [score.total, {k: v for k, v in score.parts.items() if v}]
        spent = page.execute_script(
            "return performance.getEntriesByName('shiftplan.price').map(e => e.duration)"
        )
        print(json.dumps([round(x) for x in statistics.quantiles(spent, n=100)]))
