"""The command: exit codes, files, messages, and what Ctrl-C does."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commands import content, make_hard_problem, make_problem, run, run_process
from rich.console import Console

from shiftplan import (
    ModelError,
    Pin,
    Problem,
    Published,
    Result,
    Roster,
    Status,
    StoppedBy,
    check,
    equity,
    fairness,
    read_roster,
    reserves,
    write_roster,
    write_week,
)
from shiftplan.cli import common, reading
from shiftplan.cli import plan as planning
from shiftplan.display.console import print_indented
from shiftplan.display.progress import Watch
from shiftplan.rules.coverage import Coverage
from shiftplan.rules.place import OnePlace
from shiftplan.rules.share import MaxShifts
from shiftplan.schemas import schema
from shiftplan.solving.result import Cost, Progress
from shiftplan.starting import is_command


@pytest.fixture
def tiny() -> Problem:
    """Two people, one center, one day: four seats, all of which can be filled."""
    return make_problem(2, 1, 1)


@pytest.fixture
def week(tiny: Problem, tmp_path: Path) -> Path:
    folder = tmp_path / "week"
    write_week(tiny, folder)
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def stale(out: Path) -> Path:
    """Files of an earlier run."""
    out.mkdir()
    (out / "roster.csv").write_text("shift_id,volunteer_id\nstale,stale\n", encoding="utf-8")
    (out / "reserves.csv").write_text(
        "shift_id,rank,volunteer_id\nstale,1,stale\n", encoding="utf-8"
    )
    (out / "result.json").write_text("{}", encoding="utf-8")
    (out / "report.html").write_text("stale", encoding="utf-8")
    return out


WRITTEN = {"roster.csv", "reserves.csv", "result.json", "roster.xlsx", "report.html"}
"""Files of a plan, besides the folders."""


# ---- plan


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


def test_plan_writes_calendars_and_messages(
    week: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One for each person and center; without icalendar messages only, and a hint."""
    done = run("plan", week, "--out", out)

    assert done.exit_code == 0, done.output
    calendars = {p.name for p in (out / "calendars").glob("*.ics")}
    assert len(calendars) == 3
    assert {p.stem for p in (out / "messages").glob("*.txt")} == {n[:-4] for n in calendars}

    monkeypatch.setitem(sys.modules, "icalendar", None)
    again = run("plan", week, "--out", out)

    assert again.exit_code == 0, again.output
    assert "pip install 'shiftplan[calendar]'" in again.stderr
    assert len(list((out / "messages").glob("*.txt"))) == 3
    assert not list((out / "calendars").glob("*.ics"))


def test_plan_tells_what_changed_where_people_were_told(tiny: Problem, out: Path) -> None:
    """A week with a published roster: who keeps everything gets no message."""
    people = [v.volunteer_id for v in tiny.volunteers]
    shifts = [s.shift_id for s in tiny.shifts]
    told = [Published(volunteer_id=people[0], shift_id=s) for s in shifts]
    folder = out.with_name("published")
    write_week(Problem(**{**dict(tiny), "published": told}), folder)

    assert run("plan", folder, "--out", out).exit_code == 0

    found = {p.stem for p in (out / "messages").glob("*.txt")}
    assert people[0] not in found
    assert people[1] in found


def test_plan_shows_seats_centers_load_and_proof(week: Path, out: Path) -> None:
    """Piped text stays within 80 columns and has neither control codes nor trailing blanks."""
    done = run_process("plan", week, "--out", out)

    assert done.returncode == 0
    assert done.stderr == ""
    assert "The best roster was found. Total cost" in done.stdout
    assert "No roster is cheaper; this is proven." in done.stdout
    assert "Every seat is filled." in done.stdout
    assert "\x1b" not in done.stdout
    lines = [line for line in done.stdout.splitlines() if not line.startswith("Written")]
    assert all(line == line.rstrip() and len(line) <= 80 for line in lines)


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
    assert not any(b"stale" in text for text in content(stale).values())


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
    lists = reserves(problem, roster, lang=lang)
    assert found == [(r.shift_id, r.volunteer_id, r.reason) for r in lists]
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
    assert "there is no such" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "options",
    [
        ["--time-limit", "0"],
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
    "command",
    [
        ["plan", "week"],
        ["repair", "week", "roster.csv"],
        ["report", "week", "roster.csv"],
        ["calendars", "week", "roster.csv"],
        ["simulate", "week", "roster.csv"],
        ["ledger", "ledger.json"],
        ["tradeoff", "week"],
        ["staff", "week"],
        ["anonymize", "week"],
        ["new-week", "week"],
    ],
)
def test_an_empty_place_to_write_to_is_refused(command: list[str]) -> None:
    """It would be the folder that somebody happens to be in."""
    done = run(*command, "--out", "")

    assert done.exit_code == 2
    assert "must not be empty" in done.stderr


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
    monkeypatch.setattr(planning, "solve", lambda *_, **__: pytest.fail("it searched"))

    done = run("plan", week, "--out", out)

    assert done.exit_code == 2
    assert "cannot be written" in done.stderr


def test_broken_notes_of_calendars_are_told_before_the_search(
    week: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Calendars cannot go on counting then; nobody plans for an hour to learn that."""
    (out / "calendars").mkdir(parents=True)
    (out / "calendars" / ".shiftplan.json").write_text("{", encoding="utf-8")
    monkeypatch.setattr(planning, "solve", lambda *_, **__: pytest.fail("it searched"))

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


def test_no_roster_in_time_leaves_no_roster(
    week: Path, stale: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 4; an earlier roster does not pass for this one."""
    nothing = Result(Status.NO_ROSTER_FOUND, StoppedBy.TIME, None, None, Cost(None, None), {})
    monkeypatch.setattr(planning, "solve", lambda *_, **__: nothing)

    done = run("plan", week, "--out", stale)

    assert done.exit_code == 4
    assert "No roster was found so far" in done.stderr
    assert set(content(stale)) == {"result.json"}


def test_an_internal_error_tells_where_the_problem_is(
    week: Path, stale: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 1, and the files of an earlier run stay as they were."""

    def fail(*_: object, **__: object) -> Result:
        raise ModelError("the model and the checker disagree", Path("saved-here"))

    before = content(stale)
    monkeypatch.setattr(planning, "solve", fail)

    done = run("plan", week, "--out", stale)

    assert done.exit_code == 1
    assert "saved-here" in done.stderr
    assert content(stale) == before


def test_reading_counts_in_the_time_limit(
    week: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of ten seconds with four spent on reading, at most six are left for the search."""
    clock = iter([100.0, 104.0])
    seen: dict[str, Any] = {}

    def note(problem: Problem, **options: Any) -> Result:
        seen.update(options)
        return Result(Status.NO_ROSTER_FOUND, None, None, None, Cost(None, None), {})

    monkeypatch.setattr(planning, "solve", note)
    monkeypatch.setattr(planning, "time", type("Clock", (), {"monotonic": lambda: next(clock)}))

    run("plan", week, "--out", out, "--time-limit", 10, "--seed", 7, "--workers", 3, "--gap", 0.1)

    assert seen["time_limit"] == 6.0
    assert (seen["seed"], seen["workers"], seen["gap"]) == (7, 3, 0.1)


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


# ---- Ctrl-C


@pytest.fixture
def handlers() -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def test_the_first_interrupt_asks_and_the_second_ends(
    handlers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sets the search's event; two end the process; afterwards Ctrl-C is as before."""
    ended: list[int] = []
    monkeypatch.setattr(os, "_exit", ended.append)
    before = signal.getsignal(signal.SIGINT)
    cancel = threading.Event()

    with common.interrupts(cancel, planning.make_console()):
        signal.raise_signal(signal.SIGINT)
        assert cancel.is_set()
        assert ended == []
        signal.raise_signal(signal.SIGINT)

    assert ended == [130]
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_while_reading_ends(week: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to save yet."""

    def interrupted(_: Path) -> Problem:
        raise KeyboardInterrupt

    monkeypatch.setattr(reading, "read_problem", interrupted)

    assert run("plan", week, "--out", out).exit_code == 130
    assert not out.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent in another way there")
def test_ctrl_c_while_starting_ends_quietly() -> None:
    """While everything is still being imported there is no traceback either: exit code 130."""
    script = (
        "import os, signal, sys\n"
        "sys.orig_argv = [sys.executable, '-m', 'shiftplan', 'schema']\n"
        "class Finder:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'shiftplan.problem':\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Finder())\n"
        "import shiftplan\n"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("python -m shiftplan plan", True),
        ("python -W error -m shiftplan plan", True),
        ("/bin/python /usr/bin/shiftplan plan", True),
        ("python -m shiftplan.engines.worker", False),
        ("python -c shiftplan", False),
        ("python app.py shiftplan", False),
        ("python", False),
    ],
)
def test_only_the_command_ends_so_while_starting(line: str, is_one: bool) -> None:
    """A program that imports shiftplan keeps its own handler of Ctrl-C."""
    assert is_command(line.split()) is is_one


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_told_in_one_sentence() -> None:
    """Exit code 2, a sentence and no traceback, whatever was shown."""
    for options in (["schema"], ["--version"]):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [sys.executable, "-m", "shiftplan", *options],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
            )

        assert done.returncode == 2
        assert done.stderr.startswith("Standard output cannot be written")
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent in another way there")
def test_ctrl_c_writes_the_best_roster_so_far(tmp_path: Path, out: Path) -> None:
    """A search that would go on for minutes ends with exit code 0 and a roster of its cost."""
    problem = make_hard_problem()
    folder = tmp_path / "week"
    write_week(problem, folder)
    command = [sys.executable, "-m", "shiftplan", "plan", str(folder), "--out", str(out)]
    process = subprocess.Popen(
        [*command, "--time-limit", "300", "--workers", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        # The live line, drawn as on a terminal, tells when there is a roster.
        env={**os.environ, "FORCE_COLOR": "1", "TERM": "xterm", "PYTHONIOENCODING": "utf-8"},
    )
    assert process.stderr is not None

    seen = ""
    while "cost" not in seen and process.poll() is None:
        seen += process.stderr.read(1)
    process.send_signal(signal.SIGINT)
    shown, _ = process.communicate()

    assert process.returncode == 0, seen
    assert "Stopped by hand" in shown
    result = json.loads((out / "result.json").read_text(encoding="utf-8"))
    assert result["stopped_by"] == "INTERRUPT"
    score = check(problem, read_roster(out / "roster.csv"))
    assert score.is_feasible
    assert score.total == result["total"]["cost"]


# ---- check


@pytest.fixture
def good(tiny: Problem, tmp_path: Path) -> Path:
    """v0 alone in the morning: three of four seats are empty, no hard rule is broken."""
    file = tmp_path / "good.csv"
    write_roster(tiny, Roster.of([(tiny.shifts[0].shift_id, "v0")]), file)
    return file


@pytest.fixture
def bad(tiny: Problem, tmp_path: Path) -> Path:
    """Somebody unknown in three shifts that do not exist."""
    file = tmp_path / "bad.csv"
    write_roster(tiny, Roster.of([(f"x{i}", "nobody") for i in range(3)]), file)
    return file


def test_check_scores_a_roster(tiny: Problem, week: Path, good: Path) -> None:
    """Exit code 0 when no hard rule is broken, whatever it costs."""
    done = run("check", week, good)

    assert done.exit_code == 0
    assert "No hard rule is broken." in done.output
    assert f"{check(tiny, read_roster(good)).total:,}" in done.output
    assert "1 of 4" in done.output


def test_check_tells_who_comes(tiny: Problem, good: Path, tmp_path: Path) -> None:
    """One of four seats is planned, for somebody who comes four times out of five."""
    people = [v.model_copy(update={"show_rate": 0.8}) for v in tiny.volunteers]
    fields = {name: getattr(tiny, name) for name in Problem.model_fields}
    write_week(Problem(**{**fields, "volunteers": people}), tmp_path / "unsure")

    done = run("check", tmp_path / "unsure", good)

    assert "0.8 of 4 seats are filled on average" in " ".join(done.output.split())
    figures = json.loads(run("check", tmp_path / "unsure", good, "--json").output)
    # Two shifts need one person each: one comes with a chance of 0.8, the other never.
    assert figures["attendance"] == {"seats": 4, "expected": 0.8, "minimums": 2, "likely": 0}


def test_check_json_equals_check(tiny: Problem, week: Path, good: Path, bad: Path) -> None:
    """The same figures, for programs."""
    for file, code in ((good, 0), (bad, 1)):
        score = check(tiny, read_roster(file))

        done = run("check", week, file, "--json")

        assert done.exit_code == code
        assert json.loads(done.stdout) == {
            "schema_version": 1,
            "hard": dict(score.hard),
            "levels": {str(level): cost for level, cost in score.levels.items()},
            "parts": dict(score.parts),
            "total": score.total,
            "attendance": None,
            "fairness": fairness(tiny, read_roster(file)).as_dict(),
            "equity": equity(tiny, read_roster(file)).as_dict(),
        }


def test_check_shows_a_few_findings_of_each_rule(week: Path, bad: Path) -> None:
    """Exit code 1; the first findings in sentences, and how many more there are."""
    done = run("check", week, bad, "--most", 2)

    assert done.exit_code == 1
    assert "input: 3 assignments, 3 places" in done.output
    assert "nobody in x0: there is no such id" in done.output
    assert "nobody in x2" not in done.output
    assert "... and 1 more" in done.output


def test_check_speaks_vietnamese(week: Path, bad: Path) -> None:
    """Rules, units and tables."""
    done = run("check", week, bad, "--lang", "vi")

    assert done.exit_code == 1
    assert "Các quy định bắt buộc bị vi phạm:" in done.output
    assert "Mã không có trong dữ liệu hoặc ghi trùng (input): 3 phân công" in done.output


@pytest.mark.parametrize("text", [None, "", "shift_id\nx\n", "shift_id,volunteer_id\n,v0\n"])
def test_an_unreadable_roster_is_bad_input(text: str | None, week: Path, tmp_path: Path) -> None:
    """A missing or broken file is told apart from a roster that breaks rules."""
    file = tmp_path / "roster.csv"
    if text is not None:
        file.write_text(text, encoding="utf-8")

    done = run("check", week, file)

    assert done.exit_code == 2
    assert "roster.csv" in done.stderr
    assert done.stdout == ""


# ---- the rest


def test_schema_is_the_schema_of_a_problem() -> None:
    """Valid JSON, with the texts of the fields."""
    done = run("schema")

    assert done.exit_code == 0
    assert json.loads(done.stdout) == schema("problem")


def test_version() -> None:
    """One line."""
    done = run_process("--version")

    assert done.returncode == 0
    assert done.stdout.startswith("shiftplan ")
    assert done.stdout.count("\n") == 1


def test_a_terminal_without_vietnamese_letters_is_no_error(week: Path, out: Path) -> None:
    """Letters it cannot show are replaced."""
    done = run_process("plan", week, "--out", out, "--lang", "vi", PYTHONIOENCODING="ascii")

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("package", ["typer", "rich"])
def test_a_missing_extra_is_explained(package: str) -> None:
    """The message has the command that helps."""
    code = f"import sys; sys.modules['{package}'] = None; import shiftplan.cli"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")

    assert done.returncode == 1
    assert "pip install 'shiftplan[cli]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_live_line_tells_cost_bound_and_gap() -> None:
    """As they stand, with the time; in words while there is no roster."""
    watch = Watch(threading.Event(), time.monotonic(), "en")

    assert watch.__rich__().plain.endswith("reading the week into a model")
    watch(Progress(0.5, None, 10, {}))
    assert watch.__rich__().plain.endswith("searching for a first roster   bound 10")
    watch(Progress(1.0, 1000, 900, {1: 100}))
    assert watch.__rich__().plain.endswith("improving   cost 1,000   bound 900   gap 10.0 %")


def test_the_rest_of_a_long_item_begins_below_its_words() -> None:
    """Whatever the sign of the item and the blanks before it; blanks at ends of lines are gone."""
    written = io.StringIO()
    shown = Console(file=written, width=20, highlight=False, markup=False)

    print_indented(shown, ["- one two three four five", "  12. one two three four five"])

    assert written.getvalue() == (
        "- one two three four\n  five\n  12. one two three\n      four five\n"
    )
