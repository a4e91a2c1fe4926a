"""The command forecast: a log in, the demand of a week out, accuracy and what a week teaches."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from commands import run
from json_forms import fits
from visit_logs import MONDAY, week

from shiftplan import read_week, write_week
from shiftplan.citizens import staff
from shiftplan.problem import Problem

HOURS = (7, 8, 9, 10, 13, 14, 15, 16)


def log_text(weeks: int = 10, *, until: int = 0, seed: int = 0, minutes: float = 10) -> str:
    """Visits for `flow` at two centers, four an hour on working days, those of A1 rarer.

    Weeks end `until` weeks after the Monday of the week. Help takes some minutes on average.
    """
    rng = np.random.default_rng(seed)
    lines = ["center_id,arrived,services,start,end"]
    for number in range(-weeks, until):
        for day in range(5):
            date = MONDAY + dt.timedelta(7 * number + day)
            for center, rate in (("A1", 2), ("B2", 4)):
                for hour in HOURS:
                    for minute in sorted(rng.integers(0, 60, rng.poisson(rate)).tolist()):
                        at = dt.datetime.combine(date, dt.time(hour, minute))
                        end = at + dt.timedelta(minutes=max(1, round(rng.gamma(4, minutes / 4))))
                        moments = (at, at, min(end, at.replace(hour=hour, minute=59)))
                        a, b, c = (f"{t:%Y-%m-%d %H:%M}" for t in moments)
                        lines.append(f"{center},{a},flow,{b},{c}")
    return "\n".join(lines) + "\n"


def planned() -> Problem:
    """The week with people, who are all free."""
    names = [f"v{i}" for i in range(8)]
    free = [
        {"volunteer_id": n, "start": f"{MONDAY}T07:00", "end": f"{MONDAY}T17:00"} for n in names
    ]
    people = [{"volunteer_id": n, "home_center_id": "A1"} for n in names]
    rules = [{"rule": "coverage", "level": 1}]
    return week(volunteers=people, availability=free, rules=rules)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a week and its log."""
    write_week(planned(), tmp_path / "week")
    (tmp_path / "visits.csv").write_text(log_text(), encoding="utf-8")
    return tmp_path


def asked(place: Path, *options: object) -> Any:
    return run("forecast", place / "week", "--visits", place / "visits.csv", *options)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_demand_is_written_into_the_week(place: Path) -> None:
    """It is read back without notes, can be staffed, and expects what usually comes.

    Per day 8 hours with 2 and 4 visits: 5 days have 240.
    """
    done = asked(place, "--out", place / "week" / "demand.csv")

    assert done.exit_code == 0, done.output
    notes: list[object] = []
    problem = read_week(place / "week", on_note=notes.append)
    assert notes == []
    assert sum(row.arrivals for row in problem.demand) == pytest.approx(240, rel=0.1)
    assert all(row.arrivals_cv is not None for row in problem.demand)
    assert staff(problem).requirements


def test_log_that_ended_long_before_is_told(place: Path) -> None:
    """It ended on a Friday; five whole weeks are missing after that."""
    usual = asked(place)
    (place / "visits.csv").write_text(log_text(until=-5), encoding="utf-8")

    old = asked(place)

    assert (usual.exit_code, old.exit_code) == (0, 0)
    assert "5 weeks before the forecast" in old.stderr
    assert "before the forecast" not in usual.stderr


def test_plan_uses_the_forecast(place: Path) -> None:
    """A week without requirements gets them from the new table."""
    asked(place, "--out", place / "week" / "demand.csv")

    done = run("plan", place / "week", "--out", place / "out", "--time-limit", 60, "--workers", 1)

    assert done.exit_code == 0, done.output
    assert rows(place / "out" / "roster.csv")


def test_requirements_of_the_week_are_named(place: Path) -> None:
    """Where `plan` would go on with earlier requirements, a note says so; else there is none."""
    plain = asked(place, "--out", place / "week" / "demand.csv")
    run("staff", place / "week", "--out", place / "week" / "requirements.csv")

    done = asked(place, "--out", place / "week" / "demand.csv")

    assert "--staff" not in plain.stderr
    assert "the week has requirements" in done.stderr
    assert "--staff" in done.stderr


def test_quantiles_stand_beside(place: Path) -> None:
    """By service and slot, slot, day, center, province, and in all; intervals nest."""
    asked(place, "--out", place / "demand.csv")

    found = rows(place / "forecast.csv")
    of = {name: [r for r in found if r["of"] == name] for name in {r["of"] for r in found}}
    number = {name: len(part) for name, part in of.items()}
    assert number == {
        "service": 80,  # two centers, five days, eight hours
        "slot": 80,
        "day": 10,
        "center": 2,
        "province": 5,
        "all": 1,
    }
    assert all(int(r["p10"]) <= int(r["p50"]) <= int(r["p90"]) for r in found)
    total = float(of["all"][0]["mean"])
    assert sum(float(r["mean"]) for r in of["day"]) == pytest.approx(total, abs=0.01)


def test_notes_on_the_log_are_shown(place: Path) -> None:
    """On standard error, and what was read first of all."""
    text = log_text() + "nowhere,2026-12-01 08:00,flow,,\n"
    (place / "visits.csv").write_text(text, encoding="utf-8")

    done = asked(place)

    assert done.output.index("Log read") < done.output.index("are forecast for 2 centers")
    assert "Note: 1 visit left out because its center is not in this week" in done.stderr


def test_closed_days_beside_the_log_are_found(place: Path) -> None:
    """A week of closed days is missing, not zero: the forecast stays."""
    lines = log_text().splitlines(keepends=True)
    last = [str(MONDAY - dt.timedelta(7 - day)) for day in range(5)]
    kept = [line for line in lines if not any(day in line for day in last)]
    (place / "visits.csv").write_text("".join(kept), encoding="utf-8")
    closed = "center_id,date\n" + "".join(f"*,{day}\n" for day in last)
    (place / "closed.csv").write_text(closed, encoding="utf-8")

    done = asked(place, "--json")

    total = sum(day["mean"] for day in json.loads(done.stdout)["province"])
    assert total == pytest.approx(240, rel=0.1)


def test_events_change_the_forecast(place: Path) -> None:
    """A campaign that doubles Monday's citizens, and only Monday's."""
    (place / "events.csv").write_text(
        f"where,name,first_date,last_date,factor\n,Campaign,{MONDAY},,2\n", encoding="utf-8"
    )
    plain = json.loads(asked(place, "--json").stdout)["province"]

    found = json.loads(asked(place, "--events", place / "events.csv", "--json").stdout)["province"]

    ratios = [after["mean"] / before["mean"] for before, after in zip(plain, found, strict=True)]
    assert ratios == pytest.approx([2, 1, 1, 1, 1])


def test_a_season_has_a_table_for_each_week(place: Path) -> None:
    """Named by the first date of each later one."""
    done = asked(place, "--weeks", 3, "--out", place / "demand.csv")

    later = [place / f"demand-{MONDAY + dt.timedelta(7 * n)}.csv" for n in (1, 2)]
    assert all(file.exists() for file in later), done.output
    assert {row["date"] for row in rows(later[0])} == {
        str(MONDAY + dt.timedelta(7 + day)) for day in range(5)
    }


def test_a_backtest_compares_forecasters(place: Path) -> None:
    """In JSON each has its measures for days, by size, of all centers and of cells."""
    content = json.loads(asked(place, "--backtest", 2, "--weeks", 2, "--json").stdout)["backtest"]

    names = {row["forecaster"] for row in content["rows"]}
    assert names == {"embedded", "four_week_mean", "seasonal_naive"}
    own = [row for row in content["rows"] if row["forecaster"] == "embedded"]
    kinds = [(row["of"], row["size"], row["ahead"]) for row in own]
    assert kinds == [
        ("day", None, None),
        ("day", "small", None),
        ("day", "medium", None),
        ("day", None, 1),
        ("day", None, 2),
        ("province", None, None),
        ("cell", None, None),
    ]
    assert all(0 < row["wape"] < 2 for row in own)


def test_served_plans_the_last_week(place: Path) -> None:
    """The roster of the second forecast is compared with that of the first."""
    everybody = [
        {"volunteer_id": f"v{i}", "start": _moment(day, 7), "end": _moment(day, 17)}
        for i in range(8)
        for day in range(5)
    ]
    free = planned().model_dump() | {"availability": everybody}
    write_week(Problem.model_validate(free), place / "week")

    options = ("--backtest", 1, "--served", "--time-limit", 20, "--workers", 1, "--json")
    own, other = json.loads(asked(place, *options).stdout)["served"]

    assert (own["forecaster"], other["forecaster"]) == ("embedded", "four_week_mean")
    assert own["assignments"] == other["assignments"]
    assert own["difference"] is None
    assert other["difference"]["low"] <= other["difference"]["high"]
    assert 0 < own["served_in_time"]["value"] <= 1


def _moment(day: int, hour: int) -> str:
    return f"{MONDAY + dt.timedelta(day)}T{hour:02d}:00"


def test_a_week_teaches(place: Path) -> None:
    """What came at each center stands beside the plan; help takes longer than the week says."""
    asked(place, "--out", place / "week" / "demand.csv")
    text = log_text(until=1, minutes=20)
    (place / "visits.csv").write_text(text, encoding="utf-8")

    done = asked(place, "--learn", "--out", place / "learned.csv")

    assert done.exit_code == 0, done.output
    found = {row["center_id"]: row for row in rows(place / "learned.csv")}
    assert found.keys() == {"A1", "B2", ""}
    came = [float(found[center]["came"]) for center in ("A1", "B2", "")]
    assert came[0] + came[1] == came[2] == pytest.approx(240, rel=0.2)
    (service,) = rows(place / "learned-services.csv")
    assert service["service_id"] == "flow"
    assert 12 < float(service["minutes_per_citizen"]) < 20  # ends are cut at full hours
    assert "the chance of an alarm is at most 5%" in " ".join(done.output.split())


def test_json_has_the_forms_that_are_described(place: Path) -> None:
    """Of a forecast, with all that may be in it, and of what a week teaches."""
    shown = asked(place, "--backtest", 1, "--weeks", 2, "--json").stdout
    (place / "visits.csv").write_text(log_text(until=1, minutes=20), encoding="utf-8")
    learned = asked(place, "--learn", "--json").stdout

    fits("forecast", shown)
    fits("lesson", learned)
    assert json.loads(learned)["proposals"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--served"], "--backtest"),
        (["--ledger", "ledger.json"], "--learn"),
        (["--learn", "--backtest", "2"], "--backtest"),
        (["--out", "forecast.csv"], "forecast.csv"),
        (["--forecaster", "oracle"], "oracle"),
        (["--backtest", "40"], "reach back"),
        (["--learn"], "no recorded day of this week"),
    ],
)
def test_what_cannot_be_asked(options: list[str], said: str, place: Path) -> None:
    """It ends with exit code 2 and a sentence."""
    done = asked(place, *options)

    assert done.exit_code == 2
    assert said in " ".join(done.output.split())


def test_nothing_is_forecast_from_closed_days_alone(place: Path) -> None:
    """A fault, not a traceback."""
    days = {line.split(",")[1][:10] for line in log_text().splitlines()[1:]}
    closed = "center_id,date\n" + "".join(f"*,{day}\n" for day in sorted(days))
    (place / "closed.csv").write_text(closed, encoding="utf-8")

    done = asked(place)

    assert done.exit_code == 2
    assert "Traceback" not in done.output


def test_the_page_needs_no_network(place: Path) -> None:
    """It names no other place, and has a plot of each center with words for it."""
    asked(place, "--report", place / "page.html", "--backtest", 2)

    page = (place / "page.html").read_text(encoding="utf-8")
    assert "http" not in page.replace("http-equiv", "")
    assert page.count('role="img" aria-label=') == 3
    assert "<script" not in page


def test_the_page_has_forecasters_side_by_side(place: Path) -> None:
    """Rows of accuracy about the same thing follow each other; nothing came yet to be shown."""
    asked(place, "--report", place / "page.html", "--backtest", 2)

    page = (place / "page.html").read_text(encoding="utf-8")
    rows = re.findall(r'<th scope="row">([^<]+)</th><td>', page)
    kinds = [kind for kind, before in zip(rows, ["", *rows], strict=False) if kind != before]
    assert len(kinds) == len(set(kinds)) > 1
    assert len(rows) == 3 * len(kinds)
    assert ">Actual</th>" not in page


def test_the_page_shows_what_came(place: Path) -> None:
    """After the week, what came stands beside the forecast."""
    (place / "visits.csv").write_text(log_text(until=1), encoding="utf-8")

    asked(place, "--learn", "--report", place / "page.html")

    assert ">Actual</th>" in (place / "page.html").read_text(encoding="utf-8")
