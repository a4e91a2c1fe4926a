"""Coming in, one's name, edited files and a server that is gone, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browsing import needs_browser
from looking import axe, phone, until
from selenium.webdriver.common.by import By
from served import commune, served

from shiftplan import read_problem, web
from shiftplan.problem.changes import Absence
from shiftplan.web.files_on_disk import FilesOnDisk
from shiftplan.web.sign_in import Doors

pytestmark = [needs_browser, pytest.mark.slow]
PASSWORD = "correct horse battery"


def shown(browser: Any, selector: str, text: str = "") -> list[Any]:
    """Elements of a selector that are to be seen, and hold a text."""
    found = browser.find_elements(By.CSS_SELECTOR, selector)
    return [e for e in found if e.is_displayed() and text in e.text]


def wait(browser: Any, selector: str, text: str = "") -> Any:
    """The first of them, once there is one."""
    return until(browser, lambda: shown(browser, selector, text))[0]


def fill(browser: Any, selector: str, value: str) -> None:
    field = wait(browser, selector)
    field.clear()
    field.send_keys(value)


@pytest.mark.parametrize("is_phone", [False, True])
def test_name_and_password(browser: Any, tmp_path: Path, is_phone: bool) -> None:
    """A wrong one is told, the right one lets in; the name is changed; signing out ends it."""
    live, doors = commune(tmp_path), Doors(password=PASSWORD, cookie=f"phone-{is_phone}")
    with served(web.app(live, sign_in=doors)) as url, phone(browser, is_phone):
        browser.get(f"{url}/?lang=en")
        for password in ("wrong one", PASSWORD):
            fill(browser, "[name=name]", "Mai <b>")
            fill(browser, "[name=password]", password)
            wait(browser, ".door button").click()
            if password != PASSWORD:
                wait(browser, ".door [role=alert]")
                assert axe(browser) == []
        if is_phone:
            wait(browser, "details.menu > summary").click()
        wait(browser, "details.session summary", "Mai <b>").click()
        fill(browser, ".session input", "Trần Mai")
        wait(browser, ".session form button").click()
        wait(browser, "details.session summary", "Trần Mai").click()
        assert axe(browser) == []
        wait(browser, ".session .menu > button").click()
        wait(browser, "main.door")


def test_refusals_are_in_the_language_of_the_page(browser: Any, tmp_path: Path) -> None:
    """Whatever the page asks for, such as to come in."""
    doors = Doors(password=PASSWORD, cookie="in-vietnamese")
    with served(web.app(commune(tmp_path), sign_in=doors)) as url:
        browser.get(f"{url}/?lang=vi")
        fill(browser, "[name=name]", "Mai")
        fill(browser, "[name=password]", "wrong one")
        wait(browser, ".door button").click()
        wait(browser, ".door [role=alert]", "Sai mật khẩu")


def test_a_page_goes_on_by_itself_once_the_server_is_back(browser: Any, tmp_path: Path) -> None:
    """Stopped and started again: it says which address to open, and then needs no reload."""
    live = commune(tmp_path)
    before, after = (Doors("lan", cookie="again") for _ in range(2))
    with served(web.app(live, sign_in=before)) as url:
        browser.get(before.address(url))
        wait(browser, "nav.views")
    wait(browser, ".banner [role=alert]", "does not answer")
    assert shown(browser, ".failed") == []

    with served(web.app(live, sign_in=after), int(url.rpartition(":")[2])):
        wait(browser, ".banner [role=alert]", "Open the address that the command printed last")
        first = browser.current_window_handle
        browser.switch_to.new_window("tab")
        browser.get(after.address(url))
        wait(browser, "nav.views")
        browser.close()
        browser.switch_to.window(first)
        until(browser, lambda: shown(browser, ".banner") == [])
        live.record(Absence(volunteer_id=live.roster_of(1).assignments[0].volunteer_id))
        wait(browser, ".chip.absent")


def test_with_a_password_the_page_leads_to_the_door(browser: Any, tmp_path: Path) -> None:
    live = commune(tmp_path)
    before, after = (Doors("lan", PASSWORD, cookie="door") for _ in range(2))
    with served(web.app(live, sign_in=before)) as url:
        browser.get(url)
        enter(browser)
        wait(browser, "nav.views")

    with served(web.app(live, sign_in=after), int(url.rpartition(":")[2])):
        wait(browser, ".banner [role=alert]", "Sign in again")
        wait(browser, ".banner button", "Sign in").click()
        enter(browser)
        wait(browser, "nav.views")


def enter(browser: Any) -> None:
    """Give a name and the password."""
    fill(browser, ".door [name=name]", "Mai")
    fill(browser, ".door [name=password]", PASSWORD)
    wait(browser, ".door button").click()


def test_an_address_and_edited_files(browser: Any, tmp_path: Path) -> None:
    """The token leaves the address; edited files are told, faults too; a lost server as well."""
    live, place = commune(tmp_path), tmp_path / "commune"
    table = place / "centers.csv"
    before = table.read_text(encoding="utf-8")
    doors = Doors("lan", cookie="address")
    on_disk = FilesOnDisk(place, lambda: read_problem(place))
    with served(web.app(live, sign_in=doors, on_disk=on_disk)) as url:
        browser.get(url)
        wait(browser, "main.door")
        browser.get(doors.address(url))
        wait(browser, "nav.views")
        assert "token" not in browser.current_url
        table.write_text(before + 'x,"\n', encoding="utf-8")
        wait(browser, ".banner", "centers.csv")
        wait(browser, ".banner button").click()
        wait(browser, ".banner .faults", "centers.csv")
        assert axe(browser) == []
        table.write_text(before.replace("Định Hòa", "Định Hòa Mới"), encoding="utf-8")
        wait(browser, ".banner button").click()
        wait(browser, "main", "Định Hòa Mới")
        assert shown(browser, ".banner") == []
    wait(browser, ".banner [role=alert]")
