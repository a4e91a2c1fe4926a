"""Streaks and counters over weeks of a batch: each week goes on from the one before as worked."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from batches import FIRST, SECOND, here, plan, tiny

from shiftplan.batch import plan_batch
from shiftplan.files import read_roster
from shiftplan.files.week import read_history, write_week

THIRD, FOURTH = (FIRST + dt.timedelta(7 * n) for n in (2, 3))
HISTORY = [
    {"volunteer_id": "V0", "counted_shifts": 5, "worked_in_a_row": 2},
    {"volunteer_id": "V2", "off_in_a_row": 4},
]


def at(monday: dt.date, day: int, hour: int) -> dt.datetime:
    return dt.datetime.combine(monday + dt.timedelta(day), dt.time(hour))


def write_weeks(root: Path, *mondays: dt.date, history: bool = True, **changes: Any) -> None:
    """Weeks in which V0 alone can come, every day; the first one knows what was before."""
    for monday in mondays:
        parts: dict[str, Any] = {
            "volunteers": [{"volunteer_id": f"V{v}"} for v in range(3)],
            "availability": [
                {"volunteer_id": "V0", "start": at(monday, d, 7), "end": at(monday, d, 11)}
                for d in range(7)
            ],
            "shifts": [
                {
                    "shift_id": f"A{d}",
                    "center_id": "A",
                    "start": at(monday, d, 7),
                    "end": at(monday, d, 11),
                }
                for d in range(7)
            ],
            "requirements": [{"shift_id": f"A{d}", "minimum": 1, "target": 1} for d in range(7)],
        }
        if monday == FIRST and history:
            parts["history"] = HISTORY
        write_week(tiny(monday, **parts | changes), root / "an" / str(monday))


def tell(root: Path, week: dt.date, shift: str, who: str, state: str) -> None:
    text = f"shift_id,volunteer_id,state\n{shift},{who},{state}\n"
    path = root / "an" / str(week) / "attendance.csv"
    path.write_text(path.read_text() + text.split("\n", 1)[1] if path.exists() else text)


def rows(run: Path, week: dt.date, name: str) -> dict[str, dict[str, Any]]:
    """Person -> what a table of history in a result says."""
    with (run / "an" / str(week) / name).open(newline="", encoding="utf-8-sig") as file:
        return {row["volunteer_id"]: row for row in csv.DictReader(file)}


def streaks(run: Path, week: dt.date, name: str = "history.csv") -> tuple[str, str, str]:
    """Shifts counted and days in a row of V0, and days off in a row of V2."""
    found = rows(run, week, name)
    first, last = found["V0"], found["V2"]
    return first["counted_shifts"], first["worked_in_a_row"], last["off_in_a_row"]


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    here(monkeypatch)
    return tmp_path / "root", tmp_path / "run"


def test_counters_and_days_in_a_row_go_on_over_all_weeks(places: tuple[Path, Path]) -> None:
    """Three weeks of seven days after two days, and five shifts: nothing begins anew."""
    root, run = places
    write_weeks(root, FIRST, SECOND, THIRD)

    plan(root, run)

    assert streaks(run, FIRST, "history_before.csv") == ("5", "2", "4")
    assert streaks(run, FIRST) == streaks(run, SECOND, "history_before.csv") == ("12", "9", "11")
    assert streaks(run, SECOND) == streaks(run, THIRD, "history_before.csv") == ("19", "16", "18")
    assert streaks(run, THIRD) == ("26", "23", "25")


def test_a_limit_of_the_season_holds_in_the_third_week(places: tuple[Path, Path]) -> None:
    """At most 18 shifts with those before: five, seven, six, and then none."""
    root, run = places
    limit = {"rule": "max_shift_count", "level": "hard", "value": 18}
    write_weeks(root, FIRST, SECOND, THIRD, rules=[*_costs(), limit])

    assert plan(root, run).is_complete

    planned = [
        len(read_roster(run / "an" / str(w) / "roster.csv").assignments)
        for w in (FIRST, SECOND, THIRD)
    ]
    assert planned == [7, 6, 0]


def _costs() -> list[dict[str, Any]]:
    return [
        {"rule": "coverage", "level": 1, "weight": 100},
        {"rule": "fairness", "level": 2, "weight": 50},
    ]


def test_who_stayed_away_is_not_counted(places: tuple[Path, Path]) -> None:
    """Absent on Thursday: six shifts and three days in a row; V2 was called, and worked once."""
    root, run = places
    write_weeks(root, FIRST)
    plan(root, run)
    tell(root, FIRST, "A3", "V0", "absent")
    tell(root, FIRST, "A3", "V2", "called")
    write_weeks(root, SECOND)

    plan(root, run)

    before = rows(run, SECOND, "history_before.csv")
    assert streaks(run, SECOND, "history_before.csv") == ("11", "3", "3")
    assert before["V2"]["counted_shifts"] == "1"


def test_attendance_of_an_earlier_week_changes_all_that_came_after(
    places: tuple[Path, Path],
) -> None:
    """It is told after the week in between was planned, which the third week goes on from too."""
    root, run = places
    write_weeks(root, FIRST, SECOND)
    plan(root, run)
    assert streaks(run, SECOND) == ("19", "16", "18")
    tell(root, FIRST, "A6", "V0", "excused")
    write_weeks(root, THIRD)

    plan(root, run)

    assert streaks(run, THIRD, "history_before.csv") == ("18", "7", "18")
    assert streaks(run, SECOND) == ("19", "16", "18")

    write_weeks(root, FOURTH)
    plan(root, run)

    assert streaks(run, FOURTH, "history_before.csv") == ("25", "14", "25")


def test_lessons_of_the_recommended_mentor_rule_are_recorded_with_attendance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The week names no rule about mentors; the batch adds it, and the ledger counts its shifts."""
    here(monkeypatch)
    root, run = tmp_path / "root", tmp_path / "run"
    skills = [{"skill_id": "portal", "max_level": 3}]
    for monday in (FIRST, SECOND):
        offers = [
            {"volunteer_id": f"V{v}", "start": at(monday, 0, 7), "end": at(monday, 0, 11)}
            for v in range(2)
        ]
        people = [
            {"volunteer_id": "V0", "skills": {"portal": 3}},
            {"volunteer_id": "V1"},
        ]
        week = tiny(monday, skills=skills, volunteers=people, availability=offers)
        write_week(week, root / "an" / str(monday))
    plan_batch(root, run, time_limit=20, workers=1, recommended=True, weeks=[FIRST])
    tell(root, FIRST, "A0", "V1", "came")

    plan_batch(root, run, time_limit=20, workers=1, recommended=True)

    assert rows(run, SECOND, "history_before.csv")["V1"]["mentored_worked"] == "1"
    assert read_history(run / "an" / str(SECOND) / "history_before.csv")[1].mentored_worked == 1
