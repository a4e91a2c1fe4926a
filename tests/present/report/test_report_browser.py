"""The report in a real browser: one session of headless Chromium for all tests."""

from __future__ import annotations

import base64
import datetime as dt
import io
import unicodedata
from pathlib import Path

import pytest
from browsing import AXE, needs_browser, open_browser
from pypdf import PdfReader
from reporting import HOSTILE, MONDAY, NAMES, hostile_week
from selenium.webdriver import ActionChains, Keys

from shiftplan import Requirement, Roster, write_report
from shiftplan.testing.pictures import parse, plan
from shiftplan.week.collation import collation_key, person_key
from shiftplan.week.fields import one_line

pytestmark = needs_browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """A browser that keeps its log."""
    found = open_browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.quit()


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, Path]:
    """A Vietnamese report with hostile names, and its public variant in English."""
    folder = tmp_path_factory.mktemp("reports")
    problem, roster = hostile_week()
    paths = {"named": folder / "named.html", "public": folder / "public.html"}
    write_report(problem, roster, paths["named"], lang="vi")
    write_report(problem, roster, paths["public"], lang="en", public=True)
    return paths


@pytest.fixture
def page(browser, files):
    """The named report, opened anew; at the end nothing may stand in the log."""
    browser.get(files["named"].as_uri())
    yield browser
    assert browser.get_log("browser") == []


def find(page, selector):
    return page.find_element("css selector", selector)


def texts(page, selector):
    """Text of all elements, with any blanks in it as single ones."""
    script = "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)"
    return page.execute_script(script, selector)


def people(page):
    return texts(page, "#people-table tbody th > bdi")


def on_paper(page):
    """The pages that the browser prints."""
    made = page.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    return PdfReader(io.BytesIO(base64.b64decode(made["data"]))).pages


def printed(page) -> list[str]:
    """Text of each page on paper, without blanks."""
    return ["".join(p.extract_text().split()) for p in on_paper(page)]


def put(page, selector, text):
    """Type into a field."""
    field = find(page, selector)
    field.clear()
    field.send_keys(text)


def test_hostile_names_are_shown_as_they_are(page):
    """Names are text; no script of a name has run, and none has made an element."""
    assert sorted(people(page)) == sorted(map(one_line, NAMES))
    assert page.execute_script("return document.querySelectorAll('img, b').length") == 0
    assert set(HOSTILE[:2]) <= set(texts(page, "#centers-table .team bdi"))


def test_rosters_are_shown_where_there_is_no_heat_map(browser, tmp_path):
    """A week that asks for nobody: the script finds no heat map, and goes on."""
    problem, roster = hostile_week(requirements=[])
    write_report(problem, roster, tmp_path / "report.html", lang="vi")

    browser.get((tmp_path / "report.html").as_uri())

    assert sorted(people(browser)) == sorted(map(one_line, NAMES))
    assert browser.get_log("browser") == []


def test_a_shift_that_asks_for_nobody_itself_is_not_complete(browser, tmp_path):
    """Two mornings are wanted on two days: what lacks stands at the first, nothing at the other.

    The afternoon has all whom it asks for.
    """
    needs = (
        Requirement(center_id="home", shifts=("morning",), target=2),
        Requirement(shift_id="A0", target=1),
    )
    problem = plan({0: "MA", 1: "M"}, "ana", 2, requirements=needs)
    write_report(problem, parse("ana  A ."), tmp_path / "set.html")

    browser.get((tmp_path / "set.html").as_uri())

    missing = texts(browser, "#centers-table tbody td:last-child")
    assert missing == ["2 people (shifts: morning)", "complete", "–"]
    assert browser.get_log("browser") == []


def test_search_knows_no_tones(page):
    """Typing without marks finds names with them; the words of a name may be far apart."""
    put(page, "#people-search", "do anh")
    assert people(page) == ["Đỗ Thị Ánh"]

    put(page, "#people-search", "<script>alert")
    assert people(page) == ["<script>alert(1)</script>"]

    put(page, "#people-search", "nobody is called so")
    assert people(page) == []
    assert find(page, "#people-status").text.startswith("Không tìm thấy kết quả phù hợp.")


def test_browser_and_python_sort_names_alike(page):
    """Names come by given name; a second click turns the order round."""
    names = [name for name in people(page) if name not in HOSTILE]
    assert names == sorted(names, key=person_key)

    find(page, "#people-table [data-key=name] button").click()
    turned = [name for name in people(page) if name not in HOSTILE]
    assert turned == names[::-1]
    assert find(page, "#people-table [data-key=name]").get_attribute("aria-sort") == "descending"


def test_collations_agree(page):
    """The collation key and the browser's collator give one order of Vietnamese words."""
    text = "da dz đa ea an ăn ân ma mà mả mã má mạ màb mac mác o ô ơ u ư ê e Hòa Hoa hòa hoa"
    places = ["Xã Ba", "Xã Bà", "Xã Đá", "Xã Da", "Phường Rạch Giá", "Phường Rạch Sỏi"]
    words = [*text.split(), *places]

    sort = "return arguments[0].sort(new Intl.Collator('vi').compare)"

    assert page.execute_script(sort, words[::-1]) == sorted(words, key=collation_key)


def test_filters_and_links_lead_to_a_center(page):
    """A name in the heat map filters the roster; the filter of empty seats leaves only those."""
    find(page, ".heat a[data-center='4']").click()
    assert set(texts(page, "#centers-table tbody th")) == {"Đảo Xa"}
    assert find(page, "#centers-center").get_attribute("value") == "4"

    find(page, "#people-empty").click()
    assert set(texts(page, "#people-table tbody td:nth-child(3)")) == {"–"}


def test_everything_is_reached_by_keyboard(page):
    """The first tab leads to the skip link; tab and enter sort a table, and focus can be seen."""
    ActionChains(page).send_keys(Keys.TAB).perform()
    assert page.switch_to.active_element.get_attribute("class") == "skip"

    find(page, "#centers-empty").send_keys(Keys.TAB + Keys.TAB + Keys.TAB)
    ActionChains(page).send_keys(Keys.ENTER).perform()
    active = page.switch_to.active_element
    assert find(page, "#centers-table [data-key=day]").get_attribute("aria-sort") == "ascending"
    assert active.text.startswith("Ngày")
    style = "return getComputedStyle(document.activeElement).outlineStyle"
    assert page.execute_script(style) == "solid"


def test_phones_need_no_sideways_scrolling(page):
    """At 390 pixels the page itself is as wide as the screen."""
    size = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        assert page.execute_script("return document.documentElement.scrollWidth") <= 390
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_it_prints(page):
    """On A4 pages, whole: all people with their shifts, nothing cut off, no menu and no filters."""
    pages = on_paper(page)
    assert len(pages) > 1
    sizes = {(round(p.mediabox.width), round(p.mediabox.height)) for p in pages}
    assert sizes == {(595, 842)}
    text = "".join(printed(page))
    heads = ["".join(head.split()) for head in texts(page, "h2")]
    assert [head for head in heads if head not in text] == []
    last = text[text.rindex(heads[-1]) :]
    assert [i for i in range(len(NAMES)) if f"person-{i:02d}" not in last] == []
    # 15 of 16 people work one shift each, all from 7 to 11.
    assert last.count("07:00–11:00") == len(NAMES) - 1
    labels = ["".join(label.split()) for label in texts(page, ".controls label, .skip")]
    assert len(labels) > 3
    assert [label for label in labels if label in text] == []


def test_public_reports_work_too(browser, files):
    """The public report lists shifts with numbers of people, without an error."""
    browser.get(files["public"].as_uri())

    teams = texts(browser, "#centers-table tbody td:nth-child(4)")
    assert len(teams) == 10
    assert set(teams) <= {"nobody", "1 person", "2 people"}
    shown = unicodedata.normalize("NFC", find(browser, "body").text)
    assert not [name for name in NAMES if name in shown]
    assert browser.get_log("browser") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["named", "public"])
def test_axe_finds_nothing(browser, files, kind, scheme):
    """The rules of axe-core hold, contrast among them, on light and dark screens."""
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    browser.get(files[kind].as_uri())
    browser.execute_script(AXE.read_text(encoding="utf-8"))

    found = browser.execute_async_script(
        "const done = arguments[0]; axe.run().then(r => done(r.violations.map(v => v.id)))"
    )

    assert found == []


def test_a_roster_by_center_is_searched_by_ids_of_people(page):
    """The id of a person finds the shifts that the person works."""
    put(page, "#centers-search", "person-03")

    assert len(texts(page, "#centers-table .team")) == 1
    assert "Nguyễn Đạt" in texts(page, "#centers-table .team bdi")


def test_words_of_a_search_belong_together(page):
    """Words fit in one field, in their order: "thu hai" is a day, not a name beside another."""
    put(page, "#centers-search", "thu hai")
    days = texts(page, "#centers-table .when")
    assert len(days) == 5
    assert all(day.startswith("thứ Hai") for day in days)

    # Lê Ân works at Xã Hai: "Lê" and "Hai" are words of two fields, which a comma parts.
    put(page, "#centers-search", "le hai")
    assert texts(page, "#centers-table tbody th") == []
    put(page, "#centers-search", "le, hai")
    assert texts(page, "#centers-table tbody th") == ["Xã Hai"]


@pytest.fixture(scope="module")
def long_report(tmp_path_factory) -> Path:
    """A report with 240 shifts: far more than are shown at first."""
    moments = [MONDAY + dt.timedelta(days=day % 7, hours=6 + day // 7) for day in range(48)]
    shifts = [
        {
            "shift_id": f"s{c}-{i}",
            "center_id": f"c{c}",
            "start": moment,
            "end": moment + dt.timedelta(minutes=30),
        }
        for c in range(5)
        for i, moment in enumerate(moments)
    ]
    needs = [{"shift_id": s["shift_id"], "minimum": 1, "target": 1} for s in shifts]
    problem, _ = hostile_week(shifts=shifts, requirements=needs)
    path = tmp_path_factory.mktemp("long") / "long.html"
    write_report(problem, Roster(), path, lang="vi", shortages=0)
    return path


@pytest.fixture
def long_page(browser, long_report):
    """It, opened anew; at the end nothing may stand in the log."""
    browser.get(long_report.as_uri())
    yield browser
    assert browser.get_log("browser") == []


def test_all_rows_are_printed(long_page):
    """On paper stand all 240 shifts; on the screen afterwards the first 50 again."""
    text = "".join(printed(long_page))

    assert text.count("chưacóai") == 240
    assert len(texts(long_page, "#centers-table tbody tr")) == 50


def test_each_center_has_a_page_to_print(long_page):
    """The button prints a page or more for each center, or for the one chosen, and nothing else."""
    long_page.execute_script("window.print = () => {}")
    find(long_page, "#centers-pages").click()
    pages = printed(long_page)
    first = {"XãHai": 1, "XãBa": 1, "XãTư": 1, "ĐảoXa": 1, "Xã<b>Đậm</b>": 1}
    assert {name: sum(p.startswith(name) for p in pages) for name in first} == first
    assert "".join(pages).count("chưacóai") == 240

    find(long_page, "#centers-center [value='1']").click()
    find(long_page, "#centers-pages").click()
    only = "".join(printed(long_page))
    assert only.startswith("XãHai")
    assert only.count("chưacóai") == 48

    assert printed(long_page)[0].startswith("Lịchtrực"), "the whole report prints as before"


def test_a_tap_near_a_center_shows_its_figures(page):
    """A finger 12 pixels beside a small mark means it; its figures and roster come up beside it."""
    where = (
        "const mark = document.querySelector('.marks [data-center=\"4\"]');"
        "mark.scrollIntoView({block: 'center'}); const box = mark.getBoundingClientRect();"
        "return [box.x + box.width / 2, box.y + box.height / 2]"
    )
    x, y = page.execute_script(where)
    page.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
    try:
        for kind, points in (("touchStart", [{"x": x + 12, "y": y}]), ("touchEnd", [])):
            touch = {"type": kind, "touchPoints": points}
            page.execute_cdp_cmd("Input.dispatchTouchEvent", touch)
        told = find(page, "#told")
        assert told.text.startswith("Đảo Xa: 0,0%")
        told.find_element("tag name", "a").click()
    finally:
        page.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})

    assert set(texts(page, "#centers-table tbody th")) == {"Đảo Xa"}


def test_the_worst_class_stands_out_in_the_dark_too(browser, files):
    """On dark screens, fewer seats filled are brighter, and the worst class is a strong color."""
    media = {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    browser.get(files["named"].as_uri())
    color = (
        "const style = getComputedStyle(document.documentElement);"
        "return [0, 1, 2, 3, 4].map(step => style.getPropertyValue(`--s${step}`).trim())"
    )
    steps = [bytes.fromhex(text.removeprefix("#")) for text in browser.execute_script(color)]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})

    lights = [0.2126 * r**2.2 + 0.7152 * g**2.2 + 0.0722 * b**2.2 for r, g, b in steps]
    assert lights == sorted(lights)
    strength = [1 - min(rgb) / max(rgb) for rgb in steps]
    assert strength[4] > 0.6
