"""The command `repair`: files in, files out, what is shown, and exit codes."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from absences import PROBLEM, ROSTER, WHO, blocked, given, run_repair, write_absence
from commands import letters, run

from shiftplan import (
    Result,
    Roster,
    Status,
    StoppedBy,
    check,
    read_roster,
    read_week,
    write_roster,
    write_week,
)
from shiftplan.analysis.repair.search import RepairSearch
from shiftplan.present import write_handouts
from shiftplan.record.planning import now_in
from shiftplan.solving import Poor, PoorReason
from shiftplan.solving.result import Cost
from shiftplan.week.horizon import Horizon


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_absence(tmp_path)


@pytest.mark.parametrize(
    ("lang", "says"),
    [("en", "What to tell whom"), ("vi", "Cần báo cho ai, báo gì")],
)
def test_repair_writes_roster_changes_and_result(folder: Path, lang: str, says: str):
    """The roster keeps all hard rules, and changes.csv is what differs from the published one."""
    done = run_repair(*given(folder, "--workers", 1, "--lang", lang))

    assert done.exit_code == 0, done.output
    assert says in done.stdout
    out = folder / "out"
    after = read_roster(out / "roster.csv")
    assert check(PROBLEM, after).is_feasible
    assert WHO not in after.shifts_of
    with (out / "changes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[:4] == ["volunteer_id", "shift_id", "change", "reason"]
    told = {((r["shift_id"], r["volunteer_id"]), r["change"] == "added") for r in rows}
    assert told == {(tuple(c.assignment), c.added) for c in ROSTER.changes_to(after)}
    assert all(r["reason"] and r["date"] and r["center"] for r in rows)
    content = json.loads((out / "result.json").read_text(encoding="utf-8"))
    assert content["total"]["cost"] == check(PROBLEM, after).total
    assert content["total"]["bound"] is None
    assert {"status", "stopped_by", "seconds", "levels", "version", "repair"} <= set(content)
    assert {p.name for p in out.iterdir()} == {"roster.csv", "changes.csv", "result.json"}


def test_repair_tells_nobody_and_publish_tells_what_changed(folder: Path):
    """The draft stands beside no message of before; then only whoever is concerned is told."""
    out, told = folder / "out", folder / "told"
    write_handouts(PROBLEM, ROSTER, out)
    (out / "report.html").write_text("of the roster before", encoding="utf-8")

    done = run_repair(*given(folder, "--workers", 1))
    assert done.exit_code == 0, done.output
    assert not [p for p in out.rglob("*") if p.suffix in (".txt", ".ics")]
    assert not (out / "report.html").exists()
    published = run("publish", folder / "week", "--out", told)

    assert published.exit_code == 0, published.output
    text = (told / "calendars" / f"{WHO}.ics").read_text(encoding="utf-8")
    assert text.count("STATUS:CANCELLED") == text.count("SEQUENCE:1")
    assert text.count("STATUS:CANCELLED") == len(ROSTER.shifts_of[WHO])
    after = read_roster(told / "roster.csv")
    assert after == read_roster(out / "roster.csv")
    changed = {c.assignment.volunteer_id for c in ROSTER.changes_to(after)}
    assert {who for who in letters(told) if not who.startswith("center-")} == changed
    assert (told / "changes.csv").read_bytes() == (out / "changes.csv").read_bytes()


def test_calendars_in_another_folder_go_on_from_those_of_the_roster(folder: Path):
    """What the first folder numbered 0 is cancelled with 1, and given back with 2 in a third."""
    sent, late, later = (folder / name for name in ("sent", "late", "later"))
    write_handouts(PROBLEM, ROSTER, sent)
    write_roster(PROBLEM, ROSTER, sent / "roster.csv")
    week, absent = folder / "week", ("--absent", folder / "absent.csv")

    lines = (
        ("repair", week, sent / "roster.csv", *absent, "--out", folder / "out", "--workers", 1),
        ("publish", week, "--out", late),
        ("calendars", week, sent / "roster.csv", "--before", late / "roster.csv", "--out", later),
    )

    for line in lines:
        done = run(*line)
        assert done.exit_code == 0, done.output
    for place, number in ((sent, 0), (late, 1), (later, 2)):
        text = (place / "calendars" / f"{WHO}.ics").read_text(encoding="utf-8")
        assert text.count(f"SEQUENCE:{number}") == len(ROSTER.shifts_of[WHO])


def test_bad_input_ends_with_2_and_all_faults(folder: Path):
    """Faults of the week's changes are told with file and row; nothing is written."""
    (folder / "absent.csv").write_text("volunteer_id,date\nnobody,\nX,1/2/3\n", encoding="utf-8")

    done = run_repair(*given(folder))

    assert done.exit_code == 2
    assert "absent.csv, row 2" in done.stderr
    assert "absent.csv, row 3" in done.stderr
    assert not (folder / "out").exists()


def test_it_is_told_who_was_read_as_absent_and_when(folder: Path):
    """Before anything is searched for: each person, with days or hours."""
    first, *_ = PROBLEM.horizon.dates
    people = [v.volunteer_id for v in PROBLEM.volunteers]
    rows = f"{people[0]},,,\n{people[1]},{first},1pm-4pm,flu\n"
    (folder / "absent.csv").write_text(f"volunteer_id,date,hours,reason\n{rows}")
    told = run("what-if", *given(folder)[:4], "--time-limit", 5).stderr

    assert "Read as absent:\n" in told
    assert f"{people[0]}): all days\n" in told.replace(f"{people[0]}:", f"{people[0]}):")
    assert "13:00–16:00\n" in told.split("Read as absent:")[1]
    assert "not used here: reason" in told


@pytest.mark.parametrize(
    ("lang", "says"), [("en", "Plan the week first"), ("vi", "Hãy xếp lịch tuần này trước")]
)
def test_there_must_be_a_roster_to_repair(folder: Path, lang: str, says: str):
    """None is given and none was recorded: nothing is written, and the absence is no entry."""
    week, out = folder / "week", folder / "out"
    absent = ("--absent", folder / "absent.csv")

    done = run_repair(week, *absent, "--out", out, "--lang", lang)

    assert done.exit_code == 2
    assert says in done.stderr
    assert not (week / "record.db").exists()


def test_a_file_that_is_no_result_ends_with_2(folder: Path):
    """It is told before any search."""
    done = run_repair(*given(folder, "--result", folder / "published.csv"))

    assert done.exit_code == 2
    assert "published.csv" in done.stderr


@pytest.mark.parametrize(("lang", "says"), [("en", "A pin says"), ("vi", "đã được chốt")])
def test_contradictions_end_with_3(folder: Path, lang: str, says: str):
    """Somebody must work where a frozen day leaves no room; the conflict is shown and written."""
    blocked(folder)
    (folder / "out").mkdir()
    (folder / "out" / "roster.csv").write_text("old", encoding="utf-8")

    frozen = ("--frozen-until", PROBLEM.horizon.end)
    done = run_repair(*given(folder, "--workers", 1, *frozen, "--lang", lang))

    assert done.exit_code == 3, done.output
    assert not (folder / "out" / "roster.csv").exists()
    content = json.loads((folder / "out" / "result.json").read_text(encoding="utf-8"))
    assert content["status"] == "INFEASIBLE"
    assert any(says in member["sentence"][lang] for member in content["conflict"])
    assert content["repair"]["notices"] == []


def test_a_roster_of_another_week_is_refused(folder: Path):
    """Nothing is written: everybody would be told of a roster that was never theirs."""
    other = folder / "published.csv"
    other.write_text(f"shift_id,volunteer_id\nX7,{WHO}\n", encoding="utf-8")

    done = run_repair(*given(folder))

    assert done.exit_code == 2
    assert "Maybe it was made for another week." in done.stderr
    assert not (folder / "out").exists()


@pytest.mark.parametrize(("lang", "says"), [("en", "has to change"), ("vi", "phải thay đổi")])
def test_a_search_without_time_does_not_say_that_nothing_better_exists(
    folder: Path, lang: str, says: str
):
    """What is lost may be replaced by a longer search, so nothing tells that nothing has to."""
    done = run_repair(*given(folder, "--workers", 1, "--time-limit", 0.001, "--lang", lang))

    assert done.exit_code in (0, 4)
    assert says not in done.stdout


@pytest.mark.parametrize(("lang", "says"), [("en", "Empty roster"), ("vi", "Lịch trực trống")])
def test_a_very_poor_roster_ends_with_5_and_tells_nobody(
    folder: Path, monkeypatch: pytest.MonkeyPatch, lang: str, says: str
):
    """It is written with its changes, but no message, calendar or list is made of it."""

    def early(asked: Any, *_: object) -> Result:
        score = check(asked.aim, Roster())
        poor = Poor(PoorReason.SEATS, 9, 9, 0, None)
        cost = Cost(score.total, None)
        return Result(Status.FEASIBLE, StoppedBy.TIME, Roster(), score, cost, {}, poor=poor)

    monkeypatch.setattr(RepairSearch, "_whole", early)

    done = run_repair(*given(folder, "--lang", lang))

    assert done.exit_code == 5, done.output
    assert done.stdout.startswith(says)
    out = folder / "out"
    assert {p.name for p in out.rglob("*") if p.suffix in (".txt", ".ics", ".xlsx")} == set()
    assert {"roster.csv", "changes.csv", "result.json"} <= {p.name for p in out.iterdir()}


@pytest.mark.parametrize(("lang", "warns"), [("en", "not count: 2;"), ("vi", "đó: 2;")])
def test_unknown_ids_of_a_roster_are_told(folder: Path, lang: str, warns: str):
    """A warning counts them and names the first; nobody was told what the week does not know."""
    known = ROSTER.assignments[0].shift_id
    pairs = [*ROSTER.assignments, ("X7", WHO), (known, "nobody")]
    rows = "".join(f"{shift},{who}\n" for shift, who in pairs)
    (folder / "published.csv").write_text(f"shift_id,volunteer_id\n{rows}", encoding="utf-8")

    done = run_repair(*given(folder, "--lang", lang))

    assert done.exit_code == 0, done.output
    assert warns in done.stderr
    assert f"nobody, {known}" in done.stderr
    assert "X7" not in (folder / "out" / "changes.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("lang", "reason"), [("en", "unknown in this week"), ("vi", "không có trong tuần này")]
)
def test_a_shift_that_went_from_the_files_is_taken_from_whoever_was_told_it(
    folder: Path, lang: str, reason: str
):
    """Its people read of it, and why, though the week knows it no more."""
    gone, who = ROSTER.assignments[0]
    assert run_repair(*given(folder, "--workers", 1)).exit_code == 0
    left = {
        "shifts": tuple(s for s in PROBLEM.shifts if s.shift_id != gone),
        "requirements": tuple(r for r in PROBLEM.requirements if r.shift_id != gone),
    }
    write_week(PROBLEM.model_copy(update=left), folder / "week")

    again = ("--out", folder / "again", "--workers", 1, "--lang", lang)
    done = run_repair(folder / "week", *again)

    assert done.exit_code == 0, done.output
    with (folder / "again" / "changes.csv").open(encoding="utf-8", newline="") as file:
        reasons = {(r["volunteer_id"], r["shift_id"]): r["reason"] for r in csv.DictReader(file)}
    assert reasons[who, gone] == reason
    published = run("publish", folder / "week", "--out", folder / "told", "--lang", lang)
    assert published.exit_code == 0, published.output
    assert who in letters(folder / "told")


def test_the_absent_are_not_offered_after_a_repair(folder: Path):
    """Neither a roster nor an old row is needed again: the record says who is absent."""
    week, shift = folder / "week", ROSTER.shifts_of[WHO][0]
    without = Roster.of(pair for pair in ROSTER.assignments if pair.volunteer_id != WHO)
    write_roster(PROBLEM, without, folder / "without.csv")

    def offered(*roster: object) -> set[str]:
        found = json.loads(run("suggest", week, *roster, shift, "--json").stdout)
        return {candidate["volunteer_id"] for candidate in found["candidates"]}

    assert WHO in offered(folder / "without.csv")
    assert run_repair(*given(folder, "--workers", 1)).exit_code == 0

    assert WHO not in offered() | offered(folder / "without.csv")
    again = run_repair(week, "--out", folder / "again", "--workers", 1)
    assert again.exit_code == 0, again.output
    assert WHO not in read_roster(folder / "again" / "roster.csv").shifts_of


def test_people_must_have_been_told_the_roster_that_is_repaired(folder: Path):
    """A second roster beside the one that the record calls told is refused; nothing is recorded."""
    assert run_repair(*given(folder, "--workers", 1)).exit_code == 0
    before = run("history", folder / "week").stdout
    write_roster(PROBLEM, Roster.of(ROSTER.assignments[1:]), folder / "published.csv")

    for lang, says in (("en", "the published roster is version 1"), ("vi", "phiên bản 1")):
        done = run_repair(*given(folder, "--lang", lang))
        assert done.exit_code == 2
        assert says in done.stderr
    assert run("history", folder / "week").stdout == before


def test_every_kind_of_change_is_in_the_week_from_then_on(folder: Path):
    """Limits, rooms, times, new shifts, pins, wishes and forecasts, as the file has them."""
    shift, other = PROBLEM.shifts[0], PROBLEM.volunteers[0].volunteer_id
    changes = folder / "late.csv"
    changes.write_text(
        "change,volunteer_id,center_id,shift_id,date,start,end,max_shifts,capacity,state,target\n"
        f"person,{other},,,,,,1,,,\n"
        f"center,,{shift.center_id},,,,,,9,,\n"
        f"new_shift,,{shift.center_id},late,{shift.day},18:00,20:00,,,,\n"
        "requirement,,,late,,,,,,,1\n"
        f"pin,{other},,{shift.shift_id},,,,,,must_not,\n"
        f"preference,{other},,,{shift.day},,,,,against,\n",
        encoding="utf-8",
    )
    week, roster = folder / "week", folder / "published.csv"

    done = run_repair(week, roster, "--changes", changes, "--out", folder / "out", "--workers", 1)

    assert done.exit_code == 0, done.output
    assert run("history", week, "--out", folder / "all").exit_code == 0
    after = read_week(folder / "all" / "week")
    people = {v.volunteer_id: v for v in after.volunteers}
    assert people[other].max_shifts == 1
    assert next(c for c in after.centers if c.center_id == shift.center_id).capacity == 9
    assert ("late", 1) in {(r.shift_id, r.target) for r in after.requirements}
    assert (other, shift.shift_id, "must_not") in {tuple(dict(p).values()) for p in after.pins}
    assert [(p.volunteer_id, p.date) for p in after.preferences] == [(other, shift.day)]
    result = json.loads((folder / "out" / "result.json").read_text(encoding="utf-8"))
    assert after.digest == result["problem_digest"]
    assert read_week(week).digest == PROBLEM.digest


@pytest.mark.parametrize(("days", "is_in"), [(-1, True), (-3, True), (-4, False), (1, False)])
def test_now_is_told_in_a_week_that_has_begun(days: int, is_in: bool):
    """By the clocks of the week, where it may be another date than here."""
    zone = "Pacific/Kiritimati"
    saturday = dt.datetime(2026, 12, 5, 8, tzinfo=dt.UTC)
    there = saturday.astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    now = now_in(Horizon(start=there.date() + dt.timedelta(days), days=4, zone=zone))

    assert (now is not None) == is_in
    assert now in (None, there)
