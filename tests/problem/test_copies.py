"""Copies of input with some fields changed."""

from __future__ import annotations

import copy
import datetime as dt
import importlib
import inspect
import pickle
import pkgutil
from functools import cached_property

import pytest
from pydantic import BaseModel

import shiftplan
from shiftplan.errors import InputError
from shiftplan.problem import Problem
from shiftplan.rules import Coverage, Fairness, ForbiddenSuccession, NeedsToo
from shiftplan.rules.scope import OfDays
from shiftplan.testing.pictures import plan
from shiftplan.week.fields import Frozen
from shiftplan.week.occupied import Occupied
from shiftplan.week.records import Center
from shiftplan.week.requirements import Counted, Requirement
from shiftplan.week.roster import Roster
from shiftplan.week.week import Week
from shiftplan.week.wishes import Pin


def test_a_copy_with_a_field_that_is_not_there_is_refused():
    """A misspelt name would otherwise change nothing, without a word."""
    center = Center(center_id="A")

    with pytest.raises(TypeError, match="Center has no field nmae, tpye"):
        center.model_copy(update={"tpye": "ward", "nmae": "An Phú", "groups": ()})

    assert center.model_copy(update={"name": "An Phú"}).name == "An Phú"


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"pins": (Pin(volunteer_id="zoe", shift_id="M0", state="must"),)}, "pins[0].volunteer_id"),
        ({"volunteers": plan("M", "ana", 1).volunteers * 2}, "volunteers[1].volunteer_id"),
        ({"centers": ()}, "shifts[0].center_id"),
    ],
)
def test_a_copy_whose_rows_do_not_fit_is_refused_when_it_is_used(fields, where):
    """Copies are made unchecked; `solve` and `check` look before they do anything."""
    copied = plan("M", "ana", 1).model_copy(update=fields)

    for use in (shiftplan.solve, lambda problem: shiftplan.check(problem, Roster())):
        with pytest.raises(InputError) as caught:
            use(copied)
        assert where in str(caught.value)


def _with_computed_values() -> list[Frozen]:
    """One of each kind of input that keeps computed values, after all of them were computed."""
    week = plan("MA", "ana bob", 2, rules=(Coverage(level=1), Fairness(level=2)))
    roster = Roster.of([("M0", "ana"), ("A1", "bob")])
    tables = Week(**{name: getattr(week, name) for name in Week.model_fields})
    counted = Counted(shift_id="M0", skill_id="khmer", with_skills=("portal:2",))
    start = dt.datetime(2026, 12, 7, 8)
    occupied = Occupied(group=("ana",), start=start, end=start + dt.timedelta(2))
    rules = [
        OfDays(days="mon"),
        ForbiddenSuccession(first="night", then="early", hours="06:00-9:00"),
        NeedsToo(first="night", then="early", hours="06:00-9:00"),
    ]
    timed = Requirement(center_id="home", shifts="early", target=1)
    own = [week.model_copy(), tables, week.horizon.model_copy(), roster, counted, occupied, timed]
    return [*own, *rules]


def _computed(model: type[Frozen]) -> list[str]:
    """Names of the values that a kind of input computes once and keeps."""
    return [n for n, value in inspect.getmembers(model) if isinstance(value, cached_property)]


def test_every_input_that_keeps_computed_values_is_tried():
    """The list of examples below names each pydantic model of the package with such values."""
    for module in pkgutil.walk_packages(shiftplan.__path__, "shiftplan."):
        if module.name.rpartition(".")[2] != "__main__":
            importlib.import_module(module.name)
    found, kinds = set(), [BaseModel]
    while kinds:
        kinds += (own := kinds.pop().__subclasses__())
        found |= {k for k in own if any(isinstance(v, cached_property) for v in vars(k).values())}

    assert {k for k in found if k.__module__.startswith("shiftplan.")} == {
        type(example) for example in _with_computed_values()
    }


@pytest.mark.parametrize("example", _with_computed_values(), ids=lambda e: type(e).__name__)
def test_what_was_computed_is_no_field(example):
    """After every computed value was read, input is written, copied and checked as before."""
    fresh = pickle.loads(pickle.dumps(example))
    for name in _computed(type(example)):
        getattr(example, name)
    assert set(vars(example)) > set(type(example).model_fields)

    if not isinstance(example, Roster):  # which is walked through by assignments
        assert dict(example) == dict(fresh)
        assert list(dict(example)) == list(type(example).model_fields)
        assert type(example).model_validate({**dict(example)}) == fresh
        assert type(example)(**dict(example)) == fresh
    assert example.model_dump() == fresh.model_dump()
    assert example.model_dump_json() == fresh.model_dump_json()
    assert example == fresh
    for copied in (
        example.model_copy(),
        example.model_copy(deep=True),
        copy.deepcopy(example),
        pickle.loads(pickle.dumps(example)),
    ):
        assert copied == fresh
        assert dict(copied) == dict(fresh)


def test_a_problem_that_was_used_can_still_be_changed():
    """`with_recommended` and the documented checked copy work after `check` and `digest`."""
    week = plan("M", "ana", 1, rules=(Coverage(level=1),))
    asked = shiftplan.problem.with_recommended(week)
    shiftplan.check(week, Roster())
    assert week.digest

    assert shiftplan.problem.with_recommended(week) == asked
    changed = Problem.model_validate({**dict(week), "rules": ()})
    assert (changed.levels, changed.digest != week.digest) == ((), True)
