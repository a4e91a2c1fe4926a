"""A bad province fails alone, with its report, and is planned once it is mended."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from batches import FIRST, SECOND, faults_of_run, finals, here, plan, states, tiny, write_province

from shiftplan.batch import plan_batch
from shiftplan.files.week import write_week


def garbage(week: Path) -> None:
    (week / "volunteers.csv").write_bytes(bytes(range(256)) * 40)


def empty(week: Path) -> None:
    shutil.rmtree(week)
    week.mkdir()


def broken_row(week: Path) -> None:
    with (week / "shifts.csv").open("a", encoding="utf-8") as file:
        file.write("A9,B,yesterday,,\n")


def other_date(week: Path) -> None:
    write_week(tiny(SECOND), week)


def contradiction(week: Path) -> None:
    nine = [{"shift_id": "A0", "minimum": 9, "target": 9}]
    write_week(tiny(FIRST, rules=[{"rule": "minimum_coverage"}], requirements=nine), week)


def folder_for_a_table(week: Path) -> None:
    (week / "shifts.csv").unlink()
    (week / "shifts.csv").mkdir()


def unreadable_link(week: Path) -> None:
    (week / "shifts.csv").unlink()
    (week / "shifts.csv").symlink_to(week / "nowhere")


def strange_name(week: Path) -> None:
    os.rename(week / "shifts.csv", os.fsencode(week) + b"/shifts\xff.csv")


def vanished(week: Path) -> None:
    shutil.rmtree(week)
    week.symlink_to(week.with_name("nowhere"))


def not_a_workbook(week: Path) -> None:
    shutil.rmtree(week)
    week.with_name(f"{week.name}.xlsx").write_bytes(b"PK\x03\x04 no")


def half_a_character(week: Path) -> None:
    shutil.rmtree(week)
    week.with_name(f"{week.name}.json").write_text('{"centers": [{"center_id": "\\ud800"}]}')


@pytest.mark.parametrize(
    ("spoil", "failure"),
    [
        (garbage, "input"),
        (empty, "input"),
        (broken_row, "input"),
        (other_date, "input"),
        (contradiction, "conflict"),
        (folder_for_a_table, "input"),
        (unreadable_link, "input"),
        (strange_name, "input"),
        (vanished, "input"),
        (not_a_workbook, "input"),
        (half_a_character, "input"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_bad_province_fails_alone_and_is_planned_once_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], None], failure: str
) -> None:
    """Its report says why, its next week is not tried, others are planned; mending is enough."""
    root, run = tmp_path / "root", tmp_path / "run"
    write_province(root, "an", FIRST)
    write_province(root, "binh", FIRST, SECOND)
    spoil(root / "binh" / str(FIRST))
    begun = here(monkeypatch)

    batch = plan(root, run, budget=60)

    assert states(batch) == {
        f"an/{FIRST}": "done",
        f"binh/{FIRST}": failure,
        f"binh/{SECOND}": "before",
    }
    assert f"binh/{SECOND}" not in begun
    assert [f.parent.name for f in finals(run)] == ["an"]
    for week in (FIRST, SECOND):
        folder = run / "binh" / f"{week}.failed"
        assert {p.name for p in folder.iterdir()} <= {"faults.txt", "result.json"}
        assert (folder / "faults.txt").read_text(encoding="utf-8").strip()

    shutil.rmtree(root / "binh")
    write_province(root, "binh", FIRST, SECOND)
    begun.clear()
    batch = plan(root, run, budget=60)

    assert set(states(batch).values()) == {"done"}
    assert begun == [f"binh/{FIRST}", f"binh/{SECOND}"]
    assert not list(run.glob("*/*.failed"))
    assert faults_of_run(root, run) == []


def test_attendance_that_cannot_be_read_fails_its_province_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder in the place of the table of attendance is a fault of the week after."""
    root, run = tmp_path / "root", tmp_path / "run"
    write_province(root, "an", FIRST)
    write_province(root, "binh", FIRST, SECOND)
    (root / "binh" / str(FIRST) / "attendance.csv").mkdir()
    here(monkeypatch)

    found = states(plan(root, run))

    assert found == {f"an/{FIRST}": "done", f"binh/{FIRST}": "done", f"binh/{SECOND}": "input"}


def test_attendance_that_is_a_link_out_of_its_week_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of the file that it leads to stands among the faults of the week after."""
    root, run = tmp_path / "root", tmp_path / "run"
    write_province(root, "an", FIRST, SECOND)
    (tmp_path / "secret").write_text("shift_id,volunteer_id,state\nsecret,x,came\n")
    (root / "an" / str(FIRST) / "attendance.csv").symlink_to(tmp_path / "secret")
    here(monkeypatch)

    batch = plan(root, run)

    assert states(batch) == {f"an/{FIRST}": "done", f"an/{SECOND}": "input"}
    told = (run / "an" / f"{SECOND}.failed" / "faults.txt").read_text(encoding="utf-8")
    assert "link to a file outside the folder" in told
    assert "secret" not in told


def test_a_result_that_was_changed_is_not_carried_into_the_next_week(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A week planned alone fails where the result before it was edited, until both are planned."""
    root, run = tmp_path / "root", tmp_path / "run"
    write_province(root, "an", FIRST, SECOND)
    begun = here(monkeypatch)
    plan(root, run, weeks=[FIRST])
    roster = run / "an" / str(FIRST) / "roster.csv"
    roster.write_text(roster.read_text().replace("V0", "V9"))

    alone = plan(root, run, weeks=[SECOND])
    edited = roster.read_text()
    both = plan(root, run)

    assert states(alone) == {f"an/{SECOND}": "before"}
    assert set(states(both).values()) == {"done"}
    assert (run / "an" / f"{FIRST}.changed-1" / "roster.csv").read_text() == edited
    assert begun.count(f"an/{FIRST}") == 2
    assert faults_of_run(root, run) == []


def test_weeks_without_a_byte_share_a_budget(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Empty weeks have no size to share a budget by; they fail as others do."""
    (tmp_path / "root" / "an" / str(FIRST)).mkdir(parents=True)
    here(monkeypatch)

    batch = plan_batch(tmp_path / "root", tmp_path / "run", budget=60)

    assert states(batch) == {f"an/{FIRST}": "input"}
