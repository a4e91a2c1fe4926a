"""`record`: what is taken back, what is refused, who else writes, and records that cannot be."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from told_weeks import FULL, MORNING, THREE, done

from shiftplan import Problem, write_roster
from shiftplan.present.words import Words
from shiftplan.record import LiveWeek, open_week


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
    assert "1 person absent: Người v0 (v0) (flu)" in lines[3]
    assert "minh" in lines[4]
    assert "(another v0)" in lines[4]
    for entry in (1, 9):  # a draft, and none
        done("record", week, "--revoke", entry, code=2)
    assert len(open_week(week).entries) == 4


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
        assert "shiftplan publish" not in found.stdout
    assert not (tmp_path / "nowhere").exists()
    for line in (("record", week, "--absent", "v0"), ("publish", week, tmp_path / "full.csv")):
        options = () if line[0] == "record" else ("--out", tmp_path / "told")
        done(*line, *options, code=2, **nowhere)
    assert not list((tmp_path / "told").rglob("*"))


def test_of_two_who_publish_at_once_one_wins_and_the_other_says_so(
    told: LiveWeek, week: Path, tmp_path: Path
) -> None:
    """Two processes, two drafts of the same roster: each entry is there, one version is told."""
    for _ in range(2):
        told.draft(FULL)
    command = (sys.executable, "-m", "shiftplan", "publish", week)

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
