"""The record of a run: what the batch keeps of the weeks that it plans."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from batches import FIRST, faults_of_run, finals, here, plan, write_province
from recorded import BY_HAND, WEEK, Place, publish

from shiftplan import Roster
from shiftplan.batch import work
from shiftplan.batch.manifest import JobOutcome, WeekJob
from shiftplan.batch.parcel import pack_job, unpack_job
from shiftplan.batch.places import find_weeks
from shiftplan.batch.run_folder import RunFolder, file_digest, list_contents
from shiftplan.batch.run_record import RunRecord
from shiftplan.problem import Absence
from shiftplan.record import open_week
from shiftplan.record.entries import Told
from shiftplan.record.status import status_of


def test_the_record_tells_what_the_batch_did(place: Place) -> None:
    """A draft, told at once, with the shifts as they were told; the batch made both."""
    live = place.live()

    assert place.kinds() == ["drafted", "told"]
    assert {entry.who for entry in live.entries} == {"batch"}
    assert live.now.told == place.roster()
    assert live.now.state.versions[1].draft.made_by == "batch"
    assert set(live.now.state.shifts_told) == set(place.roster().people_in)
    assert live.now.draft is None
    assert not (place.root / WEEK / "record.db").exists()


def test_a_week_planned_again_is_told_once_more(place: Place, begun: list[str]) -> None:
    """Its second version was made of the first; a start that changes nothing records nothing."""
    write_province(place.root, "an", FIRST, people=5)
    assert place.plan()
    assert place.plan()

    assert begun == [WEEK]
    assert place.kinds() == ["drafted", "told", "drafted", "told"]
    assert place.live().now.state.versions[2].draft.after == 1
    assert place.live().now.told == place.roster()


def test_the_same_roster_is_no_new_version_and_its_messages_stay(
    place: Place, begun: list[str]
) -> None:
    """Somebody more changes nothing: the first messages, which nobody has sent, are still there."""
    before = place.texts()
    write_province(place.root, "an", FIRST, people=7)

    assert place.plan()

    assert begun == [WEEK]
    assert place.kinds() == ["drafted", "told", "drafted"]
    texts = place.texts()
    assert "we have no shift for you" in texts.pop("V6")
    assert texts == before
    live = place.live()
    assert status_of(live.now, live.entries).edited == ()


def test_a_run_of_version_0_1_goes_on(place: Place, begun: list[str]) -> None:
    """Its results have no record: they count as told once, and are kept, and recorded then."""
    before = place.roster()
    shutil.copytree(place.run, old := place.run.with_name("old"))
    for name in ("record.db", "record.db-wal", "record.db-shm"):
        (old / name).unlink(missing_ok=True)
    forget_versions(old)
    run = Place(place.root, old)
    assert run.plan()
    assert begun == []
    assert run.kinds() == []
    write_province(place.root, "an", FIRST, people=5)

    assert run.plan()

    assert begun == [WEEK]
    assert run.kinds() == ["drafted", "told", "drafted", "told"]
    assert run.live().roster_of(1) == Roster.of(a for a in before.assignments if a[1] != "V5")
    assert run.live().now.told == run.roster()
    assert faults_of_run(run.root, run.run) == []


def forget_versions(run: Path) -> None:
    """Make the results of a run as version 0.1 did."""
    manifest = json.loads((run / "manifest.json").read_text())
    for folder in finals(run):
        (folder / "versions.json").unlink()
        (folder / "contents.json").write_text(list_contents(folder), encoding="utf-8")
        entry = manifest["entries"][f"{folder.parent.name}/{folder.name}"]
        entry["contents"] = file_digest(folder / "contents.json")
    (run / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def test_what_others_tell_during_a_job_makes_its_result_outdated(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is dropped, and the week planned again from what people know now."""
    tells: list[Callable[[], object]] = [lambda: publish(place.live(), BY_HAND)]

    def do(job: WeekJob, folder: Path) -> JobOutcome:
        outcome = work.work(job, folder)
        if tells:
            tells.pop()()
        return outcome

    jobs = here(monkeypatch, do)
    write_province(place.root, "an", FIRST, people=7)

    assert place.plan()

    assert jobs == [WEEK, WEEK]
    made = [version.draft.made_by for version in place.live().now.state.versions.values()]
    assert made == ["batch", "given", "batch"]
    assert place.live().now.told == place.roster() == BY_HAND


def test_what_others_tell_while_a_result_is_written_makes_it_outdated(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the job is done, until the result has its name."""
    seal, tells = RunFolder.seal, [lambda: publish(place.live(), BY_HAND)]

    def seal_slowly(run: RunFolder, token: str) -> str:
        if tells:
            tells.pop()()
        return seal(run, token)

    monkeypatch.setattr(RunFolder, "seal", seal_slowly)
    jobs = here(monkeypatch)
    write_province(place.root, "an", FIRST, people=7)

    assert place.plan()

    assert jobs == [WEEK, WEEK]
    assert place.live().now.told == place.roster() == BY_HAND


@pytest.mark.parametrize("moved", [False, True])
def test_what_others_tell_before_a_killed_batch_goes_on_makes_its_result_outdated(
    place: Place, monkeypatch: pytest.MonkeyPatch, moved: bool
) -> None:
    """A result that was being placed, before or after it had its name, is planned again."""

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    here(monkeypatch)
    write_province(place.root, "an", FIRST, people=7)
    with monkeypatch.context() as patch:
        patch.setattr(*((RunRecord, "add", die) if moved else (RunFolder, "place", die)))
        with pytest.raises(KeyboardInterrupt):
            place.plan()
    publish(place.live(), BY_HAND)
    jobs = here(monkeypatch)

    assert place.plan()

    assert jobs == [WEEK]
    assert place.live().now.told == place.roster() == BY_HAND
    assert faults_of_run(place.root, place.run) == []


def test_a_result_is_recorded_once_however_often_it_is_placed(place: Place) -> None:
    """A restart finds what was recorded before the end, also if it was withdrawn since."""
    run = RunFolder(place.run)
    for _ in range(2):
        run.record.add(WEEK, place.run / WEEK)
    place.live().withdraw()
    run.record.add(WEEK, place.run / WEEK)

    assert place.kinds() == ["drafted", "told", "withdrawn"]


def test_a_damaged_record_fails_its_week_alone(place: Place, begun: list[str]) -> None:
    """Nobody can say what people know of that week: it is not planned; others are."""
    write_province(place.root, "bo", FIRST)
    (place.root / WEEK / "record.db").write_text("nonsense")

    found = plan(place.root, place.run)

    assert [row.state for row in found.rows] == ["failed", "done"]
    told = (place.run / "an" / f"{FIRST}.failed" / "faults.txt").read_text("utf-8")
    assert told.startswith(f"{place.root / WEEK / 'record.db'}: this is not a record")
    assert place.roster()


def test_the_record_may_be_kept_elsewhere(
    tmp_path: Path, begun: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the environment says; weeks are named by province and date there too."""
    monkeypatch.setenv("SHIFTPLAN_RECORD", str(tmp_path / "all.db"))
    write_province(tmp_path / "root", "Bắc Ninh #2", FIRST)

    assert plan(tmp_path / "root", tmp_path / "run").is_complete

    name = f"Bắc Ninh #2/{FIRST}"
    live = open_week(tmp_path / "root" / name, f"{tmp_path / 'all.db'}#")
    assert live.entries == ()
    assert not (tmp_path / "run" / "record.db").exists()
    run = RunFolder(tmp_path / "run")
    (week,) = find_weeks(tmp_path / "root")
    assert [type(e.body) for e in run.record.known(week).entries][-1] is Told


def test_what_is_recorded_travels_with_a_job(place: Place, tmp_path: Path) -> None:
    """A job on another machine knows the same of its week and of those before."""
    place.live().record(Absence(volunteer_id="V0"), why="ốm")
    (week,) = find_weeks(place.root)
    known = RunFolder(place.run).record.known(week)
    job = WeekJob(name=WEEK, week=FIRST, source=place.root / WEEK, record=known, keep="all")

    assert unpack_job(pack_job(job), tmp_path / "there").model_dump(exclude={"source"}) == (
        job.model_dump(exclude={"source"})
    )
