"""From a log to a plan, and from the next log to the next week: no file is edited by hand."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from commands import run
from visit_logs import MONDAY, week

from shiftplan import read_week, write_week
from shiftplan.files import read_ledger

HOURS = (7, 8, 9, 10, 13, 14, 15, 16)
LATER = MONDAY + dt.timedelta(7)
BEFORE, USUAL, MORE = 12, 3, 12
"""Weeks of log before the first week; visits an hour at B2, and from the week before that one."""


def log(path: Path, weeks: int) -> None:
    """The log as it stands after some weeks of planning: help takes 20 minutes on average.

    A1 has two visits an hour, B2 three, from the week before the first planned one many more.
    """
    chance = np.random.default_rng(1)
    rows = ["center_id,arrived,services,Waiting time (s),Serving time (s)"]
    for number in range(-BEFORE, weeks):
        for day in range(5):
            for hour in HOURS:
                for center, rate in (("A1", 2), ("B2", USUAL if number < -1 else MORE)):
                    for minute in sorted(chance.integers(0, 60, chance.poisson(rate)).tolist()):
                        at = dt.datetime.combine(MONDAY, dt.time(hour, minute))
                        at += dt.timedelta(7 * number + day)
                        took = max(30, round(60 * chance.gamma(4, 5)))
                        rows.append(f"{center},{at:%Y-%m-%d %H:%M},flow,60,{took}")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def done(*words: object) -> Any:
    """The answer of a command that must succeed."""
    found = run(*words)
    assert found.exit_code == 0, found.output
    return found


def planned(place: Path, name: str) -> None:
    """Forecast a week from the log, and plan it."""
    folder = place / name
    done("forecast", folder, "--visits", place / "visits.csv", "--out", folder / "demand.csv")
    done("plan", folder, "--out", place / f"{name}-out", "--time-limit", 30, "--workers", 1)


def learned(place: Path, name: str) -> Any:
    """What the log says after a week, kept in the ledger."""
    options = ("--visits", place / "visits.csv", "--learn", "--ledger", place / "ledger.json")
    return json.loads(done("forecast", place / name, *options, "--json").stdout)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A season of two weeks, each forecast, planned, and learned from."""
    folder = tmp_path_factory.mktemp("season")
    names = [f"v{i}" for i in range(8)]
    people = [{"volunteer_id": n, "home_center_id": "A1"} for n in names]
    free = [
        {"volunteer_id": n, "start": f"{day}T07:00", "end": f"{day}T17:00"}
        for n in names
        for day in (MONDAY + dt.timedelta(i) for i in range(5))
    ]
    rules = [{"rule": "coverage", "level": 1}]
    write_week(week(volunteers=people, availability=free, rules=rules), folder / "first")
    log(folder / "visits.csv", 0)
    planned(folder, "first")
    log(folder / "visits.csv", 1)
    learned(folder, "first")
    roster = folder / "first-out" / "roster.csv"
    done("ledger", folder / "ledger.json", "--record", folder / "first", "--roster", roster)
    options = ("--ledger", folder / "ledger.json", "--learned-minutes", "--country", "none")
    start = ("--start", LATER, "--out", folder / "second")
    done("new-week", "--from", folder / "first", *start, *options)
    planned(folder, "second")
    log(folder / "visits.csv", 2)
    learned(folder, "second")
    return folder


def test_the_ledger_has_what_came_and_what_was_planned(place: Path) -> None:
    """Of both weeks; plans for B2 follow what comes."""
    one, two = read_ledger(place / "ledger.json").visits

    assert (one.start, two.start) == (MONDAY, LATER)
    usual = 5 * len(HOURS) * MORE
    for kept in (one, two):
        assert kept.centers[1].came == pytest.approx(usual, rel=0.15)
    errors = [abs(kept.centers[1].planned - usual) for kept in (one, two)]
    assert errors[1] < errors[0]


def test_the_next_week_starts_from_the_minutes_of_the_log(place: Path) -> None:
    """10 in the first week, about 20 in the second; other services stay."""
    first, second = (read_week(place / name) for name in ("first", "second"))
    minutes = [
        {s.service_id: s.minutes_per_citizen for s in one.services} for one in (first, second)
    ]

    assert minutes[0]["flow"] == 10
    assert minutes[1]["flow"] == pytest.approx(20, rel=0.05)
    assert minutes[1]["vneid"] == 10


def test_a_lasting_alarm_has_its_first_week(place: Path) -> None:
    """Raised for B2 in the first week, and still told of it after the second."""
    one, two = read_ledger(place / "ledger.json").visits
    again = place / "again.json"
    again.write_text((place / "ledger.json").read_text(encoding="utf-8"), encoding="utf-8")

    options = ("--visits", place / "visits.csv", "--learn", "--ledger", again)
    shown = " ".join(done("forecast", place / "second", *options).output.split())

    alarms = [[(row.alarm, row.since) for row in kept.centers] for kept in (one, two)]
    assert alarms == [[("", None), ("more", MONDAY)]] * 2
    assert "This was first reported for the week of" in shown
    assert again.read_text(encoding="utf-8") == (place / "ledger.json").read_text(encoding="utf-8")


def test_minutes_are_proposed_unless_asked_for(place: Path) -> None:
    """Without the option the services stay, and a sentence says what the log has."""
    found = done(
        *("new-week", "--from", place / "first", "--start", LATER, "--out", place / "plain"),
        *("--ledger", place / "ledger.json", "--country", "none"),
    )

    services = {s.service_id: s for s in read_week(place / "plain").services}
    assert services["flow"].minutes_per_citizen == 10
    assert "The log of visits says other minutes for a service" in found.output
    assert "instead of 10. Add --learned-minutes to use them" in " ".join(found.output.split())


def test_the_ledger_shows_the_season(place: Path) -> None:
    """In words, and week by week in JSON."""
    shown = " ".join(done("ledger", place / "ledger.json").output.split())
    content = json.loads(done("ledger", place / "ledger.json", "--json").stdout)

    assert "In 2 weeks with a log of visits" in shown
    assert [kept["start"] for kept in content["visits"]] == [str(MONDAY), str(LATER)]
