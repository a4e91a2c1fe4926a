"""Moving people on the page where others move too: drafts, leads, two at once, and a kill."""

from __future__ import annotations

import itertools
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from browsing import needs_browser, open_browser
from dragging import (
    answer,
    begin,
    cell,
    chip,
    dialog,
    drag,
    is_checked,
    moves_of,
    press,
    says,
    told,
)
from looking import errors, find, opened, until
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from served import commune, served

from shiftplan import open_week
from shiftplan.record import LiveWeek
from shiftplan.web import Visitor, app

pytestmark = needs_browser


UNREACHED = """window.fetched = fetch; window.fetch = (path, ...rest) => path.includes("api/draft?")
    ? Promise.reject(new Error("no network")) : window.fetched(path, ...rest);"""
"""Lets no draft arrive."""


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
