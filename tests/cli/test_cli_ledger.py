"""The command `shiftplan ledger`: recording, history, level-ups, and what it shows."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from commands import run
from typer.testing import Result

from shiftplan import Demand, Problem, read_week, write_roster, write_week
from shiftplan.files import read_ledger
from shiftplan.files import text as text_module
from shiftplan.record.entries import Call, ShiftAnswer
from shiftplan.record.live import LiveWeek
from shiftplan.record.opening import open_store
from shiftplan.rules import Coverage, Mentor
from shiftplan.seasons import Turnout
from shiftplan.testing.pictures import MONDAY, parse, plan
from shiftplan.week import Service


def make_week(number: int, **fields: Any) -> Problem:
    """A week of mornings; ana is a novice, bob a mentor."""
    return plan(
        "M",
        "ana bob",
        start=MONDAY + dt.timedelta(7 * number),
        skills=[{"skill_id": "portal", "max_level": 4}],
        each={
            "ana": {"name": "Ana, =1+1", "skills": {"portal": 0}},
            "bob": {"skills": {"portal": 3}},
        },
        rules=(Coverage(level=1), Mentor(novices_per_mentor=2)),
        **fields,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two weeks with a roster each, in which ana is with bob on Monday and Tuesday."""
    for number in (0, 1):
        problem = make_week(number)
        write_week(problem, tmp_path / f"week{number}")
        roster = parse("ana M M M . . . .\nbob M M . . . . .")
        write_roster(problem, roster, tmp_path / f"roster{number}.csv")
    text = "shift_id,volunteer_id,state\nM2,ana,excused\nM3,bob,called\n"
    (tmp_path / "attendance.csv").write_text(text, encoding="utf-8")
    return tmp_path


def run_ledger(*arguments: object) -> Any:
    return run("ledger", *arguments)


def record(folder: Path, number: int, *more: object) -> Result:
    week, roster = folder / f"week{number}", folder / f"roster{number}.csv"
    return run_ledger(folder / "ledger.json", "--record", week, "--roster", roster, *more)


def people(folder: Path, *more: object) -> dict[str, dict[str, Any]]:
    done = run_ledger(folder / "ledger.json", "--json", *more)
    assert done.exit_code == 0, done.output
    return {p["volunteer_id"]: p for p in json.loads(done.stdout)["people"]}


def test_a_week_is_recorded_and_shown(folder: Path) -> None:
    """The ledger is made; ana was ill on Wednesday, bob came on Thursday as a reserve."""
    done = record(folder, 0, "--attendance", folder / "attendance.csv")

    assert done.exit_code == 0, done.output
    assert "Weeks: 1. People: 2. Hours worked: 20." in done.stdout
    assert "Written: " in done.stdout
    found = people(folder)
    assert list(found) == ["bob", "ana"]  # by hours worked
    ana, bob = found["ana"], found["bob"]
    assert (ana["shifts_worked"], ana["shifts_offered"], ana["excused"]) == (2, 6, 1)
    assert (ana["mentored"], ana["mentors"], ana["load"]) == (2, ["bob"], 2 / 6)
    assert (bob["hours_worked"], bob["called"]) == (12, 1)


def test_the_same_week_twice_changes_nothing(folder: Path) -> None:
    """Exit code 2, a remedy, and the file as it was."""
    record(folder, 0)
    before = (folder / "ledger.json").read_bytes()

    done = record(folder, 0)

    assert done.exit_code == 2
    assert "the ledger already has" in done.stderr
    assert "To correct that one, take" in done.stderr
    assert (folder / "ledger.json").read_bytes() == before


def test_a_week_is_corrected_in_one_command(folder: Path) -> None:
    """Taken out and recorded anew, with the attendance that was missing."""
    record(folder, 0)

    done = record(folder, 0, "--remove", MONDAY, "--attendance", folder / "attendance.csv")

    assert done.exit_code == 0, done.output
    assert people(folder)["ana"]["excused"] == 1


def test_the_history_of_the_next_week(folder: Path) -> None:
    """It can be read with the week, and holds what was recorded before."""
    record(folder, 0)
    week = folder / "week1"

    done = run_ledger(folder / "ledger.json", "--history", week / "history.csv", "--next", week)

    assert done.exit_code == 0, done.output
    rows = {h.volunteer_id: h for h in read_week(week).history}
    assert (rows["ana"].shifts_offered, rows["ana"].shifts_worked) == (7, 3)
    assert (rows["ana"].hours_worked, rows["ana"].mentored_worked) == (12, 2)
    assert rows["bob"].shifts_worked == 2


def test_memory_by_options(folder: Path) -> None:
    """Two weeks of three shifts: all, with decay, only the last, and since its Monday."""
    record(folder, 0)
    record(folder, 1)

    options: list[list[object]] = [[], ["--decay", 0.5], ["--weeks", 1], ["--since", "2026-12-14"]]
    found = [people(folder, *option)["ana"]["shifts_worked"] for option in options]
    assert found == [6, 4.5, 3, 3]


def test_level_ups(folder: Path) -> None:
    """After four lessons ana is suggested; when it is confirmed, the log holds it."""
    record(folder, 0)
    done = record(folder, 1)
    assert "Learned enough" in done.stdout
    assert "4 with a mentor (bob)" in done.stdout

    done = run_ledger(
        folder / "ledger.json", "--level-up", "ana", "portal", 1, "--next", folder / "week1"
    )

    assert done.exit_code == 0, done.output
    assert "Levels confirmed" in done.stdout
    assert "Learned enough" not in done.stdout
    (up,) = read_ledger(folder / "ledger.json").training
    assert (up.volunteer_id, up.level, up.mentored) == ("ana", 1, 4)


@pytest.mark.parametrize(("enough", "suggested"), [(4, True), (5, False)])
def test_how_many_lessons_are_enough_is_an_option(
    folder: Path, enough: int, suggested: bool
) -> None:
    """After four lessons ana is suggested where four are asked for, not where five are."""
    record(folder, 0)

    done = record(folder, 1, "--enough", enough)

    assert ("Learned enough" in done.stdout) == suggested


def test_a_level_of_a_skill_that_the_next_week_does_not_have_is_refused(folder: Path) -> None:
    """A mistyped skill would be confirmed for good, and the ledger stays as it was."""
    record(folder, 0)
    ledger = folder / "ledger.json"
    before = ledger.read_bytes()

    done = run_ledger(ledger, "--level-up", "ana", "portl", 1, "--next", folder / "week1")

    assert done.exit_code == 2
    assert "Did you mean 'portal'?" in done.stderr
    assert ledger.read_bytes() == before


def test_it_speaks_vietnamese(folder: Path) -> None:
    """Everything a coordinator reads."""
    record(folder, 0)

    done = record(folder, 1, "--lang", "vi")

    assert "2 tuần, 2 người, 40 giờ đã trực." in done.stdout
    assert "Đã học đủ" in done.stdout
    assert "Ana, =1+1 (ana)" in done.stdout
    assert "Hours" not in done.stdout


def test_the_table_for_spreadsheets(folder: Path) -> None:
    """It holds the same sums, but is not a ledger that is kept."""
    record(folder, 0, "--out", folder / "ledger.csv")

    assert read_ledger(folder / "ledger.csv").weeks[0].entries[0].shifts_worked == 3
    done = run_ledger(
        folder / "ledger.csv", "--record", folder / "week1", "--roster", folder / "roster1.csv"
    )
    assert done.exit_code == 2
    assert "--out ledger.json" in done.stderr


def test_a_new_ledger_begins_with_the_history_of_its_week(folder: Path) -> None:
    """What was carried by hand so far is not lost."""
    text = "volunteer_id,weeks,shifts_offered,shifts_worked\nana,2,10,5\n"
    (folder / "week0" / "history.csv").write_text(text, encoding="utf-8")

    record(folder, 0)

    assert people(folder)["ana"]["shifts_worked"] == 8


@pytest.mark.parametrize(
    "options",
    [
        [],  # there is no ledger
        ["--record", "week0"],  # no roster
        ["--roster", "roster0.csv"],
        ["--attendance", "attendance.csv"],
        ["--decay", "0"],
        ["--decay", "nan"],
        ["--weeks", "0"],
        ["--since", "Monday"],
        ["--lang", "de"],
    ],
)
def test_wrong_options(options: list[str], folder: Path) -> None:
    """Exit code 2, and no ledger is made."""
    paths = [str(folder / o) if (folder / o).exists() else o for o in options]

    assert run_ledger(folder / "ledger.json", *paths).exit_code == 2
    assert not (folder / "ledger.json").exists()


def test_a_full_disk_leaves_ledger_and_history_as_they_were(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are complete before either is put in place."""
    record(folder, 0)
    before = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(text_module.os, "replace", fail)
    done = record(folder, 1, "--history", folder / "history.csv")

    assert done.exit_code == 2
    assert "No space left" in done.stderr
    assert {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()} == before


def test_lessons_of_a_week_planned_with_recommended_rules(folder: Path) -> None:
    """The rule about mentors stands in no table; the same option tells the ledger of it."""
    problem = make_week(0)
    write_week(problem.model_copy(update={"rules": (Coverage(level=1),)}), folder / "week0")

    assert record(folder, 0).exit_code == 0
    without = people(folder)["ana"]["mentored"]
    (folder / "ledger.json").unlink()
    done = record(folder, 0, "--recommended")

    assert done.exit_code == 0, done.output
    assert (without, people(folder)["ana"]["mentored"]) == (0, 2)


def test_show_rates_are_written_with_their_uncertainty(folder: Path) -> None:
    """By person as a table, by circumstance on the terminal, and both as JSON."""
    absent = "shift_id,volunteer_id,state\nM2,ana,absent\nM3,bob,gọi không trực\n"
    (folder / "absent.csv").write_text(absent, encoding="utf-8")
    record(folder, 0, "--attendance", folder / "absent.csv")

    done = run_ledger(folder / "ledger.json", "--show-rates", folder / "rates.csv")

    assert done.exit_code == 0, done.output
    assert (
        "Came to 80.0% of the planned shifts that were not excused (5 shifts, 2 people)."
        in done.output
    )
    assert "90% interval" in done.output
    assert "Mon" in done.output
    rows = list(csv.DictReader((folder / "rates.csv").read_text(encoding="utf-8").splitlines()))
    assert [(r["volunteer_id"], r["shifts"], r["came"]) for r in rows] == [
        ("ana", "3", "2"),
        ("bob", "2", "2"),
    ]
    assert rows[0]["name"] == "Ana, =1+1"
    assert all(0 < float(r["low"]) < float(r["show_rate"]) < float(r["high"]) < 1 for r in rows)
    data = json.loads(
        run_ledger(folder / "ledger.json", "--show-rates", folder / "r.csv", "--json").output
    )
    assert [row["shifts"] for row in data["show_rates"]] == [3, 2]
    assert {row["of"] for row in data["show_effects"]} == {"weekday"}
    assert data["people"][1]["asked"] == 1


def test_show_rates_need_attendance(folder: Path) -> None:
    """Weeks in which everybody is assumed to have come say nothing; the rates are the week's."""
    record(folder, 0)

    arguments = ["--show-rates", folder / "rates.csv", "--next", folder / "week1"]
    done = run_ledger(folder / "ledger.json", *arguments)

    assert "Nothing is known about who comes" in done.output
    assert (folder / "rates.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        'ana,"Ana, =1+1",0,0,1.000,0.000,1.000',
        "bob,,0,0,1.000,0.000,1.000",
    ]


def test_calls_in_vain_are_shown_and_credited(folder: Path) -> None:
    """A column of their own; --call-credit says what one counts in the next history."""
    text = "shift_id,volunteer_id,state\nM3,bob,asked\nM4,bob,asked\n"
    (folder / "calls.csv").write_text(text, encoding="utf-8")
    record(folder, 0, "--attendance", folder / "calls.csv")

    done = run_ledger(folder / "ledger.json")
    assert "Called in vain" in done.output
    for more, worked in (((), "2.5"), (("--call-credit", 1), "4"), (("--call-credit", 0), "2")):
        history = folder / "history.csv"
        run_ledger(folder / "ledger.json", "--history", history, *more)
        rows = csv.DictReader(history.read_text(encoding="utf-8").splitlines())
        assert [row["shifts_worked"] for row in rows if row["volunteer_id"] == "bob"] == [worked]
    assert run_ledger(folder / "ledger.json", "--call-credit", 1.5).exit_code == 2


def test_a_week_is_recorded_from_its_record(folder: Path) -> None:
    """What was told, who declined, who was called and who came, without a file of a roster."""
    week = folder / "week0"
    live = LiveWeek(read_week(week), open_store(week))
    told = parse("ana M M M . . . .\nbob M M . . . . .")
    live.publish(live.draft(told).number, even_if_poor=True)
    live.record(
        answers=[ShiftAnswer(volunteer_id="ana", shift_id="M0", answer="declined")],
        calls=[Call(volunteer_id="bob", shift_id="M3", answer="cannot")],
        turnouts=[Turnout(volunteer_id="ana", shift_id="M2", state="absent")],
    )

    done = run_ledger(folder / "ledger.json", "--record", week)

    assert done.exit_code == 0, done.output
    found = read_ledger(folder / "ledger.json")
    entries = {e.volunteer_id: e for w in found.weeks for e in w.entries}
    ana, bob = entries["ana"], entries["bob"]
    assert (ana.shifts_worked, ana.excused, ana.absent) == (1, 1, 1)
    assert (bob.shifts_worked, bob.asked) == (2, 1)
    assert found.show_rates().observed == 4
    again = run_ledger(folder / "other.json", "--record", folder / "week1")
    assert again.exit_code == 2
    assert "no roster has been published" in again.output


@pytest.mark.parametrize("from_files", [False, True])
@pytest.mark.parametrize(("years", "left"), [(-20, 0), (20, 3)])
def test_shifts_that_are_not_over_are_named(
    folder: Path, years: int, left: int, from_files: bool
) -> None:
    """They count as worked, so the coordinator is asked to record the week again."""
    week, roster = folder / "any", folder / "any.csv"
    start = MONDAY.replace(year=MONDAY.year + years)
    write_week(plan("M", "ana bob", start=start, rules=(Coverage(level=1),)), week)
    live = LiveWeek(read_week(week), open_store(week))
    told = parse("ana M M M . . . .\nbob M M . . . . .")
    live.publish(live.draft(told).number, even_if_poor=True)
    rows = [f"{pair.shift_id},{pair.volunteer_id}\n" for pair in told.assignments]
    roster.write_text("".join(["shift_id,volunteer_id\n", *rows]), encoding="utf-8")

    more = ("--roster", roster) if from_files else ()
    done = run_ledger(folder / "ledger.json", "--record", week, *more)

    assert done.exit_code == 0, done.output
    assert (f"{left} shifts are not over yet" in done.stderr) == bool(left)
    assert (f"--remove {start}" in done.stderr) == bool(left)


def test_simulated_people_come_as_the_ledger_knows(folder: Path) -> None:
    """Ana, who was absent four times of five, is there less often than with her show rate of 1."""
    text = "shift_id,volunteer_id,state\n" + "".join(f"M{i},ana,absent\n" for i in range(3))
    (folder / "absent.csv").write_text(text, encoding="utf-8")
    record(folder, 0, "--attendance", folder / "absent.csv")
    week = plan(
        "M",
        "ana bob",
        start=MONDAY + dt.timedelta(7),
        services=[Service(service_id="s", minutes_per_citizen=30)],
        demand=[
            Demand(center_id=s.center_id, start=s.start, end=s.end, service_id="s", arrivals=9)
            for s in plan("M", "ana bob", start=MONDAY + dt.timedelta(7)).shifts
        ],
    )
    write_week(week, folder / "next")

    served = []
    for more in ((), ("--ledger", folder / "ledger.json")):
        file = folder / "sim.json"
        done = run("simulate", folder / "next", folder / "roster1.csv", "--out", file, *more)
        assert done.exit_code == 0, done.output
        served.append(json.loads(file.read_text(encoding="utf-8"))["overall"]["served_share"])

    assert served[1]["value"] < served[0]["value"] - 0.05
