"""The record of a run: what people were told and what changed, kept by the batch and read by it."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from batches import FIRST, SECOND, faults_of_run, finals, here, plan, tiny, write_province
from commands import letters

from shiftplan import Roster, read_roster
from shiftplan.batch import preview_batch, work
from shiftplan.batch.manifest import JobOutcome, WeekJob
from shiftplan.batch.parcel import pack_job, unpack_job
from shiftplan.batch.places import find_weeks
from shiftplan.batch.run_folder import RunFolder, file_digest, list_contents
from shiftplan.errors.message import Message
from shiftplan.files.week import write_week
from shiftplan.problem import Absence, Arrival
from shiftplan.record import LiveWeek, ShiftAnswer, open_week
from shiftplan.record.entries import Told
from shiftplan.record.status import status_of
from shiftplan.seasons import Turnout
from shiftplan.week.owner import Owner
from shiftplan.week.records import Volunteer

pytestmark = pytest.mark.usefixtures("saturday")

BY_HAND = Roster.of((f"A{day}", f"V{v}") for day in range(3) for v in (day, day + 3))
WEEK, AFTER = f"an/{FIRST}", f"an/{SECOND}"


@dataclass(frozen=True)
class Place:
    """A ROOT and a run."""

    root: Path
    run: Path

    def live(self, name: str = WEEK) -> LiveWeek:
        """A week with what the run recorded of it, as `SHIFTPLAN_RECORD` would name it."""
        return open_week(self.root / name, f"{self.run / 'record.db'}#{name}")

    def beside(self, name: str = WEEK) -> LiveWeek:
        """A week with the record that people keep beside it."""
        return open_week(self.root / name)

    def roster(self, name: str = WEEK) -> Roster:
        return read_roster(self.run / name / "roster.csv")

    def plan(self, **options: Any) -> bool:
        return plan(self.root, self.run, **options).is_complete

    def texts(self) -> dict[str, str]:
        """Messages to people, by their ids."""
        folder = self.run / WEEK / "messages"
        return {path.stem: path.read_text("utf-8") for path in folder.glob("V*.txt")}

    def kinds(self, name: str = WEEK) -> list[str]:
        return [entry.body.kind for entry in self.live(name).entries]


@pytest.fixture
def place(tmp_path: Path, begun: list[str]) -> Place:
    """A province of one week, planned."""
    made = Place(tmp_path / "root", tmp_path / "run")
    write_province(made.root, "an", FIRST, people=6)
    assert made.plan()
    begun.clear()
    return made


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


def test_ticked_messages_plan_nothing_and_are_not_written_again(
    place: Place, begun: list[str]
) -> None:
    """V5 was ticked in the table of the run; all others read their whole week later on."""
    table = place.run / WEEK / "messages" / "messages.csv"
    rows = table.read_text("utf-8").splitlines(keepends=True)
    (at,) = (i for i, row in enumerate(rows) if row.startswith("V5.txt"))
    end = next(i for i in range(at, len(rows)) if rows[i].rstrip().endswith(str(FIRST)))
    rows[end] = rows[end].replace(f",{FIRST}", f"x,{FIRST}")
    table.write_text("".join(rows), "utf-8")

    assert place.plan()
    assert begun == []
    assert [p.fate for p in preview_batch(place.root, place.run).prospects] == ["kept"]
    (gone,) = (who for shift, who in place.roster().assignments if shift == "A0" and who != "V5")
    place.live().record(Absence(volunteer_id=gone))
    assert place.plan()

    assert begun == [WEEK]
    assert not list(place.run.glob("an/*.changed-*"))
    texts = place.texts()
    assert "V5" not in texts
    assert texts.keys() == {f"V{v}" for v in range(5)}
    assert not any("change to your shifts" in text for text in texts.values())


def test_messages_that_tell_only_what_is_new_are_said_to_do_so(
    place: Place, begun: list[str]
) -> None:
    """On page, table and log, with the way out, until a message was recorded as sent."""
    one, other = place.roster().assignments[0], place.roster().assignments[-1]
    place.live().record(Absence(volunteer_id=one.volunteer_id))

    assert place.plan()

    for name in ("summary.csv", "index.html", "log.jsonl"):
        assert "publish WEEK VERSION --out DIR --whole" in (place.run / name).read_text("utf-8")
    place.live().record(sent=[Owner("volunteer", other.volunteer_id)])
    place.live().record(Absence(volunteer_id=place.roster().assignments[-1].volunteer_id))
    assert place.plan()
    assert "--whole" not in (place.run / "summary.csv").read_text("utf-8")


@pytest.mark.parametrize("where", ["run", "beside"])
def test_an_absence_that_was_recorded_changes_few_assignments(
    place: Place, begun: list[str], where: str
) -> None:
    """The week is planned again without that person, once; only those concerned read a change."""
    before = place.roster()
    who = before.assignments[0].volunteer_id
    kept = place.live() if where == "run" else place.beside()
    kept.record(Absence(volunteer_id=who))

    assert place.plan()
    assert place.plan()

    assert begun == [WEEK]
    gone = set(before.assignments) - set(place.roster().assignments)
    assert {a.volunteer_id for a in gone} == {who}
    assert len(place.roster()) == len(before)
    changed = {c.assignment.volunteer_id for c in before.changes_to(place.roster())}
    texts = place.texts()
    assert changed == {who for who, text in texts.items() if "change to your shifts" in text}
    assert place.live().now.told == place.roster()


def test_what_was_published_by_hand_later_is_what_people_know(
    place: Place, begun: list[str]
) -> None:
    """The batch keeps it as it is, and tells nobody anything new."""
    shutil.rmtree(place.run / WEEK)
    live = place.beside()
    publish(live, BY_HAND)

    assert place.plan()

    assert begun == [WEEK]
    assert place.roster() == BY_HAND
    assert not {name for name in letters(place.run / WEEK) if name.startswith("V")}
    assert place.live().now.told == BY_HAND
    assert place.plan()
    assert begun == [WEEK]


def test_past_days_of_a_week_under_way_stay_as_they_are(
    place: Place, begun: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Tuesday only what comes later is planned again; once attendance is recorded, nothing."""
    before = place.roster()
    monday, later = before.assignments[0], before.assignments[-1]
    moment = dt.datetime.combine(FIRST + dt.timedelta(1), dt.time(6))
    monkeypatch.setattr(work, "now_in", lambda horizon: moment)
    wishes = [{"volunteer_id": v, "shift_id": s, "state": "against"} for s, v in before.assignments]
    rules = [
        {"rule": "coverage", "level": 1, "weight": 100},
        {"rule": "preferences", "level": 1, "weight": 10_000},
    ]
    write_week(tiny(FIRST, 6, preferences=wishes, rules=rules), place.root / WEEK)
    place.live().record(Absence(volunteer_id=later.volunteer_id))

    assert place.plan()

    assert {a for a in place.roster().assignments if a.shift_id == monday.shift_id} == {
        a for a in before.assignments if a.shift_id == monday.shift_id
    }
    assert later not in place.roster()
    came = Turnout(shift_id=monday.shift_id, volunteer_id=monday.volunteer_id, state="came")
    place.live().record(turnouts=[came])
    place.live().record(Absence(volunteer_id=place.roster().assignments[-1].volunteer_id))
    assert place.plan()
    assert begun == [WEEK]


def test_who_declined_is_asked_no_more(place: Place, begun: list[str]) -> None:
    """A refusal plans the week again; a confirmation does not."""
    one, other = place.roster().assignments[:2]
    answer = ShiftAnswer(volunteer_id=other[1], shift_id=other[0], answer="confirmed")
    place.live().record(answers=[answer])
    assert place.plan()
    assert begun == []
    no = ShiftAnswer(volunteer_id=one[1], shift_id=one[0], answer="declined")
    place.live().record(answers=[no])

    assert place.plan()

    assert begun == [WEEK]
    assert one not in place.roster()
    assert other in place.roster()


def test_somebody_who_is_only_in_the_record_is_carried_on(place: Place, begun: list[str]) -> None:
    """The next week follows one that was worked by a person whom its files do not know."""
    week = tiny(FIRST, 6)
    windows = tuple(
        w.model_copy(update={"volunteer_id": "NEW"})
        for w in week.availability
        if w.volunteer_id == "V0"
    )
    new = Arrival(volunteer=Volunteer(volunteer_id="NEW"), windows=windows)
    place.live().record(new, *(Absence(volunteer_id=f"V{v}") for v in range(5)))
    write_province(place.root, "an", SECOND, people=6)

    assert place.plan()

    assert {a.volunteer_id for a in place.roster().assignments} >= {"NEW"}
    assert place.kinds(AFTER) == ["drafted", "told"]


def test_far_fewer_seats_than_people_know_are_not_told(place: Place, begun: list[str]) -> None:
    """The week is very poor, and says why; people keep the roster that they know."""
    told = place.roster()
    unwanted = [
        {"volunteer_id": f"V{v}", "shift_id": f"A{d}", "state": "against"}
        for v in range(6)
        for d in range(3)
        if v or d
    ]
    rules = [
        {"rule": "coverage", "level": 1, "weight": 10},
        {"rule": "preferences", "level": 1, "weight": 100},
        {"rule": "stability", "level": 2, "weight": 0, "told_weight": 0},
    ]
    write_week(tiny(FIRST, 6, preferences=unwanted, rules=rules), place.root / WEEK)

    found = plan(place.root, place.run)

    assert [row.state for row in found.rows] == ["poor"]
    (row,) = found.rows
    assert row.entry.outcome is not None
    assert row.entry.outcome.facts == (Message("record.fewer_than_told", filled=1, before=6),)
    assert not letters(place.run / WEEK)
    assert place.kinds() == ["drafted", "told", "drafted"]
    assert place.live().now.told == told


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


def publish(live: LiveWeek, roster: Roster) -> None:
    live.draft(roster)
    live.publish()


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
    assert "record" in (place.run / "an" / f"{FIRST}.failed" / "faults.txt").read_text("utf-8")
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
