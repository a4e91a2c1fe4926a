"""Whatever stands in a file: a good problem, or an `InputError`; never another exception."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from weeks import TINY, refused, replaced, write_texts

from shiftplan.errors import Fault, InputError
from shiftplan.files import (
    read_problem,
    read_roster,
    read_week,
    write_problem,
    write_roster,
    write_week,
)
from shiftplan.files import text as text_module
from shiftplan.week.roster import Roster

hostile = settings(max_examples=60, deadline=None)
signs = [
    b"",
    b'"',
    b'""',
    b",",
    b";",
    b"\n",
    b"\r",
    b"\t",
    b"\x00",
    b"\xff",
    b"\xef\xbb\xbf",
    b"|",
    b"PK",
]
values = [b"24:00", b"0001-01-01", b"9999-12-31", b"-1", b"1e999", b"99999999999999999999", b"hard"]
pieces = st.sampled_from([*signs, *values]) | st.binary(max_size=6)


def survives(folder: Path) -> None:
    """Read a week: it has faults, or it is good and survives being written."""
    try:
        problem = read_week(folder)
    except InputError as error:
        message = str(error)
    else:
        with tempfile.TemporaryDirectory() as copy:
            write_week(problem, copy)
            message = "" if read_week(copy) == problem else "changed"
    assert message == "" or "in the input:\n  " in message


@hostile
@given(st.sampled_from(sorted(TINY)), st.data())
def test_damaged_files(table: str, data: st.DataObject) -> None:
    """Bytes put in, taken out or cut off never end in another exception."""
    with tempfile.TemporaryDirectory() as name:
        folder = write_texts(Path(name), TINY)
        content = TINY[table].encode()
        start = data.draw(st.integers(0, len(content)))
        stop = data.draw(st.sampled_from([start, start + 1, start + 9, len(content)]))
        damaged = content[:start] + data.draw(pieces) + content[stop:]
        (folder / f"{table}.csv").write_bytes(damaged)

        survives(folder)


@hostile
@given(st.sampled_from(sorted(TINY)), st.binary(max_size=300))
def test_binary_files(table: str, content: bytes) -> None:
    """A file of random bytes is a fault, or a table without rows."""
    with tempfile.TemporaryDirectory() as name:
        folder = write_texts(Path(name), TINY)
        (folder / f"{table}.csv").write_bytes(content)

        survives(folder)


@hostile
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode) | pieces)
def test_hostile_rosters_and_json(content: bytes) -> None:
    """The same for rosters and JSON."""
    with tempfile.TemporaryDirectory() as folder:
        for name, read in (
            ("roster.csv", read_roster),
            ("roster.json", read_roster),
            ("problem.json", read_problem),
        ):
            path = Path(folder) / name
            path.write_bytes(content)
            faults: tuple[Fault, ...] | None = None
            try:
                read(path)
            except InputError as error:
                faults = error.faults
            assert faults is None or len(faults) > 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("," * 50_000 + "x\n1\n", "too_many_columns"),
        ("center_id,name\n1," + "x" * 200_000 + "\n", "too_long"),
        ("center_id,name\n1," + "x" * 20_000 + "\n", "invalid_value"),
        ('center_id,name\n1,"never closed\n' + "2,b\n" * 50_000, "too_long"),
        ('center_id,name\n1,"never closed\n', "broken_quotes"),
        ("PK\x03\x04 a workbook", "not_text"),
        ("\n" * 100_000, "empty_file"),
        ("center_id,name," + ",".join(f"extra{i}" for i in range(3000)) + "\n", "too_many_columns"),
    ],
)
def test_large_and_foreign_files(content: str, code: str, tmp_path: Path) -> None:
    """Headers and fields of any size, and other kinds of files, are faults of their own."""
    write_texts(tmp_path, TINY | {"centers": content})

    caught = refused(read_week, tmp_path)

    assert caught[0].code == code


def test_deep_json(tmp_path: Path) -> None:
    """JSON that nests without end is a fault."""
    path = tmp_path / "problem.json"
    path.write_text("[" * 100_000)

    caught = refused(read_problem, path)

    assert caught[0].code == "broken_json"


def test_folders_and_links(tmp_path: Path) -> None:
    """A folder instead of a file and a link to nowhere are faults; a good link is followed."""
    write_texts(tmp_path, TINY)
    good = read_week(tmp_path)
    (tmp_path / "centers.csv").rename(tmp_path / "real.csv")
    (tmp_path / "centers.csv").symlink_to(tmp_path / "real.csv")

    assert read_week(tmp_path) == good

    (tmp_path / "pins.csv").mkdir()
    (tmp_path / "history.csv").symlink_to(tmp_path / "nowhere")
    (tmp_path / "horizon.csv").symlink_to(tmp_path / "horizon.csv")
    caught = refused(read_week, tmp_path)

    assert {(f.code, f.table) for f in caught} == {
        ("unreadable_file", "pins"),
        ("missing_file", "history"),
        ("unreadable_file", "horizon"),
    }


@pytest.mark.parametrize("name", ["nowhere", "file.txt", "nowhere.json", "bad\x00name", "x" * 300])
def test_paths_that_are_no_week(name: str, tmp_path: Path) -> None:
    """A path that holds no week, or cannot even be one, is a fault."""
    (tmp_path / "file.txt").write_text("x")

    caught = refused(read_problem, tmp_path / name)

    assert caught[0].code in {"missing_file", "unreadable_file"}


@pytest.mark.skipif(
    getattr(os, "geteuid", lambda: 0)() == 0,
    reason="root may read everything; Windows has no such mode",
)
def test_no_permission(tmp_path: Path) -> None:
    """A file that may not be read is a fault."""
    write_texts(tmp_path, TINY)
    (tmp_path / "centers.csv").chmod(0)

    caught = refused(read_week, tmp_path)

    assert caught[0].code == "unreadable_file"


def test_writing_where_it_cannot_be(tmp_path: Path) -> None:
    """Writing over a file's name as a folder, or over a folder as a file, is a fault."""
    problem = read_week(write_texts(tmp_path, TINY))
    (tmp_path / "taken").write_text("x")
    (tmp_path / "folder.csv").mkdir()

    for write in (
        lambda: write_week(problem, tmp_path / "taken"),
        lambda: write_problem(problem, tmp_path / "no" / "such" / "folder.json"),
        lambda: write_roster(problem, Roster(), tmp_path / "folder.csv"),
    ):
        caught = refused(write)
        assert caught[0].code == "unreadable_file"
    assert not list(tmp_path.glob(".*part"))


def test_nothing_is_written_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full, the week that stood in the folder is still there, whole."""
    problem = read_week(write_texts(tmp_path, TINY))
    write_texts(tmp_path, replaced("centers", "Rạch Giá", "Long Xuyên"))
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    written: list[Path] = []

    def full(path: Path, data: bytes) -> int:
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        written.append(path)
        with path.open("wb") as file:
            return file.write(data)

    monkeypatch.setattr(text_module.Path, "write_bytes", full)
    with pytest.raises(InputError, match="No space left"):
        write_week(problem, tmp_path)

    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before
