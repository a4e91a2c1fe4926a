"""Python code in docs/season.md runs."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

import shiftplan
from shiftplan import Problem, Requirement, Roster
from shiftplan.rules import Coverage, MaxShiftCount
from shiftplan.seasons import Turnout
from shiftplan.seasons.joined import plan_weeks
from shiftplan.testing.pictures import MONDAY, plan

PAGE = Path(__file__).parents[3] / "docs" / "season.md"
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def week(number: int) -> Problem:
    """Four mornings with a seat that may stay empty, for Ana, who may work 12 times in all."""
    start = MONDAY + dt.timedelta(7 * number)
    rules = (Coverage(level=1), MaxShiftCount(max_shifts=12))
    bare = plan(dict.fromkeys(range(4), "M"), start=start, rules=rules)
    shifts = [s.model_copy(update={"shift_id": f"{number} {s.shift_id}"}) for s in bare.shifts]
    needs = [Requirement(shift_id=s.shift_id, minimum=0, target=1) for s in shifts]
    return bare.model_copy(update={"shifts": tuple(shifts), "requirements": tuple(needs)})


def test_python_on_the_page_runs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it in order, with files that are not there made up; what it defines plans weeks."""
    rosters: list[Roster] = []
    solve = shiftplan.solve

    def solved(problem: Problem, **limits: Any) -> shiftplan.Result:
        result = solve(problem, **limits)
        rosters.append(result.require_roster())
        return result

    def attendance(path: str) -> list[Turnout]:
        """Ana stays away in the second week."""
        away = rosters[-1].assignments if path == "season/came-2026-12-14.csv" else ()
        return [Turnout(**pair._asdict(), state="absent") for pair in away]

    monkeypatch.setattr(shiftplan, "solve", solved)
    monkeypatch.setattr(shiftplan.files, "read_attendance", attendance)
    monkeypatch.setattr(shiftplan, "read_week", lambda path: week(int(path.split("-")[1]) - 1))
    names: dict[str, Any] = {}
    for block in BLOCKS:
        exec(block, names)

    # Of 12 shifts for 12 weeks one a week is due, and a later week makes up for the one she missed.
    # The page prints who was planned and who came.
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [day for day, _, _ in lines] == [str(week(number).horizon.start) for number in range(12)]
    assert [numbers for _, *numbers in lines[:2]] == [["1", "1"], ["1", "0"]]
    assert sum(int(came) for _, _, came in lines) == 12
    ahead = list(plan_weeks([week(0), week(1)], names["plan_candidates"]))
    assert [len(planned.roster.assignments) for planned in ahead] == [1, 1]
