"""The command forecast where a log has visits for several services: from the log to the people."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from citizens.visits.visiting import JOURNEYS, KINDS, TrueVisits, text_of_visits
from commands import run
from visit_logs import MONDAY, week

from shiftplan import read_week, write_week
from shiftplan.citizens import staff
from shiftplan.problem import Problem

TRUTH = TrueVisits(kinds=KINDS, khmer=(0.4, 0.1), with_times=True, weeks=12)
PER_WEEK = 5 * 36
"""Visits of a week: 24 and 12 a day."""
TABLES = ("journeys", "citizen_kinds", "languages")


def planned(**tables: Any) -> Problem:
    """The week with people, who are all free on Monday."""
    names = [f"v{i}" for i in range(8)]
    free = [
        {"volunteer_id": n, "start": f"{MONDAY}T07:00", "end": f"{MONDAY}T17:00"} for n in names
    ]
    people = [{"volunteer_id": n, "home_center_id": "A1"} for n in names]
    rules = [{"rule": "coverage", "level": 1}]
    return week(volunteers=people, availability=free, rules=rules, **tables)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a week and its log."""
    write_week(planned(), tmp_path / "week")
    (tmp_path / "visits.csv").write_text(text_of_visits(TRUTH), encoding="utf-8")
    return tmp_path


def asked(place: Path, *options: object) -> Any:
    return run("forecast", place / "week", "--visits", place / "visits.csv", *options)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_visits_are_forecast_with_their_journeys(place: Path) -> None:
    """180 visits in the week, none with a service, and what they consist of beside them."""
    done = asked(place, "--out", place / "week" / "demand.csv")

    assert done.exit_code == 0, done.output
    notes: list[object] = []
    problem = read_week(place / "week", on_note=notes.append)
    assert notes == []
    assert {row.service_id for row in problem.demand} == {None}
    assert sum(row.arrivals for row in problem.demand) == pytest.approx(PER_WEEK, rel=0.1)
    assert {row.services for row in problem.journeys} == set(JOURNEYS)
    assert {row.kind for row in problem.citizen_kinds} == set(KINDS)
    assert {row.center_id for row in problem.languages} == {"A1", "B2"}


def test_visits_need_the_minutes_of_their_services(place: Path) -> None:
    """On average 1.6 services of 10 minutes; factors of kinds have the mean 1."""
    asked(place, "--out", place / "week" / "demand.csv")

    problem = read_week(place / "week")

    minutes = sum(minutes for _, _, minutes in problem.requests())
    visits = sum(row.arrivals for row in problem.demand)
    assert minutes / visits == pytest.approx(16, rel=0.03)


def test_the_week_is_planned_and_simulated(place: Path) -> None:
    """Requirements, a roster, and what citizens experience, from the tables as written."""
    asked(place, "--out", place / "week" / "demand.csv")

    done = run("plan", place / "week", "--out", place / "out", "--time-limit", 60, "--workers", 1)
    assert done.exit_code == 0, done.output
    roster = place / "out" / "roster.csv"
    assert rows(roster)
    done = run("simulate", place / "week", roster, "--runs", 5)

    assert done.exit_code == 0, done.output
    assert "visit" in done.output
    assert staff(read_week(place / "week")).requirements


def test_requests_can_be_asked_for(place: Path) -> None:
    """Then demand has services and 1.6 times as many citizens, and no table lies beside it."""
    done = asked(place, "--counts", "requests", "--out", place / "demand.csv")

    assert done.exit_code == 0, done.output
    found = rows(place / "demand.csv")
    assert {row["service_id"] for row in found} == {"flow", "vneid", "file"}
    total = sum(float(row["arrivals"]) for row in found)
    assert total == pytest.approx(1.6 * PER_WEEK, rel=0.1)
    assert not any((place / f"{name}.csv").exists() for name in TABLES)


def test_what_is_counted_is_said(place: Path) -> None:
    """In the sentence, in JSON, in forecast.csv, and on the page."""
    done = asked(place, "--out", place / "demand.csv", "--report", place / "page.html")
    content = json.loads(asked(place, "--json").stdout)

    text = " ".join(done.output.split())
    assert "visits are forecast for 2 centers" in text
    assert "a visit needs 1.6 services" in text
    assert content["counts"] == "visits"
    assert {row["counts"] for row in rows(place / "forecast.csv")} == {"visits"}
    assert {row["of"] for row in rows(place / "forecast.csv")} == {
        *("slot", "day", "center", "province", "all")
    }
    page = (place / "page.html").read_text(encoding="utf-8")
    assert "Visits by day" in page
    assert "Requests by day" not in page
    assert "Lấy số, phân luồng → Cài đặt VNeID" in page


def test_a_backtest_counts_visits(place: Path) -> None:
    """A mean of 24 a day is missed by a fifth or so, not by the half that requests would add."""
    content = json.loads(asked(place, "--backtest", 2, "--json").stdout)["backtest"]

    own = next(row for row in content["rows"] if row["forecaster"] == "embedded")
    assert own["number"] == 20
    assert own["wape"] < 0.4


@pytest.mark.parametrize("name", ["journeys", "citizen_kinds"])
def test_tables_of_the_week_stay(place: Path, name: str) -> None:
    """A note says so; with --replace they are those of the log."""
    own = {
        "journeys": [{"services": ["vneid"], "share": 1}],
        "citizen_kinds": [{"kind": "guest", "share": 0.5, "factor": 2}],
    }
    write_week(planned(**{name: own[name]}), place / "week")
    before = (place / "week" / f"{name}.csv").read_bytes()

    kept = asked(place, "--out", place / "week" / "demand.csv")
    assert (place / "week" / f"{name}.csv").read_bytes() == before
    replaced = asked(place, "--out", place / "week" / "demand.csv", "--replace")

    assert f"keeps its own table {name}; --replace" in " ".join(kept.stderr.split())
    assert "keeps its own" not in replaced.stderr
    assert (place / "week" / f"{name}.csv").read_bytes() != before


def test_notes_say_what_the_log_lacks(place: Path) -> None:
    """Times of help, and languages that the week knows; without tables, nothing is said."""
    write_week(planned(skills=[]), place / "week")
    text = text_of_visits(TrueVisits(kinds=KINDS, khmer=(0.4, 0.1), weeks=4))
    (place / "visits.csv").write_text(text, encoding="utf-8")

    shown = asked(place).stderr
    written = " ".join(asked(place, "--out", place / "demand.csv").stderr.split())

    for name in ("60_plus, younger", ": khmer"):
        assert name in written
        assert name not in shown


def test_a_second_forecast_keeps_what_the_first_wrote(place: Path) -> None:
    """The same log has the same tables: there is nothing to note."""
    asked(place, "--out", place / "week" / "demand.csv")
    texts = {name: (place / "week" / f"{name}.csv").read_bytes() for name in TABLES}

    done = asked(place, "--out", place / "week" / "demand.csv")

    assert "keeps its own" not in done.stderr
    assert {n: (place / "week" / f"{n}.csv").read_bytes() for n in TABLES} == texts


def test_a_week_with_visits_teaches_visits(place: Path) -> None:
    """What came and what was planned are visits: 180, not 288."""
    asked(place, "--out", place / "week" / "demand.csv")
    truth = TrueVisits(kinds=KINDS, khmer=(0.4, 0.1), with_times=True, weeks=12, after=1)
    (place / "visits.csv").write_text(text_of_visits(truth), encoding="utf-8")

    found = json.loads(asked(place, "--learn", "--json").stdout)["week"]

    assert found["counts"] == "visits"
    for key in ("came", "planned"):
        assert sum(row[key] for row in found["centers"]) == pytest.approx(PER_WEEK, rel=0.15)


def counts_text(service: str) -> str:
    """A log that counts 6 citizens at each center in each hour, whatever or for one service."""
    lines = ["center_id,date,start,end,service,visits"]
    days = sorted({line.split(",")[1][:10] for line in text_of_visits(TRUTH).splitlines()[1:]})
    lines += [
        f"{center},{day},{hour:02d}:00,{hour + 1:02d}:00,{service},6"
        for day in days
        for hour in TRUTH.hours
        for center in ("A1", "B2")
    ]
    return "\n".join(lines) + "\n"


def test_counts_by_service_are_requests(place: Path) -> None:
    """As they always were; visits cannot be asked for."""
    (place / "visits.csv").write_text(counts_text("flow"), encoding="utf-8")

    done = asked(place, "--out", place / "demand.csv")
    refused = asked(place, "--counts", "visits")

    assert {row["service_id"] for row in rows(place / "demand.csv")} == {"flow"}, done.output
    assert not (place / "journeys.csv").exists()
    assert refused.exit_code == 2
    assert "counts requests" in " ".join(refused.output.split())


def test_counts_without_services_are_visits(place: Path) -> None:
    """The journeys must be in the week: then demand has visits, or else nothing is written."""
    (place / "visits.csv").write_text(counts_text(""), encoding="utf-8")

    refused = asked(place, "--out", place / "demand.csv")
    write_week(planned(journeys=[{"services": ["flow", "vneid"], "share": 1}]), place / "week")
    done = asked(place, "--out", place / "week" / "demand.csv")

    assert refused.exit_code == 2
    assert "services they need" in " ".join(refused.output.split())
    assert not (place / "demand.csv").exists()
    assert done.exit_code == 0, done.output
    problem = read_week(place / "week")
    assert {row.service_id for row in problem.demand} == {None}
    assert sum(row.arrivals for row in problem.demand) == pytest.approx(2 * 5 * 8 * 6, rel=0.05)


def test_served_simulates_visits(place: Path) -> None:
    """The last week of the log is planned and met with its journeys, though the week has none."""
    everybody = [
        {
            "volunteer_id": f"v{i}",
            "start": f"{MONDAY + dt.timedelta(day)}T07:00",
            "end": f"{MONDAY + dt.timedelta(day)}T17:00",
        }
        for i in range(8)
        for day in range(5)
    ]
    free = planned().model_dump() | {"availability": everybody}
    write_week(Problem.model_validate(free), place / "week")

    options = ("--backtest", 1, "--served", "--time-limit", 20, "--workers", 1, "--json")
    done = asked(place, *options)

    assert done.exit_code == 0, done.output
    own, other = json.loads(done.stdout)["served"]
    assert (own["forecaster"], other["forecaster"]) == ("embedded", "four_week_mean")
    assert 0 < own["served_in_time"]["value"] <= 1


def test_out_is_no_table_that_is_written_beside_it(place: Path) -> None:
    """`--out journeys.csv` would be written twice."""
    done = asked(place, "--out", "journeys.csv")

    assert done.exit_code == 2
    assert "journeys.csv is written beside it" in " ".join(done.output.split())
