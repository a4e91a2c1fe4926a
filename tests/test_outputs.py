"""Files of a result in a folder: none of another roster stays beside them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from openpyxl import load_workbook
from towns import town

from shiftplan import Fault, InputError, Roster, read_roster, solve
from shiftplan.present import outputs
from shiftplan.present.outputs import RESULT, workbooks_ahead, write_outputs, write_told

PROBLEM = town(1, 5)
PLANNED = solve(PROBLEM, workers=1, time_limit=None)
ROSTER = PLANNED.require_roster()
HANDED, BOOK, PAGE = {"V000.txt", "V000.ics"}, {"roster.xlsx"}, {"report.html"}


def draft(folder: Path) -> None:
    beside = {RESULT: PLANNED.to_json()}
    known = {"compared": None, "before_shifts": {}, "called": {}}
    write_outputs(PROBLEM, PLANNED, folder, "en", beside=beside, **known)


def tell(folder: Path, roster: Roster = ROSTER) -> None:
    known = {"before": None, "before_shifts": {}, "lists": ()}
    write_told(PROBLEM, roster, folder, "en", beside={}, **known)


def views(folder: Path) -> set[str]:
    """Files that people read; of messages and calendars those of one person."""
    return {p.name for p in folder.rglob("*")} & {*HANDED, *BOOK, *PAGE}


def stop(*_: object, **__: object) -> None:
    raise OSError("the disk is full")


@pytest.mark.parametrize(("cut", "left"), [("write_reserves", set()), ("write_report", BOOK)])
def test_a_draft_that_ends_half_way_leaves_nothing_of_the_roster_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: str, left: set[str]
) -> None:
    """Messages of the last roster beside a draft would be sent to people."""
    tell(tmp_path)
    assert views(tmp_path) == {*HANDED, *BOOK, *PAGE}

    monkeypatch.setattr(outputs, cut, stop)
    with pytest.raises(OSError, match="full"):
        draft(tmp_path)

    assert views(tmp_path) == left
    assert read_roster(tmp_path / "roster.csv") == ROSTER


@pytest.mark.parametrize(
    ("cut", "left"),
    [
        ("write_handouts", HANDED),
        ("write_texts", HANDED),
        ("write_reserves", HANDED),
        ("write_report", {*HANDED, *BOOK}),
    ],
)
def test_what_is_told_half_way_stands_beside_nothing_of_another_roster(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: str, left: set[str]
) -> None:
    """New messages come first; those of before never lie beside the new roster."""
    tell(tmp_path)
    message = tmp_path / "messages" / "V000.txt"
    before = message.read_bytes()
    fewer = Roster.of(pair for pair in ROSTER.assignments if pair.volunteer_id != "V000")

    monkeypatch.setattr(outputs, cut, stop)
    with pytest.raises(OSError, match="full"):
        tell(tmp_path, fewer)

    assert views(tmp_path) == left
    is_new, has_roster = message.read_bytes() != before, (tmp_path / "roster.csv").exists()
    assert (is_new, has_roster) == (cut != "write_handouts", cut.startswith("write_re"))
    assert not has_roster or read_roster(tmp_path / "roster.csv") == fewer


def test_a_workbook_made_in_another_process_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Files and their order in the list, too."""
    caplog.set_level("INFO", "shiftplan")
    monkeypatch.setattr(outputs, "is_large", lambda _: True)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    known = {"compared": Roster(), "before_shifts": {}, "called": {}}
    written, books = [], []
    with workbooks_ahead(PROBLEM, None) as ahead:
        assert ahead is not None
        for name, by in (("here", None), ("ahead", ahead)):
            out = tmp_path / name
            out.mkdir()
            files = write_outputs(PROBLEM, PLANNED, out, "vi", beside={}, ahead=by, **known)
            written.append([file.name for file in files])
            books.append(load_workbook(out / "roster.xlsx"))

    assert "computed in this process" not in caplog.text
    assert written[0] == written[1]
    assert written[0][-2:] == ["roster.xlsx", "report.html"]
    cells = [[[*sheet.values] for sheet in book] for book in books]
    assert cells[0] == cells[1]
    assert books[0].sheetnames == books[1].sheetnames


def test_a_roster_is_kept_where_something_old_cannot_be_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message that another program holds open: the error comes once the roster is written."""
    draft(tmp_path)
    (tmp_path / "roster.csv").write_text("of before", encoding="utf-8")

    def held(*_: object) -> None:
        raise InputError([Fault("unreadable_file", "messages", message="it is open elsewhere")])

    monkeypatch.setattr(outputs, "clear_handouts", held)
    with pytest.raises(InputError, match="open elsewhere"):
        draft(tmp_path)

    assert read_roster(tmp_path / "roster.csv") == ROSTER
