"""What people were told and have told, by the record of a run: the batch plans around it."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest
from batches import FIRST, SECOND, plan, tiny, write_province
from commands import letters
from recorded import AFTER, BY_HAND, WEEK, Place, publish

from shiftplan.batch import preview_batch, work
from shiftplan.batch.run_folder import RunFolder
from shiftplan.errors.message import Message
from shiftplan.files.week import write_week
from shiftplan.problem import Absence, Arrival
from shiftplan.record import ShiftAnswer
from shiftplan.seasons import Turnout
from shiftplan.week.owner import Owner
from shiftplan.week.records import Volunteer


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


@pytest.mark.parametrize(("state", "is_kept"), [("", False), ("ticked", True), ("broken", True)])
def test_ticks_are_not_lost_with_a_result(place: Place, state: str, is_kept: bool) -> None:
    """Where one without messages takes its place, as of a week that has become very poor."""
    table = place.run / WEEK / "messages" / "messages.csv"
    text = table.read_text("utf-8")
    ticked = text.replace(f",{FIRST}", f"x,{FIRST}", 1)
    table.write_text({"": text, "ticked": ticked, "broken": "a\x00"}[state], "utf-8")
    (place.run / WEEK / "messages" / "messages.xlsx").unlink(missing_ok=True)
    run = RunFolder(place.run)

    with run.held():
        token = run.stage()
        shutil.copytree(place.run / WEEK, run.staged(token), dirs_exist_ok=True)
        shutil.rmtree(run.staged(token) / "messages")
        run.seal(token)
        run.place(WEEK, token)

    aside = [*place.run.glob("an/*.changed-*")]
    assert [(folder / "messages" / "messages.csv").exists() for folder in aside] == [True] * is_kept
    assert not (place.run / WEEK / "messages").exists()


def test_messages_that_tell_only_what_is_new_are_said_to_do_so(
    place: Place, begun: list[str]
) -> None:
    """On page, table and log, with the way out, until a message was recorded as sent."""
    one, other = place.roster().assignments[0], place.roster().assignments[-1]
    place.live().record(Absence(volunteer_id=one.volunteer_id))

    assert place.plan()

    for name in ("summary.csv", "index.html", "log.jsonl"):
        told = (place.run / name).read_text("utf-8")
        assert "publish WEEK VERSION --out DIR --whole" in told
        assert f"RUN/record.db#{WEEK}" in told
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
