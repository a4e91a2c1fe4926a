"""`record`: what is taken back, what is refused, who else writes, and records that cannot be."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from told_weeks import AFTERNOON, FULL, MORNING, THREE, done

from shiftplan import Pin, Problem, Roster, read_roster, write_roster, write_week
from shiftplan.errors.message import AtShift, Message
from shiftplan.present.words import Words
from shiftplan.problem.changes import Cancellation
from shiftplan.record import LiveWeek, open_week
from shiftplan.record.handed_in import worth_a_look
from shiftplan.seasons import Turnout


@pytest.fixture
def tiny() -> Problem:
    """Three people for two shifts of two."""
    return THREE


@pytest.fixture
def told(week: Path) -> LiveWeek:
    """A week of which a roster was told."""
    live = open_week(week)
    live.publish(live.draft(FULL).number)
    return live


def test_a_mistake_is_revoked_and_stays_readable(told: LiveWeek, week: Path) -> None:
    """The person can come again; the entry is struck out, and says who took it back and why."""
    done("record", week, "--absent", "v0", "--why", "flu", LOGNAME="lan")
    assert ("v0", MORNING) not in _working(week)

    done("record", week, "--revoke", 3, "--why", "another v0", LOGNAME="minh")

    assert ("v0", MORNING) in _working(week)
    lines = done("history", week, COLUMNS="200").stdout.splitlines()
    assert "lan" in lines[3]
    assert "1 person absent: Người v0 (v0) (the whole week) (flu)" in lines[3]
    assert "minh" in lines[4]
    assert "(another v0)" in lines[4]
    for entry in (1, 9):  # a draft, and none
        done("record", week, "--revoke", entry, code=2)
    assert len(open_week(week).entries) == 4


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_an_entry_is_revoked_once(told: LiveWeek, week: Path, lang: str) -> None:
    """The second time names the entry that did it, and nothing is recorded."""
    done("record", week, "--absent", "v0")
    done("record", week, "--revoke", 3)

    again = done("record", week, "--revoke", 3, "--lang", lang, code=2)

    assert again.stderr.splitlines()[0] == Words(lang)("record.revoked_already", entry=3, by=4)
    assert len(open_week(week).entries) == 4


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize(
    ("before", "given", "note", "facts"),
    [
        (("--absent", "v0"), ("--absent", "v0"), "recorded_before", {"n": 1, "entry": 3}),
        (("--absent", "v0"), ("--absent", "v1"), "", {}),
        (("--absent", "v0"), ("--confirmed", "v0"), "absent_then", {"which": ("Người v0 (v0)",)}),
        (("--absent", "v0"), ("--declined", "v0"), "", {}),
        (
            ("--absent", "v2"),
            ("--called", f"v2:{MORNING}:comes"),
            "absent_then",
            {"which": ("Người v2 (v2)",)},
        ),
        ((), ("--confirmed", "v0", "--absent", "v1"), "", {}),
    ],
)
def test_what_may_be_a_mistake_is_noted_and_recorded(
    told: LiveWeek,
    week: Path,
    before: tuple[str, ...],
    given: tuple[str, ...],
    note: str,
    facts: dict[str, object],
    lang: str,
) -> None:
    """In one line of standard error, which is empty where all is well."""
    if before:
        done("record", week, *before)

    recorded = done("record", week, *given, "--lang", lang)

    expected = [Words(lang)(f"record.{note}", **facts)] if note else []
    assert recorded.stderr.splitlines() == expected
    assert len(open_week(week).entries) > (3 if before else 2)


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_need_of_a_shift_that_does_not_take_place_is_noted(
    told: LiveWeek, week: Path, tmp_path: Path, lang: str
) -> None:
    """It asks for nobody, so status names no empty seat that nobody may fill."""
    told.record(Cancellation(shift_id=MORNING))
    rows = f"change,shift_id,minimum,target\nrequirement,{MORNING},1,2\n"
    (tmp_path / "needs.csv").write_text(rows, encoding="utf-8")

    noted = done("record", week, "--changes", tmp_path / "needs.csv", "--lang", lang)

    start = Words(lang)("record.need_of_closed", which="@").partition("@")[0]
    assert noted.stderr.startswith(start)
    now = open_week(week).now
    assert MORNING not in {need.shift_id for need in now.problem.requirements}
    assert not now.unfit


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_what_was_read_otherwise_can_be_taken_back(told: LiveWeek, week: Path, lang: str) -> None:
    """Giving it again would not: the line names the week as typed, and the entry."""
    for given in ("Người v0", f"v0:{AFTERNOON}"):
        noted = done("record", week, "--declined", given, "--lang", lang)

        entry = open_week(week).entries[-1].number
        facts = {"n": 1, "week": str(week), "entry": entry}
        assert noted.stderr.splitlines()[-1] == Words(lang)("record.taken_back_by", **facts)
        assert Words(lang)("plans.read_otherwise") not in noted.stderr
        done("record", week, "--revoke", entry)


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_pin_that_is_given_up_is_noted(tiny: Problem, week: Path, lang: str) -> None:
    """When who is pinned to a shift declines it, or is absent then."""
    pins = (Pin(volunteer_id="v0", shift_id=MORNING, state="must"),)
    write_week(tiny.model_copy(update={"pins": pins}), week)
    live = open_week(week)
    live.publish(live.draft(FULL).number)

    noted = done("record", week, "--declined", f"v0:{MORNING}", "--lang", lang).stderr
    again = done("record", week, "--absent", "v1", "--lang", lang).stderr

    start = Words(lang)("record.pins_given_up", n=1, which="@").partition("@")[0]
    assert start + "Người v0 (v0)" in noted
    assert start not in again


@pytest.mark.usefixtures("told")
def test_a_confirmation_taken_back_is_no_pin_given_up(week: Path) -> None:
    """The person who declines knows; the week's own pins are another thing."""
    done("record", week, "--confirmed", f"v0:{MORNING}")

    assert "no longer hold" not in done("record", week, "--declined", f"v0:{MORNING}").stderr


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_who_did_not_offer_the_new_hours_of_a_shift_is_noted(
    told: LiveWeek, week: Path, tmp_path: Path, lang: str
) -> None:
    """Of the two in a shift that is moved to another day, one offers it."""
    moved = tmp_path / "moved.csv"
    window = "available,v0,,2026-12-08,19:00,23:00\n"
    moved.write_text(
        "kind,volunteer_id,shift_id,date,start,end\n"
        f"{window}dời ca,,{MORNING},2026-12-08,19:00,23:00\n",
        encoding="utf-8",
    )

    recorded = done("record", week, "--changes", moved, "--lang", lang)

    note = Words(lang)("record.not_offered", n=1, which="Người v1 (v1)")
    assert note in recorded.stderr.splitlines()


@pytest.mark.usefixtures("told")
def test_who_declined_a_shift_is_not_asked_for_its_new_hours(week: Path, tmp_path: Path) -> None:
    """It was said already that they cannot come then: they are nobody to ask for the hours."""
    done("record", week, "--declined", f"v1:{MORNING}")
    moved = tmp_path / "moved.csv"
    moved.write_text(f"kind,shift_id,start,end\nmoved,{MORNING},08:00,12:00\n", encoding="utf-8")

    assert "v1" not in done("record", week, "--changes", moved).stderr


def test_answers_before_anything_was_told_are_noted(week: Path) -> None:
    """They count once their shifts are told."""
    noted = done("record", week, "--confirmed", f"v0:{MORNING}")

    assert noted.stderr.splitlines() == [Words("en")("record.answered_untold")]


def test_attendance_before_a_shift_begins_is_noted(told: LiveWeek) -> None:
    """In the morning, that of the afternoon."""
    turnouts = [Turnout(volunteer_id="v1", shift_id=s, state="came") for s in (MORNING, AFTERNOON)]
    at = THREE.shift_by_id[MORNING].start

    (look,) = worth_a_look(told.now, told.now, (), (), turnouts, at)

    assert look == Message("record.not_begun", which=(AtShift(AFTERNOON),))


def _working(week: Path) -> set[tuple[str, str]]:
    roster = open_week(week).roster
    return {(pair.volunteer_id, pair.shift_id) for pair in roster.assignments}


@pytest.mark.parametrize("why", ["x" * 20_000, "a\x00b\x1b[31m", "\udcff"])
def test_any_reason_is_kept_as_far_as_it_can_be_shown(
    told: LiveWeek, week: Path, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long one is cut; so is the name of whoever gives the command."""
    monkeypatch.setenv("LOGNAME", why.replace("\x00", ""))

    done("record", week, "--absent", "v0", "--why", why)

    (entry,) = open_week(week).entries[2:]
    assert entry.why in ("x" * 10_000, "ab[31m", "")
    assert entry.who in ("x" * 10_000, "ab[31m", "")


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_call_that_is_answered_fills_the_seat(told: LiveWeek, week: Path, lang: str) -> None:
    """V0 declines and v2 comes instead, so that no seat is empty, and the roster says so."""
    done("record", week, "--declined", "v0", "--lang", lang)
    assert json.loads(done("status", week, "--json").stdout)["empty"]

    done("record", week, "--called", f"v2: {MORNING}: comes", "--lang", lang)

    assert json.loads(done("status", week, "--json").stdout)["empty"] == []
    assert ("v2", MORNING) in _working(week)


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_list_without_rows_is_no_entry(
    told: LiveWeek, week: Path, tmp_path: Path, lang: str
) -> None:
    (tmp_path / "absent.csv").write_text("volunteer_id\n", encoding="utf-8")

    found = done("record", week, "--absent", tmp_path / "absent.csv", "--lang", lang)

    assert found.stdout.splitlines() == [Words(lang)("record.nothing_new")]
    assert len(open_week(week).entries) == 2


@pytest.mark.parametrize(
    "options",
    [
        ("--absent", "nobody"),
        ("--declined", "v0", "--called", "v9: c0-1207-07: comes"),
        ("--confirmed", "v0", "--revoke", "1"),
    ],
)
def test_all_of_a_command_is_recorded_or_nothing(
    told: LiveWeek, week: Path, options: tuple[str, ...]
) -> None:
    done("record", week, *options, code=2)

    assert len(open_week(week).entries) == 2


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_record_that_cannot_be_written_stops_no_plan(
    tiny: Problem, week: Path, tmp_path: Path, out: Path, lang: str
) -> None:
    """It is said once on standard error; nobody is invited to tell what no record knows."""
    says = Words(lang)("record.unrecorded", why="")
    nowhere = {"SHIFTPLAN_RECORD": str(tmp_path / "nowhere" / "record.db")}
    write_roster(tiny, FULL, tmp_path / "full.csv")
    more = ("--out", out, "--workers", 1, "--lang", lang)
    repaired = ("repair", week, tmp_path / "full.csv", "--absent", "v0", *more)

    for line in (("plan", week, *more), ("plan", week, "--json", *more), repaired):
        found = done(*line, **nowhere)
        assert found.stderr.count(says) == 1
        assert f"{nowhere['SHIFTPLAN_RECORD']}; " in found.stderr
        assert "shiftplan publish" not in found.stdout
    assert not (tmp_path / "nowhere").exists()
    for line in (("record", week, "--absent", "v0"), ("publish", week, tmp_path / "full.csv")):
        options = () if line[0] == "record" else ("--out", tmp_path / "told")
        done(*line, *options, code=2, **nowhere)
    assert not list((tmp_path / "told").rglob("*"))


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_record_that_another_program_holds_stops_no_plan(
    told: LiveWeek, week: Path, out: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The note names the way out on a line of its own; the repair knows of the absence."""
    monkeypatch.setattr("shiftplan.record.sqlite.WAIT_SECONDS", 0.01)
    more = ("--out", out, "--workers", 1, "--lang", lang)

    with contextlib.closing(sqlite3.connect(week / "record.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for line in (("plan", week, *more), ("repair", week, "--absent", "v0", *more)):
            note, way_out = done(*line).stderr.splitlines()
            assert note.startswith(Words(lang)("record.unrecorded", why=""))
            assert way_out.strip() == Words(lang)("record.wait_for_other")
        done("record", week, "--absent", "v0", "--lang", lang, code=2)

    assert "v0" not in read_roster(out / "roster.csv").shifts_of
    assert len(open_week(week).entries) == 2


def test_of_two_who_publish_at_once_one_wins_and_the_other_says_so(
    told: LiveWeek, week: Path, tmp_path: Path
) -> None:
    """Two processes, two drafts: each entry is there, one version is told."""
    for left in (0, 1):
        told.draft(Roster.of(FULL.assignments[:left] + FULL.assignments[left + 1 :]))
    command = (sys.executable, "-m", "shiftplan", "publish", week, "--even-if-poor")

    started = [
        subprocess.Popen(
            [*map(str, (*command, version, "--out", tmp_path / str(version)))],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for version in (2, 3)
    ]
    outputs = [process.communicate()[1] for process in started]

    assert sorted(process.returncode for process in started) == [0, 2]
    (lost,) = (text for text, p in zip(outputs, started, strict=True) if p.returncode)
    assert "2" in lost
    assert "3" in lost
    entries = open_week(week).entries
    assert [e.body.kind for e in entries] == ["drafted", "told", "drafted", "drafted", "told"]
    messages = [version for version in (2, 3) if (tmp_path / str(version) / "messages").exists()]
    assert messages == [getattr(entries[-1].body, "version", None)]
