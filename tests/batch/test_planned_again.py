"""Weeks that were planned before: what people know is changed at a price only."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from batches import FIRST, faults_of_run, plan, tiny

from shiftplan import check, read_roster, read_week
from shiftplan.files.week import write_week
from shiftplan.problem import Problem
from shiftplan.week.roster import Roster

NAME = f"an/{FIRST}"
RULES = [
    {"rule": "coverage", "level": 1, "weight": 100},
    {"rule": "surplus", "level": 1, "weight": 10},
    {"rule": "preferences", "level": 2, "weight": 20},
]


def _week(**changes: object) -> Problem:
    return tiny(FIRST, 6, **({"rules": RULES} | changes))


def _without(who: str, roster: Roster) -> Problem:
    """The week without one person's windows, and with everybody's wish not to work as planned."""
    windows = [w for w in _week().availability if w.volunteer_id != who]
    wishes = [{"volunteer_id": v, "shift_id": s, "state": "against"} for s, v in roster.assignments]
    return _week(availability=windows, preferences=wishes)


@pytest.fixture
def known(tmp_path: Path, begun: list[str]) -> tuple[Path, Path, Roster]:
    """A week that was planned, and its roster."""
    root, run = tmp_path / "root", tmp_path / "run"
    write_week(_week(), root / NAME)
    plan(root, run)
    return root, run, read_roster(run / NAME / "roster.csv")


def test_a_week_planned_again_changes_little_of_what_people_know(
    known: tuple[Path, Path, Roster],
) -> None:
    """One person's windows went: others take these shifts, whatever they would like better.

    Cost and bound are of the week, its digest of the week with what people knew; what was kept at
    which price stands apart.
    """
    root, run, before = known
    who = before.assignments[0].volunteer_id
    write_week(_without(who, before), root / NAME)

    plan(root, run)

    after = read_roster(run / NAME / "roster.csv")
    gone = set(before.assignments) - set(after.assignments)
    assert {a.volunteer_id for a in gone} == {who}
    assert len(after) == len(before)
    assert faults_of_run(root, run) == []

    week = read_week(root / NAME)
    result = json.loads((run / NAME / "result.json").read_text(encoding="utf-8"))
    assert result["total"]["cost"] == check(week, after).total
    assert 0 <= result["total"]["bound"] <= result["total"]["cost"]
    assert result["problem_digest"] == week.with_changes(roster=before).digest
    lost = len(before.shifts_of[who])
    counts = {key: result["repair"][key] for key in ("lost", "removed", "added")}
    assert counts == {"lost": lost, "removed": lost, "added": lost}
    # The aim: own cost, and 100 in its second level for each assignment that is new.
    assert result["repair"]["aim"]["cost"] == result["total"]["cost"] + 100 * lost
    assert (run / NAME / "changes.csv").read_text(encoding="utf-8").count("\n") == 1 + 2 * lost


def test_the_status_of_a_repair_is_that_of_its_gap(known: tuple[Path, Path, Roster]) -> None:
    """What was minimised is proven, but the week could cost less: the table says so."""
    root, run, before = known
    write_week(_without(before.assignments[0].volunteer_id, before), root / NAME)

    plan(root, run)

    result = json.loads((run / NAME / "result.json").read_text(encoding="utf-8"))
    (row,) = csv.DictReader((run / "summary.csv").read_text(encoding="utf-8-sig").splitlines())
    assert result["status"] == "OPTIMAL"
    assert (row["status"], row["gap"]) == ("FEASIBLE", f"{result['total']['gap']:.6g}")
    assert float(row["gap"]) > 0


def test_a_roster_that_people_know_outlives_its_files(known: tuple[Path, Path, Roster]) -> None:
    """The record says what they were told, although the result was deleted."""
    root, run, before = known
    who = before.assignments[0].volunteer_id
    write_week(_without(who, before), root / NAME)
    shutil.rmtree(run / NAME)

    plan(root, run)

    gone = set(before.assignments) - set(read_roster(run / NAME / "roster.csv").assignments)
    assert {a.volunteer_id for a in gone} == {who}


def test_a_week_is_planned_from_scratch_where_nothing_is_to_be_kept(
    known: tuple[Path, Path, Roster], begun: list[str]
) -> None:
    """Every wish that can be met is met; the choice alone plans nothing again."""
    root, run, before = known
    begun.clear()
    plan(root, run, keep="nothing")
    assert begun == []
    write_week(_without(before.assignments[0].volunteer_id, before), root / NAME)

    plan(root, run, keep="nothing")

    after = read_roster(run / NAME / "roster.csv")
    assert not set(before.assignments) & set(after.assignments)
    assert "repair" not in json.loads((run / NAME / "result.json").read_text(encoding="utf-8"))


def test_a_week_that_names_the_price_itself_is_planned_at_that_price(
    known: tuple[Path, Path, Roster],
) -> None:
    """A change costs nothing in this week: wishes are met as if nobody knew a roster."""
    root, run, before = known
    free = {"rule": "stability", "level": 2, "weight": 0, "told_weight": 0}
    week = _without(before.assignments[0].volunteer_id, before)
    write_week(week.model_validate({**dict(week), "rules": [*RULES, free]}), root / NAME)

    plan(root, run)

    after = read_roster(run / NAME / "roster.csv")
    assert not set(before.assignments) & set(after.assignments)
