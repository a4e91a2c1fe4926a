"""Paths that no system takes, and links that lead in a ring, are faults like others."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from weeks import TINY, refused, write_texts

from shiftplan import Roster
from shiftplan.batch import plan_batch
from shiftplan.batch.places import ProvinceWeek, check_apart, find_weeks
from shiftplan.errors import InputError
from shiftplan.files import read_week
from shiftplan.files.text import real_path
from shiftplan.present.handouts import check_handouts, write_handouts

ODD = ["x" * 300, "x/" * 3_000, "a\0b"]


@pytest.mark.parametrize("name", ODD)
def test_no_handouts_where_nothing_can_be(name: str, tmp_path: Path) -> None:
    """A folder whose name is too long is told, not a traceback."""
    problem = read_week(write_texts(tmp_path, TINY))

    with pytest.raises(InputError):
        write_handouts(problem, Roster(), tmp_path / name)


@pytest.mark.parametrize("name", ODD)
def test_no_weeks_where_nothing_can_be(name: str, tmp_path: Path) -> None:
    """ROOT with such a name holds no weeks."""
    caught = refused(find_weeks, tmp_path / name)

    assert caught[0].code == "missing_file"


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("week", "week"),
        ("root/week", "week"),
        ("deep/er/week", "deep"),
        ("root/b/week", "b"),
    ],
)
def test_what_is_not_there_says_where_its_path_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, name: str
) -> None:
    """The last folder that there is, and what it lacks; also of a path from where one is."""
    (tmp_path / "root").mkdir()
    monkeypatch.chdir(tmp_path)
    above = "root" if place.startswith("root") else ""

    for path in (Path(place), tmp_path / place):
        (caught,) = refused(read_week, path)
        assert caught.code == "missing_file"
        assert str(caught.remedy) == f"The folder {tmp_path / above} has no {name}."


def test_a_week_that_is_a_ring_of_links_stops_no_other(tmp_path: Path) -> None:
    """It is found, and told when it is read; the weeks of others are planned."""
    week = tmp_path / "root" / "an" / "2026-12-07"
    week.mkdir(parents=True)
    (tmp_path / "root" / "ring").symlink_to(tmp_path / "root" / "ring")
    week.with_name("2026-12-14").symlink_to(week.with_name("2026-12-14"))

    found = find_weeks(tmp_path / "root")
    check_apart(tmp_path / "root", tmp_path / "run", found)

    assert [place.name for place in found if place.fault is None and place.source.exists()] == [
        "an/2026-12-07"
    ]


def test_links_in_a_ring_are_told(tmp_path: Path) -> None:
    """Where calendars, a run or a province in it would be."""
    for name in ("calendars", "run", "an"):
        (tmp_path / name).symlink_to(tmp_path / name)
    week = ProvinceWeek("an", dt.date(2026, 12, 7), tmp_path)
    (tmp_path / "root" / "an" / "2026-12-07").mkdir(parents=True)

    with pytest.raises(InputError, match="calendars"):
        check_handouts(tmp_path)
    with pytest.raises(InputError, match="an"):
        check_apart(tmp_path / "root", tmp_path, [week])
    with pytest.raises(InputError, match="run"):
        plan_batch(tmp_path / "root", tmp_path / "run")
    with pytest.raises(InputError):
        real_path(tmp_path / "run")
