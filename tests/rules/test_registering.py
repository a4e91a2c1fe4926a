"""Where a rule from outside the package is known, and what is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Literal

import numpy as np
import pytest
from made_rules import make
from pydantic import TypeAdapter, ValidationError

import shiftplan as sp
from shiftplan.problem import Problem
from shiftplan.problem.validation import input_error
from shiftplan.rules import RULES, AnyRule, Rule, rule
from shiftplan.rules.base import Priced
from shiftplan.testing import plan, registered

MODULE = '''
from typing import Literal

from shiftplan.errors.message import AtShift
from shiftplan.rules.base import Rule


class Installed(Rule):
    """Nobody works on the last day."""

    rule: Literal["installed_last_day"] = "installed_last_day"
    unit = "shifts"

    def check(self, case):
        for person in case.week.volunteers:
            for shift in case.worked(person):
                if shift.day == case.horizon.dates[-1]:
                    yield self.violation(person.volunteer_id, AtShift(shift.shift_id), 1)

    def forbid(self, arrays):
        last = arrays.day == arrays.num_days - 1
        return last[None, :].repeat(arrays.num_volunteers, axis=0)

    def post(self, model):
        """Nothing to post: the pairs are not in the model."""
'''


@pytest.fixture
def installed(tmp_path):
    """Environment of a process in which a package with entry points is installed."""
    site = tmp_path / "site"
    info = site / "last_day-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "last_day_rules.py").write_text(MODULE, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: last-day\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[shiftplan.rules]\n"
        "installed_last_day = last_day_rules:Installed\n"
        "broken_rule = no_such_module:Broken\n"
    )
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(site), *sys.path])}


def command(environment, *arguments):
    line = [sys.executable, "-m", "shiftplan", *map(str, arguments)]
    return subprocess.run(line, env=environment, capture_output=True, encoding="utf-8")


def written(folder, kind):
    """A week that names a kind of rule, and a roster that breaks it."""
    problem = plan("M", "ana", 2, rules=[{"rule": "one_place"}])
    sp.write_week(problem, folder)
    table = folder / "rules.csv"
    table.write_text(table.read_text().replace("one_place", kind))
    sp.write_roster(problem, sp.Roster.of([("M1", "ana")]), folder / "roster.csv")
    return folder


def test_the_command_knows_rules_of_installed_packages(installed, tmp_path):
    """Entry points are found; without the package the week is refused."""
    folder = written(tmp_path / "week", "installed_last_day")

    known = command(installed, "check", folder, folder / "roster.csv", "--json")
    unknown = command(os.environ, "check", folder, folder / "roster.csv")

    assert json.loads(known.stdout)["hard"] == {"installed_last_day": 1}, known.stderr
    assert unknown.returncode == 2
    assert "unknown rule" in unknown.stderr


def test_a_rule_that_cannot_be_loaded_is_named_with_the_reason(installed, tmp_path):
    """The rest of the rules still works."""
    folder = written(tmp_path / "week", "broken_rule")

    done = command(installed, "check", folder, folder / "roster.csv")

    assert done.returncode == 2
    assert "no_such_module" in " ".join(done.stderr.split())


def test_importing_the_package_loads_no_entry_points():
    """They are read when a rule is first looked up."""
    code = "import shiftplan.cli; from shiftplan.rules import RULES; print(RULES._complete)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")

    assert done.stdout.strip() == "False"


# ---- what is refused


def test_two_rules_of_one_kind_are_an_error():
    """A class that is defined once more replaces itself, as in a notebook."""

    kind = "two_of_a_kind"
    with registered(make("First", kind)):
        rule(make("First", kind))
        with pytest.raises(ValueError, match="two rules are of the kind 'two_of_a_kind'"):
            rule(make("Second", kind))
    with pytest.raises(ValueError, match="Coverage"):
        rule(make("Coverage", "coverage"))
    with pytest.raises(ValueError, match="something else"):
        rule(make("Order", "order"))
    with pytest.raises(TypeError, match="needs its kind"):
        rule(make("Dashed", "one-two"))


def test_a_class_that_is_no_complete_rule_is_an_error():
    """No rule, no kind, no statement."""

    class Half(Rule):
        rule: Literal["half_a_rule"] = "half_a_rule"

        def check(self, case):
            yield from ()

    with pytest.raises(TypeError, match="no subclass"):
        rule(int)
    with pytest.raises(TypeError, match="needs a method post"):
        rule(Half)
    with pytest.raises(TypeError, match="needs its kind"):
        rule(Priced)
    assert "half_a_rule" not in RULES


@pytest.mark.filterwarnings("ignore:Field name:UserWarning")  # of pydantic, before ours
@pytest.mark.parametrize("name", ["parameter", "hard", "price", "columns", "unit", "check", "copy"])
def test_a_field_that_hides_what_every_rule_has_is_an_error(name):
    """It would be lost where weeks are written, or called where it is a number."""
    hidden = make("Hidden", "hidden")
    own = type(Rule)("Own", (hidden,), {"__annotations__": {name: int}, name: 3})

    with pytest.raises(TypeError, match=f"hide what every rule has: {name}"):
        rule(own)
    assert "hidden" not in RULES


def test_fields_may_narrow_those_that_every_rule_has():
    """The level, the note and the weight are fields of the base; attributes are no fields."""

    class Narrow(Priced):
        """Nobody minds."""

        rule: Literal["narrow"] = "narrow"
        level: Literal[2] = 2
        weight: Literal[5] = 5
        note: Literal[""] = ""
        unit = "shifts"
        sees = "part"

        def check(self, case):
            yield from ()

        def post(self, model):
            """Nothing to post."""

    with registered(Narrow):
        assert "narrow" in RULES


@pytest.mark.parametrize("text", ["{who works", "who} works", ["one", "many"]])
def test_words_that_cannot_be_filled_are_an_error(text):
    """People would see the raw template."""
    wordy = make("Open", "open_brace", words={"vi": {"rules.open_brace": text}})

    with pytest.raises(ValueError, match=r"rules\.open_brace"):
        rule(wordy)
    assert "open_brace" not in RULES


@pytest.mark.parametrize(
    ("given", "remedy"),
    [("coverag", "Did you mean 'coverage'?"), ("a_rule_of_mine", "Maybe it is a rule of your")],
)
def test_an_unknown_kind_has_a_way_out(given, remedy):
    """The nearest name, or where rules of one's own are known."""
    with pytest.raises(ValidationError) as error:
        TypeAdapter(tuple[AnyRule, ...]).validate_python([{"rule": given}])

    fault = input_error(error.value, Problem).faults[0]
    assert fault.code == "unknown_rule"
    assert remedy in str(fault)


@pytest.mark.parametrize(
    ("given", "said"),
    [({"amount": 1.5}, "an amount is a whole number, not 1.5"), ({"cost": 0.5}, "a cost is")],
)
def test_findings_have_whole_numbers(given, said):
    """What numpy counts is one; a part of a unit, or of a cost, is refused with the kind."""
    some = make("Halves", "halves")(rule="halves")

    found = some.violation("ana", None, np.int64(2), cost=np.int64(3))

    assert (type(found.amount), type(found.cost)) == (int, int)
    with pytest.raises(TypeError, match=f"halves: {said}"):
        some.violation("ana", None, **{"amount": 1, **given})
