"""Weeks are opened from a folder, shown with their faults, mended cell by cell, and saved."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from sent_weeks import COMMUNE, packed, send, zipped
from served import client, commune
from starlette.testclient import TestClient

import shiftplan as sp
from shiftplan.errors.message import languages
from shiftplan.errors.message.catalogue import catalogue
from shiftplan.files import write_problem
from shiftplan.present.sheets import write_template
from shiftplan.present.sheets.starting import first_date
from shiftplan.web import Visitor, home
from shiftplan.web.weeks import shelf
from shiftplan.web.weeks.places import RECENT, WeekPlaces
from shiftplan.week.kinds import KINDS


@pytest.fixture
def page(tmp_path: Path) -> TestClient:
    """What sends requests to the app of an empty folder."""
    return client(home(tmp_path / "weeks", who="lan"))


def book(folder: Path, **cells: str) -> bytes:
    """The bundled week as a workbook, with other texts in cells of the sheet of shifts."""
    file = folder / "made.xlsx"
    write_problem(sp.read_week(COMMUNE), file)
    made = load_workbook(file)
    for cell, text in cells.items():
        made["Shifts"][cell] = text
    made["Shifts"]["A2"].comment = Comment("mine", "lan")
    made.create_sheet("my own")["B2"] = "keep"
    made.save(file)
    return file.read_bytes()


def mended(page: TestClient, week_id: str, title: str, *cells: tuple[int, int, str, str]) -> Any:
    """The answer to new texts for cells: row, column, what it was, text."""
    names = ("row", "column", "was", "text")
    body = {"title": title, "cells": [dict(zip(names, cell, strict=True)) for cell in cells]}
    return page.put(f"/api/weeks/{week_id}/cells", json=body)


def test_a_faulty_workbook_is_mended_in_place(page, tmp_path):
    """Faults stand at their cells, go one by one, and then the week opens; all else stays."""
    body = book(tmp_path, C3="2026-13-01", B5="30999")
    week_id = send(page, "tuần.xlsx", body)
    state = page.get(f"/api/weeks/{week_id}", params={"lang": "vi"}).json()

    places = [(f["title"], f["row"], f["column"], f["value"]) for f in state["faults"]]
    assert places == [("Shifts", 3, 3, "2026-13-01"), ("Shifts", 5, 2, "30999")]
    assert "không có trung tâm này" in state["faults"][1]["text"]
    assert page.get(f"/weeks/{week_id}/api/week").status_code == 409
    away = page.get(f"/weeks/{week_id}/", follow_redirects=False)
    assert (away.status_code, away.headers["location"]) == (303, "/#tu%E1%BA%A7n.xlsx")
    table = page.get(f"/api/weeks/{week_id}/table", params={"title": "Shifts"}).json()
    shown = {row["row"]: row["cells"] for row in table["rows"]}
    assert shown[3][2] == "2026-13-01"

    for cell in ((3, 3, "2026-13-01", "2026-12-07"), (5, 2, "30999", "30958")):
        state = mended(page, week_id, "Shifts", cell).json()

    assert state["faults"] == []
    assert state["is_mended"]
    assert page.get(f"/weeks/{week_id}/api/week").status_code == 200
    saved = page.get(f"/api/weeks/{week_id}/file")
    assert saved.headers["content-disposition"].endswith("''tu%E1%BA%A7n.xlsx")
    made = load_workbook(io.BytesIO(saved.content))
    assert made["Shifts"]["A2"].comment.text == "mine"
    assert made["my own"]["B2"].value == "keep"
    with (
        zipfile.ZipFile(io.BytesIO(body)) as old,
        zipfile.ZipFile(io.BytesIO(saved.content)) as new,
    ):
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
    assert len(changed) == 1
    page.post(f"/api/weeks/{week_id}/put-back")
    assert page.get(f"/api/weeks/{week_id}/file").content == body


def test_a_faulty_folder_is_mended_in_place(page):
    """Faults of CSV files stand at their cells too, found by the heading of the column."""
    pins = b"volunteer_id,shift_id,state\nV99,mon-am,must\nV01,sun-am,must\n"
    week_id = send(page, "x.zip", zipped(pins=pins))
    state = page.get(f"/api/weeks/{week_id}").json()

    places = [(f["title"], f["row"], f["column"], f["value"]) for f in state["faults"]]
    assert places == [("pins.csv", 2, 1, "V99"), ("pins.csv", 3, 2, "sun-am")]
    cells = (2, 1, "V99", "V02"), (3, 2, "sun-am", "mon-pm")
    state = mended(page, week_id, "pins.csv", *cells).json()

    assert state["faults"] == []
    with zipfile.ZipFile(io.BytesIO(page.get(f"/api/weeks/{week_id}/file").content)) as archive:
        assert archive.read("pins.csv") == pins.replace(b"V99", b"V02").replace(
            b"sun-am", b"mon-pm"
        )
        assert archive.read("shifts.csv") == (COMMUNE / "shifts.csv").read_bytes()


def test_a_missing_table_is_told_and_added(page):
    """A week without a table it needs says so; the file is added, and the week opens."""
    week_id = send(
        page,
        "x.zip",
        packed(
            **{
                file.stem: file.read_bytes()
                for file in COMMUNE.glob("*.csv")
                if file.stem != "centers"
            }
        ),
    )

    faults = page.get(f"/api/weeks/{week_id}").json()["faults"]

    assert [f["code"] for f in faults] == ["missing_file"]
    send(page, "Centers.CSV", (COMMUNE / "centers.csv").read_bytes(), into=week_id)
    assert page.get(f"/api/weeks/{week_id}").json()["faults"] == []


@pytest.mark.parametrize("form", ["folder", "workbook"])
def test_a_misspelt_name_is_mended(page, tmp_path, form):
    """A sheet or file with a name nearly right says how to rename it, which is one step."""
    if form == "folder":
        tables = {f.stem: f.read_bytes() for f in COMMUNE.glob("*.csv")}
        week_id = send(page, "x.zip", packed(shift=tables.pop("shifts"), **tables))
        wanted = {"title": "shift.csv", "to": "shifts.csv"}
    else:
        made = load_workbook(io.BytesIO(book(tmp_path)))
        made["Shifts"].title = "Shfts"
        body = io.BytesIO()
        made.save(body)
        week_id = send(page, "x.xlsx", body.getvalue())
        wanted = {"title": "Shfts", "to": "Shifts"}
    (rename,) = (
        f["rename"] for f in page.get(f"/api/weeks/{week_id}").json()["faults"] if f["rename"]
    )

    state = page.post(f"/api/weeks/{week_id}/rename", json=rename).json()

    assert rename == wanted
    assert state["faults"] == []


def test_two_people_do_not_overwrite_one_another(page, tmp_path):
    """A cell that shows something else by now is refused, and what it shows is told."""
    week_id = send(page, "w.xlsx", book(tmp_path))

    assert mended(page, week_id, "Shifts", (2, 1, "mon-am", "a")).status_code == 200

    again = mended(page, week_id, "Shifts", (2, 1, "mon-am", "b"))
    assert again.status_code == 409
    assert "the cell now shows a" in again.json()["faults"][0]["text"]


def test_notes_are_shown_too(page):
    """What is no fault but worth a look stands beside the faults."""
    week_id = send(page, "x.zip", zipped(shift=b"a,b\n"))

    notes = page.get(f"/api/weeks/{week_id}").json()["notes"]

    assert any("shift.csv" in note["place"] for note in notes)


def test_all_rows_come_in_parts(page):
    """A long table is shown 500 rows at a time, and blank rows stand below its last one."""
    rows = "".join(f"X{i},Person {i}\n" for i in range(2_000)).encode()
    week_id = send(page, "x.zip", zipped(volunteers=b"volunteer_id,name\n" + rows))
    place = f"/api/weeks/{week_id}/table"

    parts = [
        page.get(place, params={"title": "volunteers.csv", "start": start}).json()
        for start in (1, 501, 1_501)
    ]

    assert [len(part["rows"]) for part in parts] == [500, 500, 500]
    assert parts[1]["rows"][0] == {"row": 501, "cells": ["X499", "Person 499"]}
    last = page.get(place, params={"title": "volunteers.csv", "start": 2_000}).json()
    assert [row["cells"] for row in last["rows"]][-3:] == [[], [], []]
    assert last["last_row"] == 2_004


def test_a_restart_forgets_nothing(tmp_path):
    """Weeks, what was mended in them and their records are in the folder."""
    first = client(home(tmp_path))
    week_id = send(first, "w.zip", zipped())
    mended(first, week_id, "shifts.csv", (1, 1, "shift_id", "Shift id"))

    again = client(home(tmp_path))

    state = again.get(f"/api/weeks/{week_id}").json()
    assert (state["faults"], state["is_mended"]) == ([], True)


def test_edits_by_other_programs_are_seen(page, tmp_path):
    """A file that changed on the disk is read again."""
    week_id = send(page, "w.zip", zipped())
    assert page.get(f"/api/weeks/{week_id}").json()["faults"] == []

    (tmp_path / "weeks" / "w" / "centers.csv").write_text("center_id\n", encoding="utf-8")

    assert page.get(f"/api/weeks/{week_id}").json()["faults"]


def test_an_example_of_a_kind(page):
    """The example opens without a fault; each kind is named in every language."""
    made = page.post("/api/examples", json={"kind": "helpline"}, params={"lang": "vi"})

    assert made.status_code == 201
    assert made.json()["name"] == "vi-du.xlsx"
    assert page.get(f"/api/weeks/{made.json()['week_id']}").json()["faults"] == []
    assert page.get("/api/examples").json() == [*KINDS]
    names = [kind.replace("-", "_") for kind in KINDS]
    assert all(catalogue(lang)[f"web.kind_{name}"] for lang in languages() for name in names)


@pytest.mark.parametrize(
    ("kind", "lang", "name"), [(KINDS[0], "vi", "tuan-toi"), (KINDS[1], "en", "next-week")]
)
def test_an_empty_workbook_of_a_kind(page, tmp_path, kind, lang, name):
    """The browser saves it, no week yet; sent back as it is, only its blanks are faults."""
    made = page.get("/api/blank", params={"kind": kind, "lang": lang})

    assert made.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}.xlsx"
    assert page.get("/api/weeks").json() == []
    (tmp_path / "own.xlsx").write_bytes(made.content)
    write_template(tmp_path / "same.xlsx", first_date(kind, dt.date.today()), lang, kind=kind)
    own, same = (load_workbook(tmp_path / f"{one}.xlsx") for one in ("own", "same"))
    assert own.sheetnames == same.sheetnames
    state = page.get(f"/api/weeks/{send(page, 'w.xlsx', made.content)}").json()
    assert {fault["code"] for fault in state["faults"]} == {"empty_file"}


def test_weeks_of_other_places_are_remembered(tmp_path):
    """They are listed with their place, also when they are gone, and can be forgotten."""
    commune(tmp_path)
    places = WeekPlaces(tmp_path / "weeks")
    other = places.remember(tmp_path / "commune")
    places.remember(tmp_path / "gone.xlsx")
    page = client(home(tmp_path / "weeks"))

    found = {week["name"]: week for week in page.get("/api/weeks").json()}

    assert found["commune"]["place"] == str(tmp_path)
    assert found["commune"]["week_id"] == other.week_id
    assert page.get(f"/weeks/{other.week_id}/api/draft").json()["version"] == 1
    gone = found["gone.xlsx"]
    assert gone["used"] is None
    assert page.get(f"/api/weeks/{gone['week_id']}").status_code == 404
    assert page.delete(f"/api/weeks/{gone['week_id']}").status_code == 204
    assert [week["name"] for week in page.get("/api/weeks").json()] == ["commune"]
    assert page.delete(f"/api/weeks/{other.week_id}").status_code == 204
    assert (tmp_path / "commune" / "shifts.csv").exists()


@pytest.mark.parametrize("text", ["", "\n\n", "\xff", "\x00", "x" * 9_000])
def test_a_broken_list_of_places_holds_none(tmp_path, text):
    """Nobody is kept from their weeks by a file of ours that is broken."""
    (tmp_path / RECENT).write_bytes(text.encode("latin-1"))

    assert not any(week.used for week in WeekPlaces(tmp_path).all())


def test_what_is_in_the_folder(tmp_path):
    """Folders with tables, workbooks and JSON are weeks; copies, hidden and other files are not."""
    for name in ("a.xlsx", "a.before.xlsx", "a.faults.xlsx", ".b.xlsx", "~$a.xlsx", "c.record.db"):
        (tmp_path / name).write_bytes(b"")
    shutil.copytree(COMMUNE, tmp_path / "2026-12-07")
    (tmp_path / "empty").mkdir()

    assert {week.week_id for week in WeekPlaces(tmp_path).all()} == {"a.xlsx", "2026-12-07"}


def test_only_the_province_sees_the_weeks(tmp_path):
    """A lead and a volunteer are refused by every route of this page, and somebody unknown too."""
    roles: dict[str, Visitor | None] = {
        "lead": Visitor(role="center", ids=frozenset({"30958"})),
        "one": Visitor(role="volunteer", ids=frozenset({"V01"})),
        "none": None,
    }
    made = home(tmp_path, sign_in=lambda request: roles.get(request.headers.get("who", "none")))
    paths: dict[str, Any] = client(made).get("/api/openapi.json").json()["paths"]

    for who, status in (("lead", 403), ("one", 403), ("none", 401)):
        page = client(made, who=who)
        for path, methods in paths.items():
            for method in methods:
                if path in ("/api/words", "/api/session"):
                    continue
                place = path.replace("{week_id}", "x") + "?name=a.csv&title=b"
                answer = page.request(method, place, json={"kind": KINDS[0]})
                assert answer.status_code == status, (who, method, path)
    assert list(tmp_path.iterdir()) == []


def test_a_lead_opens_their_week(tmp_path):
    """The workbench of a week knows the same visitors."""
    shutil.copytree(COMMUNE, tmp_path / "week")
    made = home(tmp_path, sign_in=lambda _: Visitor(role="center", ids=frozenset({"30958"})))

    assert client(made).get("/weeks/week/api/week").json()["visitor"]["role"] == "center"


def test_so_many_weeks_are_open_at_once(tmp_path, monkeypatch):
    """The one that nobody looks at is closed for another; where all are looked at, it waits."""
    monkeypatch.setattr(shelf, "MOST_OPEN", 2)
    for name in "abc":
        shutil.copytree(COMMUNE, tmp_path / name)
    made = home(tmp_path)
    page = client(made)
    for name in "abc":
        assert page.get(f"/weeks/{name}/api/week").status_code == 200

    apps = made.state.shelf._apps
    assert list(apps) == ["b", "c"]
    for app in apps.values():
        app.state.desk.news._queues[object()] = None
    full = page.get("/weeks/a/api/week")

    assert full.status_code == 503
    assert full.headers["retry-after"] == "60"
    assert page.get("/weeks/b/api/week").status_code == 200


def test_without_the_package_for_workbooks(page, tmp_path, monkeypatch):
    """A server without openpyxl says what it lacks, and keeps nothing."""
    body = book(tmp_path)
    monkeypatch.setattr("shiftplan.files.workbook.has_openpyxl", lambda: False)

    for answer in (
        page.post("/api/weeks?name=a.xlsx", content=body),
        page.post("/api/examples", json={}),
        page.get("/api/blank"),
    ):
        assert answer.status_code == 409
        assert "openpyxl" in answer.json()["faults"][0]["text"]
    assert page.get("/api/weeks").json() == []


@pytest.mark.parametrize(
    "week_id", ["..", "%2e%2e", "..%2f..", "recent.txt", ".hidden", "a%00", "x" * 5_000]
)
def test_ids_lead_nowhere(page, tmp_path, week_id):
    """Only what is listed is found, whatever an address names."""
    send(page, "a.zip", zipped())

    for path in (
        f"/api/weeks/{week_id}",
        f"/api/weeks/{week_id}/file",
        f"/weeks/{week_id}/api/week",
    ):
        assert page.get(path).status_code in (404, 405)


def test_a_table_of_a_kind_of_attack(page):
    """Cells are shown as they are: the page puts them into texts, never into code."""
    hostile = "<script>alert(1)</script>"
    week_id = send(page, "x.zip", zipped(centers=f"center_id,name\n30958,{hostile}\n".encode()))

    table = page.get(f"/api/weeks/{week_id}/table", params={"title": "centers.csv", "start": 1})

    assert table.headers["content-type"] == "application/json"
    assert table.json()["rows"][1]["cells"][1] == hostile
