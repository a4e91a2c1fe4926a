"""`plan`: files, messages, exit codes, and what is told before the search."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

import pytest
from commands import content, make_problem, run, run_process
from openpyxl import load_workbook

from shiftplan import (
    ModelError,
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
from shiftplan.analysis import reserves
from shiftplan.cli import plan as planning
from shiftplan.present import write_workbook
from shiftplan.present.naming import Names
from shiftplan.present.words import Words
from shiftplan.rules.coverage import Coverage
from shiftplan.rules.place import OnePlace
from shiftplan.rules.share import MaxShifts
from shiftplan.scoring import equity, fairness
from shiftplan.solving.result import Cost
from shiftplan.solving.trouble import Poor, PoorReason


@pytest.fixture
def stale(out: Path) -> Path:
    """Files of an earlier run."""
    out.mkdir()
    (out / "roster.csv").write_text("shift_id,volunteer_id\noutworn,outworn\n", encoding="utf-8")
    (out / "reserves.csv").write_text(
        "shift_id,rank,volunteer_id\noutworn,1,outworn\n", encoding="utf-8"
    )
    (out / "result.json").write_text("{}", encoding="utf-8")
    (out / "report.html").write_text("outworn", encoding="utf-8")
    return out


SOLVE = "shiftplan.record.planning.solve"
WRITTEN = {"roster.csv", "reserves.csv", "result.json", "roster.xlsx", "report.html"}
"""Files of a plan, besides the folders."""


def test_plan_writes_roster_reserves_and_result(tiny: Problem, week: Path, out: Path) -> None:
    """Exit code 0; the roster has the cost that the result tells, and nothing else is left."""
    done = run("plan", week, "--out", out)

    assert done.exit_code == 0, done.output
    assert set(content(out)) == WRITTEN
    result = json.loads((out / "result.json").read_text(encoding="utf-8"))
    score = check(tiny, read_roster(out / "roster.csv"))
    assert result["status"] == "OPTIMAL"
    assert score.is_feasible
    assert score.total == result["total"]["cost"] == result["total"]["bound"]


def test_plan_records_a_draft_and_tells_nobody(week: Path, out: Path) -> None:
    """Neither a message nor a calendar is written; the last line says how people are told."""
    done = run("plan", week, "--out", out)

    assert done.exit_code == 0, done.output
    assert {p.name for p in out.rglob("*")} == WRITTEN
    assert done.stdout.splitlines()[-1] == Words("en")("record.drafted", draft=1, week=str(week))


def test_plan_shows_seats_centers_load_and_proof(week: Path, out: Path) -> None:
    """Piped text stays within 80 columns and has neither control codes nor trailing blanks."""
    done = run_process("plan", week, "--out", out)

    assert done.returncode == 0
    assert done.stderr == ""
    assert "The best roster was found. Total cost" in done.stdout
    assert "Proven: no roster is cheaper." in done.stdout
    assert "Every seat is filled." in done.stdout
    assert "\x1b" not in done.stdout
    lines = [line for line in done.stdout.splitlines() if str(out.parent) not in line]
    assert all(line == line.rstrip() and len(line) <= 80 for line in lines)


@pytest.mark.parametrize(
    ("lang", "says"), [("en", "No rule asks for seats"), ("vi", "Không có quy định nào yêu cầu đủ")]
)
def test_plan_says_that_no_rule_asks_for_seats(week: Path, out: Path, lang: str, says: str) -> None:
    """Without rules nobody is the best roster, which a coordinator would hardly have meant."""
    (week / "rules.csv").write_text("rule,level,weight\n", encoding="utf-8")

    done = run("plan", week, "--out", out, "--lang", lang)

    assert done.exit_code == 5
    assert says in done.output
    assert not (out / "messages").exists()


def test_plan_speaks_vietnamese(week: Path, out: Path) -> None:
    """Everything a coordinator reads, with its own marks in numbers."""
    done = run_process("plan", week, "--out", out, "--lang", "vi")

    assert done.returncode == 0
    assert "Đã lập được lịch trực tốt nhất." in done.stdout
    assert "Mọi vị trí đều đã có người." in done.stdout
    assert "100,0%" in done.stdout
    assert "Total" not in done.stdout


def test_plan_reads_a_json_problem(tiny: Problem, tmp_path: Path, out: Path) -> None:
    """A .json file is a problem as a folder is."""
    file = tmp_path / "problem.json"
    file.write_text(tiny.to_json(), encoding="utf-8")

    assert run("plan", file, "--out", out).exit_code == 0


def test_plan_replaces_earlier_files(week: Path, stale: Path) -> None:
    """Nothing of the earlier run stays."""
    assert run("plan", week, "--out", stale).exit_code == 0
    assert set(content(stale)) == WRITTEN
    assert not any(b"outworn" in text for text in content(stale).values())


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_plan_writes_whom_to_call(tmp_path: Path, out: Path, lang: str) -> None:
    """Of three people two work each shift, and the third one stands by, with a reason."""
    problem = make_problem(3, 1, 1)
    folder = tmp_path / "week"
    write_week(problem, folder)

    done = run("plan", folder, "--out", out, "--lang", lang)

    assert done.exit_code == 0, done.output
    roster = read_roster(out / "roster.csv")
    with (out / "reserves.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [(r["shift_id"], r["volunteer_id"], r["reason"]) for r in rows]
    lists = reserves(problem, roster)
    say = Words(lang, Names(problem, lang))
    assert found == [(r.shift_id, r.volunteer_id, say(r.reason)) for r in lists]
    assert len(found) == 2
    assert all((shift_id, who) not in roster for shift_id, who, _ in found)


def test_bad_input_lists_every_fault_and_writes_nothing(week: Path, out: Path) -> None:
    """Exit code 2; all faults together, each with file and row."""
    rows = "".join(f"v0,c0-x{i},must\n" for i in range(50))
    (week / "pins.csv").write_text("volunteer_id,shift_id,state\n" + rows, encoding="utf-8")

    done = run_process("plan", week, "--out", out)

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("50 faults in the input:")
    assert all(f"pins.csv, row {i + 2}" in done.stderr for i in range(50))
    assert "Traceback" not in done.stderr
    assert not out.exists()


@pytest.mark.parametrize(("lang", "more"), [("en", "  ... and 70 more"), ("vi", "  ... và 70 nữa")])
def test_very_many_faults_are_counted(week: Path, out: Path, lang: str, more: str) -> None:
    """The first 50 faults are shown, and how many more there are."""
    rows = "".join(f"c0-1207-07,nobody{i},must\n" for i in range(120))
    (week / "pins.csv").write_text("shift_id,volunteer_id,state\n" + rows, encoding="utf-8")

    done = run("plan", week, "--out", out, "--lang", lang)

    assert done.exit_code == 2
    assert done.stderr.count("nobody") == 50
    assert done.stderr.splitlines()[-1] == more


def test_bad_input_leaves_an_earlier_run_alone(week: Path, stale: Path) -> None:
    """The pair of files stays as it was."""
    before = content(stale)
    (week / "rules.csv").write_text("rule,level\nnonsense,1\n", encoding="utf-8")

    assert run("plan", week, "--out", stale).exit_code == 2
    assert content(stale) == before


@pytest.mark.parametrize("name", ["nowhere", "nowhere.json"])
def test_a_missing_week_is_bad_input(name: str, tmp_path: Path, out: Path) -> None:
    """It is said in a sentence, not in a traceback."""
    done = run_process("plan", tmp_path / name, "--out", out)

    assert done.returncode == 2
    assert "no such" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "options",
    [
        ["--time-limit", "-1"],
        ["--time-limit", "nan"],
        ["--gap", "1"],
        ["--workers", "0"],
        ["--seed", "-1"],
        ["--lang", "de"],
        ["--nonsense"],
    ],
)
def test_wrong_options_are_bad_input(options: list[str], week: Path, out: Path) -> None:
    """Exit code 2, as for wrong data, and nothing is written."""
    assert run("plan", week, "--out", out, *options).exit_code == 2
    assert not out.exists()


@pytest.mark.parametrize(
    "blocked", ["out", "out/roster.csv", "out/reserves.csv", "out/calendars", "out/messages"]
)
def test_a_place_that_cannot_be_written_is_told_before_the_search(
    blocked: str, week: Path, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits a minute to learn that."""
    if blocked in ("out", "out/calendars", "out/messages"):
        (tmp_path / blocked).parent.mkdir(exist_ok=True)
        (tmp_path / blocked).touch()
    else:
        (tmp_path / blocked).mkdir(parents=True)
    monkeypatch.setattr(SOLVE, lambda *_, **__: pytest.fail("it searched"))

    done = run("plan", week, "--out", out)

    assert done.exit_code == 2
    assert "cannot be written" in done.stderr


def test_broken_notes_of_calendars_are_told_before_the_search(
    week: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Calendars cannot go on counting then; nobody plans for an hour to learn that."""
    (out / "calendars").mkdir(parents=True)
    (out / "calendars" / ".shiftplan.json").write_text("{", encoding="utf-8")
    monkeypatch.setattr(SOLVE, lambda *_, **__: pytest.fail("it searched"))

    done = run("plan", week, "--out", out)

    assert done.exit_code == 2
    assert "notes of the last run" in done.stderr


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_contradicting_rules_are_named_and_leave_no_roster(
    tmp_path: Path, stale: Path, lang: str
) -> None:
    """Exit code 3: v0 is pinned to three shifts but may work one."""
    tiny = make_problem(2, 1, 2, rules=[Coverage(level=1), MaxShifts(), OnePlace()])
    people = (tiny.volunteers[0].model_copy(update={"max_shifts": 1}), tiny.volunteers[1])
    pins = [Pin(volunteer_id="v0", shift_id=s.shift_id, state="must") for s in tiny.shifts[:3]]
    folder = tmp_path / "week"
    write_week(Problem(**{**dict(tiny), "volunteers": people, "pins": pins}), folder)

    done = run("plan", folder, "--out", stale, "--lang", lang)

    assert done.exit_code == 3
    assert "max_shifts" in done.stderr
    assert "pins" in done.stderr
    assert "Người v0 (v0)" in done.stderr
    assert set(content(stale)) == {"result.json"}
    result = json.loads((stale / "result.json").read_text(encoding="utf-8"))
    assert result["status"] == "INFEASIBLE"
    assert {member["rule"] for member in result["conflict"]} == {"max_shifts", "pins"}


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
    assert "No roster was found in time" in done.stderr
    assert set(content(stale)) == {"result.json"}


def test_an_internal_error_tells_where_the_problem_is(
    week: Path, stale: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 1, and the files of an earlier run stay as they were."""

    def fail(*_: object, **__: object) -> Result:
        raise ModelError("the model and the checker disagree", Path("saved-here"))

    before = content(stale)
    monkeypatch.setattr(SOLVE, fail)

    done = run("plan", week, "--out", stale)

    assert done.exit_code == 1
    assert "saved-here" in done.stderr
    assert content(stale) == before


@pytest.mark.parametrize(
    ("lang", "says"), [("en", "Reading the week took 4 s."), ("vi", "Đọc dữ liệu mất 4 giây.")]
)
def test_reading_takes_no_planning_time(
    week: Path, out: Path, monkeypatch: pytest.MonkeyPatch, lang: str, says: str
) -> None:
    """Four seconds of reading are told apart; all ten of the limit are left for the search."""
    clock = iter([100.0, 104.0, 104.0])
    seen: dict[str, Any] = {}

    def note(problem: Problem, **options: Any) -> Result:
        seen.update(options)
        return Result(Status.NO_ROSTER_FOUND, None, None, None, Cost(None, None), {})

    monkeypatch.setattr(SOLVE, note)
    monkeypatch.setattr(planning, "time", type("Clock", (), {"monotonic": lambda: next(clock)}))

    limits = ("--time-limit", 10, "--seed", 7, "--workers", 3, "--gap", 0.1)
    done = run("plan", week, "--out", out, *limits, "--lang", lang)

    assert seen["time_limit"] == 10
    assert (seen["seed"], seen["workers"], seen["gap"]) == (7, 3, 0.1)
    assert says in done.output


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


def test_files_are_put_in_place_whole(
    week: Path, stale: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk fails before, the earlier files stay, and no half file is left."""
    before = content(stale)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", "roster.csv")

    monkeypatch.setattr(os, "replace", fail)

    done = run("plan", week, "--out", stale)

    assert done.exit_code == 2
    assert content(stale) == before


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_sheets_that_are_not_read_are_told(
    tiny: Problem, tmp_path: Path, out: Path, lang: str
) -> None:
    """A sheet of people's own is a line on standard error, in both languages; quiet has none."""
    book = tmp_path / "week.xlsx"
    write_workbook(tiny, book)
    changed = load_workbook(book)
    changed.create_sheet("Own list").append(["Call An"])
    changed.save(book)
    sentence = {
        "en": "Note: week.xlsx, sheet Own list: the sheet was not read.",
        "vi": "Lưu ý: tệp week.xlsx, trang Own list: trang này không được đọc.",
    }

    told = run("plan", book, "--out", out, "--lang", lang)
    quiet = run("plan", book, "--out", out, "--lang", lang, "--quiet")

    assert told.exit_code == 0
    assert sentence[lang] in told.stderr
    assert quiet.stderr == ""


def test_no_time_at_all_still_gives_a_roster(week: Path, out: Path) -> None:
    """A time limit of 0 asks for the quick roster alone; it is written like any other."""
    done = run("plan", week, "--out", out, "--time-limit", 0, "--workers", 1)

    assert done.exit_code == 0, done.stderr
    assert len(read_roster(out / "roster.csv"))
