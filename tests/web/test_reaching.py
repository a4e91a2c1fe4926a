"""What is reached on the page in a real browser: by keyboard, by search, on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from browsing import needs_browser
from dragging import answer, focused, press, says
from looking import errors, find, go_to, opened, phone, texts, until
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from shiftplan.record import LiveWeek

pytestmark = [needs_browser, pytest.mark.slow]


def search(page: Any, text: str) -> None:
    """Type into the search of the view, in place of what is there."""
    field = find(page, "#main input[type=search]")
    field.clear()
    field.send_keys(text)


def in_sight(page: Any, selector: str) -> bool:
    """Whether the middle of an element is on the screen with nothing in front of it."""
    script = """const e = document.querySelector(arguments[0]);
        if (!e) return false;
        const {left, top, width, height} = e.getBoundingClientRect();
        const there = document.elementFromPoint(left + width / 2, top + height / 2);
        return Boolean(there) && (e === there || e.contains(there));"""
    return bool(page.execute_script(script, selector))


def in_roster(live: LiveWeek) -> tuple[str, str]:
    """A shift and somebody in it."""
    shift, who = live.priced().roster.assignments[0]
    return shift, who


def test_a_searched_table_is_reached_by_tab(browser: Any, live: LiveWeek, address: str) -> None:
    """The rows that a search hides leave the tab key to the first row that it shows."""
    page = opened(browser, address, "centers", anew=True)
    rows = texts(page, ".roster tbody .name")
    search(page, rows[-1])
    until(page, lambda: texts(page, ".roster tbody tr:not([hidden]) .name") == [rows[-1]])

    press(page, Keys.TAB, Keys.TAB)

    assert page.switch_to.active_element.text == rows[-1]
    press(page, Keys.ARROW_RIGHT)
    assert focused(page)["shift"] is not None
    assert errors(page) == []


def test_arrows_lead_to_the_days_and_back(browser: Any, live: LiveWeek, address: str) -> None:
    """Up from the first row is the heading of the day; the next day is beside, its shifts below."""
    page = opened(browser, address, "centers", anew=True)
    page.execute_script("document.getElementById('main').focus()")
    press(page, Keys.ARROW_DOWN, Keys.ARROW_RIGHT, Keys.ARROW_UP)
    day = page.switch_to.active_element.get_attribute("data-day")
    press(page, Keys.ARROW_RIGHT)
    other = page.switch_to.active_element.get_attribute("data-day")
    press(page, Keys.ARROW_DOWN)

    assert day is not None
    assert other > day
    shift = focused(page)["shift"]
    start = live.now.problem.shift_by_id[shift].start
    assert str(start.date()) == other


@pytest.mark.parametrize(
    ("typed", "name", "is_found"),
    [
        ("Hồ Hoàng Hồng", "Danh Hoàng Uyên Châu Phong", False),
        ("ho hoang", "Danh Hoàng Uyên", False),
        ("hoang ho", "Hồ Thị Hoàng", True),
        ("uye hoàng", "Danh Hoàng Uyên", True),
        ("915", "Trương Gia Khang V00915", True),
        ("30307-1207", "30307-1207-am", True),
    ],
)
def test_words_are_found_by_how_they_begin(
    browser: Any, address: str, typed: str, name: str, is_found: bool
) -> None:
    """Each typed word begins a word of its own; only digits may stand within one."""
    page = opened(browser, address)
    script = """const [typed, name, done] = arguments;
        import("./matching.js").then((m) => done(m.fits(m.wordsOf(typed), m.wordsOf(name))));"""

    assert page.execute_async_script(script, typed, name) is is_found


def test_on_a_phone_nothing_hides_what_a_move_did(
    browser: Any, live: LiveWeek, address: str
) -> None:
    """With the panel of the shift open, the strip with Undo is in sight."""
    shift, who = in_roster(live)
    with phone(browser):
        page = opened(browser, address, "centers", anew=True)
        page.execute_script(
            "import('./store.js').then(({choose}) => choose('shift', arguments[0]))".replace(
                "arguments[0]", repr(shift)
            )
        )
        find(page, f'#panel .team [data-person="{who}"]')
        page.execute_script("document.querySelector('#panel .ways button:last-child').click()")
        until(page, lambda: page.find_elements(By.CSS_SELECTOR, ".last-move .buttons, dialog"))
        if page.find_elements(By.CSS_SELECTOR, "dialog"):
            answer(page, "yes")
        says(page, "taken off")

        assert find(page, "#panel")
        assert in_sight(page, ".last-move .buttons button")
        assert in_sight(page, ".last-move p")


def test_on_a_phone_whoever_is_held_can_be_put_back(
    browser: Any, live: LiveWeek, address: str
) -> None:
    """However many places are offered, taking off and putting back are on the screen."""
    shift, who = in_roster(live)
    with phone(browser):
        page = opened(browser, address, "centers", anew=True)
        page.execute_script(
            f"import('./moving.js').then(({{pickUp}}) => pickUp({who!r}, {shift!r}, 'tap'))"
        )
        until(page, lambda: find(page, ".best"))

        assert in_sight(page, ".last-move [data-take-off]")
        assert in_sight(page, ".last-move .buttons:last-child button:last-child")


def test_leaving_the_views_of_shifts_puts_back(browser: Any, live: LiveWeek, address: str) -> None:
    """Whoever is held stays so from centers to days, and is put back on the way to history."""
    shift, who = in_roster(live)
    page = opened(browser, address, "centers", anew=True)
    page.execute_script(
        f"import('./moving.js').then(({{pickUp}}) => pickUp({who!r}, {shift!r}, 'tap'))"
    )
    until(page, lambda: find(page, ".best"))

    go_to(page, "days")
    assert find(page, ".last-move [data-take-off]")
    go_to(page, "history")

    until(page, lambda: not page.find_elements(By.CSS_SELECTOR, ".last-move [data-take-off]"))
    assert errors(page) == []


def test_little_height_leaves_room_for_the_table(browser: Any, address: str) -> None:
    """At 200% of a usual screen the head scrolls away, and most of the height is the view's."""
    size = {"width": 683, "height": 384, "deviceScaleFactor": 2, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        page = opened(browser, address, "centers", anew=True)
        height = page.execute_script("return document.querySelector('#main').clientHeight")
        page.execute_script("document.querySelector('#main').scrollIntoView()")

        assert height > 384 * 0.8
        assert page.execute_script(
            "return document.querySelector('.bar').getBoundingClientRect().top < innerHeight"
        )
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_a_reload_keeps_the_filter(browser: Any, address: str) -> None:
    """What was searched stands in the field again, and the table shows it."""
    page = opened(browser, address, "centers", anew=True)
    name = texts(page, ".roster tbody .name")[-1]
    search(page, name)
    page.refresh()

    until(page, lambda: texts(page, ".roster tbody tr:not([hidden]) .name") == [name])
    assert find(page, "#main input[type=search]").get_attribute("value") == name


def test_an_absence_is_recorded_with_24_hours(browser: Any, live: LiveWeek, address: str) -> None:
    """A day of the week and a time as people write it, whatever the language of the browser."""
    shift, who = in_roster(live)
    day = str(live.now.problem.shift_by_id[shift].start.date())
    page = opened(browser, address, "status", anew=True)
    until(page, lambda: find(page, "form .moment select"))
    script = """const [who, day] = arguments, fire = (e) => e.dispatchEvent(new Event('change'));
        const person = document.querySelector('form:has(.moment) input[type=search]');
        person.value = who; fire(person);
        const from = document.querySelector('form .moment select');
        from.value = day; fire(from);"""
    page.execute_script(script, who, day)
    field = find(page, "form .moment .clock")
    field.send_keys("13h30")
    press(page, Keys.TAB)
    until(page, lambda: field.get_attribute("value") == "13:30")
    page.execute_script("document.querySelector('form:has(.moment) > button').click()")

    until(page, lambda: live.refresh() and len(live.entries) > 1)
    assert f"{day}T13:30" in live.entries[-1].model_dump_json()


def test_a_deadline_that_is_no_time_stands_in_the_way(browser: Any, address: str) -> None:
    """Publishing waits until the time can be read; a day alone means its end."""
    page = opened(browser, address, "publish", anew=True)
    until(page, lambda: find(page, ".moment select"))
    script = """const select = document.querySelector('.moment select');
        select.selectedIndex = 1; select.dispatchEvent(new Event('change'));"""
    page.execute_script(script)
    until(page, lambda: "23:59" in find(page, "#main").text)

    field = find(page, ".moment .clock")
    field.send_keys("25:99", Keys.TAB)
    until(page, lambda: not find(page, "button.first").is_enabled())
    field.clear()
    field.send_keys("18h", Keys.TAB)
    until(page, lambda: "18:00" in find(page, "#main").text)
    until(page, lambda: find(page, "button.first").is_enabled())


def test_the_menu_closes_with_the_view(browser: Any, address: str) -> None:
    """On a phone, a menu that is open does not stay over the next view."""
    with phone(browser):
        page = opened(browser, address, "centers", anew=True)
        find(page, ".menu summary").click()
        until(page, lambda: find(page, ".menu[open]"))
        page.execute_script("location.hash = '#/people'")

        until(page, lambda: not page.find_elements(By.CSS_SELECTOR, ".menu[open]"))
