"""The page of many weeks in a real browser: a workbook is dropped, mended, saved and opened."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import needs_browser
from looking import axe, errors, find, opened, texts, until
from openpyxl import load_workbook
from selenium.webdriver.common.keys import Keys
from served import DATA, served

import shiftplan as sp
from shiftplan.files import write_problem
from shiftplan.web import home

pytestmark = [needs_browser, pytest.mark.slow]
HOSTILE = "<img src=x onerror=alert(1)>"
_DROP = """
const [files, done] = arguments;
const held = new DataTransfer();
for (const [name, text] of files) {
  held.items.add(new File([Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))], name));
}
document.querySelector("main").dispatchEvent(
  new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true }),
);
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the weeks are kept."""
    return tmp_path / "weeks"


@pytest.fixture
def page(browser: Any, folder: Path) -> Iterator[Any]:
    """The page of an empty folder, on a desk, in English."""
    with served(home(folder, who="lan")) as address:
        browser.set_window_size(1280, 900)
        yield opened(browser, address, anew=True)
        browser.get("about:blank")


def drop(page: Any, **files: bytes) -> None:
    """Drop files on the page; the underscore in a name is its point."""
    held = [(n.replace("_", "."), base64.b64encode(b).decode()) for n, b in files.items()]
    page.execute_script(_DROP, held)


def type_into(page: Any, *keys: str) -> None:
    """Type where the focus is."""
    page.switch_to.active_element.send_keys(*keys)


def focused(page: Any) -> str:
    """What a reader of screens says of the cell with the focus."""
    return page.switch_to.active_element.get_attribute("aria-label") or ""


def faulty(tmp_path: Path) -> bytes:
    """The commune as a workbook with three faults."""
    file = tmp_path / "made.xlsx"
    write_problem(sp.read_week(DATA / "commune"), file)
    book = load_workbook(file)
    book["Shifts"]["C3"], book["Shifts"]["B5"] = "2026-13-01", HOSTILE
    book["Pins"]["A2"], book["Pins"]["B2"], book["Pins"]["C2"] = "V99", "mon-am", "must"
    book.save(file)
    return file.read_bytes()


def test_a_workbook_is_dropped_mended_and_opened(page: Any, folder: Path, tmp_path: Path) -> None:
    """Each fault stands in its cell; by keyboard they are mended, and the week opens."""
    drop(page, week_xlsx=faulty(tmp_path))
    until(page, lambda: len(texts(page, ".sheet td.fault")) == 2)
    assert "3 faults" in find(page, ".how").text
    assert "no such date" in find(page, '[data-cell="3-3"] .why').text
    assert HOSTILE in texts(page, '[data-cell="5-2"] .cell')
    assert axe(page) == []
    find(page, "button[lang=vi]").click()
    until(page, lambda: "3 lỗi" in find(page, ".how").text)
    find(page, "button[lang=en]").click()

    find(page, '[data-cell="3-3"] .cell').click()
    until(page, lambda: focused(page) == "C3")
    type_into(page, Keys.BACKSPACE, "2026-12-07", Keys.ENTER)
    until(page, lambda: focused(page).startswith("C4"))
    type_into(page, Keys.DOWN, Keys.LEFT)
    until(page, lambda: focused(page).startswith("B5"))
    type_into(page, "3")
    until(page, lambda: focused(page) == "B5")
    type_into(page, "0958", Keys.TAB)
    until(page, lambda: "1 fault:" in find(page, ".how").text)
    find(page, ".faults .to").click()
    until(page, lambda: focused(page) == "A2")
    type_into(page, "V01", Keys.ENTER)

    until(page, lambda: page.current_url.split("#")[0].endswith("/weeks/week.xlsx/"))
    made = load_workbook(folder / "week.xlsx")
    assert made["Shifts"]["C3"].value.isoformat()[:10] == "2026-12-07"
    assert made["Shifts"]["B5"].value == "30958"  # its cell holds texts
    before = load_workbook(io.BytesIO((folder / "week.before.xlsx").read_bytes()))
    assert before["Shifts"]["C3"].value == "2026-13-01"
    until(page, lambda: find(page, ".banner button.main")).click()
    until(page, lambda: "Trần Văn An" in texts(page, "main .chip, main button, main td"))
    assert not page.find_elements("css selector", ".banner button.main")
    find(page, 'a[href="../../"]').click()
    until(page, lambda: texts(page, ".weeks .name") == ["week.xlsx"])
    assert axe(page) == []
    assert errors(page) == []


def test_rows_are_emptied_and_pasted(page: Any, folder: Path, tmp_path: Path) -> None:
    """A row with a fault is emptied by its button; cells of a spreadsheet are pasted at once."""
    drop(page, week_xlsx=faulty(tmp_path))
    until(page, lambda: find(page, '[data-cell="3-3"] .why'))
    find(page, ".tables nav button:nth-child(2)").click()
    until(page, lambda: find(page, '[data-cell="2-1"].fault'))
    assert find(page, ".sheet").get_attribute("aria-label") == "Pins"

    find(page, ".clear").click()

    until(page, lambda: "2 faults" in find(page, ".how").text)
    find(page, ".tables nav button").click()
    until(page, lambda: find(page, '[data-cell="3-3"] .why'))
    page.execute_script(
        "const data = new DataTransfer(); data.setData('text/plain', arguments[0]);"
        "document.querySelector('[data-cell=\"3-3\"] .cell').dispatchEvent("
        "new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))",
        "2026-12-07\t13:00\n2026-12-08\t07:00\r\n",
    )
    until(page, lambda: "1 fault:" in find(page, ".how").text)
    sheet = load_workbook(folder / "week.xlsx")["Shifts"]
    assert [str(sheet[cell].value)[:10] for cell in ("C3", "D3", "C4", "D4")] == [
        "2026-12-07",
        "13:00:00",
        "2026-12-08",
        "07:00:00",
    ]


def test_several_tables_are_one_week(page: Any, folder: Path) -> None:
    """CSV files that are dropped together are a week; a missing one is added by dropping it."""
    tables = {f"{f.stem}_csv": f.read_bytes() for f in sorted((DATA / "commune").glob("*.csv"))}
    centers = tables.pop("centers_csv")
    drop(page, **tables)
    until(page, lambda: "1 fault" in find(page, ".how").text)

    drop(page, centers_csv=centers)

    until(page, lambda: page.current_url.endswith("/weeks/week/"))
    assert {f.name for f in folder.iterdir()} == {"week"}


def test_a_phone_in_the_dark(page: Any, tmp_path: Path) -> None:
    """At 360 pixels nothing is cut off, in the dark colors too, and axe finds nothing."""
    page.set_window_size(360, 800)
    drop(page, week_xlsx=faulty(tmp_path))
    until(page, lambda: texts(page, ".sheet td.fault"))
    find(page, ".choices button:last-child").click()

    assert axe(page) == []
    width = "return document.documentElement.scrollWidth <= innerWidth"
    assert page.execute_script(width)
    find(page, 'header a[href="#"]').click()
    until(page, lambda: texts(page, ".weeks .name"))
    assert axe(page) == []
    assert page.execute_script(width)


def test_what_is_refused_is_said(page: Any) -> None:
    """A file that is no week is named with the reason, and the page goes on."""
    drop(page, photo_png=b"PNG", broken_zip=b"x")
    until(page, lambda: "photo.png" in find(page, ".failed").text)

    find(page, ".example button").click()

    until(page, lambda: "example.xlsx" in page.current_url)


def test_an_empty_workbook_is_saved(page: Any, folder: Path, tmp_path: Path) -> None:
    """For the kind of work that is chosen; the page stays as it is."""
    told = {"behavior": "allow", "downloadPath": str(tmp_path)}
    page.execute_cdp_cmd("Page.setDownloadBehavior", told)
    find(page, "select[name=kind]").send_keys("Food")
    find(page, "button.blank").click()

    saved = tmp_path / "next-week.xlsx"
    until(page, saved.exists)
    assert "Sites" in load_workbook(saved).sheetnames
    assert not folder.exists()
    assert axe(page) == []
    assert errors(page) == []
