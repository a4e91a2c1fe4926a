"""`plan` with a poor roster or none: exit codes, and what stays in its folder."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from commands import SOLVE, content, make_problem, run

from shiftplan import (
    Pin,
    Problem,
    Result,
    Roster,
    Status,
    StoppedBy,
    Volunteer,
    check,
    read_roster,
    write_week,
)
from shiftplan.present.words import Words
from shiftplan.record import Call, open_week
from shiftplan.rules.coverage import Coverage
from shiftplan.rules.one_place import OnePlace
from shiftplan.rules.share import MaxShifts
from shiftplan.scoring import equity, fairness
from shiftplan.solving.conflict.inquiry import Inquiry
from shiftplan.solving.result import Cost
from shiftplan.solving.trouble import Poor, PoorReason


def torn_week(folder: Path) -> Path:
    """v0 is pinned to three shifts but may work one."""
    tiny = make_problem(2, 1, 2, rules=[Coverage(level=1), MaxShifts(), OnePlace()])
    people = (tiny.volunteers[0].model_copy(update={"max_shifts": 1}), tiny.volunteers[1])
    pins = [Pin(volunteer_id="v0", shift_id=s.shift_id, state="must") for s in tiny.shifts[:3]]
    write_week(Problem(**{**dict(tiny), "volunteers": people, "pins": pins}), folder)
    return folder


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_contradicting_rules_are_named_and_leave_no_roster(
    tmp_path: Path, stale: Path, lang: str
) -> None:
    """Exit code 3, and no file but the result stays."""
    done = run("plan", torn_week(tmp_path / "week"), "--out", stale, "--lang", lang)

    assert done.exit_code == 3
    assert "max_shifts" in done.stderr
    assert "pins" in done.stderr
    assert "Người v0 (v0)" in done.stderr
    assert set(content(stale)) == {"result.json"}
    result = json.loads((stale / "result.json").read_text(encoding="utf-8"))
    assert result["status"] == "INFEASIBLE"
    assert {member["rule"] for member in result["conflict"]} == {"max_shifts", "pins"}


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> str:
    """What stderr has where ways out are looked for."""
    ways, said = Inquiry.ways_out, "looks for ways out\n"

    def ways_out(*asked: object, **limits: float) -> object:
        print(said, end="", file=sys.stderr)
        return ways(*asked, **limits)

    monkeypatch.setattr(Inquiry, "ways_out", ways_out)
    return said


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_what_contradicts_itself_is_said_before_ways_out_are_looked_for(
    tmp_path: Path, out: Path, lang: str, heard: str
) -> None:
    """Once: that there is no roster, how certain it is, and the rules; then the ways out."""
    codes = ("status.infeasible", "conflict.confirmed", "conflict.title", "conflict.ways_out")

    done = run("plan", torn_week(tmp_path / "week"), "--out", out, "--lang", lang)

    first, rest = done.stderr.split(heard)
    found, certain, title, way = map(Words(lang), codes)
    assert [line for line in (found, certain, title) if line in first] == [found, certain, title]
    assert "[max_shifts]" in first
    assert not any(line in rest for line in (found, certain, title))
    assert way in rest
    assert way not in first


@pytest.mark.parametrize("option", ["--quiet", "--json"])
def test_a_finding_is_not_told_early_where_nothing_else_is(
    tmp_path: Path, out: Path, option: str, heard: str
) -> None:
    """Programs read the JSON, and quiet commands say it once."""
    done = run("plan", torn_week(tmp_path / "week"), "--out", out, option)

    first, rest = done.stderr.split(heard)
    assert first == ""
    assert rest.count(Words("en")("status.infeasible")) == int(option == "--quiet")


def test_where_promises_leave_no_roster_it_is_not_said_that_there_is_none(
    tmp_path: Path, out: Path
) -> None:
    """v0 may work one shift and said that they come to two: a plan is found without one of them."""
    tiny = make_problem(2, 1, 2, rules=[Coverage(level=1), MaxShifts(), OnePlace()])
    people = (tiny.volunteers[0].model_copy(update={"max_shifts": 1}), tiny.volunteers[1])
    folder = tmp_path / "week"
    write_week(Problem(**{**dict(tiny), "volunteers": people}), folder)
    shifts = [shift.shift_id for shift in tiny.shifts[:2]]
    open_week(folder).record(
        calls=[Call(volunteer_id="v0", shift_id=s, answer="comes") for s in shifts]
    )

    done = run("plan", folder, "--out", out)

    assert done.exit_code == 0
    assert Words("en")("status.infeasible") not in done.stderr


def test_a_contradiction_that_could_not_be_named_in_time_is_one_still(
    week: Path, stale: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 3, not 4: it is proven that no roster exists, and said how certain that is."""
    nothing = Result(
        Status.INFEASIBLE,
        StoppedBy.TIME,
        None,
        None,
        Cost(None, None),
        {},
        conflict_minimal=False,
        conflict_confirmed=False,
    )
    monkeypatch.setattr(SOLVE, lambda *_, **__: nothing)

    done = run("plan", week, "--out", stale)

    assert done.exit_code == 3
    assert "One solver has proven this" in " ".join(done.stderr.split())
    result = json.loads((stale / "result.json").read_text(encoding="utf-8"))
    assert (result["status"], result["conflict"]) == ("INFEASIBLE", [])
    assert not result["conflict_confirmed"]


def test_no_roster_in_time_leaves_no_roster(
    week: Path, stale: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 4; an earlier roster does not pass for this one."""
    nothing = Result(Status.NO_ROSTER_FOUND, StoppedBy.TIME, None, None, Cost(None, None), {})
    monkeypatch.setattr(SOLVE, lambda *_, **__: nothing)

    done = run("plan", week, "--out", stale)

    assert done.exit_code == 4
    assert "No roster was found before" in done.stderr
    assert set(content(stale)) == {"result.json"}


HANDED_OUT = ("*.txt", "*.ics", "reserves.csv", "roster.xlsx")
"""What people are given of a roster."""


def handed_out(folder: Path) -> list[str]:
    return sorted(p.name for pattern in HANDED_OUT for p in folder.rglob(pattern))


def hand_out(week: Path, out: Path) -> None:
    """A draft, with messages and calendars that somebody made of it."""
    assert run("plan", week, "--out", out).exit_code == 0
    assert run("calendars", week, "--out", out).exit_code == 0
    assert len(handed_out(out)) == 8


def early(problem: Problem, poor: Poor | None) -> Result:
    """A search that stopped with nobody in any shift."""
    score, seats = check(problem, Roster()), equity(problem, Roster())
    cost, levels = Cost(score.total, None), {}
    return Result(
        *(Status.FEASIBLE, StoppedBy.TIME, Roster(), score, cost, levels),
        fairness=fairness(problem, Roster()),
        equity=seats,
        poor=poor,
    )


EMPTY = Poor(PoorReason.SEATS, 4, 4, 0, None)


@pytest.mark.parametrize("options", [(), ("--quiet",), ("--json",), ("--lang", "vi")])
def test_an_empty_roster_for_lack_of_time_has_an_exit_code_and_is_not_handed_out(
    tiny: Problem, week: Path, out: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    """Exit code 5; the roster and its result are written, messages of the one before are gone."""
    hand_out(week, out)
    monkeypatch.setattr(SOLVE, lambda *_, **__: early(tiny, EMPTY))

    done = run("plan", week, "--out", out, *options)

    assert done.exit_code == 5
    assert handed_out(out) == []
    assert read_roster(out / "roster.csv") == Roster()
    told = json.loads((out / "result.json").read_text(encoding="utf-8"))["poor"]
    assert (told["reason"], told["filled"], told["fillable"]) == ("SEATS", 0, 4)
    if options == ("--json",):
        assert json.loads(done.stdout)["poor"] == told
        return
    words = {"": "Empty roster: it fills 0 of the 4 seats", "vi": "Lịch trực trống: mới xếp được 0"}
    assert done.output.startswith(words["vi" if "vi" in options else ""])
    assert "--time-limit" in done.output
    assert done.stdout == "" or "--quiet" not in options


@pytest.mark.parametrize("options", [(), ("--quiet",), ("--json",)])
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_times_that_miss_all_shifts_are_a_fault(
    tiny: Problem, tmp_path: Path, out: Path, lang: str, options: tuple[str, ...]
) -> None:
    """Exit code 2: 13:00 to 17:00 was typed as 1:00 to 5:00, and nobody is told of a free week."""
    typed = [w.model_copy(update={"end": w.start.replace(hour=5)}) for w in tiny.availability]
    folder = tmp_path / "typed"
    write_week(Problem(**{**dict(tiny), "availability": typed}), folder)

    done = run("plan", folder, "--out", out, "--lang", lang, *options)

    assert done.exit_code == 2
    assert not out.exists()
    says = {"en": "none of the 2 volunteers can come", "vi": "không ai trong 2 tình nguyện viên"}
    first = done.stderr.splitlines()[1]
    assert says[lang] in first
    assert "availability.csv" in first


def test_a_week_of_which_most_cannot_come_says_so_first(
    tiny: Problem, tmp_path: Path, out: Path
) -> None:
    """Before all other notes, and again under the headline; others are planned."""
    absent = {v.volunteer_id for v in tiny.volunteers[:1]}
    more = [Volunteer(volunteer_id=f"W{i}") for i in range(2)]
    windows = [w for w in tiny.availability if w.volunteer_id not in absent]
    changed = {"availability": windows, "volunteers": [*tiny.volunteers, *more]}
    folder = tmp_path / "typed"
    write_week(Problem(**{**dict(tiny), **changed}), folder)

    done = run("plan", folder, "--out", out)

    assert done.exit_code == 0
    told = "3 of 4 volunteers cannot come to any shift (3 offered no time)"
    assert told in done.stderr.splitlines()[0]
    assert f"{told}." in " ".join(done.stdout.splitlines()[:5])


@pytest.mark.parametrize("notes", [True, False], ids=["with notes", "a copy without hidden files"])
def test_no_message_of_an_earlier_roster_stays_after_a_contradiction(
    tiny: Problem, tmp_path: Path, week: Path, out: Path, notes: bool
) -> None:
    """Nor a calendar, also where the folder was copied without the notes of the last run."""
    hand_out(week, out)
    if not notes:
        for file in out.rglob(".shiftplan.json"):
            file.unlink()
    pins = [Pin(volunteer_id="v0", shift_id=s.shift_id, state="must") for s in tiny.shifts]
    people = [v.model_copy(update={"max_shifts": 1}) for v in tiny.volunteers]
    folder = tmp_path / "contradicting"
    write_week(Problem(**{**dict(tiny), "pins": pins, "volunteers": people}), folder)

    done = run("plan", folder, "--out", out)

    assert done.exit_code == 3
    assert handed_out(out) == []
