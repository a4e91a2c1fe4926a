"""`shiftplan serve` without a week, and the list in which it remembers weeks."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from commands import run
from fastapi import FastAPI
from openpyxl import load_workbook
from starlette.testclient import TestClient

import shiftplan as sp
from shiftplan.files import write_problem
from shiftplan.web.weeks.places import WeekPlaces, usual_folder

SQUARE = {
    "type": "Feature",
    "properties": {"id": "30958"},
    "geometry": {"type": "Polygon", "coordinates": [[[105, 10], [106, 10], [106, 11], [105, 10]]]},
}
COMMUNE = Path(__file__).parents[2] / "examples" / "data" / "commune"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place of its own for what is remembered."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def served(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> tuple[FastAPI, Any]:
    """The app that the command serves, and the command when it has ended."""
    apps: list[Any] = []

    def serve(app: object, listener: object, *, started: Any) -> None:
        apps.append(app)
        started()

    monkeypatch.setattr("shiftplan.web.serving.serve", serve)
    done = run("serve", *arguments, "--no-browser")
    assert done.exit_code == 0, done.output
    return apps[0], done


def visitor(app: FastAPI) -> TestClient:
    """What sends requests to an app as our page does, from this computer."""
    return TestClient(app, base_url="http://127.0.0.1", headers={"X-Shiftplan": "1"})


def test_a_page_of_all_weeks(monkeypatch):
    """Whoever comes by the printed address sees the weeks that were opened before."""
    served(monkeypatch, COMMUNE)

    app, done = served(monkeypatch)

    page = visitor(app)
    assert page.get("/api/weeks").status_code == 401
    page.get(re.search(r"/start\S+", done.stdout)[0])
    (week,) = page.get("/api/weeks").json()
    assert (week["name"], week["place"]) == ("commune", str(COMMUNE.parent))
    assert page.get(f"/weeks/{week['week_id']}/api/week").status_code == 200
    assert 'id="home"' in page.get("/").text


def faulty(file: Path) -> Path:
    """A workbook of the commune with one fault."""
    write_problem(sp.read_week(COMMUNE), file)
    book = load_workbook(file)
    book["Shifts"]["B3"] = "nowhere"
    book.save(file)
    return file


def test_a_faulty_week_is_mended_and_opened(tmp_path, monkeypatch):
    """The printed address leads to its cells, and once they are mended to its workbench."""
    file, areas = faulty(tmp_path / "w #1.xlsx"), tmp_path / "areas.geojson"
    areas.write_text(json.dumps({"type": "FeatureCollection", "features": [SQUARE]}))

    app, done = served(monkeypatch, file, "--map", areas, "--recommended", "--lang", "vi")

    assert "nowhere" in done.stderr
    assert "Sửa lỗi ngay trên trình duyệt" in done.stderr
    assert [*tmp_path.glob("*.xlsx")] == [file]
    page = visitor(app)
    there = re.search(r"/start\S+", done.stdout)[0]
    onward = re.search(r'url=\./([^"]+)"', page.get(there).text)[1]
    away = page.get(f"/{onward}", follow_redirects=False)
    week_id = quote(WeekPlaces(usual_folder()).all()[0].week_id)
    assert (away.status_code, away.headers["location"]) == (303, f"/?lang=vi#{week_id}")
    cell = {"row": 3, "column": 2, "was": "nowhere", "text": "30958"}
    body = {"title": "Shifts", "cells": [cell]}
    assert page.put(f"/api/weeks/{week_id}/cells", json=body).json()["faults"] == []
    assert page.get(f"/{onward}").status_code == 200
    week = page.get(f"/weeks/{week_id}/api/week").json()
    assert len(week["rules"]) > len(sp.read_week(COMMUNE).rules)
    assert page.get(f"/weeks/{week_id}/api/map").json()["has_shapes"]


def test_a_faulty_week_is_mended_on_its_own_computer(tmp_path):
    """Its page lists all weeks, so others do not reach it; the command says how to open it."""
    file = faulty(tmp_path / "w.xlsx")
    password = {"SHIFTPLAN_PASSWORD": "correct horse battery"}

    done = run("serve", file, "--host", "0.0.0.0", "--no-browser", **password)

    assert done.exit_code == 2
    assert "run this command without --host first" in done.stderr
    assert [week.path for week in WeekPlaces(usual_folder()).all()] == [file]


def test_an_invalid_map_is_told_before_faults_are_mended(tmp_path):
    """Not after the last one."""
    (tmp_path / "areas.geojson").write_text("{}")

    done = run("serve", faulty(tmp_path / "w.xlsx"), "--map", tmp_path / "areas.geojson")

    assert done.exit_code == 2
    assert "areas.geojson" in done.stderr


@pytest.mark.parametrize("option", ["--staff", "--recommended"])
def test_options_of_a_week_need_one(option):
    """They are refused, not ignored."""
    done = run("serve", option)

    assert done.exit_code == 2
    assert f"{option}: needs a week" in done.stderr
