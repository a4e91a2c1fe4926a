"""Folders that nobody should hand in: links, pipes, floods of files, and what is no workbook."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from files.weeks import TINY, refused, write_texts

from shiftplan.errors.faults import line_of
from shiftplan.files.gathering import gather
from shiftplan.files.gathering.sources import MOST_FILES
from shiftplan.present.gathering import GatheredWords


@pytest.fixture
def teams(tmp_path: Path) -> Path:
    """A folder with a whole week in a folder of its own."""
    (tmp_path / "teams" / "week").mkdir(parents=True)
    write_texts(tmp_path / "teams" / "week", TINY)
    return tmp_path / "teams"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    place = tmp_path / "secret"
    place.mkdir()
    (place / "volunteers.csv").write_text("volunteer_id,name\nTOP,SECRET\n")
    return place


def sparse(path: Path, size: int) -> Path:
    """A file of a size that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(size)
    return path


@pytest.mark.parametrize("name", ["volunteers.csv", "volunteers 2.csv", "x.xlsx"])
def test_a_link_that_leads_out_is_refused(teams: Path, secret: Path, name: str) -> None:
    """Nothing of the file it leads to is read or quoted."""
    (teams / name).symlink_to(secret / "volunteers.csv")

    gathered = gather(teams)

    (fault,) = gathered.faults
    assert (fault.file, fault.code) == (name, "unreadable_file")
    assert "SECRET" not in line_of(fault)
    assert gathered.problem is None


def test_links_to_folders_and_to_nothing_are_not_followed(teams: Path, secret: Path) -> None:
    """They are listed as not read, and so is a ring."""
    (teams / "out").symlink_to(secret)
    (teams / "ring").symlink_to(teams)
    (teams / "gone.xlsx").symlink_to(teams / "nowhere.xlsx")

    gathered = gather(teams)

    assert gathered.problem is not None
    assert gathered.unread == ("gone.xlsx", "out", "ring")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_holds_up_nobody(teams: Path) -> None:
    """It is not opened, whatever it is called."""
    for name in ("volunteers.csv", "x.xlsx"):
        os.mkfifo(teams / name)

    assert gather(teams).unread == ("volunteers.csv", "x.xlsx")


def test_a_flood_of_files_is_refused_before_any_is_read(teams: Path) -> None:
    """There are no more teams than that."""
    for number in range(MOST_FILES):
        (teams / f"{number}.xlsx").touch()

    (fault,) = refused(gather, teams)

    assert (fault.code, fault.file) == ("too_large", "teams")


def test_folders_in_folders_have_an_end(teams: Path) -> None:
    """What lies deeper than anybody sorts files is listed, not read."""
    deep = teams / "a" / "b" / "c" / "d" / "e"
    deep.mkdir(parents=True)
    (deep / "x.xlsx").write_bytes(b"no workbook")

    gathered = gather(teams)

    assert gathered.unread == ("a/b/c/d/e/",)
    assert gathered.problem is not None


def test_one_large_file_is_a_fault_and_many_are_none(teams: Path) -> None:
    """A file beyond its limit is told, and so are files that are too much together."""
    sparse(teams / "a.xlsx", 60_000_001)
    sparse(teams / "volunteers b.csv", 200_000_001)
    faults = gather(teams).faults
    sparse(teams / "volunteers c.csv", 200_000_000)

    (fault,) = refused(gather, teams)

    assert [(f.file, f.code) for f in faults] == [
        ("a.xlsx", "too_large"),
        ("volunteers b.csv", "too_large"),
    ]
    assert (fault.code, fault.file) == ("too_large", "teams")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("30292.xlsx", b"no workbook", "not_a_workbook"),
        ("30292.xlsx", b"", "empty_file"),
        ("30292.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "not_a_workbook"),
        ("volunteers 30292.csv", b"\xff\xfe\x00\xd8", "wrong_encoding"),
        ("volunteers 30292.csv", b"PK\x03\x04", "not_text"),
    ],
)
def test_what_is_no_table_is_a_fault_of_its_file(
    teams: Path, name: str, content: bytes, code: str
) -> None:
    """The others are read all the same, so that everything wrong is told at once."""
    (teams / name).write_bytes(content)

    gathered = gather(teams)

    assert [(f.file, f.code) for f in gathered.faults] == [(name, code)]
    assert {d.name: d.state for d in gathered.deliveries} == {name: "faulty", "week/": "delivered"}


def test_leftovers_of_programs_are_passed_over(teams: Path) -> None:
    """Temporary files, marked copies, lists of answers and photographs are no deliveries."""
    (teams / "availability.understood.csv").write_bytes(b"result,volunteer_id")
    for name in ("~$x.xlsx", ".~lock.x.xlsx#", "x.faults.xlsx", "decisions.csv", "deliveries.csv"):
        (teams / name).write_bytes(b"no workbook")
    (teams / "photo.jpg").write_bytes(b"\xff\xd8")
    (teams / "notes.csv").write_text("a,b\n1,2\n")

    gathered = gather(teams)

    assert gathered.unread == ("notes.csv", "photo.jpg")
    assert [d.name for d in gathered.deliveries] == ["week/"]
    assert gathered.problem is not None


def test_a_name_adds_no_line_to_what_is_shown(teams: Path) -> None:
    """A line break in the name of a file is written as a code."""
    name = "volunteers x\nProven.csv"
    (teams / name).write_text("volunteer_id\nB1\n", encoding="utf-8")

    words = GatheredWords(gather(teams), "en")

    assert [row.split(",")[0] for row in words.deliveries().splitlines()][:3] == [
        "File",
        r"volunteers x\nProven.csv",
        "week/",
    ]


def test_a_blank_folder_says_so(tmp_path: Path) -> None:
    """There is nothing to gather, or there is no folder."""
    (tmp_path / "blank").mkdir()
    (tmp_path / "x.xlsx").touch()

    assert refused(gather, tmp_path / "blank")[0].code == "empty_file"
    assert refused(gather, tmp_path / "none")[0].code == "missing_file"
    assert refused(gather, tmp_path / "x.xlsx")[0].code == "unreadable_file"
