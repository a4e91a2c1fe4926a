"""Python code in docs/season.md runs."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from pictures import MONDAY, plan

from shiftplan import Problem, Requirement, Roster, Turnout
from shiftplan.rules import Coverage, MaxShiftCount
from shiftplan.season import plan_weeks

PAGE = Path(__file__).parents[2] / "docs" / "season.md"
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def week(number: int) -> Problem:
    """Four mornings with a seat that may stay empty, for Ana, who may work 12 times in all."""
    start = MONDAY + dt.timedelta(7 * number)
    rules = (Coverage(level=1), MaxShiftCount(value=12))
    bare = plan(dict.fromkeys(range(4), "M"), start=start, rules=rules)
    shifts = [s.model_copy(update={"shift_id": f"{number} {s.shift_id}"}) for s in bare.shifts]
    needs = [Requirement(shift_id=s.shift_id, minimum=0, target=1) for s in shifts]
    return bare.model_copy(update={"shifts": tuple(shifts), "requirements": tuple(needs)})


def turnouts(problem: Problem, roster: Roster) -> list[Turnout]:
    """Ana stays away in the second week."""
    (pair,) = roster.assignments
    away = pair.shift_id.startswith("1")
    return [Turnout(**pair._asdict(), state="absent")] if away else []


def test_python_on_the_page_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """Each block runs by itself where weeks and turnouts are given, and its `plan` plans."""
    assert len(BLOCKS) == 2
    for block in BLOCKS:
        names: dict[str, Any] = {"weeks": [week(0), week(1)], "turnouts": turnouts}
        exec(block, names)
        planned = list(plan_weeks([week(0), week(1)], names["plan"]))

        # Of 12 shifts for 12 weeks one a week is due.
        assert [len(p.roster.assignments) for p in planned] == [1, 1]

    # The first block prints who was planned and who came.
    assert capsys.readouterr().out == "2026-12-07 1 1\n2026-12-14 1 0\n"
