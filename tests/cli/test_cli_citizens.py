"""The command `staff`, and planning and simulating from a forecast."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import run
from visited import MONDAY, rows, town, unsure

from shiftplan import Problem, read_week, write_week
from shiftplan.citizens import staff


@pytest.fixture
def tiny() -> Problem:
    return town()


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

    assert "4 nhu cầu cho 2 ca, tính từ dự báo 112 lượt dịch vụ." in done.output
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


def test_staff_writes_the_chance_that_each_person_is_needed(tmp_path: Path) -> None:
    """The column is read back with the week."""
    week = unsure(tmp_path)

    done = run("staff", week, "--out", week / "requirements.csv", "--scenarios", 10)

    assert done.exit_code == 0
    texts = [row["needed_percent"] for row in rows(week / "requirements.csv")]
    read = read_week(week).requirements
    assert texts == ["|".join(map(str, need.needed_percent)) for need in read]
    assert all(need.needed_percent[0] == 100 for need in read if need.minimum)
