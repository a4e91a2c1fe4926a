"""Computed values that copies keep, and the last roster that a problem remembers."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st
from pace import costly
from strategies import problems, rosters

from shiftplan.case.case import Case, laid_out
from shiftplan.problem import Problem
from shiftplan.problem.problem import _NOT_PLANNED
from shiftplan.scoring.check import check
from shiftplan.scoring.equity import equity, equity_of
from shiftplan.testing.pictures import parse, plan
from shiftplan.week.week import Week


def told(week: Week, name: str) -> object:
    """A computed value in a form that can be compared."""
    value = getattr(week, name)
    if name != "offers":
        return value
    return [
        (value.times(v), value.count(v), [value.state(v, s) for s in week.shifts])
        for v in week.volunteers
    ]


@costly(0.25)
@given(problems(), problems(), st.data())
def test_what_a_copy_keeps_is_what_it_would_compute(week: Problem, other: Problem, data) -> None:
    """Whichever tables come from another week, or lose a row."""
    week.compute()
    for name in week.made_of:
        told(week, name)
    fields = data.draw(st.sets(st.sampled_from(sorted(Week.model_fields)), max_size=3))
    update = {}
    for field in fields:
        rows = getattr(week, field)
        is_table = isinstance(rows, tuple)
        update[field] = rows[1:] if is_table and data.draw(st.booleans()) else getattr(other, field)

    copied = week.model_copy(update=update)

    fresh = Problem.model_construct(**dict(copied))
    for name in week.made_of:
        try:
            expected = told(fresh, name)
        except KeyError:  # rows that name what is not there any more
            continue
        assert told(copied, name) == expected


@costly(0.25)
@given(problems(), problems(), st.data())
def test_a_copy_has_the_digest_of_what_it_says(week: Problem, other: Problem, data) -> None:
    """Whichever tables come from another week, and whatever the week has computed before."""
    assert week.digest
    names = data.draw(st.sets(st.sampled_from(sorted(Problem.model_fields)), max_size=3))

    copied = week.model_copy(update={name: getattr(other, name) for name in names})

    assert copied.digest == sha256(told_text(copied).encode()).hexdigest()


def told_text(week: Problem) -> str:
    """What a digest is made of, in one piece."""
    optional = ("journeys", "citizen_kinds", "travel", "occupied")
    blank = [name for name in optional if not getattr(week, name)]
    return week.model_dump_json(exclude=_NOT_PLANNED | dict.fromkeys(blank, True))


def test_a_deep_copy_keeps_nothing() -> None:
    """Its rows are other objects."""
    week = plan("M", "ana", 1)
    week.compute()

    assert not vars(week.model_copy(deep=True)).keys() & week.made_of.keys()
    assert week.made_of.keys() <= vars(week.model_copy(update={"pins": ()})).keys()


@costly(0.25)
@given(problems(), st.data())
def test_what_is_remembered_of_a_roster_is_that_of_the_roster(problem: Problem, data) -> None:
    """Asked for in any order, also of a copy with other requirements."""
    first, second = data.draw(rosters(problem)), data.draw(rosters(problem))
    fewer = problem.model_copy(update={"requirements": problem.requirements[1:]})
    expected = {}
    for week in (problem, fewer):
        for roster in (first, second):
            alone = Problem.model_construct(**dict(week))
            expected[id(week), id(roster)] = check(alone, roster), equity_of(Case(alone, roster))

    for _ in range(4):
        week, roster = data.draw(st.sampled_from([problem, fewer])), first
        if data.draw(st.booleans()):
            roster = second
        assert (check(week, roster), equity(week, roster)) == expected[id(week), id(roster)]


def test_an_equal_roster_is_laid_out_anew() -> None:
    """What is remembered is a roster, not its contents; one asked for again is there."""
    week = plan("M", "ana", 2)
    one, other = parse("ana  M ."), parse("ana  M .")

    case = laid_out(week, one)

    assert laid_out(week, one) is case
    assert laid_out(week, other) is not case
    assert laid_out(week.model_copy(), one) is not case
