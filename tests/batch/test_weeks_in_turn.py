"""Weeks of a province one after another: attendance that comes late, weeks worked or failed."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from batches import FIRST, SECOND, here, noted, plan, states, write_province

from shiftplan.batch.conductor import Conductor
from shiftplan.batch.manifest import WeekJob
from shiftplan.batch.places import ProvinceWeek


def tell_absence(root: Path, run: Path, week: dt.date) -> str:
    """Let the first one of a roster be told absent; who that is."""
    rows = (run / "an" / str(week) / "roster.csv").read_text().splitlines()
    head, one = rows[0].split(","), rows[1].split(",")
    told = ",".join([*head, "state"]) + "\n" + ",".join([*one, "absent"]) + "\n"
    (root / "an" / str(week) / "attendance.csv").write_text(told)
    return one[head.index("volunteer_id")]


def absences(run: Path, week: dt.date) -> dict[str, dict[str, int]]:
    """Week -> person -> absences, as the ledger of a result tells them."""
    weeks = json.loads((run / "an" / str(week) / "ledger.json").read_text())["weeks"]
    return {
        w["start"]: {e["volunteer_id"]: e["absent"] for e in w["entries"] if e.get("absent")}
        for w in weeks
    }


def test_late_attendance_replans_nothing_and_is_told_to_the_next_week(
    planned: tuple[Path, Path], begun: list[str]
) -> None:
    """Rosters that people know stay; the first week that is planned after it carries it on."""
    root, run = planned
    third = SECOND + dt.timedelta(7)
    who = tell_absence(root, run, FIRST)
    assert plan(root, run).is_complete
    assert begun == []
    write_province(root, "an", third)

    assert plan(root, run).is_complete
    assert plan(root, run).is_complete

    assert begun == [f"an/{third}"]
    assert absences(run, third) == {str(FIRST): {who: 1}, str(SECOND): {}, str(third): {}}


def test_attendance_is_recorded_once(planned: tuple[Path, Path], begun: list[str]) -> None:
    """A job is told only of weeks whose turnout the ledger before it does not tell."""
    root, run = planned
    third, fourth = SECOND + dt.timedelta(7), SECOND + dt.timedelta(14)
    write_province(root, "an", third)
    tell_absence(root, run, FIRST)
    plan(root, run)
    tell_absence(root, run, SECOND)
    write_province(root, "an", fourth)

    plan(root, run)

    assert begun == [f"an/{third}", f"an/{fourth}"]
    known = noted(run)
    assert set(known[f"an/{third}"]["told"]) == {f"an/{FIRST}"}
    assert set(known[f"an/{fourth}"]["told"]) == {f"an/{FIRST}", f"an/{SECOND}"}
    assert list(absences(run, fourth)) == [str(w) for w in (FIRST, SECOND, third, fourth)]
    assert all(len(absences(run, fourth)[str(week)]) == 1 for week in (FIRST, SECOND))


def test_a_week_that_was_worked_is_not_planned_again(
    planned: tuple[Path, Path], begun: list[str]
) -> None:
    """Once it is told how its shifts turned out, other data change nothing of it."""
    root, run = planned
    tell_absence(root, run, FIRST)
    write_province(root, "an", FIRST, people=4)

    assert plan(root, run).is_complete

    assert begun == []


def test_a_week_that_failed_holds_up_only_those_that_are_asked_for_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later start for the week after passes it over, and carries on what was planned last."""
    root, run = tmp_path / "root", tmp_path / "run"
    third = SECOND + dt.timedelta(7)
    write_province(root, "an", FIRST, SECOND, third)
    (root / "an" / str(SECOND) / "shifts.csv").write_text("nonsense")
    begun = here(monkeypatch)

    every = states(plan(root, run))
    alone = states(plan(root, run, weeks=[third]))

    assert every == {f"an/{FIRST}": "done", f"an/{SECOND}": "input", f"an/{third}": "before"}
    assert alone == {f"an/{third}": "done"}
    assert begun == [f"an/{FIRST}", f"an/{SECOND}", f"an/{third}"]
    assert list(absences(run, third)) == [str(FIRST), str(third)]


def test_a_week_that_failed_holds_up_those_after_a_week_that_is_not_asked_for(
    tmp_path: Path, begun: list[str]
) -> None:
    """A gap between them changes nothing; a week in the gap that was planned is carried on."""
    root, run = tmp_path / "root", tmp_path / "run"
    third = SECOND + dt.timedelta(7)
    write_province(root, "an", FIRST, SECOND, third)
    (root / "an" / str(FIRST) / "shifts.csv").write_text("nonsense")

    held_up = states(plan(root, run, weeks=[FIRST, third]))
    plan(root, run, weeks=[SECOND])
    carried = states(plan(root, run, weeks=[FIRST, third]))

    assert held_up == {f"an/{FIRST}": "input", f"an/{third}": "before"}
    assert carried == {f"an/{FIRST}": "input", f"an/{third}": "done"}
    assert list(absences(run, third)) == [str(SECOND), str(third)]


def test_a_week_that_was_worked_stays_although_the_week_before_fails(
    planned: tuple[Path, Path], begun: list[str]
) -> None:
    """It fails for no other week; only a result that was altered is made again."""
    root, run = planned
    tell_absence(root, run, SECOND)
    (root / "an" / str(FIRST) / "shifts.csv").write_text("nonsense")

    assert states(plan(root, run)) == {f"an/{FIRST}": "input", f"an/{SECOND}": "done"}
    assert begun == [f"an/{FIRST}"]

    write_province(root, "an", FIRST)
    (run / "an" / str(SECOND) / "report.html").write_text("altered")
    assert plan(root, run).is_complete
    assert begun[1:] == [f"an/{SECOND}"]  # the first one is as good as it was


def test_attendance_that_comes_while_a_week_begins_is_not_lost(
    planned: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came just after the job was made counts as not told, and is carried by the next one."""
    root, run = planned
    third, fourth = SECOND + dt.timedelta(7), SECOND + dt.timedelta(14)
    write_province(root, "an", third)
    make = Conductor.job

    def late(self: Conductor, place: ProvinceWeek, seconds: float = 0.0) -> WeekJob:
        job = make(self, place, seconds)
        if place.week == third and seconds:
            tell_absence(root, run, FIRST)
        return job

    monkeypatch.setattr(Conductor, "job", late)
    plan(root, run)
    write_province(root, "an", fourth)
    plan(root, run)

    assert absences(run, third)[str(FIRST)] == {}
    assert len(absences(run, fourth)[str(FIRST)]) == 1
