"""Streaks and counters over weeks of a batch: each week goes on from the one before as worked."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from batches import FIRST, SECOND, here, plan, states, tiny

from shiftplan.batch import plan_batch
from shiftplan.batch.manifest import Before, WeekJob
from shiftplan.batch.places import ProvinceWeek
from shiftplan.batch.reading import read_job
from shiftplan.batch.succession import Succession
from shiftplan.batch.summary import text_of
from shiftplan.files import read_roster
from shiftplan.files.week import read_history, write_week
from shiftplan.present.words import Words

THIRD, FOURTH = (FIRST + dt.timedelta(7 * n) for n in (2, 3))
HISTORY = [
    {"volunteer_id": "V0", "counted_shifts": 5, "worked_in_a_row": 2},
    {"volunteer_id": "V2", "off_in_a_row": 4},
]


COSTS = [
    {"rule": "coverage", "level": 1, "weight": 100},
    {"rule": "fairness", "level": 2, "weight": 50},
]


def at(monday: dt.date, day: int, hour: int) -> dt.datetime:
    return dt.datetime.combine(monday + dt.timedelta(day), dt.time(hour))


def write_weeks(root: Path, *mondays: dt.date, **changes: Any) -> None:
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
        if monday == FIRST:
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
    """At most 18 shifts with those before: five, seven, six, and then none, which is set apart."""
    root, run = places
    limit = {"rule": "max_shift_count", "level": "hard", "value": 18}
    write_weeks(root, FIRST, SECOND, THIRD, rules=[*COSTS, limit])

    assert not plan(root, run).is_complete

    planned = [
        len(read_roster(run / "an" / str(w) / "roster.csv").assignments)
        for w in (FIRST, SECOND, THIRD)
    ]
    assert planned == [7, 6, 0]


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


@pytest.mark.parametrize(
    ("late", "most_read"),
    [
        ((0, 0, 0, 0, 0), 1),
        ((1, 1, 1, 1, 1), 2),
        ((1, 3, 1, 9, 1), 4),  # the second is told after the third, the fourth never
        ((3, 2, 1, 0, 1), 4),  # four are told at once
    ],
)
def test_attendance_counts_from_the_day_it_is_told(
    places: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    late: tuple[int, ...],
    most_read: int,
) -> None:
    """V0 is excused once a week, which is told some weeks late: six weeks, few of them read again.

    Counted are the five shifts before, and of each week before seven, or six where it was told.
    """
    root, run = places
    read: list[int] = []
    carried = Succession.carried

    def counting(self: Succession, place: ProvinceWeek) -> tuple[Before, ...]:
        found = carried(self, place)
        read.append(len(found))
        return found

    monkeypatch.setattr(Succession, "carried", counting)
    known = []
    for number in range(6):
        for before, weeks_late in enumerate(late):
            if before + weeks_late + 1 == number:
                tell(root, FIRST + dt.timedelta(7 * before), "A0", "V0", "excused")
        week = FIRST + dt.timedelta(7 * number)
        write_weeks(root, week)
        plan(root, run)
        known.append(int(streaks(run, week, "history_before.csv")[0]))

    told = [sum(w + days + 1 <= n for w, days in enumerate(late)) for n in range(6)]
    assert known == [5 + 7 * n - told[n] for n in range(6)]
    assert max(read) == most_read


def test_attendance_told_again_otherwise_is_carried_on(places: tuple[Path, Path]) -> None:
    """Told excused, then corrected, and told excused again after all: the last word counts."""
    root, run = places
    write_weeks(root, FIRST)
    plan(root, run)
    counted = []
    told = root / "an" / str(FIRST) / "attendance.csv"
    for week, state in ((SECOND, "excused"), (THIRD, "came"), (FOURTH, "excused")):
        told.unlink(missing_ok=True)
        tell(root, FIRST, "A2", "V0", state)
        write_weeks(root, week)
        plan(root, run)
        counted.append(int(streaks(run, week, "history_before.csv")[0]))

    assert counted == [11, 19, 25]


def test_a_week_planned_again_changes_those_after_it(places: tuple[Path, Path]) -> None:
    """Corrected counters of the first week: the second one is planned anew with them."""
    root, run = places
    write_weeks(root, FIRST, SECOND, THIRD)
    plan(root, run)
    corrected = [{"volunteer_id": "V0", "counted_shifts": 11}]
    write_weeks(root, FIRST, history=corrected)

    plan(root, run)

    assert [streaks(run, week)[0] for week in (FIRST, SECOND, THIRD)] == ["18", "25", "32"]


def test_who_leaves_for_a_week_keeps_the_counters_but_no_streak(places: tuple[Path, Path]) -> None:
    """V0 is not in the second week; a hard limit of 14 holds in the third, two shifts are left."""
    root, run = places
    limit = {"rule": "max_shift_count", "level": "hard", "value": 14}
    others = [{"volunteer_id": f"V{v}"} for v in (1, 2)]
    write_weeks(root, FIRST, THIRD, rules=[*COSTS, limit])
    write_weeks(root, SECOND, rules=[*COSTS, limit], volunteers=others, availability=[])

    assert not plan(root, run).failed

    before = rows(run, THIRD, "history_before.csv")["V0"]
    assert (before["counted_shifts"], before["worked_in_a_row"]) == ("12", "")
    assert len(read_roster(run / "an" / str(THIRD) / "roster.csv").assignments) == 2
    assert rows(run, SECOND, "history_before.csv")["V0"]["counted_shifts"] == "12"


def test_who_is_new_brings_their_own_history(places: tuple[Path, Path]) -> None:
    """A row of the second week's own table counts for V3; that of V0 is known better."""
    root, run = places
    people = [{"volunteer_id": f"V{v}"} for v in range(4)]
    own = [{"volunteer_id": f"V{v}", "counted_shifts": 9} for v in (0, 3)]
    write_weeks(root, FIRST)
    write_weeks(root, SECOND, history=own, volunteers=people)
    write_weeks(root, THIRD, volunteers=people)

    plan(root, run)

    for week, worked in ((SECOND, "12"), (THIRD, "19")):
        before = rows(run, week, "history_before.csv")
        assert (before["V0"]["counted_shifts"], before["V3"]["counted_shifts"]) == (worked, "9")


def test_somebody_taken_out_of_a_worked_week_stops_nothing(places: tuple[Path, Path]) -> None:
    """The tables of a week that was worked may change; its result stays, and is gone on from."""
    root, run = places
    write_weeks(root, FIRST, SECOND)
    plan(root, run)
    tell(root, FIRST, "A6", "V0", "excused")
    without = [{"volunteer_id": f"V{v}"} for v in (0, 1)]
    write_weeks(root, FIRST, history=HISTORY[:1], volunteers=without)
    write_weeks(root, THIRD)

    assert plan(root, run).is_complete
    assert streaks(run, THIRD, "history_before.csv")[:2] == ("18", "7")


def test_a_result_of_an_earlier_state_is_gone_on_from(places: tuple[Path, Path]) -> None:
    """Without the table of its history, that of its week counts."""
    root, run = places
    write_weeks(root, FIRST)
    plan(root, run)
    job = WeekJob(
        name=f"an/{SECOND}",
        week=SECOND,
        source=root / "an" / str(SECOND),
        before=(
            Before(
                source=root / "an" / str(FIRST), folder=run / "an" / str(FIRST), attendance=None
            ),
        ),
    )
    write_weeks(root, SECOND)
    (run / "an" / str(FIRST) / "history_before.csv").unlink()

    assert read_job(job).known["V0"].counted_shifts == 12


def test_faults_of_an_earlier_week_name_it(places: tuple[Path, Path]) -> None:
    """A shift taken out of the worked week; the week to be planned has it still."""
    root, run = places
    write_weeks(root, FIRST)
    plan(root, run)
    tell(root, FIRST, "A6", "V0", "excused")
    folder = root / "an" / str(FIRST)
    for name in ("shifts.csv", "requirements.csv"):
        lines = (folder / name).read_text().splitlines(keepends=True)
        (folder / name).write_text("".join(line for line in lines if not line.startswith("A5")))
    write_weeks(root, SECOND)

    batch = plan(root, run)

    assert states(batch)[f"an/{SECOND}"] == "input"
    outcome = next(row.entry.outcome for row in batch.rows if row.place.week == SECOND)
    message = text_of(outcome, Words("en"))
    assert f"{FIRST}/roster.csv" in message


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
