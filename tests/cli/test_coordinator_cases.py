"""What coordinators tried when they published, repaired and sent messages, now as they expected."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from commands import letters, make_problem
from told_weeks import AFTERNOON, FULL, MORNING, THREE, done

from shiftplan import (
    Availability,
    Problem,
    Result,
    Roster,
    Status,
    StoppedBy,
    check,
    read_roster,
    write_roster,
    write_week,
)
from shiftplan.present.words import Words
from shiftplan.scoring import equity, fairness
from shiftplan.solving import Poor, PoorReason
from shiftplan.solving.result import Cost


@pytest.fixture
def tiny() -> Problem:
    """Three people for two shifts of two."""
    plain = THREE
    people = [
        v.model_copy(update={"phone": f"090000000{v.volunteer_id[1]}"}) for v in plain.volunteers
    ]
    return plain.model_copy(update={"volunteers": tuple(people)})


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_plan_into_the_folder_of_a_published_roster(
    week: Path, full: Path, out: Path, tmp_path: Path, lang: str
) -> None:
    """Refused; beside it what people know is kept, and the same roster is told no second time."""
    done("publish", week, full, "--out", out)
    told = letters(out)
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}

    refused = done("plan", week, "--out", out, "--lang", lang, code=2)
    done("repair", week, "--out", out, "--lang", lang, code=2)

    assert Words(lang)("record.told_folder", out=out, version=1) in refused.stderr
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before
    done("plan", week, "--out", tmp_path / "beside", "--workers", 1, "--lang", lang)
    assert read_roster(tmp_path / "beside" / "roster.csv") == FULL
    again = done("publish", week, "--out", tmp_path / "again", "--lang", lang)
    assert again.stdout.startswith(Words(lang)("record.told_before", version=1, at="")[:20])
    assert letters(tmp_path / "again") == told
    done("plan", week, "--out", out, "--replace", "--workers", 1, "--lang", lang)
    assert letters(out) == set()


def test_an_empty_roster_of_a_busy_machine_is_never_told(
    tiny: Problem, week: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither at first, nor in place of what people know; exit code 5 of both commands."""
    score, seats = check(tiny, Roster()), equity(tiny, Roster())
    facts = {"fairness": fairness(tiny, Roster()), "equity": seats}
    poor = Poor(PoorReason.SEATS, 4, 4, 0, None)
    stopped = Status.FEASIBLE, StoppedBy.TIME, Roster(), score, Cost(score.total, None), {}
    with monkeypatch.context() as busy:
        busy.setattr(
            "shiftplan.record.planning.solve", lambda *_, **__: Result(*stopped, **facts, poor=poor)
        )
        planned = done("plan", week, "--out", out, code=5)

    refused = done("publish", week, "--out", out, code=5)

    assert planned.stdout.startswith("Empty roster")
    assert "shiftplan publish" not in planned.stdout
    say = Words("en")
    assert refused.stderr.startswith(f"{say('record.not_told')}\n  {say('record.nobody')}\n")
    assert letters(out) == set()


def test_nobody_ill_is_offered_after_a_repair(week: Path, full: Path, tmp_path: Path) -> None:
    """`suggest` and `swap` read the week as it is; a second repair needs no old rows."""
    line = ("repair", week, full, "--absent", "v2", "--out", tmp_path / "late", "--workers", 1)
    done(*line)

    found = json.loads(done("suggest", week, AFTERNOON, "--json").stdout)
    trades = json.loads(done("swap", week, f"v1:{MORNING}", "--json").stdout)
    done("repair", week, "--absent", "v1", "--out", tmp_path / "later", "--workers", 1)

    assert "v2" not in {candidate["volunteer_id"] for candidate in found["candidates"]}
    assert "v2" not in json.dumps(trades)
    assert set(read_roster(tmp_path / "later" / "roster.csv").shifts_of) == {"v0"}


def test_repair_without_time_fills_what_is_quick_to_fill(
    week: Path, full: Path, tmp_path: Path
) -> None:
    """V0 is ill and v2 is free: even a thousandth of a second puts one in place of the other."""
    line = ("repair", week, full, "--absent", "v0", "--out", tmp_path / "late")
    done(*line, "--time-limit", 0.001, "--workers", 1)

    assert (MORNING, "v2") in read_roster(tmp_path / "late" / "roster.csv")


def test_a_row_of_changes_pairs_old_and_new(tiny: Problem, week: Path, tmp_path: Path) -> None:
    """V0 can only come in the afternoon now: both rows name the other shift, and no third one."""
    roster = Roster.of([(MORNING, "v0"), (AFTERNOON, "v1"), (AFTERNOON, "v2")])
    write_roster(tiny, roster, tmp_path / "told.csv")
    done("publish", week, tmp_path / "told.csv", "--out", tmp_path / "told", "--even-if-poor")
    moved = Roster.of([(AFTERNOON, "v0"), (AFTERNOON, "v1"), (AFTERNOON, "v2")])
    write_roster(tiny, moved, tmp_path / "moved.csv")

    done("publish", week, tmp_path / "moved.csv", "--out", tmp_path / "new", "--even-if-poor")

    found = [
        (r["shift_id"], r["change"], r["paired_shift_id"])
        for r in rows(tmp_path / "new/changes.csv")
    ]
    assert found == [(MORNING, "removed", AFTERNOON), (AFTERNOON, "added", MORNING)]
    (text,) = (tmp_path / "new" / "messages").glob("*(v0).txt")
    assert "Instead of Mon 07 Dec, morning" in text.read_text(encoding="utf-8")


def test_messages_are_found_by_name_and_sent_from_one_table(
    week: Path, full: Path, out: Path
) -> None:
    """Name, phone and text in a row each; the files have the names of people."""
    done("publish", week, full, "--out", out)

    assert (out / "messages" / "Nguoi v0 (v0).txt").exists()
    table = {row["id"]: row for row in rows(out / "messages" / "messages.csv")}
    assert table["v0"]["name"] == "Người v0"
    assert table["v0"]["phone"] == "0900000000"
    assert "Xã 0" in table["v0"]["message"]


def test_one_persons_windows_removed_change_a_handful(week: Path, tmp_path: Path) -> None:
    """A told roster is kept where the table of availability is edited: only v0 is replaced."""
    problem = make_problem(6, 2, 1)
    write_week(problem, week)
    done("plan", week, "--out", tmp_path / "first", "--workers", 1)
    done("publish", week, "--out", tmp_path / "told")
    told = read_roster(tmp_path / "told" / "roster.csv")
    who = max(told.shifts_of, key=lambda v: len(told.shifts_of[v]))
    left: tuple[Availability, ...] = tuple(w for w in problem.availability if w.volunteer_id != who)
    write_week(problem.model_copy(update={"availability": left}), week)

    done("plan", week, "--out", tmp_path / "second", "--workers", 1)

    changes = [*told.changes_to(read_roster(tmp_path / "second" / "roster.csv"))]
    assert {c.assignment.volunteer_id for c in changes if not c.added} == {who}
    assert len(changes) <= 2 * len(told.shifts_of[who])
