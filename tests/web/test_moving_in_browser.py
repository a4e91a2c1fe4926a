"""Moving people on the page in a real browser: pointer, keyboard, yes and no, two at once."""

from __future__ import annotations

import itertools
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from browsing import needs_browser, open_browser
from dragging import answer, begin, cell, chip, dialog, drag, focused, lit, press, says, told
from looking import axe, errors, find, opened, until
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from served import an_giang, commune, served

from shiftplan import open_week
from shiftplan.analysis.candidates import Candidates
from shiftplan.analysis.destinations import destinations
from shiftplan.record import LiveWeek
from shiftplan.scoring.check import check
from shiftplan.web import Visitor, app

pytestmark = needs_browser


@pytest.fixture
def live(tmp_path: Path) -> LiveWeek:
    """The commune with one draft."""
    return commune(tmp_path)


@pytest.fixture
def address(live: LiveWeek) -> Iterator[str]:
    """Where it is served."""
    with served(app(live)) as place:
        yield place


def moves_of(live: LiveWeek, *, kind: str) -> Iterator[tuple[str, str, str]]:
    """Person, their shift and another to which they can go: `possible`, or `barred`."""
    roster, judge = live.priced().roster, live.priced().candidates
    for shift, who in roster.assignments:
        found = destinations(judge, who, shift)
        ways = {w.shift_id for w in found.shifts if not w.effect.broken}
        yield from ((who, shift, to) for to in sorted(ways if kind == "possible" else found.barred))


UNREACHED = """window.fetched = fetch; window.fetch = (path, ...rest) => path.includes("api/draft?")
    ? Promise.reject(new Error("no network")) : window.fetched(path, ...rest);"""
"""Lets no draft arrive."""
TWICE = """for (const _ of [1, 2])
    dispatchEvent(new KeyboardEvent("keydown", {key: "z", ctrlKey: true}));"""
"""Presses Ctrl+Z again before the answer to the first one is there."""


def is_checked(live: LiveWeek, page: Any) -> int:
    """What the page shows is what `check` finds of the newest version; its number."""
    state = live.refresh().state
    assert state.draft is not None
    total = check(live.now.problem, live.roster_of(state.draft.number)).total
    assert f"{total:,}" in find(page, ".figures").text
    return state.draft.number


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
def test_a_draft_of_ones_own(browser: Any, live: LiveWeek, address: str) -> None:
    """Begun, moved in, renamed by oneself and others, kept without a network, and closed."""
    page = opened(browser, address, "centers", anew=True)
    who, shift = live.roster_of(1).assignments[0][::-1]

    Select(find(page, ".tools select")).select_by_value("#new")
    dialog(page).find_element(By.NAME, "name").send_keys("Tết")
    answer(page, "yes")
    until(page, lambda: find(page, ".tools select").get_attribute("value") == "Tết")
    page.execute_script("arguments[0].focus()", chip(page, who, shift))
    press(page, Keys.DELETE)
    says(page, "taken off")

    state = live.refresh().state
    assert (shift, who) not in live.roster_of(state.drafts["Tết"].number)
    Select(find(page, ".tools select")).select_by_value("")
    until(page, lambda: chip(page, who, shift))
    Select(find(page, ".tools select")).select_by_value("Tết")
    until(page, lambda: find(page, ".tools select option[value='#close']"))
    page.execute_script(UNREACHED)
    live.name_draft("another")
    until(page, lambda: "does not answer" in find(page, ".failed").text)
    assert find(page, ".tools select").get_attribute("value") == "Tết"
    page.execute_script("window.fetch = window.fetched")
    live.name_draft("a third")
    until(page, lambda: find(page, ".tools select option[value='a third']"))
    assert find(page, ".tools select").get_attribute("value") == "Tết"
    Select(find(page, ".tools select")).select_by_value("#rename")
    field = dialog(page).find_element(By.NAME, "name")
    assert field.get_attribute("value") == "Tết"
    field.clear()
    field.send_keys("Xuân")
    answer(page, "yes")
    until(page, lambda: find(page, ".tools select").get_attribute("value") == "Xuân")
    live.rename_draft("Xuân", "Hè")
    until(page, lambda: find(page, ".tools select").get_attribute("value") == "Hè")
    Select(find(page, ".tools select")).select_by_value("#close")
    until(page, lambda: find(page, ".tools select").get_attribute("value") == "")
    assert [*live.refresh().state.drafts] == ["", "another", "a third"]


@pytest.mark.slow
def test_a_lead_takes_back_their_own_move(browser: Any, live: LiveWeek) -> None:
    """Undo is for the province; a lead of the center makes their last move backwards."""
    lead = Visitor(role="center", who="minh", ids={s.center_id for s in live.files.shifts})
    shift, who = live.roster_of(1).assignments[0]
    with served(app(live, sign_in=lambda _: lead)) as address:
        page = opened(browser, address, "centers", anew=True)
        page.execute_script("arguments[0].focus()", chip(page, who, shift))

        press(page, Keys.DELETE)
        says(page, "taken off")
        find(page, ".last-move .buttons button").click()
        says(page, "assigned")

        assert live.roster_of(is_checked(live, page)) == live.roster_of(1)
        assert [entry.who for entry in live.entries[1:]] == ["minh", "minh"]
        assert errors(page) == []


@pytest.mark.slow
def test_two_people_see_each_other(
    browser: Any, tmp_path: Path, live: LiveWeek, address: str
) -> None:
    """Within a second; whoever comes too late with the same person is told so, and by whom."""
    other = open_browser(tmp_path / "profile")
    try:
        pages = [opened(one, address, "centers", anew=True) for one in (browser, other)]
        first, second = pages
        (who, shift, to), *_ = moves_of(live, kind="possible")
        begin(second, chip(second, who, shift))

        drag(first, chip(first, who, shift), cell(first, to))
        says(first, "Total")
        began = time.monotonic()
        until(second, lambda: chip(second, who, to))
        assert time.monotonic() - began < 1
        until(second, lambda: "Holding" not in told(second))  # they are no longer there
        ActionChains(second).release().perform()
        press(second, "Ctrl-z")
        says(second, "Undone")
        says(first, "lan", live.files.volunteer_by_id[who].name)
        press(first, "Ctrl-Shift-z")
        says(first, "Redone")

        second.execute_script(
            "return import('./moving.js').then(m => import('./store.js').then(({store}) => {"
            "store.draft.version = 1; m.make([{shift_id: arguments[1],"
            "volunteer_id: arguments[0], added: false}]) }))",
            who,
            shift,
        )
        says(second, "meanwhile", "lan")
        assert is_checked(live, first) == 4
        assert is_checked(live, second) == 4
    finally:
        other.quit()


@pytest.mark.slow
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    """Several people move at once until the server is killed; the record has every move."""
    commune(tmp_path)
    week = tmp_path / "commune"
    for turn in range(3):
        acknowledged = killed_while_moving(week, random.Random(turn))
        assert len(acknowledged) > 3
        made = [*open_week(week).now.state.versions.values()]
        for version, step in acknowledged:
            (found,) = (v for v in made if v.number == version)
            assert [(*c.assignment, c.added) for c in found.draft.moves] == [step]


def killed_while_moving(week: Path, rng: random.Random) -> list[tuple[int, tuple[str, str, bool]]]:
    """Versions that the server acknowledged, each with its step, until it was killed."""
    code = (
        "import sys, uvicorn, shiftplan; from shiftplan.web import app\n"
        "live = shiftplan.open_week(sys.argv[1])\n"
        "config = uvicorn.Config(app(live), port=0, log_level='error')\n"
        "socket = config.bind_socket(); socket.listen()\n"
        "print(socket.getsockname()[1], flush=True)\n"
        "uvicorn.Server(config).run(sockets=[socket])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(week)], stdout=subprocess.PIPE, encoding="utf-8"
    )
    acknowledged: list[tuple[int, tuple[str, str, bool]]] = []
    assert process.stdout is not None
    with process.stdout:
        base = f"http://127.0.0.1:{int(process.stdout.readline())}"

        def work(who: str) -> None:
            with httpx.Client(base_url=base, headers={"X-Shiftplan": "1"}) as sender:
                for shift in itertools.cycle(["mon-am", "mon-pm", "tue-am", "wed-pm"]):
                    try:
                        draft = sender.get("/api/draft").json()
                        added = [shift, who] not in draft["assignments"]
                        step = {"shift_id": shift, "volunteer_id": who, "added": added}
                        body = {"changes": [step], "of": draft["version"], "anyway": True}
                        answer = sender.post("/api/moves", json=body)
                    except httpx.HTTPError:
                        return
                    if answer.status_code == 200:
                        version = answer.json()["draft"]["version"]
                        acknowledged.append((version, (shift, who, added)))

        threads = [threading.Thread(target=work, args=(who,)) for who in ("V01", "V05", "V09")]
        for thread in threads:
            thread.start()
        try:
            until(None, lambda: len(acknowledged) > 3)
            time.sleep(rng.random())
        finally:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        for thread in threads:
            thread.join()
    return acknowledged


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
