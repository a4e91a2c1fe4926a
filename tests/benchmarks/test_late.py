"""What is measured of answers and repairs is what the tables say."""

from __future__ import annotations

import random
from functools import partial

import pytest
from towns import town

from benchmarks import late
from benchmarks.cells import whole
from shiftplan import Problem, Result, Roster, solve
from shiftplan.solving import find_conflict


@pytest.fixture(scope="module")
def planned() -> tuple[Problem, Roster]:
    problem = town(2, 10)
    return problem, solve(problem, time_limit=None, work_limit=5, workers=1).require_roster()


def test_each_question_is_asked_as_often_as_told(
    planned: tuple[Problem, Roster], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two of each kind, and one advice, which is asked for in less time than usual."""
    monkeypatch.setattr(late, "advise", partial(late.advise, time_limit=2))
    table = late.questions(*planned, random.Random(0), 2)

    assert [row[1] for row in table.rows] == ["2"] * (len(table.rows) - 1) + ["1"]


def test_contradictions_are_contradictions(planned: tuple[Problem, Roster]) -> None:
    """Each of the weeks asked about has a conflict."""
    weeks = late.contradictions(planned[0], random.Random(0), 2)

    found = [find_conflict(week) for kind in weeks.values() for week in kind]

    assert all(conflict is not None and conflict.members for conflict in found)


def test_each_edit_is_of_its_kind(planned: tuple[Problem, Roster]) -> None:
    """Pins against what somebody works, pins for what nobody of them does, and absences."""
    problem, roster = planned

    kinds = late.edits_of(problem, roster, random.Random(0), 3)

    for (_, weeks), is_worked in zip(kinds.items(), (True, False, True), strict=True):
        for week, pair in weeks:
            assert (pair in roster) == is_worked
            (first, *_) = new = [pin for pin in week.pins if pin not in problem.pins]
            assert {pin.volunteer_id for pin in new} == {pair.volunteer_id}
            assert first.state == ("must_not" if is_worked else "must")


def test_edits_are_solved_near_and_anew(
    planned: tuple[Problem, Roster], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A roster is found no later than it is proven, and each edit of a small week is proven."""
    monkeypatch.setattr(late, "_AGAIN", 1)

    table = late.edits(*planned, random.Random(0), 2, 5.0)

    assert [row[1] for row in table.rows] == ["2", "2", "2"]
    for _, _, found, _, proven, *_, count, above in table.rows:
        assert float(found) <= float(proven)
        assert count == "2"
        assert above.endswith("%")


def test_repairs_of_one_and_of_many(
    planned: tuple[Problem, Roster], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One row a repair; those of many stand beside solving from scratch, without a start."""
    monkeypatch.setattr(late, "_MANY", 3)
    monkeypatch.setattr(late, "_SOME", 2)
    given: list[tuple[set[str], int | None]] = []

    def anew(week: Problem, **options: float) -> Result:
        found = solve(week, **options)
        given.append((set(options), found.levels[1].cost))
        return found

    monkeypatch.setattr(late, "solve", anew)

    table = late.repairs(*planned, random.Random(0), 1, 5.0)

    assert [row[:2] for row in table.rows] == [("1", "20"), ("2", "0.05"), ("3", "20")]
    assert table.rows[0][-1] == "none"
    ((options, cost),) = given
    assert options == {"time_limit"}
    assert table.rows[1][-1] == "none"
    assert table.rows[2][-1] == whole(cost)
