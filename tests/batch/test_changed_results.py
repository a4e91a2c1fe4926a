"""Results that somebody changed, or that a power cut left incomplete."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import threading
from pathlib import Path

import pytest
from batches import (
    FIRST,
    SECOND,
    faults_of_run,
    finals,
    flaws,
    here,
    noted,
    plan,
    write_province,
)
from icalendar import Calendar

from shiftplan.batch import succession
from shiftplan.batch.manifest import BatchEvent, JobOutcome, WeekJob
from shiftplan.batch.run_folder import RunFolder, is_intact
from shiftplan.batch.work import work
from shiftplan.files import read_problem
from shiftplan.files.week import write_week


@pytest.mark.parametrize("name", ["roster.csv", "report.html", "roster.xlsx", "contents.json"])
def test_a_result_that_lost_what_was_written_is_set_aside_and_planned_again(
    planned: tuple[Path, Path], begun: list[str], name: str
) -> None:
    """A file that a power cut left empty is found, as are edited ones; what is there is kept."""
    root, run = planned
    folder = run / "an" / str(FIRST)
    (folder / name).write_bytes(b"")

    assert plan(root, run).is_complete

    assert begun[0] == f"an/{FIRST}"
    assert noted(run)[f"an/{FIRST}"]["reason"] == ""  # it no longer waits
    assert (run / "an" / f"{FIRST}.changed-1" / name).read_bytes() == b""
    assert faults_of_run(root, run) == []


def test_a_result_that_was_being_placed_when_the_power_went_is_planned_again(
    planned: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Noted as complete but not whole on the disk, it gets no final name; the older one has it."""
    root, run = planned
    manifest = json.loads((run / "manifest.json").read_text())
    entry = manifest["entries"][f"an/{SECOND}"]
    entry |= {"state": "placing", "staging": "abc"}
    (run / "manifest.json").write_text(json.dumps(manifest))
    staged, final = run / ".staging" / "abc", run / "an" / str(SECOND)
    shutil.copytree(final, staged)
    (staged / "roster.csv").write_bytes(b"")
    final.rename(run / ".staging" / "abc.old")
    earlier: list[Path | None] = []

    def do(job: WeekJob, folder: Path) -> JobOutcome:
        assert flaws(final) == []
        earlier.append(job.earlier)
        return work(job, folder)

    here(monkeypatch, do)

    assert plan(root, run).is_complete

    assert earlier == [final]
    assert not list(run.glob("an/*.changed-*"))
    assert faults_of_run(root, run) == []


def test_a_result_that_was_damaged_while_it_was_placed_keeps_no_final_name(
    planned: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under its final name but not whole on the disk, it is set aside, and planned again."""
    root, run = planned
    manifest = json.loads((run / "manifest.json").read_text())
    manifest["entries"][f"an/{SECOND}"] |= {"state": "placing", "staging": "abc"}
    (run / "manifest.json").write_text(json.dumps(manifest))
    final = run / "an" / str(SECOND)
    (final / "roster.csv").write_bytes(b"")

    def do(job: WeekJob, folder: Path) -> JobOutcome:
        assert not final.exists()
        return work(job, folder)

    here(monkeypatch, do)

    assert plan(root, run).is_complete

    assert final.with_name(f"{SECOND}.changed-1").exists()
    assert faults_of_run(root, run) == []


def test_a_result_of_others_is_never_replaced(tmp_path: Path, begun: list[str]) -> None:
    """What already has the name of a result, a folder or a file, is set aside."""
    root, run = tmp_path / "root", tmp_path / "run"
    write_province(root, "an", FIRST, SECOND)
    (run / "an" / str(FIRST)).mkdir(parents=True)
    (run / "an" / str(FIRST) / "mine.txt").write_text("mine")
    (run / "an" / str(SECOND)).write_text("mine too")

    assert plan(root, run).is_complete

    assert (run / "an" / f"{FIRST}.changed-1" / "mine.txt").read_text() == "mine"
    assert (run / "an" / f"{SECOND}.changed-1").read_text() == "mine too"
    assert faults_of_run(root, run) == []


def test_what_people_put_beside_a_result_is_kept_when_it_is_replaced(
    planned: tuple[Path, Path],
) -> None:
    """A file that was added makes a result no other one, but the file is not lost with it."""
    root, run = planned
    (run / "an" / str(FIRST) / "signed.pdf").write_text("signed")
    write_province(root, "an", FIRST, people=4)

    assert plan(root, run).is_complete

    assert (run / "an" / f"{FIRST}.changed-1" / "signed.pdf").read_text() == "signed"
    assert faults_of_run(root, run) == []


@pytest.mark.parametrize("edited", [False, True])
def test_calendars_go_on_from_those_that_people_have(
    planned: tuple[Path, Path], edited: bool
) -> None:
    """A week planned again raises sequence numbers and cancels, also after it was set aside."""
    root, run = planned
    calendar = run / "an" / str(FIRST) / "calendars" / "V0.ics"
    had = events(calendar)
    if edited:
        with (run / "an" / str(FIRST) / "report.html").open("a") as file:
            file.write("<!-- seen -->")
    week = root / "an" / str(FIRST)
    problem = read_problem(week)
    away = [window for window in problem.availability if window.volunteer_id != "V0"]
    write_week(problem.model_copy(update={"availability": tuple(away)}), week)

    assert plan(root, run).is_complete

    assert had
    now = events(calendar)
    assert now.keys() == had.keys()
    assert all(
        state == "CANCELLED" and number > had[uid][1] for uid, (state, number) in now.items()
    )


def events(path: Path) -> dict[str, tuple[str, int]]:
    """Id of each event -> its state and sequence number."""
    found = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return {str(e["UID"]): (str(e.get("STATUS")), int(e.get("SEQUENCE", 0))) for e in found}


def test_nothing_is_planned_again_when_nothing_changed(
    planned: tuple[Path, Path], begun: list[str]
) -> None:
    """Other times of files, other times of day and a copied run are no change."""
    root, run = planned
    for path in root.rglob("*.csv"):
        path.touch()
    moved = run.with_name("moved")
    shutil.copytree(run, moved)

    plan(root, run)
    plan(root, moved)

    assert begun == []


def test_results_are_looked_at_once_in_a_start(
    tmp_path: Path, begun: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those before waiting weeks too, however often the batch looks for what it can begin."""
    root, run = tmp_path / "root", tmp_path / "run"
    provinces = ["an", "bo", "cu"]
    for name in provinces:
        write_province(root, name, FIRST, SECOND)
    plan(root, run, weeks=[FIRST])
    looked: list[str] = []

    def look(folder: Path, contents: str) -> bool:
        looked.append(f"{folder.parent.name}/{folder.name}")
        return is_intact(folder, contents)

    monkeypatch.setattr(succession, "is_intact", look)

    assert plan(root, run, weeks=[SECOND]).is_complete

    assert looked == [f"{name}/{FIRST}" for name in provinces]


def test_a_batch_can_be_ended_while_it_looks_at_results(planned: tuple[Path, Path]) -> None:
    """No further week is looked at, and none begins, once somebody asks for the end."""
    root, run = planned
    write_province(root, "an", SECOND + dt.timedelta(7))
    cancel, heard = threading.Event(), []

    def hear(event: BatchEvent) -> None:
        heard.append(f"{event.kind} {event.place.week}")
        cancel.set()

    found = plan(root, run, on_event=hear, cancel=cancel)

    assert heard == [f"kept {FIRST}"]
    assert not found.is_complete


def test_a_week_whose_data_became_bad_keeps_its_last_result(planned: tuple[Path, Path]) -> None:
    """People know that roster: it stays, the manifest says that there is no new one."""
    root, run = planned
    broken = root / "an" / str(SECOND) / "shifts.csv"
    whole = broken.read_bytes()
    broken.write_text("nonsense")

    assert not plan(root, run).is_complete
    assert noted(run)[f"an/{SECOND}"]["state"] == "failed"
    assert all(flaws(folder) == [] for folder in finals(run))
    assert len(finals(run)) == 2

    broken.write_bytes(whole)
    assert plan(root, run).is_complete
    assert faults_of_run(root, run) == []


def test_what_people_know_is_the_result_that_was_set_aside_last(tmp_path: Path) -> None:
    """The tenth, not the ninth, while nothing has the final name."""
    for number in (1, 9, 10):
        (tmp_path / "an" / f"{FIRST}.changed-{number}").mkdir(parents=True)
    run = RunFolder(tmp_path)

    assert run.earlier(f"an/{FIRST}") == tmp_path / "an" / f"{FIRST}.changed-10"
    assert run.earlier(f"an/{SECOND}") is None

    (tmp_path / "an" / str(FIRST)).mkdir()
    assert run.earlier(f"an/{FIRST}") == tmp_path / "an" / str(FIRST)
