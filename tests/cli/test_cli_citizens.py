"""Commands about citizens: staff, simulate, and planning from a forecast."""

from __future__ import annotations

import csv
import inspect
import json
from pathlib import Path
from typing import Any

import pytest
from commands import run

from shiftplan import Problem, read_week, write_week
from shiftplan.batch.manifest import Settings
from shiftplan.citizens import simulate, staff
from shiftplan.cli.citizens import simulate_roster

MONDAY = "2026-12-07"


def town(**changed: Any) -> Problem:
    """One center, a morning and an afternoon, fourteen citizens an hour, four people."""
    hours = [("am", "07:00", "11:00"), ("pm", "13:00", "17:00")]
    skilled = {"portal": 2}
    parts = {
        "horizon": {"start": MONDAY, "days": 7},
        "centers": [{"center_id": "C", "name": "Rạch Giá", "lat": 10, "lon": 105}],
        "skills": [{"skill_id": "portal", "name": "Cổng", "max_level": 2}],
        "services": [
            {"service_id": "look", "minutes_per_citizen": 5},
            {"service_id": "file", "skill_id": "portal", "minutes_per_citizen": 20},
        ],
        "volunteers": [
            {"volunteer_id": name, "skills": skilled if name < "c" else {}, "home_center_id": "C"}
            for name in ("ana", "ben", "cam", "don")
        ],
        "availability": [
            {"volunteer_id": name, "start": f"{MONDAY}T07:00", "end": f"{MONDAY}T17:00"}
            for name in ("ana", "ben", "cam", "don")
        ],
        "shifts": [
            {
                "shift_id": name,
                "center_id": "C",
                "start": f"{MONDAY}T{start}",
                "end": f"{MONDAY}T{end}",
            }
            for name, start, end in hours
        ],
        "demand": [
            {
                "center_id": "C",
                "start": f"{MONDAY}T{start}",
                "end": f"{MONDAY}T{end}",
                "service_id": service,
                "arrivals": arrivals,
            }
            for _, start, end in hours
            for service, arrivals in (("look", 32), ("file", 24))
        ],
        "rules": [{"rule": "coverage", "level": 1}],
    }
    return Problem.model_validate(parts | changed)


@pytest.fixture
def week(tmp_path: Path) -> Path:
    write_week(town(), tmp_path / "week")
    return tmp_path / "week"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_staff_writes_requirements_that_a_week_can_hold(week: Path) -> None:
    """The file has the columns of the format, then the reason, and is read back with the week."""
    done = run("staff", week, "--out", week / "requirements.csv")

    assert done.exit_code == 0, done.output
    columns = ["shift_id", "skill_id", "min_level", "minimum", "target", "reason"]
    assert list(rows(week / "requirements.csv")[0]) == columns
    assert read_week(week) == staff(town()).problem
    assert "4 requirements for 2 shifts, from a forecast of 112 requests." in done.output
    assert "requests an hour" in done.output


def test_staff_speaks_vietnamese(week: Path, tmp_path: Path) -> None:
    """What is shown and the reasons in the file are in the language asked for."""
    done = run("staff", week, "--out", tmp_path / "r.csv", "--lang", "vi")

    assert "4 yêu cầu cho 2 ca, tính từ dự báo 112 lượt dịch vụ." in done.output
    assert all("lượt dịch vụ mỗi giờ" in row["reason"] for row in rows(tmp_path / "r.csv"))


def test_a_week_without_requirements_is_planned_from_its_forecast(
    week: Path, tmp_path: Path
) -> None:
    """plan and check make the same requirements, so that their costs agree."""
    out = tmp_path / "out"

    done = run("plan", week, "--out", out, "--time-limit", 300, "--workers", 1)
    checked = run("check", week, out / "roster.csv", "--json")

    assert done.exit_code == checked.exit_code == 0, done.output
    total = json.loads((out / "result.json").read_text(encoding="utf-8"))["total"]["cost"]
    assert json.loads(checked.stdout)["total"] == total > 0
    assert not (week / "requirements.csv").exists()


def test_requirements_of_the_week_go_first_unless_staff_is_asked_for(
    week: Path, tmp_path: Path
) -> None:
    """A hand-made table holds; with --staff the forecast does, for check as for plan.

    The table stays as it is.
    """
    own = "shift_id,minimum,target\nam,1,1\n"
    (week / "requirements.csv").write_text(own, encoding="utf-8")

    run("plan", week, "--out", tmp_path / "own", "--time-limit", 300, "--workers", 1)
    done = run("plan", week, "--out", tmp_path / "new", "--staff", "--workers", 1)

    assert done.exit_code == 0, done.output
    assert {row["shift_id"] for row in rows(tmp_path / "own" / "roster.csv")} == {"am"}
    assert {row["shift_id"] for row in rows(tmp_path / "new" / "roster.csv")} == {"am", "pm"}
    again = run("check", week, tmp_path / "new" / "roster.csv", "--staff", "--json")
    total = json.loads((tmp_path / "new" / "result.json").read_text(encoding="utf-8"))["total"]
    assert json.loads(again.stdout)["total"] == total["cost"]
    assert (week / "requirements.csv").read_text(encoding="utf-8") == own


@pytest.mark.parametrize(
    ("demand", "code", "shown"),
    [
        ("", 2, "no citizens are expected"),
        (f"C,{MONDAY},06:00,08:00,look,8\n", 2, "4.00 citizens would be sent away"),
        (f"C,{MONDAY},07:00,08:00,look,-8\n", 2, "arrivals"),
        (f"C,{MONDAY},07:00,08:00,lok,8\n", 2, "Did you mean 'look'?"),
    ],
)
def test_a_forecast_that_cannot_be_used_is_told(
    week: Path, tmp_path: Path, demand: str, code: int, shown: str
) -> None:
    """Nothing to staff, citizens before opening, fewer than none, and an unknown service."""
    head = "center_id,date,start,end,service_id,arrivals\n"
    (week / "demand.csv").write_text(head + demand, encoding="utf-8")

    done = run("staff", week, "--out", tmp_path / "r.csv")

    assert done.exit_code == code
    assert shown in done.stderr
    assert not (tmp_path / "r.csv").exists()


def test_a_forecast_planned_for_nobody_makes_an_empty_table(week: Path, tmp_path: Path) -> None:
    """A spread of ten times the mean has a quantile of next to nothing: nobody is asked for."""
    head = "center_id,date,start,end,service_id,arrivals,arrivals_cv\n"
    row = f"C,{MONDAY},07:00,08:00,look,8,10\n"
    (week / "demand.csv").write_text(head + row, encoding="utf-8")
    (week / "policy.csv").write_text("setting,value\nquantile,0.4\n", encoding="utf-8")

    done = run("staff", week, "--out", tmp_path / "r.csv")

    assert done.exit_code == 0, done.output
    assert "0 requirements for 0 shifts" in done.output
    assert rows(tmp_path / "r.csv") == []


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


def test_recommended_rules_are_added_when_asked_for(week: Path, tmp_path: Path) -> None:
    """plan and check then know the same further rules, and agree."""
    out = tmp_path / "out"

    run("plan", week, "--out", out, "--recommended", "--time-limit", 300, "--workers", 1)
    full = run("check", week, out / "roster.csv", "--recommended", "--json")
    plain = run("check", week, out / "roster.csv", "--json")

    total = json.loads((out / "result.json").read_text(encoding="utf-8"))["total"]["cost"]
    assert json.loads(full.stdout)["total"] == total
    assert set(json.loads(plain.stdout)["levels"]) == {"1"}
    assert set(json.loads(full.stdout)["levels"]) == {"1", "2"}


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


def test_weeks_are_simulated_as_often_through_every_door() -> None:
    """By the command, in Python, and in a batch."""
    of_call = inspect.signature(simulate).parameters["runs"].default
    of_command = inspect.signature(simulate_roster).parameters["runs"].default

    assert of_call == of_command == Settings().runs


def test_messages_tell_what_is_missing_by_the_forecast(week: Path, tmp_path: Path) -> None:
    """A roster told with --staff: its messages are the same, written again with --staff."""
    many = [{"shift_id": name, "target": 9, "minimum": 1} for name in ("am", "pm")]
    write_week(town(requirements=many), week)
    out, again, other = (tmp_path / name for name in ("out", "again", "other"))
    limits = ("--time-limit", 5, "--workers", 1)
    for line in (("plan", *limits, "--out", tmp_path / "draft"), ("publish", "--out", out)):
        done = run(line[0], week, "--staff", *line[1:])
        assert done.exit_code == 0, done.output

    for folder, more in ((again, ["--staff"]), (other, [])):
        written = run("calendars", week, out / "roster.csv", "--out", folder, *more)
        assert written.exit_code == 0, written.output

    told, same, less = (
        {p.name: p.read_text(encoding="utf-8") for p in (folder / "messages").glob("*.txt")}
        for folder in (out, again, other)
    )
    assert told == same
    assert told != less


def test_a_plan_from_a_forecast_is_the_same_in_both_languages(week: Path, tmp_path: Path) -> None:
    """Reasons of its requirements are Vietnamese then, but its result is still that of the week."""
    out, slides = tmp_path / "out", tmp_path / "slides"
    done = run("plan", week, "--out", out, "--time-limit", 5, "--workers", 1)
    assert done.exit_code == 0, done.output

    drawn = run("charts", week, out / "roster.csv", "--out", slides, "--lang", "vi")

    assert drawn.exit_code == 0, drawn.output
    assert (slides / "cost.png").exists()


def unsure(tmp_path: Path) -> Path:
    """The town with a forecast that may be wrong by half."""
    problem = town()
    demand = tuple(row.model_copy(update={"arrivals_cv": 0.5}) for row in problem.demand)
    write_week(problem.model_copy(update={"demand": demand}), tmp_path / "unsure")
    return tmp_path / "unsure"


def test_staff_writes_the_chance_that_each_person_is_needed(tmp_path: Path) -> None:
    """The column is read back with the week."""
    week = unsure(tmp_path)

    done = run("staff", week, "--out", week / "requirements.csv", "--scenarios", 10)

    assert done.exit_code == 0
    texts = [row["needed_percent"] for row in rows(week / "requirements.csv")]
    read = read_week(week).requirements
    assert texts == ["|".join(map(str, need.needed_percent)) for need in read]
    assert all(need.needed_percent[0] == 100 for need in read if need.minimum)


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
