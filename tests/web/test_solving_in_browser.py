"""Pin, improve the rest, compare, take over, and ask, on the page in a real browser."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import needs_browser
from looking import axe, errors, find, go_to, opened, phone, texts, until
from selenium.webdriver.common.keys import Keys
from served import an_giang, commune, served

from shiftplan import Roster
from shiftplan.record import LiveWeek
from shiftplan.record.drafts import is_proposal
from shiftplan.scoring.check import compare_rosters
from shiftplan.web import app

pytestmark = [needs_browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> LiveWeek:
    """The commune, with a draft that lacks a third of its people."""
    week = commune(tmp_path_factory.mktemp("week"))
    week.draft(Roster(assignments=week.roster.assignments[::3]))
    return week


@pytest.fixture(scope="module")
def address(live: LiveWeek) -> Iterator[str]:
    """Where it is served."""
    with served(app(live)) as place:
        yield place


def press(page: Any, text: str, root: str = "body") -> None:
    """Press the first button of a text."""
    script = (
        "const [text, root] = arguments;"
        "const found = [...document.querySelectorAll(`${root} button`)]"
        ".find(e => e.textContent.trim() === text && !e.disabled);"
        "found?.click(); return Boolean(found)"
    )
    until(page, lambda: page.execute_script(script, text, root))


def choose(page: Any, label: str, text: str) -> None:
    """Type into the field of a label and leave it."""
    script = (
        "return [...document.querySelectorAll('#main label, #panel label')]"
        ".find(e => e.textContent.trim().startsWith(arguments[0])).querySelector('input')"
    )
    field = until(page, lambda: page.execute_script(script, label))
    field.clear()
    field.send_keys(text, Keys.TAB)


def test_pin_improve_compare_take(browser: Any, live: LiveWeek, address: str) -> None:
    """By keyboard and mouse, from a pin to a part that is taken over and undone."""
    page = opened(browser, address, "centers", anew=True)
    chip = until(page, lambda: find(page, "#main .chip"))
    who, shift = chip.get_attribute("data-person"), chip.get_attribute("data-shift")

    chip.send_keys("p")
    until(page, lambda: find(page, "#main .chip[data-held]"))
    assert live.refresh().state.holds[""][0].volunteer_id == who
    assert find(page, "#main .chip[data-held]").get_attribute("aria-description") == "held"
    find(page, "#main button[data-day]").send_keys("p")
    until(page, lambda: find(page, "#main button[data-day][data-held]"))
    find(page, "#main button[data-day]").send_keys("p")
    until(page, lambda: len(live.refresh().state.holds[""]) == 1)
    go_to(page, "improve")
    until(page, lambda: any(who_in(page, who) in text for text in texts(page, ".supposed li")))
    press(page, "Start")
    until(page, lambda: texts(page, ".proposals li"))
    before = live.roster
    press(page, texts(page, ".proposals button")[0])
    until(page, lambda: texts(page, ".part"))
    n = len(texts(page, ".part"))
    assert live.roster == before
    find(page, ".part input").click()
    press(page, "Use 1 change")
    until(page, lambda: len(texts(page, ".part")) < n)

    assert (shift, who) in live.refresh().roster
    assert len(live.roster) > len(before)
    until(page, lambda: texts(page, ".last-move p"))
    press(page, "Undo", ".last-move")
    until(page, lambda: live.refresh().roster == before)
    until(page, lambda: "has changed since" in " ".join(texts(page, ".comparison")))
    press(page, "Compare again")
    until(page, lambda: len(texts(page, ".part")) == n)
    press(page, "Use all")
    until(page, lambda: "Both versions are the same." in texts(page, ".comparison p"))
    for lang, dark in (("vi", True), ("en", False)):
        find(page, f"button[lang={lang}]").click()
        page.execute_script(
            "document.documentElement.dataset.theme = arguments[0] ? 'dark' : 'light'", dark
        )
        until(
            page,
            lambda lang=lang: ("Phiên bản" in texts(page, ".comparison h3")[0]) is (lang == "vi"),
        )
        assert axe(page, "#main") == []
    assert errors(page) == []


def who_in(page: Any, who: str) -> str:
    """Name of somebody, as the page lists them."""
    script = (
        "return [...document.querySelectorAll('#list-person option')].map(o => o.value)"
        ".find(text => text.endsWith(`(${arguments[0]})`)).split(' (')[0]"
    )
    name: str = page.execute_script(script, who)
    return name


def test_stop_keeps_the_best(browser: Any, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search that goes on is seen, stopped, and leaves its proposal."""
    from shiftplan.record import holding

    solve = holding.solve

    def slowly(problem: Any, **search: Any) -> Any:
        found = solve(problem, **search)
        end = time.monotonic() + 30
        while not search["cancel"].is_set() and time.monotonic() < end:
            time.sleep(0.01)
        return found

    monkeypatch.setattr(holding, "solve", slowly)
    page = opened(browser, address, "improve", anew=True)
    n = len(texts(page, ".proposals li"))

    press(page, "Start")
    until(page, lambda: find(page, "progress"))
    press(page, "Stop and keep the best")

    until(page, lambda: len(texts(page, ".proposals li")) == n + 1)
    assert errors(page) == []


def test_ask_about_a_seat_and_a_person(browser: Any, live: LiveWeek, address: str) -> None:
    """Why it is empty, why here, why not there; said again in the other language."""
    live.draft(Roster(assignments=live.roster_of(2).assignments))
    page = opened(browser, address, "centers", anew=True)
    until(page, lambda: find(page, "#main .shift .gap"))
    page.execute_script("document.querySelector('#main .shift:has(.gap) > .count').click()")

    until(page, lambda: texts(page, "#panel .question button"))
    page.execute_script("document.querySelector('#panel .question button').click()")
    until(page, lambda: texts(page, "#panel .reply li"))
    assert "have the skills for this seat" in " ".join(texts(page, "#panel .reply"))
    find(page, "button[lang=vi]").click()
    until(page, lambda: "đủ kỹ năng" in " ".join(texts(page, "#panel .reply")))
    find(page, "button[lang=en]").click()
    page.execute_script("document.querySelector('#main .chip').click()")
    until(page, lambda: find(page, "#panel .facts"))
    page.execute_script("document.querySelector('#panel .question button').click()")
    until(page, lambda: "does not work" in " ".join(texts(page, "#panel .reply")))
    assert axe(page, "#panel") == []
    assert errors(page) == []


def test_suppose_and_record(browser: Any, live: LiveWeek, address: str) -> None:
    """Somebody ill and a center closed for a day: priced, then recorded with a reason."""
    page = opened(browser, address, "whatif", anew=True)
    person = live.now.problem.volunteers[0]
    until(page, lambda: find(page, ".suppose"))

    for volunteer in live.now.problem.volunteers[:2]:
        choose(page, "Cannot come", volunteer.volunteer_id)
    until(page, lambda: len(texts(page, ".supposed li")) == 2)
    find(page, ".supposed li:last-child button").send_keys(Keys.ENTER)
    until(page, lambda: len(texts(page, ".supposed li")) == 1)
    until(page, lambda: page.switch_to.active_element == find(page, ".supposed button"))
    press(page, "Find out")
    until(page, lambda: texts(page, ".costs tfoot td"))
    assert person.name in " ".join(texts(page, ".reply p"))
    assert axe(page, "#main") == []
    with phone(page):
        assert axe(page, "#main") == []
        wide = "return document.documentElement.scrollWidth <= innerWidth"
        assert page.execute_script(wide)
    choose(page, "Reason", "ill")
    press(page, "Record these changes")

    until(page, lambda: "Recorded" in " ".join(texts(page, ".done")))
    (change,) = live.refresh().changes
    assert change.volunteer_id == person.volunteer_id
    assert live.entries[-1].why == "ill"
    press(page, "Compare the roster found with the draft")
    until(page, lambda: texts(page, ".comparison .part"))
    until(page, lambda: page.switch_to.active_element == find(page, ".comparison"))
    press(page, "Use all")
    drafts = live.refresh().state.drafts
    newest = max(version.number for name, version in drafts.items() if is_proposal(name))
    until(page, lambda: live.refresh().draft == live.roster_of(newest))
    assert errors(page) == []


def test_an_giang_from_pin_to_answer(browser: Any, tmp_path: Path) -> None:
    """A center is held, the rest improved and stopped, one part taken over, a seat explained."""
    week = an_giang(tmp_path)
    problem = week.now.problem
    center = problem.centers[0]
    with served(app(week)) as place:
        page = opened(browser, place, "improve", anew=True)
        until(page, lambda: find(page, "#list-center option"))
        choose(page, "Hold a center", center.name)
        until(page, lambda: len(texts(page, ".supposed li")) == 1)
        press(page, "Start")
        until(page, lambda: find(page, "progress"))
        time.sleep(8)
        press(page, "Stop and keep the best")
        until(page, lambda: texts(page, ".proposals li"))
        press(page, texts(page, ".proposals button")[0])
        until(page, lambda: texts(page, ".comparison h3"))
        version = week.refresh().state.versions[max(week.now.state.versions)]
        before, after = week.roster, week.roster_of(version.number)
        at = {s.shift_id for s in problem.shifts if s.center_id == center.center_id}
        assert not any(c.assignment.shift_id in at for c in before.changes_to(after))
        found = compare_rosters(problem, before, after)
        if found.people:
            shown = texts(page, ".comparison .costs tfoot td")
            assert shown[:2] == [f"{found.before.total:,}", f"{found.after.total:,}"]
            find(page, ".part input").click()
            press(page, "Use 1 change")
            until(page, lambda: len(week.refresh().state.versions) > version.number)
        go_to(page, "centers")
        page.execute_script("document.querySelector('#main .shift:has(.gap) > .count').click()")
        until(page, lambda: texts(page, "#panel .question button"))
        page.execute_script("document.querySelector('#panel .question button').click()")
        until(page, lambda: texts(page, "#panel .reply li"))
        assert errors(page) == []
