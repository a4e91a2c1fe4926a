"""The page for the nation: what it tells, as text and in a real browser."""

from __future__ import annotations

import base64
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from browsing import AXE, needs_browser, open_browser
from nation import FIRST, HOSTILE, SECOND, done, failed, waiting

from shiftplan.batch import Row
from shiftplan.batch.summary import page_text, week_sentences
from shiftplan.errors import Fault
from shiftplan.errors.message import Message
from shiftplan.present.words import Lang, Words

NOW = dt.datetime(2026, 12, 5, 20, 15, tzinfo=dt.timezone(dt.timedelta(hours=7)))
NATION = (
    done("An Giang", seats=10, empty_seats=1, minority_skilled_seats=4),
    done("An Giang", SECOND, seats=30, empty_seats=1, minority_skilled_seats=4, cost=3, bound=2),
    done("Đà Nẵng", seats=8, empty_seats=6, bound=None),
    failed(
        "Huế", facts=(Fault("unknown_name", "rules", "rule", "mentr", file="rules.csv", row=3),)
    ),
    failed("Huế", SECOND, "before", (Message("batches.before_not_planned", week=FIRST),)),
    waiting("Đà Nẵng", SECOND),
    *(done(name) for name in HOSTILE),
)


def files_of(run: Path, rows: tuple[Row, ...]) -> None:
    """Make the files that a page leads to."""
    for row in rows:
        if row.entry.state == "waiting":
            continue
        of_failed = row.entry.state == "failed"
        folder = run / (f"{row.place.name}.failed" if of_failed else row.place.name)
        folder.mkdir(parents=True)
        for name in ("faults.txt",) if of_failed else ("report.html", "roster.xlsx"):
            (folder / name).touch()


def page(run: Path, lang: Lang = "en", rows: tuple[Row, ...] = NATION, is_over: bool = True) -> str:
    return page_text(rows, run, NOW, Words(lang), is_over=is_over)


def table(text: str) -> list[list[str]]:
    """Texts of the cells of each line."""
    body = text.partition('<tbody role="rowgroup">')[2].partition("</tbody>")[0]
    return [
        [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[hd] .*?</t[hd]>", line)]
        for line in body.split("</tr>")[:-1]
    ]


def test_what_is_worth_a_look_in_a_planned_week_is_told(tmp_path: Path) -> None:
    """The first note of a planned week is in its line, but not while it is planned anew."""
    notes = [Fault("empty_cell", "availability", "start", file="availability.csv", row=3)] * 2
    row = done("An Giang", facts=notes)
    again = replace(row, entry=row.entry.model_copy(update={"state": "running"}))

    assert table(page(tmp_path, rows=(row,)))[0][6].startswith(
        "availability.csv, row 3, column start:"
    )
    assert table(page(tmp_path, rows=(row,)))[0][6].endswith(" (+1)")
    assert table(page(tmp_path, rows=(again,), is_over=False))[0][6] == ""


def test_a_reason_is_said_once_and_times_have_their_zone(tmp_path: Path) -> None:
    """A detail that begins as the failure does takes its place."""
    row = failed("Huế", failure="died", facts=(Message("batches.process_died", exit=-9),))
    text = page(tmp_path, rows=(row,))

    assert table(text)[0][6] == "its process died (code -9)"
    assert "As of 2026-12-05 20:15 (UTC+07:00)" in text


def test_the_newest_week_is_told_in_sentences(tmp_path: Path) -> None:
    """Totals over the provinces, newest week first; no sentence on what nobody asks for."""
    # second week: 29 of 30 seats; first week: 9 + 2 of 10 + 8 seats
    assert week_sentences(NATION[:6], Words("en")) == [
        (
            "Week of 2026-12-14",
            [
                "Provinces planned: 1 of 3.",
                "Volunteers: 7; centers: 2; shifts: 6.",
                "Seats filled: 29 of 30; empty: 1 (96.6% filled).",
                "Skilled seats in areas of ethnic minorities filled: 4 of 4; empty: 0 "
                "(100.0% filled).",
            ],
        ),
        (
            "Week of 2026-12-07",
            [
                "Provinces planned: 2 of 3.",
                "Volunteers: 14; centers: 4; shifts: 12.",
                "Seats filled: 11 of 18; empty: 7 (61.1% filled).",
                "Skilled seats in areas of ethnic minorities filled: 4 of 4; empty: 0 "
                "(100.0% filled).",
            ],
        ),
    ]
    text = page(tmp_path, rows=NATION[:6])
    assert re.findall(r'<dt>(.*?)</dt><dd class="value">(\d+)</dd>', text) == [
        ("Planned", "3"),
        ("Very poor", "0"),
        ("Failed", "2"),
        ("Left", "1"),
    ]


def test_failed_weeks_come_first_then_what_is_left(tmp_path: Path) -> None:
    """Failed, waiting and planned; provinces in Vietnamese order, each by time."""
    lines = table(page(tmp_path, "vi", NATION[:6]))

    assert [(line[0], line[1]) for line in lines] == [
        ("Huế", "07/12/2026"),
        ("Huế", "14/12/2026"),
        ("Đà Nẵng", "14/12/2026"),
        ("An Giang", "07/12/2026"),
        ("An Giang", "14/12/2026"),
        ("Đà Nẵng", "07/12/2026"),
    ]
    assert lines[0][6].startswith("không dùng được dữ liệu: tệp rules.csv, dòng 3, cột rule")
    assert lines[1][6] == "tuần trước chưa lập được lịch, hoặc kết quả đã bị sửa"
    # (3 - 2) / 3, rounded up; then 2 of 8 seats, and nothing proven
    assert lines[4][5] == "33,4%"
    assert lines[5][3:6:2] == ["25,0%", "–"]


def test_bars_are_provinces_least_filled_first(tmp_path: Path) -> None:
    """All planned weeks of a province count together."""
    text = page(tmp_path, rows=NATION[:6])

    # Đà Nẵng 2 of 8; An Giang 9 + 29 of 10 + 30
    drawn = r'<title>(.*?)</title>.*?<rect class="s(\d)" width="(.*?)"'
    assert re.findall(drawn, text.partition("</head>")[2]) == [
        ("Đà Nẵng: 25.0% of the seats filled (2 of 8)", "4", "25.0"),
        ("An Giang: 95.0% of the seats filled (38 of 40)", "1", "95.0"),
    ]


def test_links_lead_to_files_that_are_there(tmp_path: Path) -> None:
    """Every address is a file, also under names with signs that addresses have; no other link."""
    assert 'href="./' not in page(tmp_path)

    rows = (*NATION[:6], *(done(name) for name in HOSTILE if "/" not in name))
    files_of(tmp_path, rows)
    targets = [unquote(found) for found in re.findall(r'href="\./([^"]+)"', page(tmp_path))]

    # report and workbook of 3 + 4 planned weeks, faults of 2 failed ones
    assert len(targets) == 2 * 7 + 2
    assert all((tmp_path / target).is_file() for target in targets)


def test_names_are_text(tmp_path: Path) -> None:
    """No name makes an element, and no template runs in one."""
    text = page(tmp_path)

    assert "<b>đậm</b>" not in text
    assert "&lt;b&gt;đậm&lt;/b&gt;" in text
    assert "{} {{ 7 }}" in text


def test_the_page_needs_no_network(tmp_path: Path) -> None:
    """No address but those of files beside it; the policy allows nothing else."""
    text = page(tmp_path)

    assert "default-src 'none'" in text
    assert re.findall(r'(?:src|href)="(?!\./|#|data:,")', text) == []
    assert "http://" not in text
    assert "https://" not in text


def test_a_page_of_nothing_says_so(tmp_path: Path) -> None:
    """No weeks, no table, no picture."""
    text = page(tmp_path, rows=())

    assert "ROOT holds no week." in text
    assert "<table" not in text


# ---- in a browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    found = open_browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.quit()


@pytest.fixture
def shown(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """The page in Vietnamese; at the end nothing may stand in the log."""
    (tmp_path / "index.html").write_text(page(tmp_path, "vi"), encoding="utf-8")
    browser.get((tmp_path / "index.html").as_uri())
    yield browser
    assert browser.get_log("browser") == []


def column(browser: Any, number: int) -> list[str]:
    """Texts of a column, as far as rows are shown."""
    script = (
        "return [...document.querySelectorAll('#weeks tbody tr')].filter(r => r.offsetHeight > 0)"
        ".map(r => r.cells[arguments[0]].textContent.trim())"
    )
    found: list[str] = browser.execute_script(script, number)
    return found


def click(browser: Any, number: int) -> None:
    script = "document.querySelectorAll('#weeks thead button')[arguments[0]].click()"
    browser.execute_script(script, number)


@needs_browser
def test_the_table_is_searched(shown: Any) -> None:
    """Without marks and capitals, in names, weeks, states and reasons, phrase by phrase."""
    field = shown.find_element("id", "search")
    for typed, provinces in (
        ("da nang", {"Đà Nẵng"}),
        ("hue, 14/12", {"Huế"}),
        ("hue 14/12", set()),  # words without a comma stand in one cell
        ("mentr", {"Huế"}),
        ("<b>", {"<b>đậm</b>"}),
    ):
        field.clear()
        field.send_keys(typed)
        assert set(column(shown, 0)) == provinces, typed

    field.clear()
    field.send_keys("nowhere")
    assert column(shown, 0) == []
    assert shown.find_element("id", "status").text.startswith("Không tìm thấy kết quả phù hợp.")


@needs_browser
def test_the_table_is_sorted(shown: Any) -> None:
    """By names in Vietnamese order, dates in order of time, figures as numbers; then turned."""
    click(shown, 0)
    names = [name for name in column(shown, 0) if name not in HOSTILE]
    assert names == ["An Giang"] * 2 + ["Đà Nẵng"] * 2 + ["Huế"] * 2

    click(shown, 1)
    assert column(shown, 1)[-3:] == ["14/12/2026"] * 3

    click(shown, 4)
    empty = [int(text) for text in column(shown, 4) if text != "–"]
    assert empty == sorted(empty)
    click(shown, 4)
    assert column(shown, 4)[0] == "6"
    head = shown.find_elements("css selector", "#weeks thead th")[4]
    assert head.get_attribute("aria-sort") == "descending"


@needs_browser
def test_phones_need_no_sideways_scrolling_of_the_page(shown: Any) -> None:
    """At 390 pixels the page is as wide as the screen, and a search still hides rows."""
    size = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
    shown.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        assert shown.execute_script("return document.documentElement.scrollWidth") <= 390
        shown.find_element("id", "search").send_keys("da nang")
        assert set(column(shown, 0)) == {"Đà Nẵng"}
    finally:
        shown.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@needs_browser
def test_the_page_prints(shown: Any) -> None:
    """A PDF comes out."""
    made = shown.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})

    assert base64.b64decode(made["data"]).startswith(b"%PDF-")


@needs_browser
def test_dark_screens_get_a_dark_page(shown: Any) -> None:
    """The background follows the screen's scheme."""
    color = "return getComputedStyle(document.body).backgroundColor"
    light = shown.execute_script(color)
    media = {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}

    shown.execute_cdp_cmd("Emulation.setEmulatedMedia", media)

    assert shown.execute_script(color) != light
    shown.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page(shown: Any, scheme: str) -> None:
    """The rules of axe-core hold, contrast among them, on light and dark screens."""
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    shown.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    shown.execute_script(AXE.read_text(encoding="utf-8"))

    found = shown.execute_async_script(
        "const done = arguments[0]; axe.run().then(r => done(r.violations.map(v => v.id)))"
    )

    assert found == []
