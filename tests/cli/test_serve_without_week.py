"""`shiftplan serve` without a week, and the list in which it remembers weeks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from commands import run
from fastapi import FastAPI
from openpyxl import load_workbook
from starlette.testclient import TestClient

import shiftplan as sp
from shiftplan.files import write_problem
from shiftplan.web.weeks.places import WeekPlaces, usual_folder

COMMUNE = Path(__file__).parents[2] / "examples" / "data" / "commune"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place of its own for what is remembered."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def served(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> tuple[FastAPI, str]:
    """The app that the command serves, and what it prints."""
    apps: list[Any] = []

    def serve(app: object, listener: object, *, started: Any) -> None:
        apps.append(app)
        started()

    monkeypatch.setattr("shiftplan.web.serving.serve", serve)
    done = run("serve", *arguments, "--no-browser")
    assert done.exit_code == 0, done.output
    return apps[0], done.stdout


def test_a_page_of_all_weeks(monkeypatch):
    """Whoever comes by the printed address sees the weeks that were opened before."""
    served(monkeypatch, COMMUNE)

    app, printed = served(monkeypatch)

    page = TestClient(app, base_url="http://127.0.0.1", headers={"X-Shiftplan": "1"})
    assert page.get("/api/weeks").status_code == 401
    page.get(re.search(r"/start\S+", printed)[0])
    (week,) = page.get("/api/weeks").json()
    assert (week["name"], week["place"]) == ("commune", str(COMMUNE.parent))
    assert page.get(f"/weeks/{week['week_id']}/api/week").status_code == 200
    assert 'id="home"' in page.get("/").text


def test_a_faulty_week_is_in_the_list(tmp_path, monkeypatch):
    """The command says where its faults can be mended, and they can be."""
    file = tmp_path / "w.xlsx"
    write_problem(sp.read_week(COMMUNE), file)
    book = load_workbook(file)
    book["Shifts"]["B3"] = "nowhere"
    book.save(file)

    done = run("serve", file, "--no-browser")

    assert done.exit_code == 2
    assert "run `shiftplan serve` without a week" in done.stderr
    assert [week.path for week in WeekPlaces(usual_folder()).all()] == [file]


@pytest.mark.parametrize("option", ["--staff", "--recommended"])
def test_options_of_a_week_need_one(option):
    """They are refused, not ignored."""
    done = run("serve", option)

    assert done.exit_code == 2
    assert f"{option}: needs a week" in done.stderr
