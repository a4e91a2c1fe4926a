"""Files of a week that are edited while the workbench shows them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from served import client

from shiftplan import InputError, Problem, read_problem, web
from shiftplan.record import LiveWeek
from shiftplan.record.opening import open_store
from shiftplan.web.files_on_disk import FilesOnDisk


def open_page(folder: Path, live: LiveWeek) -> Any:
    """What sends requests to the app of a week with its files."""
    place = folder / "commune"
    return client(web.app(live, on_disk=FilesOnDisk(place, lambda: read_problem(place))))


def edit(folder: Path, table: str, old: str, new: str) -> None:
    path = folder / "commune" / f"{table}.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_edited_files_are_told_and_read_again(tmp_path: Path, live: LiveWeek) -> None:
    """The page hears of them; the record and its drafts stay."""
    sender = open_page(tmp_path, live)
    assert sender.get("/api/files").json() == {"changed": []}
    edit(tmp_path, "centers", "Định Hòa", "Định Hòa Mới")
    assert sender.get("/api/files").json() == {"changed": ["centers.csv"]}
    before = sender.get("/api/draft").json()

    assert sender.post("/api/files").json() == {"changed": []}

    assert "Định Hòa Mới" in sender.get("/api/week").json()["centers"][0]["name"]
    assert sender.get("/api/draft").json() == before | {"edition": before["edition"] + 1}
    assert open_store(tmp_path / "commune").entries()[0].number == 1


def test_a_faulty_edit_changes_nothing(tmp_path: Path, live: LiveWeek) -> None:
    """Its faults are the answer; the week is what it was, until it is mended."""
    sender = open_page(tmp_path, live)
    before = sender.get("/api/week").json(), sender.get("/api/draft").json()
    edit(tmp_path, "volunteers", "V01", "V02")
    answer = sender.post("/api/files?lang=vi")

    assert answer.status_code == 409
    assert any("V02" in fault["text"] for fault in answer.json()["faults"])
    assert (sender.get("/api/week").json(), sender.get("/api/draft").json()) == before
    assert sender.get("/api/files").json() == {"changed": ["volunteers.csv"]}


def test_files_of_another_week_are_refused(tmp_path: Path, live: LiveWeek) -> None:
    """The record is of other dates; the page goes on with what it had."""
    place = tmp_path / "commune"
    sender = open_page(tmp_path, live)
    for path in place.glob("*.csv"):
        path.write_text(path.read_text(encoding="utf-8").replace("2026-12-", "2027-12-"), "utf-8")

    answer = sender.post("/api/files")

    assert (answer.status_code, answer.json()["faults"][0]["code"]) == (409, "not_a_record")
    assert sender.get("/api/files").json()["changed"]
    assert sender.get("/api/week").json()["days"][0] == "2026-12-07"
    assert sender.get("/api/draft").json()["version"] == 1


def test_replacing_files_is_all_or_nothing(live: LiveWeek) -> None:
    """After a refusal all verbs go on with the files of before."""
    files, now = live.files, live.now
    later = files.horizon.model_copy(update={"start": files.horizon.start.replace(year=2030)})
    other = Problem(horizon=later, centers=(), volunteers=(), shifts=())
    with pytest.raises(InputError):
        live.replace_files(other)
    assert (live.files, live.now) == (files, now)

    fewer = files.model_copy(update={"pins": ()})
    live.replace_files(fewer)

    assert live.files is fewer
    assert live.roster.assignments


def test_files_that_come_and_go_are_changes(tmp_path: Path) -> None:
    """Tables alone count: neither a record nor notes of somebody's own."""
    place = tmp_path / "week"
    place.mkdir()
    (place / "centers.csv").write_text("center_id\n")
    files = FilesOnDisk(place, lambda: pytest.fail("nobody reads it"))
    for name in ("record.db", "record.db-wal", "notes.txt", "plan.xlsx"):
        (place / name).write_text("x")
    assert files.changed() == []
    (place / "pins.csv").write_text("x")
    (place / "centers.csv").unlink()

    assert files.changed() == ["centers.csv", "pins.csv"]


def test_a_workbook_is_one_file(tmp_path: Path) -> None:
    """Also while it is being saved, and gone for a moment."""
    place = tmp_path / "week.xlsx"
    place.write_bytes(b"1")
    files = FilesOnDisk(place, lambda: pytest.fail("nobody reads it"))
    assert files.changed() == []
    place.unlink()
    assert files.changed() == ["week.xlsx"]
    place.write_bytes(b"12")

    assert files.changed() == ["week.xlsx"]
