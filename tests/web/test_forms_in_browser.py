"""Forms and the view that collects them in a real browser: on a phone, offline, as a file."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from browsing import needs_browser
from forms import SOON, Week
from looking import axe, find, opened, texts, until
from served import served

from shiftplan.record.forms import HandedIn
from shiftplan.web.sign_in import Doors
from shiftplan.week.owner import Owner

pytestmark = [pytest.mark.slow, needs_browser]


@pytest.fixture
def week() -> Week:
    return Week()


@pytest.fixture
def address(week: Week) -> Iterator[str]:
    with served(week.app) as found:
        yield found


@pytest.fixture(autouse=True)
def _as_before(browser: Any) -> Iterator[None]:
    yield
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    go_offline(browser, False)


def phone(browser: Any, dark: bool = False) -> None:
    size = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})


def go_offline(browser: Any, is_offline: bool) -> None:
    browser.execute_cdp_cmd("Network.enable", {})
    slow = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": is_offline, **slow})


def open_form(browser: Any, address: str, token: str) -> None:
    browser.get("about:blank")
    browser.get(f"{address}/f/#{token}")
    until(browser, lambda: find(browser, "#status").text)
    browser.execute_script("document.getElementById('lang-en').click()")


def choose(browser: Any, element_id: str) -> None:
    browser.execute_script("document.getElementById(arguments[0]).click()", element_id)


def says(browser: Any, text: str) -> Callable[[], bool]:
    return lambda: text in find(browser, "#status").text


def confirm_offline(week: Week, address: str, browser: Any, note: str = "") -> None:
    """Ana confirms her shift and presses Send while there is no network."""
    open_form(browser, address, week.tokens["ana"])
    go_offline(browser, True)
    choose(browser, "shift-M0-confirmed")
    find(browser, "#note").send_keys(note)
    choose(browser, "send")
    until(browser, says(browser, "No connection"))


def come_back(browser: Any) -> None:
    """There is a network again, and the browser says so."""
    go_offline(browser, False)
    browser.execute_script("dispatchEvent(new Event('online'))")


def came_in(week: Week) -> list[HandedIn]:
    return [hand_in.body for hand_in in week.collecting.state().forms.hand_ins.values()]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_form_fits_a_phone_and_everybody_can_use_it(
    week: Week, address: str, browser: Any, lang: str, dark: bool
) -> None:
    """360 px wide without scrolling sideways, large type, nothing that axe-core finds."""
    phone(browser, dark)
    open_form(browser, address, week.tokens["ana"])
    choose(browser, f"lang-{lang}")
    choose(browser, "shift-M0-swap")
    widths = browser.execute_script(
        "return [document.documentElement.scrollWidth, innerWidth,"
        " Math.min(...[...document.querySelectorAll('p, label, legend, button')]"
        ".map(e => parseFloat(getComputedStyle(e).fontSize))),"
        " Math.min(...[...document.querySelectorAll('label, button')]"
        ".map(e => e.getBoundingClientRect().height))]"
    )
    assert widths[0] <= widths[1] == 360
    assert widths[2] >= 16
    assert widths[3] >= 24
    assert axe(browser) == []


def test_what_is_typed_offline_arrives_when_there_is_a_network(
    week: Week, address: str, browser: Any
) -> None:
    """It is kept, said to be kept, sent by itself, and one entry; later changes come after it."""
    confirm_offline(week, address, browser, "Tôi đi xe buýt <b>")
    choose(browser, "time-2026-12-08T07:00:002026-12-08T11:00:00")
    assert came_in(week) == []

    come_back(browser)
    until(browser, lambda: len(came_in(week)) == 1)
    assert came_in(week)[0].note == "Tôi đi xe buýt <b>"
    assert came_in(week)[0].times == ()
    until(browser, says(browser, "not sent yet"))
    until(browser, lambda: find(browser, "#send").is_enabled())
    choose(browser, "send")
    until(browser, lambda: len(came_in(week)) == 2)
    assert came_in(week)[1].weighed == ("waits",)
    until(browser, lambda: "has to agree" in find(browser, "#form").text)


def test_all_that_send_was_pressed_for_arrives(week: Week, address: str, browser: Any) -> None:
    """Also what was typed while the first sending waited for a network, as one entry more."""
    confirm_offline(week, address, browser)
    find(browser, "#note").send_keys("second")
    choose(browser, "send")

    come_back(browser)

    until(browser, lambda: len(came_in(week)) == 2)
    assert [one.note for one in came_in(week)] == ["", "second"]
    until(browser, says(browser, "Sent:"))


def test_what_send_was_pressed_for_goes_though_one_types_on(
    week: Week, address: str, browser: Any
) -> None:
    """Also after a second press, and a letter that was mended since."""
    confirm_offline(week, address, browser)
    find(browser, "#note").send_keys("secon")
    until(browser, says(browser, "not sent yet"))
    choose(browser, "send")
    until(browser, says(browser, "No connection"))
    find(browser, "#note").send_keys("d")

    come_back(browser)

    until(browser, lambda: len(came_in(week)) == 2)
    assert came_in(week)[1].note == "second"


def test_the_link_of_somebody_else_opens_their_form(week: Week, address: str, browser: Any) -> None:
    """In the same tab, where only what stands behind # differs."""
    open_form(browser, address, week.tokens["ana"])
    assert "Ana" in find(browser, "h1").text

    browser.execute_script(f"location.hash = '{week.tokens['bob']}'")

    until(browser, lambda: "OTHERNAME" in find(browser, "h1").text)


def test_an_acknowledgement_that_is_lost_makes_no_second_entry(
    week: Week, address: str, browser: Any
) -> None:
    """The server took it, the phone never heard of it, and sends it once more after a reload."""
    open_form(browser, address, week.tokens["ana"])
    browser.execute_script(
        "const real = fetch; window.fetch = async (...given) => {"
        " await real(...given); throw new TypeError('gone'); };"
    )
    choose(browser, "shift-M0-declined")
    choose(browser, "send")
    until(browser, says(browser, "No connection"))
    assert len(came_in(week)) == 1
    browser.refresh()
    until(browser, lambda: find(browser, "#shift-M0-declined").is_selected())
    until(browser, lambda: "Sent:" in find(browser, "#status").text)
    assert len(came_in(week)) == 1


def test_what_was_typed_survives_a_closed_page(week: Week, address: str, browser: Any) -> None:
    """Without having been sent, it is there again; another person's link shows nothing of it."""
    open_form(browser, address, week.tokens["ana"])
    choose(browser, "shift-M0-declined")
    find(browser, "#note").send_keys("ANATYPED")
    open_form(browser, address, week.tokens["bob"])
    assert "ANATYPED" not in browser.page_source
    open_form(browser, address, week.tokens["ana"])
    assert find(browser, "#note").get_attribute("value") == "ANATYPED"
    assert find(browser, "#shift-M0-declined").is_selected()


def test_a_link_that_ended_says_so(week: Week, address: str, browser: Any) -> None:
    """Also where something was typed, which stays on the phone."""
    open_form(browser, address, week.tokens["ana"])
    choose(browser, "shift-M0-confirmed")
    week.planner.post("/api/invitations/take-back", json={"people": None})
    choose(browser, "send")
    until(browser, says(browser, "no longer valid"))
    assert came_in(week) == []
    browser.get("about:blank")
    browser.get(f"{address}/f/#{'x' * 32}")
    until(browser, lambda: "no longer valid" in find(browser, "#form").text)


@pytest.fixture
def form_file(week: Week, address: str, tmp_path: Path) -> Path:
    """The form of Ana as a file."""
    answer = week.planner.post(
        "/api/invitations/files", json={"people": None, "base": f"{address}/"}
    )
    with ZipFile(io.BytesIO(answer.content)) as archive:
        archive.extractall(tmp_path)
    (found,) = tmp_path.glob("Ana*.html")
    return found


def fill_file(browser: Any, form_file: Path) -> None:
    browser.get("about:blank")
    browser.get_log("browser")
    browser.get(form_file.as_uri())
    until(browser, lambda: find(browser, "#status").text)
    choose(browser, "lang-en")
    choose(browser, "shift-M0-confirmed")
    find(browser, "#note").send_keys("from a file")


def test_a_form_works_as_a_file_and_its_answer_comes_back(
    week: Week, address: str, browser: Any, form_file: Path, tmp_path: Path
) -> None:
    """No server is asked; the saved answer is dropped on the page of those who plan, and counts."""
    down = tmp_path / "down"
    down.mkdir()
    allow = {"behavior": "allow", "downloadPath": str(down)}
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", allow)
    go_offline(browser, True)
    fill_file(browser, form_file)
    assert axe(browser) == []
    choose(browser, "save")
    until(browser, lambda: [*down.glob("*.json")])
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []
    go_offline(browser, False)

    opened(browser, address, "collect", anew=True)
    until(browser, lambda: find(browser, ".drop input"))
    bad = down / "bad.json"
    bad.write_text("{}")
    (answer,) = down.glob("answer*.json")
    find(browser, ".drop input").send_keys(f"{answer}\n{bad}")
    until(browser, lambda: len(texts(browser, ".drop li")) == 2)
    said = texts(browser, ".drop li")
    assert "Ana <b>Ý</b>: recorded" in said
    assert "bad.json: This is not an answer saved by a form." in said
    (body,) = came_in(week)
    assert body.note == "from a file"


def test_a_file_carries_its_answer_over_the_network_of_the_office(
    week: Week, browser: Any, form_file: Path
) -> None:
    """Its button opens the link with what was typed, which is sent at once."""
    fill_file(browser, form_file)
    here = browser.current_window_handle
    choose(browser, "carry")
    until(browser, lambda: len(came_in(week)) == 1)
    assert came_in(week)[0].note == "from a file"
    for window in browser.window_handles:
        if window != here:
            browser.switch_to.window(window)
            until(
                browser,
                lambda: (
                    "Sent:" in find(browser, "#status").text
                    or "gửi lúc" in find(browser, "#status").text
                ),
            )
            assert "." not in browser.current_url.rpartition("#")[2]
            browser.close()
    browser.switch_to.window(here)


def test_those_who_plan_decide_in_the_view(week: Week, address: str, browser: Any) -> None:
    """What comes in appears by itself; accepting, refusing and swapping are a click each."""
    opened(browser, address, "collect", anew=True)
    until(browser, lambda: "Nothing has come in yet." in find(browser, ".collect").text)
    tuesday = {"start": "2026-12-08T07:00:00", "end": "2026-12-08T11:00:00", "can": False}
    for who in ("ana", "cho"):
        week.of(who).post("/api/form", json=week.sending(who, times=[tuesday], note=f"<i>{who}"))
    began = time.monotonic()
    until(browser, lambda: len(texts(browser, ".waits > li")) == 2)
    assert time.monotonic() - began < 5
    assert axe(browser) == []
    find(browser, ".waits input").click()
    find(browser, ".word input").send_keys("được")
    find(browser, ".collect .acts button").click()
    until(browser, lambda: len(texts(browser, ".waits > li")) == 1)

    sent = week.sending("bob", form="sending-00000009")
    sent["answers"][0] |= {"answer": "swap", "colleague": "ana"}
    week.of("bob").post("/api/form", json=sent)
    until(browser, lambda: find(browser, ".swap"))
    find(browser, ".swap .acts button").click()
    until(browser, lambda: find(browser, ".takers button"))
    assert axe(browser) == []
    find(browser, ".takers li:last-child button").click()
    until(browser, lambda: not texts(browser, ".swap"))
    assert week.live.now.draft is not None
    assert ("M1", "bob") not in week.live.now.draft
    done = [
        entry.body
        for entry in week.live.refresh() and week.live.entries
        if entry.body.kind == "decided"
    ]
    assert [body.accepted for body in done] == [True, True]
    assert done[0].word == "được"


def test_links_are_made_copied_and_taken_back(
    week: Week, address: str, browser: Any, tmp_path: Path
) -> None:
    """For those who are listed; each is shown now and never again, or saved as a form."""
    allow = {"behavior": "allow", "downloadPath": str(tmp_path)}
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", allow)
    opened(browser, address, "collect", anew=True)
    until(browser, lambda: find(browser, ".links tbody tr"))
    find(browser, ".collect .filters input[type=search]").send_keys("othername")
    until(browser, lambda: len(texts(browser, ".links tbody tr")) == 1)
    buttons = browser.find_elements("css selector", ".collect section .acts button")
    next(button for button in buttons if "Make 1 link" in button.text).click()
    until(browser, lambda: texts(browser, ".made code"))
    (link,) = texts(browser, ".made code")
    assert link.startswith(f"{address}/f/#")
    assert week.of(link.rpartition("#")[2]).get("/api/form").status_code == 200
    assert axe(browser) == []
    saving = find(browser, ".made").find_elements("tag name", "button")
    next(button for button in saving if "CSV" in button.text).click()
    until(browser, (tmp_path / "links.csv").exists)
    assert (tmp_path / "links.csv").read_text(encoding="utf-8-sig").endswith(f",{link}\n")
    next(button for button in buttons if "Revoke links" in button.text).click()
    until(browser, lambda: "none" in texts(browser, ".links tbody tr")[0])
    assert not texts(browser, ".made")
    assert week.of(link.rpartition("#")[2]).get("/api/form").status_code == 401
    next(button for button in buttons if "Make 1 file" in button.text).click()
    until(browser, (tmp_path / "forms.zip").exists)
    with ZipFile(tmp_path / "forms.zip") as archive:
        assert [name for name in archive.namelist() if "(bob).html" in name]
    until(browser, lambda: "valid" in texts(browser, ".links tbody tr")[0])


def test_a_lead_comes_in_by_the_link_of_their_center(browser: Any) -> None:
    """The link opens the workbench for them; without it nobody is let in, nor after leaving."""
    week = Week(sign_in=Doors())
    owner = Owner("center", "home")
    token = week.collecting.invite([owner], SOON)[owner]
    with served(week.app) as address:
        browser.get("about:blank")
        browser.get(f"{address}/c/#{token}")
        until(browser, lambda: find(browser, "#main *"))
        assert token not in browser.current_url
        until(browser, lambda: find(browser, ".session button"))
        find(browser, ".session button").click()
        until(browser, lambda: find(browser, ".door"))
        week.collecting.take_back([owner])
        browser.get(f"{address}/c/#{token}")
        browser.refresh()
        until(browser, lambda: "no longer valid" in find(browser, "#said").text)
