"""Names of provinces and weeks: any that a folder can have, and none that lead elsewhere."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from provinces import FIRST, SECOND, faults_of_run, here, plan, pretend, states, write_province

from shiftplan import InputError
from shiftplan.batch.places import ProvinceWeek, find_weeks
from shiftplan.batch.run_folder import RunFolder


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
        for folder in (run.final(week.name), run.failed(week.name)):
            assert folder.resolve().parent.parent == run.path.resolve()
            assert not folder.parent.name.startswith(".")


@pytest.mark.parametrize("form", ["NFD", "upper"])
def test_names_that_some_systems_take_for_one_are_refused_together(
    tmp_path: Path, form: str
) -> None:
    """Capitals and the way accents are stored do not make another province."""
    other = "CÀ MAU" if form == "upper" else unicodedata.normalize("NFD", "Cà Mau")

    with pytest.raises(InputError, match="share a folder"):
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


@pytest.mark.parametrize("name", ["", "binh"])
def test_a_folder_that_cannot_be_read_is_told_before_anything_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Without a look into a province nobody knows its weeks: that must not pass in silence."""
    for province in ("an", "binh"):
        write_province(tmp_path / "root", province, FIRST)
    usual = Path.iterdir

    def iterdir(folder: Path) -> Iterator[Path]:
        if folder == tmp_path / "root" / name:
            raise PermissionError(13, "Permission denied")
        return usual(folder)

    monkeypatch.setattr(Path, "iterdir", iterdir)

    with pytest.raises(InputError, match="cannot be read: Permission denied"):
        plan(tmp_path / "root", tmp_path / "run")

    assert not (tmp_path / "run").exists()


def test_a_province_that_is_a_link_into_nowhere_is_told_before_anything_begins(
    tmp_path: Path,
) -> None:
    """A share that is not there is no province without weeks."""
    write_province(tmp_path / "root", "an", FIRST)
    (tmp_path / "root" / "binh").symlink_to(tmp_path / "share")

    with pytest.raises(InputError, match="link binh leads nowhere"):
        plan(tmp_path / "root", tmp_path / "run")


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
