"""The command `simulate`: figures of a roster, with and without scenarios, and what it refuses."""

from __future__ import annotations

import inspect
import json
from pathlib import Path

import pytest
from commands import run
from visited import MONDAY, town, unsure

from shiftplan import Problem
from shiftplan.batch.manifest import Settings
from shiftplan.citizens import simulate
from shiftplan.cli.citizens import simulate_roster


@pytest.fixture
def tiny() -> Problem:
    return town()


@pytest.fixture
def planned(week: Path, tmp_path: Path) -> Path:
    """A roster in which ana works the morning, and ben and cam the afternoon."""
    roster = tmp_path / "roster.csv"
    roster.write_text("shift_id,volunteer_id\nam,ana\npm,ben\npm,cam\n", encoding="utf-8")
    return roster


FIGURES = ("arrivals", "served_share", "within_target_share", "wait_p50_minutes")


def test_simulate_writes_figures_with_their_intervals(
    week: Path, planned: Path, tmp_path: Path
) -> None:
    """Each figure of each center has a value inside its interval; arrivals are about those told."""
    out = tmp_path / "sim.json"

    done = run("simulate", week, planned, "--out", out, "--runs", 50)

    assert done.exit_code == 0, done.output
    found = json.loads(out.read_text(encoding="utf-8"))
    assert [c["center_id"] for c in found["centers"]] == ["C"]
    center = found["centers"][0]
    for name in (*FIGURES, "wait_p90_minutes"):
        assert center[name]["low"] <= center[name]["value"] <= center[name]["high"], name
    assert center["arrivals"]["value"] == pytest.approx(112, rel=0.05)
    assert 0 < center["within_target_share"]["value"] < center["served_share"]["value"] < 1
    assert "50 weeks simulated" in done.output
    assert "Rạch Giá" in done.output


def test_citizens_may_wait_for_ever(week: Path, planned: Path, tmp_path: Path) -> None:
    """With patience `never` nobody gives up; with little patience many do; nonsense is refused."""
    gave_up = {}
    for patience in ("never", "1"):
        out = tmp_path / f"{patience}.json"
        run("simulate", week, planned, "--out", out, "--runs", 20, "--patience", patience)
        found = json.loads(out.read_text(encoding="utf-8"))
        gave_up[patience] = found["centers"][0]["gave_up_share"]["value"]

    assert gave_up["never"] == 0 < gave_up["1"]
    for nonsense in ("soon", "0", "nan", "1e9"):
        done = run("simulate", week, planned, "--patience", nonsense)
        assert done.exit_code == 2
        assert "never" in done.output


def test_simulate_repeats_itself(week: Path, planned: Path, tmp_path: Path) -> None:
    """The same seed gives the same file, another seed another one."""
    files = [tmp_path / f"{i}.json" for i in range(3)]

    for file, seed in zip(files, (1, 1, 2), strict=True):
        run("simulate", week, planned, "--out", file, "--runs", 4, "--seed", seed)

    texts = [file.read_text(encoding="utf-8") for file in files]
    assert texts[0] == texts[1]
    assert texts[1].replace('"seed": 1', '"seed": 2') != texts[2]


def test_two_rosters_are_compared_on_the_same_citizens(
    week: Path, planned: Path, tmp_path: Path
) -> None:
    """One more skilled person in the morning helps; against itself a roster changes nothing."""
    more = tmp_path / "more.csv"
    more.write_text(planned.read_text(encoding="utf-8") + "am,ben\n", encoding="utf-8")

    better = run("simulate", week, more, "--before", planned, "--runs", 40)
    same = run("simulate", week, planned, "--before", planned, "--runs", 4)

    assert "+" in better.output.split("Change")[1]
    assert "−" not in better.output.split("Change")[1].splitlines()[1].split()[1]
    assert "Citizens notice no difference." in same.output


def test_simulate_says_when_nobody_comes(week: Path, planned: Path) -> None:
    """A week without demand has nothing to simulate, which is no error."""
    (week / "demand.csv").unlink()

    done = run("simulate", week, planned)

    assert done.exit_code == 0
    assert done.stdout.strip() == "No citizens are expected."
    assert "the table requirements is empty, so nobody is needed" in done.stderr


def test_simulate_sends_away_who_comes_when_nobody_is_there(week: Path, planned: Path) -> None:
    """A forecast that no requirements can be made from can still be simulated."""
    head = "center_id,date,start,end,service_id,arrivals\n"
    row = f"C,{MONDAY},18:00,19:00,look,50\n"
    (week / "demand.csv").write_text(head + row, encoding="utf-8")

    done = run("simulate", week, planned, "--runs", 4)

    assert done.exit_code == 0, done.output
    assert "0.0% of all who come" in done.output


def test_areas_are_translated_and_services_are_not(week: Path, planned: Path) -> None:
    """A service whose id is a word of the program keeps its own name; areas have that of --lang."""
    head = "service_id,name,minutes_per_citizen\n"
    (week / "services.csv").write_text(head + "other,Việc khác,5\n", encoding="utf-8")
    head = "center_id,date,start,end,service_id,arrivals\n"
    row = f"C,{MONDAY},07:00,11:00,other,32\n"
    (week / "demand.csv").write_text(head + row, encoding="utf-8")
    (planned.parent / "nobody.csv").write_text("shift_id,volunteer_id\n", encoding="utf-8")
    asked = ("simulate", week, planned, "--before", planned.parent / "nobody.csv")
    asked += ("--runs", 4, "--lang", "vi")

    alone = run(*asked)
    centers = "center_id,name,minority_area\nC,Hòa,0\nD,Bình,1\n"
    (week / "centers.csv").write_text(centers, encoding="utf-8")
    done = run(*asked)

    assert alone.exit_code == done.exit_code == 0, done.output
    assert "khu vực" not in alone.output.casefold()
    found, change = done.output.split("Thay đổi")
    for part in (found, change):
        assert part.count("Việc khác") == 1
        assert part.count("khu vực khác") == 1
    assert "other" not in done.output


def test_simulate_refuses_unknown_people(week: Path, tmp_path: Path) -> None:
    """A roster with an unknown volunteer is bad input, with a guess."""
    roster = tmp_path / "r.csv"
    roster.write_text("shift_id,volunteer_id\nam,anna\n", encoding="utf-8")

    done = run("simulate", week, roster, "--out", tmp_path / "sim.json")

    assert done.exit_code == 2
    assert "Did you mean 'ana'?" in done.stderr
    assert not (tmp_path / "sim.json").exists()


def test_weeks_are_simulated_as_often_through_every_door() -> None:
    """By the command, in Python, and in a batch."""
    of_call = inspect.signature(simulate).parameters["runs"].default
    of_command = inspect.signature(simulate_roster).parameters["runs"].default

    assert of_call == of_command == Settings().runs


@pytest.mark.parametrize("command", ["simulate", "report"])
def test_a_correlation_of_no_scenarios_is_refused(command: str, tmp_path: Path) -> None:
    """It would have no effect."""
    done = run(command, unsure(tmp_path), "--correlation", 0.6, "--out", tmp_path / "out")

    assert done.exit_code == 2
    assert "needs --scenarios" in done.stderr


def test_simulate_prices_a_roster_in_scenarios(tmp_path: Path) -> None:
    """They are shown, and stand in the file only where they are asked for."""
    week, out = unsure(tmp_path), tmp_path / "sim.json"
    roster = tmp_path / "roster.csv"
    roster.write_text("shift_id,volunteer_id\nam,ana\nam,ben\n", encoding="utf-8")
    given = ("simulate", week, roster, "--runs", 2, "--out", out)

    plain = run(*given)
    without = json.loads(out.read_text(encoding="utf-8"))
    done = run(*given, "--scenarios", 30, "--correlation", 1)
    found = json.loads(out.read_text(encoding="utf-8"))

    assert "scenarios of the forecast" not in plain.stdout
    assert without["scenarios"] is None
    assert "30 scenarios of the forecast" in " ".join(done.stdout.split())
    assert found["scenarios"]["correlation"] == 1
    seats, empty = (found["scenarios"][key]["mean"]["value"] for key in ("seats", "empty_seats"))
    assert 0 < empty < seats
    assert {key: found[key] for key in without if key != "scenarios"} == {
        key: without[key] for key in without if key != "scenarios"
    }


@pytest.mark.parametrize("command", ["staff", "simulate"])
def test_folders_are_made_or_refused_at_once(
    command: str, week: Path, planned: Path, tmp_path: Path
) -> None:
    """A folder that is missing is made; a file in its place is told before anything is computed."""
    rosters = [planned] if command == "simulate" else []
    options = ["--runs", 2] if command == "simulate" else []
    (tmp_path / "file").write_text("", encoding="utf-8")

    made = run(command, week, *rosters, "--out", tmp_path / "new" / "x.out", *options)
    refused = run(command, week, *rosters, "--out", tmp_path / "file" / "x.out", *options)

    assert made.exit_code == 0
    assert (tmp_path / "new" / "x.out").stat().st_size > 0
    assert refused.exit_code == 2
    assert "cannot be written" in refused.stderr
