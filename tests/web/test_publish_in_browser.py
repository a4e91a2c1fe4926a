"""A real browser publishes a week, ticks messages, and reads in the history who did it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from browsing import needs_browser
from looking import axe, until
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait
from served import served

from shiftplan.record import LiveWeek
from shiftplan.web import Visitor, app
from shiftplan.week.owner import Owner
from shiftplan.week.roster import Change

pytestmark = [pytest.mark.slow, needs_browser]
WHO = "Lan & <script>document.title='run'</script>"


@pytest.fixture
def address(live: LiveWeek) -> Iterator[str]:
    """Where the week is served to somebody of the province."""
    visitor = Visitor(role="province", who=WHO)
    with served(app(live, sign_in=lambda _: visitor)) as found:
        yield found


class Page:
    """A page as a person uses it: what is seen, and what is clicked by its text."""

    def __init__(self, browser: Any, address: str) -> None:
        self.browser, self.address = browser, address

    def open(self, view: str) -> None:
        self.browser.get("about:blank")
        self.browser.get(f"{self.address}/#{view}")

    def wait(self, text: str) -> None:
        seen = WebDriverWait(self.browser, 15)
        seen.until(lambda b: text in b.find_element(By.TAG_NAME, "body").text, text)

    def click(self, text: str, within: str = "") -> None:
        kinds = "self::button or self::a or self::summary"
        path = f"{within}//*[{kinds}][contains(normalize-space(.), '{text}')]"

        def clicked(browser: Any) -> bool:
            found = [one for one in browser.find_elements(By.XPATH, path) if one.is_enabled()]
            if found:
                found[0].click()
            return bool(found)

        WebDriverWait(self.browser, 15).until(clicked, text)


def test_a_week_is_published_and_the_history_says_by_whom(
    browser: Any, live: LiveWeek, address: str
):
    """Preview, publish, tick one message, record an answer and an absence; all under one name."""
    page = Page(browser, address)
    page.open("publish")
    page.wait("13 people will learn of their shifts for the first time.")
    page.click("Publish version 1")
    page.wait("No deadline for answers.")
    page.click("Publish version 1", within="//dialog")
    page.wait("The published roster is version 1")
    page.click("Trần Văn An")
    page.wait("Hello Trần Văn An,")
    page.click("Mark as sent")
    page.wait("✓ sent")
    page.open("status")
    page.wait("13 people and centers have changed shifts")
    page.click("The others came")
    page.wait("attendance")
    page.open("history")
    page.wait("version 1 published to 13 people")

    assert [entry.body.kind for entry in live.entries[1:]] == ["told", "sent", "attended"]
    assert {entry.who for entry in live.entries[1:]} == {WHO}
    assert browser.find_element(By.ID, "main").text.count(WHO) == 3
    assert browser.title != "run"
    assert not [line for line in browser.get_log("browser") if line["level"] == "SEVERE"]


def test_an_earlier_version_is_shown_and_left_again(browser: Any, live: LiveWeek, address: str):
    """Its banner says that it is view only; a click leads back."""
    live.publish(even_if_poor=True)
    for version in (1, 2):
        live.move(Change(live.roster.assignments[0], added=False), of=version, anyway=True)
    page = Page(browser, address)
    page.open("history")
    page.wait("2 moves")
    page.click("Show version 1")
    page.wait("view only")
    page.click("Back to now")

    WebDriverWait(browser, 10).until(
        lambda b: "view only" not in b.find_element(By.TAG_NAME, "body").text
    )


def test_the_history_of_a_person_is_found_without_accents(
    browser: Any, live: LiveWeek, address: str
):
    """A name without accents, or an id, is enough; the field then shows both."""
    live.publish()
    page = Page(browser, address)
    page.open("history")
    page.wait("version 1 published to 13 people")
    field = browser.find_element(By.CSS_SELECTOR, "#main [list=list-person]")

    for typed, shown in (("tran van an", "Trần Văn An (V01)"), ("V09", "Đỗ Thị Lan (V09)")):
        field.clear()
        field.send_keys(typed, Keys.TAB)
        until(browser, lambda shown=shown: shown == field.get_attribute("value"))
    page.wait("version 1 published to 13 people")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("view", ["publish", "status", "history"])
def test_views_are_accessible(browser: Any, live: LiveWeek, address: str, view: str, width: int):
    """No finding of axe-core, light and dark, in both languages; nothing wider than the screen."""
    live.publish()
    page = Page(browser, address)
    browser.set_window_size(width, 900)
    page.open(view)
    WebDriverWait(browser, 15).until(lambda b: b.find_elements(By.CSS_SELECTOR, ".page-of *"))

    for turn in range(4):
        buttons = browser.find_elements(By.CSS_SELECTOR, ".choices button")
        browser.execute_script("arguments[0].click()", buttons[2 if turn == 2 else turn % 2])
        for summary in browser.find_elements(By.CSS_SELECTOR, "summary")[:2]:
            browser.execute_script("arguments[0].parentElement.open = true", summary)
        assert axe(browser) == []
    wide = browser.execute_script(
        "return [...document.querySelectorAll('#main *')].filter((one) =>"
        " one.getBoundingClientRect().right > innerWidth).map((one) => one.outerHTML.slice(0, 99))"
    )
    assert wide == []
    browser.set_window_size(1280, 900)


def test_messages_end_with_the_link_that_was_just_made(browser: Any, live: LiveWeek, address: str):
    """Links are made under Collect; then each message to a person has the own one, centers none."""
    live.publish()
    page = Page(browser, address)
    page.open("collect")
    page.click("Make")
    page.wait("/f/#")
    browser.execute_script("location.hash = 'publish'")
    page.wait("The published roster is version 1")
    letters = until(  # they come after what is known
        browser,
        lambda: browser.execute_script(
            "return [...document.querySelectorAll('.letter')].map((one) => one.textContent)"
        ),
    )

    ends = [letter.splitlines()[-1] for letter in letters]
    assert len({end for end in ends[:-1] if end.startswith("Answer here: http")}) == 13
    assert "/f/" not in letters[-1]


def test_all_files_with_personal_links(browser: Any, live: LiveWeek, address: str, tmp_path: Path):
    """The page says before that earlier links end; then links are made, and the zip is saved."""
    live.publish()
    allow = {"behavior": "allow", "downloadPath": str(tmp_path)}
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", allow)
    page = Page(browser, address)
    page.open("publish")
    page.wait("The published roster is version 1")
    tick = "//label[contains(., 'with personal links')]/input"
    until(browser, lambda: browser.find_element(By.XPATH, tick)).click()
    page.wait("Links made for them earlier stop working.")
    assert axe(browser, "#main") == []
    page.click("All files (zip)")

    until(browser, (tmp_path / "messages.zip").exists)
    with ZipFile(tmp_path / "messages.zip") as archive:
        assert f"Answer here: {address}/f/#" in archive.read("messages/messages.csv").decode()
    assert live.refresh().state.forms.links.keys() == {
        Owner("volunteer", who) for who in live.roster.shifts_of
    }


def test_answers_on_the_phone_are_recorded_beside_a_person(
    browser: Any, live: LiveWeek, address: str
):
    """Somebody declines a shift; the panel shows it."""
    live.publish()
    page = Page(browser, address)
    page.open("people")
    page.click("Đỗ Thị Lan")
    page.wait("Answers")
    page.click("Declines")
    page.wait("declined")

    (said,) = [entry.body for entry in live.entries if entry.body.kind == "answered"]
    assert [(one.volunteer_id, one.answer) for one in said.answers] == [("V09", "declined")]
