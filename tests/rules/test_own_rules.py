"""A rule from outside the package works wherever those of the package do."""

from __future__ import annotations

import importlib.util
import json
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import ClassVar, Literal

import numpy as np
import pytest

import shiftplan as sp
from shiftplan.case.case import Case
from shiftplan.cli.weeks import schema
from shiftplan.errors.message import AtCenter, AtShift, InAreas
from shiftplan.problem import Problem
from shiftplan.rules import RULES, Rule
from shiftplan.rules.base import Priced
from shiftplan.testing import compare, parse, plan, prove, registered
from shiftplan.testing.proof import judge
from shiftplan.week.fields import SomeNames

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "10_own_rule.py"
KIND = "shared_vehicle"
ROW = {"rule": KIND, "group": "blue motorbike"}


def load():
    """The example as a module, which registers its rule."""
    spec = importlib.util.spec_from_file_location("own_rule_example", EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    sys.modules["own_rule_example"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def own():
    module = load()
    yield module
    RULES.forget(KIND)
    del sys.modules["own_rule_example"]


def week(own, *rules):
    """Three seats for two people who share a motorbike, two of them on one date."""
    return plan(**own.PAIR, requirements=own.SEATS, rules=rules)


def test_it_is_read_and_written_by_every_form(own, tmp_path):
    """A folder, a workbook and JSON give the same problem, with the parameter by either name."""
    problem = week(own, {"rule": "coverage"}, {**ROW, "max_centers": 2, "level": 1, "weight": 9})
    sp.write_week(problem, tmp_path / "week")
    sp.present.write_workbook(problem, tmp_path / "week.xlsx")
    sp.write_problem(problem, tmp_path / "week.json")

    assert isinstance(problem.rules[1], own.SharedVehicle)
    assert sp.read_week(tmp_path / "week") == problem
    assert sp.files.read_workbook(tmp_path / "week.xlsx").rules == problem.rules
    assert sp.read_problem(tmp_path / "week.json") == problem
    table = tmp_path / "week" / "rules.csv"
    table.write_text(f"rule,level,weight,group,max_centers\n{KIND},1,9,blue motorbike,2\n")
    assert sp.read_week(tmp_path / "week").rules == problem.rules[1:]
    assert json.loads(problem.to_json())["rules"][1]["value"] == 2


def test_copies_and_pickles_keep_it(own):
    """They hold the class itself, and are checked like any problem."""
    problem = week(own, ROW)

    assert pickle.loads(pickle.dumps(problem)) == problem
    assert Problem.model_validate(dict(problem)) == problem
    assert problem.model_copy(deep=True).digest == problem.digest


def test_it_is_solved_checked_and_explained(own):
    """The soft rule leaves a seat empty, and an answer names it."""
    soft = own.SharedVehicle(group=("blue motorbike",), level=1, weight=500)
    problem = week(own, {"rule": "coverage"}, soft)

    result = sp.solve(problem, workers=1)
    found = sp.check(problem, parse("ana M m\nbob m .")).priced
    answer = sp.explain_why_not(problem, result.require_roster(), "m0", "ana")

    assert result.status.value == "OPTIMAL"
    assert result.total.cost == sp.check(problem, result.roster).total
    assert [(v.rule.rule, v.at, v.cost) for v in found if v.rule == soft] == [
        (KIND, "2026-12-07", 500)
    ]
    assert any(KIND in line for line in sp.present.lines(answer))
    assert all(sp.present.lines(answer, "vi"))
    assert sp.check(problem, parse("ana M .\nbob m .")).parts[KIND] == 500


def test_it_takes_part_in_conflicts(own):
    """Hard, it is named by its sentence and its parameter, and has a way out."""
    problem = week(own, {"rule": "minimum_coverage"}, ROW)

    conflict = sp.solving.find_conflict(problem)
    member = next(m for m in conflict.members if m.rule == KIND)

    assert str(member.message).startswith("A group that shares a vehicle works at one center")
    assert "(value 1)" in str(member.message)
    assert member.message.said("vi").startswith("A group that shares a vehicle works at one center")
    ways = sp.solving.ways_out(problem)
    assert any(m.rule == KIND for way in ways for m in way.members)
    assert sp.solve(problem, workers=1).roster is None


class EachCenter(Rule):
    """Somebody works at each center."""

    rule: Literal["each_center"] = "each_center"
    unit = "centers"
    place: ClassVar = "center"

    def check(self, case):
        worked = {s.center_id for v in case.week.volunteers for s in case.worked(v)}
        for center in case.week.centers:
            if center.center_id not in worked:
                yield self.violation("", AtCenter(center.center_id), 1)

    def post(self, model):
        number = model.arrays.num_centers
        there = model.sum_pairs(model.pairs.center, number)
        model.at_least(self, there, 1, where=np.arange(number), place=self.place)


def test_a_conflict_names_a_center():
    """As `check` does, by its id and in the sentence by its name."""
    with registered(EachCenter):
        rows = [{"rule": "each_center"}, {"rule": "max_shifts"}]
        centers = [{"center_id": "home"}, {"center_id": "far", "name": "Far away"}]
        week = {"people": "ana", "days": 1, "each": {"ana": {"max_shifts": 1}}}
        problem = plan("Mm", **week, centers=centers, rules=rows)

        found = sp.solving.find_conflict(problem).members

    own = {str(m.where): str(m.message) for m in found if m.rule == "each_center"}
    assert own.keys() == {"home", "far"}
    assert "Far away" in own["far"]


def test_a_conflict_names_areas_of_any_rule_that_is_of_areas():
    """Where its rows name no place of their own."""

    class MuchThere(Rule):
        """More work is done in some areas than anybody can do."""

        rule: Literal["much_there"] = "much_there"
        group: SomeNames
        unit = "shifts"
        is_of_areas = True

        def check(self, case):
            yield from ()

        def post(self, model):
            model.at_least(self, model.sum_pairs(0 * model.pairs.center, 1), 9)

    with registered(MuchThere):
        rules = [{"rule": "much_there", "group": "remote"}]
        found = sp.solving.find_conflict(plan("M", "ana", 1, rules=rules)).members

    assert [m.where for m in found] == [InAreas(("remote",))]


def test_an_unknown_place_of_a_row_is_refused_when_it_is_posted(monkeypatch):
    """Not only once a conflict is looked for."""
    monkeypatch.setattr(EachCenter, "place", "centre")
    with registered(EachCenter):
        problem = plan("M", "ana", 1, rules=[{"rule": "each_center"}])

        with pytest.raises(ValueError, match=r"no place 'centre'; places are shift, .*center"):
            sp.solve(problem, workers=1)


def test_it_is_proven_by_the_harness(own):
    """As the example does it; a wrong amount, a wrong post, a useless mutant and a problem that is
    too large are told.
    """
    given = own.SharedVehicle, own.BLUE, [own.PAIR]

    assert prove(*given, own.ROWS, own.WRONG) == 512
    with pytest.raises(AssertionError, match=r"shared_vehicle finds \d+ and not 7 in\nana"):
        prove(*given, [("ana M m\nbob m .", 7)])
    with pytest.raises(AssertionError, match=r"no such shifts or people: \[\('X0', 'ana'\)\]"):
        prove(*given, [("ana X m\nbob m .", 0)])
    with pytest.raises(AssertionError, match="no roster tells"):
        prove(*given, own.ROWS, [("post", "exact=False", "exact=True")])
    large = {**own.PAIR, "days": 4}
    with pytest.raises(
        AssertionError, match=r"16 pairs .*, 16 of them in its model: .* At most 12"
    ):
        prove(own.SharedVehicle, own.BLUE, [own.PAIR, large], own.ROWS)


def test_a_rule_that_sees_more_than_it_says_is_told(own, monkeypatch):
    """With all members of its groups, or everything, it is right; with a part it is not."""
    given = own.SharedVehicle, own.BLUE, [own.PAIR], own.ROWS

    monkeypatch.setattr(own.SharedVehicle, "sees", "roster")
    prove(*given)
    monkeypatch.setattr(own.SharedVehicle, "sees", "part")
    with pytest.raises(AssertionError, match="SharedVehicle sees more than its 'part'"):
        prove(*given)


def test_an_error_of_the_model_names_rules_from_outside(own, monkeypatch):
    """Such a rule is the likely reason, and no bug of shiftplan."""
    monkeypatch.setattr(own.SharedVehicle, "post", lambda *_: None)
    problem = week(own, {"rule": "coverage"}, {**ROW, "level": "hard"})
    with pytest.raises(sp.ModelError, match=rf"from outside .*: {KIND}\. .*prove"):
        sp.solve(problem, workers=1)


def test_a_post_that_says_something_else_is_told():
    """The first roster on which the two differ is shown as a picture, with both verdicts."""

    class Wrong(Priced):
        """Nobody works on the first day."""

        rule: Literal["wrong_first_day"] = "wrong_first_day"
        unit = "shifts"

        def check(self, case):
            for person in case.week.volunteers:
                for shift in case.worked(person):
                    if shift.day == case.horizon.start:
                        yield self.violation(person.volunteer_id, AtShift(shift.shift_id), 1)

        def post(self, model):
            """Forgets to say it."""

    kind = "wrong_first_day"
    with registered(Wrong), pytest.raises(AssertionError, match="check: infeasible"):
        compare(plan("M", "ana", 2, rules=[{"rule": kind}]))
    for level, told in (("hard", "forbidden by check, allowed"), (1, "cost 7 by check, 0")):
        given = {"rule": kind, "level": level} | ({} if level == "hard" else {"weight": 7})
        with registered(Wrong), pytest.raises(AssertionError, match=told + " by the model:"):
            judge(plan("M", "ana", 2, rules=[given]), parse("ana M ."), kind, 1)
    assert kind not in RULES


def test_the_schema_and_the_reference_have_it(own):
    """The form of JSON as the process knows it, and docs/make_rules.py with a module."""
    code = (
        f"import sys; sys.path.insert(0, {str(EXAMPLE.parent)!r}); sys.argv[1:] = ['10_own_rule']"
    )
    code += (
        f"; import runpy; runpy.run_path({str(ROOT / 'docs/make_rules.py')!r}, {{}}, '__main__')"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")

    assert "SharedVehicle" in schema("problem")["$defs"]
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("### `shared_vehicle`\n\n**A group that shares a vehicle works")
    assert (
        "| `max_centers` or `value` | whole number | `1` | Most centers on a date. |" in done.stdout
    )


def test_the_page_says_what_a_case_has():
    """Dictionaries by id, tuples of records, and fields with the names that it gives."""
    page = (ROOT / "docs" / "own_rules.md").read_text(encoding="utf-8")
    case = Case(plan(people="ana", signs="M", days=1), sp.Roster())
    (shift,), (person,) = case.shifts.values(), case.volunteers.values()
    records = {"shift": shift, "person": person, "week": case.week, "horizon": case.horizon}

    assert "| `volunteers`, `shifts`, `centers` | dictionaries from id to record |" in page
    for table in (case.volunteers, case.shifts, case.centers):
        assert isinstance(table, dict)
    assert isinstance(case.week.requirements, tuple)
    named = re.findall(r"`(shift|person|week|horizon)\.(\w+)", page)
    assert len(named) > 5
    assert [n for n in named if not hasattr(records[n[0]], n[1])] == []


def test_the_page_shows_what_the_example_does():
    """Each piece of code of the page stands in the example."""
    page = (ROOT / "docs" / "own_rules.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)

    assert len(blocks) == 3
    assert all(block in EXAMPLE.read_text(encoding="utf-8") for block in blocks)
