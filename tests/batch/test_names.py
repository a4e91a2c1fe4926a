"""Names of provinces and weeks: any that a folder can have, and none that lead elsewhere."""

from __future__ import annotations

import csv
import datetime as dt
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from batches import FIRST, SECOND, faults_of_run, here, plan, pretend, states, write_province
from hypothesis import given
from hypothesis import strategies as st

from shiftplan import InputError
from shiftplan.batch import preview_batch
from shiftplan.batch.places import ProvinceWeek, find_weeks
from shiftplan.batch.run_folder import RunFolder
from shiftplan.batch.summary import text_of
from shiftplan.present.words import Words


def listed(place: Path, *provinces: str) -> list[ProvinceWeek]:
    """What a table of weeks with these provinces gives."""
    (place / "week").mkdir(exist_ok=True)
    rows = [f'"{name.replace(chr(34), chr(34) * 2)}",{FIRST},week' for name in provinces]
    (place / "batch.csv").write_text("\n".join(["province,week,path", *rows]), encoding="utf-8")
    return find_weeks(place)


def test_provinces_have_the_names_that_people_give_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Letters of any script, blanks and dots inside are fine, also a name that looks like ours."""
    names = ["An Giang", "Cà Mau", "Đồng Tháp 2", "河内", "a.failed", "2026-12-07", "lock"]
    for name in names:
        write_province(tmp_path / "root", name, FIRST)
    here(monkeypatch)

    batch = plan(tmp_path / "root", tmp_path / "run")

    assert states(batch) == {f"{name}/{FIRST}": "done" for name in sorted(names)}
    assert faults_of_run(tmp_path / "root", tmp_path / "run") == []


@pytest.mark.parametrize(
    "name",
    [
        *("..", ".", ".staging", "a/../b", "/etc", "a\\b", "c:", "manifest.json", "Summary.CSV"),
        *("a.", "a\u202eb", "a\u200bb", "x" * 201, "é" * 101, "a?", "*"),
    ],
)
def test_a_name_that_leads_elsewhere_or_is_taken_is_refused(tmp_path: Path, name: str) -> None:
    """No province gets a folder outside of the run, or one of the run's own names."""
    with pytest.raises(InputError) as caught:
        listed(tmp_path, name)

    assert {fault.code for fault in caught.value.faults} == {"invalid_value"}


@given(st.text(min_size=1, max_size=12))
def test_no_name_leads_out_of_the_run(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    """Whatever a table of weeks says is refused, or a folder right in the run, no hidden one."""
    place = tmp_path_factory.getbasetemp() / "names"
    place.mkdir(exist_ok=True)
    try:
        found = listed(place, name)
    except (InputError, UnicodeEncodeError):
        return
    run = RunFolder(place / "run")
    for week in found:
        for folder in ((run.path / week.name), run.path / f"{week.name}.failed"):
            assert folder.resolve().parent.parent == run.path.resolve()
            assert not folder.parent.name.startswith(".")


@pytest.mark.parametrize("form", ["NFD", "upper"])
def test_names_that_some_systems_take_for_one_are_refused_together(
    tmp_path: Path, form: str
) -> None:
    """Capitals and the way accents are stored do not make another province."""
    other = "CÀ MAU" if form == "upper" else unicodedata.normalize("NFD", "Cà Mau")

    said = "share a folder" if form == "upper" else "exists twice"
    with pytest.raises(InputError, match=said):
        listed(tmp_path, "Cà Mau", other)


def test_links_to_weeks_and_provinces_are_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A linked province and a linked week are planned as if they lay there."""
    write_province(tmp_path / "there", "an", FIRST, SECOND)
    (tmp_path / "root" / "chau").mkdir(parents=True)
    (tmp_path / "root" / "binh").symlink_to(tmp_path / "there" / "an")
    week = tmp_path / "root" / "chau" / str(FIRST)
    week.symlink_to(tmp_path / "there" / "an" / str(FIRST))
    here(monkeypatch)

    found = states(plan(tmp_path / "root", tmp_path / "run"))

    assert found == dict.fromkeys([f"binh/{FIRST}", f"binh/{SECOND}", f"chau/{FIRST}"], "done")


def forbid(monkeypatch: pytest.MonkeyPatch, forbidden: Path) -> None:
    """Let nobody look into a folder."""
    usual = Path.iterdir

    def iterdir(folder: Path) -> Iterator[Path]:
        if folder == forbidden:
            raise PermissionError(13, "Permission denied")
        return usual(folder)

    monkeypatch.setattr(Path, "iterdir", iterdir)


def test_a_root_that_cannot_be_read_is_told_before_anything_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a look into it nobody knows what there is to plan."""
    write_province(tmp_path / "root", "an", FIRST)
    forbid(monkeypatch, tmp_path / "root")

    with pytest.raises(InputError, match="cannot be read: Permission denied"):
        plan(tmp_path / "root", tmp_path / "run")

    assert not (tmp_path / "run").exists()


def test_a_province_that_cannot_be_read_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows its weeks; that neither passes in silence nor stops other provinces."""
    for province in ("an", "binh"):
        write_province(tmp_path / "root", province, FIRST)
    forbid(monkeypatch, tmp_path / "root" / "binh")
    here(monkeypatch)

    batch = plan(tmp_path / "root", tmp_path / "run")

    assert states(batch) == {f"an/{FIRST}": "done", "binh/binh": "input"}
    told = tmp_path / "run" / "binh" / "binh.failed" / "faults.txt"
    assert "Permission denied" in told.read_text()


def test_a_province_that_is_a_link_into_nowhere_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share that is not there is no province without weeks."""
    write_province(tmp_path / "root", "an", FIRST)
    (tmp_path / "root" / "binh").symlink_to(tmp_path / "share")
    here(monkeypatch)

    batch = plan(tmp_path / "root", tmp_path / "run")

    assert states(batch) == {f"an/{FIRST}": "done", "binh/binh": "input"}
    [failed] = batch.failed
    assert failed.entry.outcome is not None
    assert "has no target" in text_of(failed.entry.outcome, Words("en"))


@pytest.mark.parametrize("name", ["summary.csv", "binh\n", "binh."])
def test_a_link_into_nowhere_has_a_name_that_a_province_can_have(tmp_path: Path, name: str) -> None:
    """What is told of it gets a folder of its name in the run, as of any province."""
    write_province(tmp_path / "root", "an", FIRST)
    (tmp_path / "root" / name).symlink_to(tmp_path / "share")

    with pytest.raises(InputError) as caught:
        find_weeks(tmp_path / "root")

    faults = [(fault.code, fault.column, fault.value) for fault in caught.value.faults]
    assert faults == [("invalid_value", "province", name)]


def test_a_folder_that_is_no_week_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One coordinator's folder stops neither other provinces nor the other weeks of its own.

    It is told whatever weeks are asked for, and once it is renamed it is planned.
    """
    root, run = tmp_path / "root", tmp_path / "run"
    write_province(root, "an", FIRST)
    write_province(root, "binh", FIRST, SECOND)
    (root / "binh" / str(FIRST)).rename(root / "binh" / "7-12")
    here(monkeypatch)

    only = states(plan(root, run, weeks=[FIRST]))
    every = states(plan(root, run))
    looked = {p.place.name: p.fate for p in preview_batch(root, run).prospects}
    (root / "binh" / "7-12").rename(root / "binh" / str(FIRST))
    mended = states(plan(root, run))

    assert only == {f"an/{FIRST}": "done", "binh/7-12": "input"}
    assert every == only | {f"binh/{SECOND}": "done"}
    assert looked == {f"an/{FIRST}": "kept", "binh/7-12": "bad", f"binh/{SECOND}": "kept"}
    assert mended == dict.fromkeys((f"an/{FIRST}", f"binh/{FIRST}", f"binh/{SECOND}"), "done")
    with (run / "summary.csv").open(newline="") as file:
        assert [row["week"] for row in csv.DictReader(file)] == [
            str(FIRST),
            str(FIRST),
            str(SECOND),
        ]


def test_a_batch_of_no_week_plans_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To ask for no date is not to ask for all."""
    write_province(tmp_path / "root", "an", FIRST)
    begun = here(monkeypatch)

    looked = preview_batch(tmp_path / "root", tmp_path / "run", weeks=[])
    batch = plan(tmp_path / "root", tmp_path / "run", weeks=[])

    assert (looked.prospects, looked.seconds, batch.rows, begun) == ((), 0, (), [])


def test_provinces_take_turns_with_their_weeks_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The province with most left goes first, and none is a week ahead of where it is."""
    weeks = [FIRST + dt.timedelta(7 * n) for n in range(3)]
    for name, number in {"an": 1, "binh": 3, "chau": 2}.items():
        for week in weeks[:number]:
            folder = tmp_path / "root" / name / str(week)
            folder.mkdir(parents=True)
            (folder / "week.csv").write_text("as large as any other")
    begun = here(monkeypatch, pretend)

    plan(tmp_path / "root", tmp_path / "run")

    assert begun[0] == f"binh/{weeks[0]}"
    for name in ("an", "binh", "chau"):
        own = [job for job in begun if job.startswith(name)]
        assert own == sorted(own)
    assert len(begun) == 6


@pytest.mark.parametrize("path", ["x" * 300, "x/" * 3000, "", "nowhere"])
def test_a_path_that_cannot_be_is_not_there(tmp_path: Path, path: str) -> None:
    """A name that is too long for the system is told as one that is missing."""
    (tmp_path / "batch.csv").write_text(f"province,week,path\nan,2026-12-07,{path}\n")

    with pytest.raises(InputError) as caught:
        find_weeks(tmp_path)

    assert [(f.code, f.row) for f in caught.value.faults] == [("missing_file", 2)]


def test_a_table_that_names_a_week_twice_is_told_by_its_name(tmp_path: Path) -> None:
    """Whoever reads the message knows which file to put right."""
    (tmp_path / "week").mkdir()
    rows = "an,2026-12-07,week\nan,2026-12-07,week\nAN,2026-12-14,week\n"
    (tmp_path / "batch.csv").write_text("province,week,path\n" + rows)

    with pytest.raises(InputError) as caught:
        find_weeks(tmp_path)

    assert [(f.code, f.file) for f in caught.value.faults] == [("duplicate_id", "batch.csv")] * 2
