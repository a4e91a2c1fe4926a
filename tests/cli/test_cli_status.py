"""`status` and `history`: how a week stands, what was recorded, and whose record it is."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from commands import DAY
from openpyxl import load_workbook
from told_weeks import AFTERNOON, FULL, MORNING, PAIRS, THREE, done

from shiftplan import Problem, Roster, read_roster, read_week, write_roster, write_week
from shiftplan.files import read_changes, write_problem
from shiftplan.present.words import Words
from shiftplan.problem.changes import Absence
from shiftplan.record import Call, LiveWeek, ShiftAnswer, open_week
from shiftplan.week.records import Availability, Skill, SkillGrant
from shiftplan.week.requirements import Requirement
from shiftplan.week.wishes import Pin


@pytest.fixture
def tiny() -> Problem:
    """Three people for two shifts of two."""
    return THREE


@pytest.fixture
def told(week: Path) -> LiveWeek:
    """A week of which a roster was told, with answers asked for."""
    live = open_week(week, who="lan")
    live.publish(live.draft(FULL).number, deadline=DAY.replace(day=6, hour=18))
    return live


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("en", "1 reserve has agreed to come, and the center does not know yet: Người v2 (v2) ("),
        ("vi", "1 người dự bị nhận lời mà trung tâm chưa được báo: Người v2 (v2) ("),
    ],
)
def test_status_says_that_a_center_does_not_know_who_comes(
    told: LiveWeek, week: Path, lang: str, says: str
) -> None:
    """Until a draft has the person: that is to be published, as status says of it."""
    told.record(Absence(volunteer_id="v0"))
    told.record(calls=[Call(volunteer_id="v2", shift_id=MORNING, answer="comes")])

    assert says in " ".join(done("status", week, "--lang", lang).stdout.split())

    told.repair(time_limit=None, workers=1)
    assert says not in " ".join(done("status", week, "--lang", lang).stdout.split())


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_status_says_how_the_week_stands(
    told: LiveWeek, tiny: Problem, week: Path, lang: str
) -> None:
    """What is told, drafted, changed, answered, edited and empty, in the reader's language."""
    told.record(Absence(volunteer_id="v0"), why="flu")
    told.record(answers=[ShiftAnswer(volunteer_id="v1", shift_id=MORNING, answer="confirmed")])
    told.draft(Roster.of([*PAIRS[1:3], (AFTERNOON, "v0"), (MORNING, "v2")]))
    pins = [Pin(volunteer_id="v2", shift_id=AFTERNOON, state="must_not")]
    write_week(tiny.model_copy(update={"pins": tuple(pins)}), week)

    shown = " ".join(done("status", week, "--lang", lang).stdout.split())

    say, until = Words(lang), DAY.replace(day=6, hour=18)
    for says in (
        "lan",
        say("record.is_drafted_again", version=2, n=2),
        say("record.since_told"),
        say("entry.absent", n=1, which=(f"Người v0 (v0) ({say('entry.whole_week')})",)) + " (flu)",
        say("record.answers", confirmed=1, declined=0),
        say("record.unanswered", n=1, deadline=until),
        say("record.edited", tables=(say("sheet.pins"),)),
        say("record.empty", n=1, version=2),
    ):
        assert says in shown


def test_who_has_not_answered_is_listed_whole_with_most(week: Path, tmp_path: Path) -> None:
    """Behind a short list stands the number with which --most shows it whole."""
    live = open_week(week)
    live.publish(live.draft(FULL).number, deadline=DAY.replace(day=6, hour=18))

    short = done("status", week, "--most", 1).stdout
    assert Words("en")("plans.more_by_most", n=2, most=3) in short
    assert "--most" not in done("status", week, "--most", 3).stdout


def test_who_did_not_come_is_missing_in_text_as_in_json(told: LiveWeek, week: Path) -> None:
    """With whom to call, though no seat is empty; attendance is among what happened since."""
    done("record", week, "--attended", f"v1: {MORNING}: absent")

    shown = " ".join(done("status", week, "--lang", "vi").stdout.split())

    (call,) = json.loads(done("status", week, "--json").stdout)["calls"]
    say = Words("vi")
    assert (call["shift_id"], call["missing"], call["volunteer_id"]) == (MORNING, 1, "v2")
    assert say("entry.was_absent", n=1, which=("Người v1 (v1) (thứ Hai 07/12",)) in shown
    assert say("record.empty", n=1, version=1) in shown
    assert say("record.did_not_come", people="Người v1 (v1)") + " hỏi Người v2 (v2)" in shown


def test_who_is_lacking_is_counted_once(week: Path, tiny: Problem) -> None:
    """One person may fill an empty seat and bring the skill that is lacking too."""
    known = {"skills": (SkillGrant(skill_id="it"),)}
    volunteers = [v.model_copy(update=known) for v in tiny.volunteers]
    need = Requirement(shift_id=MORNING, skill_id="it", min_level=1, target=2)
    skilled = {"volunteers": tuple(volunteers), "requirements": (*tiny.requirements, need)}
    skilled["skills"] = (Skill(skill_id="it"),)
    write_week(tiny.model_copy(update=skilled), week)
    live = open_week(week)
    live.draft(Roster.of([pair for pair in PAIRS if pair != (MORNING, "v0")]))

    shown = done("status", week).stdout

    assert Words("en")("record.empty_skilled", n=1, skilled=1, version=1) in shown
    assert "1 missing; 1 missing: it" in " ".join(shown.split())


def test_status_as_json_counts_the_same(told: LiveWeek, week: Path) -> None:
    """Who confirmed both shifts is not asked again; v0 is away and asked no more."""
    told.record(Absence(volunteer_id="v0"))
    answers = [
        ShiftAnswer(volunteer_id="v1", shift_id=s, answer="confirmed") for s in (MORNING, AFTERNOON)
    ]
    told.record(answers=answers)

    found = json.loads(done("status", week, "--json").stdout)

    assert (found["version_told"], found["version_drafted"], found["people_told"]) == (1, None, 3)
    assert (found["confirmed"], found["declined"], found["changes"]) == (2, 0, 1)
    assert found["unanswered"] == [{"volunteer_id": "v2", "shift_ids": [AFTERNOON]}]
    assert [(e["shift_id"], e["missing"]) for e in found["empty"]] == [(MORNING, 1)]


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_what_the_record_says_of_people_is_told_as_no_pin(
    told: LiveWeek, week: Path, full: Path, lang: str
) -> None:
    """v0 declined, v1 is absent and no pin was set: check, explain and suggest say so."""
    done("record", week, "--declined", f"v0:{MORNING}")
    done("record", week, "--absent", "v1")
    say = Words(lang)

    def shows(*arguments: object, code: int = 0) -> str:
        return " ".join(done(*arguments, "--lang", lang, code=code).stdout.split())

    checked = shows("check", week, full, code=1)
    seats = shows("explain", week, "--seat", MORNING)
    asked = shows("explain", week, "--why-not", f"v0:{MORNING}")
    suggested = shows("suggest", week, MORNING)

    for shown in (checked, seats, suggested):
        assert say("away.declined") in shown
        assert say("away.absent") in shown
    assert "[declined]" in asked
    for shown in (checked, seats, asked, suggested):
        assert say("why.pins") not in shown
        assert say("unit.pins", n=1) not in shown
        assert say("rule.pins") not in shown


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_week_that_is_over_lacks_nobody(
    told: LiveWeek, week: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A seat stayed empty, but nobody can fill it any more, and nobody is to be called."""
    done("record", week, "--absent", "v0")
    after = dt.datetime(2027, 1, 4, tzinfo=dt.UTC)
    clock = SimpleNamespace(now=lambda _: after)

    before = done("status", week, "--lang", lang).stdout
    monkeypatch.setattr("shiftplan.record.planning.datetime", clock)
    shown = done("status", week, "--lang", lang).stdout

    say = Words(lang)
    assert say("record.empty", n=1, version=1) in before
    assert say("record.week_over") in shown
    assert say("record.empty", n=1, version=1) not in shown
    assert json.loads(done("status", week, "--json").stdout)["calls"] == []


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_week_of_which_nothing_is_recorded_stays_so(week: Path, lang: str) -> None:
    """Whoever only asks makes no record."""
    for command, code in (("status", "nobody_knows"), ("history", "is_empty")):
        assert Words(lang)(f"record.{code}") in done(command, week, "--lang", lang).stdout

    assert not list(week.glob("record.db*"))


def test_history_is_written_and_read_back(told: LiveWeek, week: Path, tmp_path: Path) -> None:
    """The tables make the same changes again; the week in it is as it is now."""
    told.record(Absence(volunteer_id="v0"), why="flu")
    told.record(answers=[ShiftAnswer(volunteer_id="v1", shift_id=MORNING, answer="confirmed")])
    out, again = tmp_path / "all", tmp_path / "again"

    done("history", week, "--out", out)

    shutil.copytree(week, again, ignore=shutil.ignore_patterns("record.db*"))
    found = read_changes(read_week(again), changes=out / "changes.csv")
    assert found == (Absence(volunteer_id="v0"),)
    assert read_roster(out / "roster-1.csv") == FULL
    done("publish", again, out / "roster-1.csv", "--out", tmp_path / "told")
    done("record", again, "--changes", out / "changes.csv", "--confirmed", out / "answers.csv")
    assert open_week(again).now.problem == told.now.problem
    now = read_week(out / "week")
    assert now.digest == told.now.problem.digest
    assert {(p.volunteer_id, p.state) for p in now.pins} == {("v0", "must_not"), ("v1", "must")}


@pytest.mark.parametrize("place", [".", "week"])
def test_history_never_overwrites_the_week(told: LiveWeek, week: Path, place: str) -> None:
    """Its changed copy would take the place of the files, and each change count twice."""
    told.record(Absence(volunteer_id="v0"))
    before = {path: path.read_bytes() for path in week.glob("*.csv")}

    for lang in ("en", "vi"):
        refused = done("history", week, "--out", week.parent / place, "--lang", lang, code=2)
        assert Words(lang)("usage.week_itself", week=week) in refused.stderr
    assert {path: path.read_bytes() for path in week.glob("*.csv")} == before


def test_one_file_keeps_weeks_apart(tiny: Problem, tmp_path: Path) -> None:
    """By the names of their folders; each has versions of its own."""
    for name in ("first", "second"):
        write_week(tiny, tmp_path / name)
        live = open_week(tmp_path / name, str(tmp_path / "all.db"))
        live.draft(FULL)
    here = {"SHIFTPLAN_RECORD": str(tmp_path / "all.db")}

    done("publish", tmp_path / "first", 1, "--out", tmp_path / "out", **here)

    versions = []
    for name in ("first", "second"):
        found = json.loads(done("status", tmp_path / name, "--json", **here).stdout)
        versions.append((found["version_told"], found["version_drafted"]))
    assert versions == [(1, None), (None, 1)]
    assert not (tmp_path / "first" / "record.db").exists()


@pytest.mark.parametrize(("lang", "command"), [("en", "plan"), ("vi", "publish")])
def test_the_record_of_another_week_is_refused(
    tiny: Problem, week: Path, tmp_path: Path, lang: str, command: str
) -> None:
    """It came with a copied folder: old drafts and changes do not count, told or not."""
    write_roster(tiny, FULL, tmp_path / "full.csv")
    given = (week, tmp_path / "full.csv") if command == "publish" else (week,)
    done(command, *given, "--out", tmp_path / "told")
    done("new-week", "--from", week, "--start", "2026-12-14", "--out", tmp_path / "next")
    shutil.copy(week / "record.db", tmp_path / "next" / "record.db")

    say, first = Words(lang), DAY.date()
    for line in (
        ("status", tmp_path / "next"),
        ("plan", tmp_path / "next", "--out", tmp_path / "out"),
    ):
        refused = done(*line, "--lang", lang, code=2)
        said, way_out = refused.stderr.splitlines()
        assert said == say("record.other_week", first=first, last=first + dt.timedelta(6))
        assert way_out.strip() == say("record.move_away")
    assert not (tmp_path / "out").exists()

    (tmp_path / "next" / "record.db").unlink()
    shared = {"SHIFTPLAN_RECORD": f"{week / 'record.db'}#week"}
    refused = done("status", tmp_path / "next", "--lang", lang, code=2, **shared)
    assert refused.stderr.splitlines()[1].strip() == say("record.name_anew", name="week")


def test_entries_left_out_of_the_list_are_counted_above_it(told: LiveWeek, week: Path) -> None:
    """They are the oldest ones, so they come before those that are shown."""
    for why in ("flu", "moved", "work"):
        told.record(Absence(volunteer_id={"flu": "v0", "moved": "v1"}.get(why, "v2")), why=why)

    lines = done("status", week, "--most", 2, COLUMNS="200").stdout.splitlines()
    after = lines[lines.index("Since then") + 1 :]

    assert after[0].strip() == f"1 earlier entry: shiftplan history {week}"
    assert "flu" not in " ".join(lines)
    assert [why for line in after for why in ("moved", "work") if f"({why})" in line] == [
        "moved",
        "work",
    ]
    assert "and 1 more" not in " ".join(after[:6])
    none = done("status", week, "--most", 0, "--lang", "vi", COLUMNS="200").stdout
    assert Words("vi")("record.earlier", n=3, week=str(week)) in none
    assert "flu" not in none


def test_how_cells_were_read_is_said_until_a_roster_is_planned(tmp_path: Path) -> None:
    """And by each plan, and again once the file was written; other notes are said each time."""
    week = tmp_path / "week.xlsx"
    times = [(s.start, s.end) for s in THREE.shifts]
    free = [
        Availability(volunteer_id=v.volunteer_id, start=start, end=end)
        for v in THREE.volunteers
        for start, end in times
    ]
    write_problem(THREE.model_copy(update={"availability": tuple(free)}), week)
    book = load_workbook(week)
    cells = (cell for row in book["Availability grid"].iter_rows() for cell in row)
    next(cell for cell in cells if cell.value == "x").value = "ok"
    book.save(week)
    os.utime(week, (0, 0))
    plan = ("plan", week, "--out", tmp_path / "out", "--time-limit", 5)

    said = ["read as x" in done(*line).stderr for line in (("status", week), plan, ("check", week))]
    assert said == [True, True, False]
    assert "read as x" in done(*plan).stderr
    assert "read as x" not in done("status", week).stderr
    os.utime(week)
    assert "read as x" in done("status", week).stderr


def test_the_lock_of_an_editor_in_a_planned_week_harms_nothing(week: Path) -> None:
    """Emacs locks a table with a link to no file; a folder of results lies in the week too."""
    plan = ("plan", week, "--out", week / "out", "--time-limit", 5)
    done(*plan)
    (week / ".#volunteers.csv").symlink_to("nowhere")

    done("status", week)


LINES = (
    "plan W --out O", "repair W --out O", "publish W --out O", "undo W 1", "record W --absent v0",
    "status W", "history W", "diff W F F", "what-if W --absent v0", "check W", "check W F",
    "explain W", "suggest W S", "swap W v0:S", "report W F --out O", "charts W F --out O",
    "calendars W F --out O", "split W --out O", "simulate W F --out O", "tradeoff W --out O",
    "sweep W --vary volunteers.share=1 --out O", "ledger L --record W",
)  # fmt: skip
"""Commands about a week, and its roster: each reads the record."""


def test_a_record_that_is_none_stops_every_command(week: Path, out: Path, tmp_path: Path) -> None:
    """What people know and who is absent may be in it, so no question is answered without it."""
    (week / "record.db").mkdir()
    write_roster(THREE, FULL, tmp_path / "full.csv")
    files = {"W": week, "F": tmp_path / "full.csv", "O": out, "L": tmp_path / "ledger.json"}

    for line in LINES:
        words = [files.get(word, word.replace("S", MORNING)) for word in line.split()]
        assert Words("en")("record.foreign") in done(*words, code=2).stderr
    assert not out.exists()
    assert not files["L"].exists()
