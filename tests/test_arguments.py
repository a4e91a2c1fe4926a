"""What public functions are about is checked at once: a problem, and rosters of it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest

import shiftplan
from docs.make_api import PAGES, exported
from shiftplan import Fault, InputError, Problem, Result, Roster
from shiftplan.testing import parse, plan

WEEK, WORKED = plan("M", "ana", 1), parse("ana  M")
KINDS = {"Problem", "Problem | None", "Roster", "Roster | None"}
OWN = ("errors", "record", "testing", "web", "week")
"""Rooms whose functions take parts of what others checked."""
INNER = {"clear_handouts", "ordered", "read_outcome", "rows_gone"}
"""Functions of packages inside a room that get what the room's own functions checked."""


def about_weeks() -> dict[str, tuple[Callable[..., object], list[str]]]:
    """Public functions that take problems or rosters, and the names of these parameters."""
    found = {}
    for room in PAGES.keys() - {*OWN}:
        packages = () if room == "problem" else PAGES[room].packages
        for package in (room, *packages):
            for name, thing in exported(import_module(f"shiftplan.{package}")).items():
                if inspect.isfunction(thing) and name not in INNER:
                    kinds = inspect.get_annotations(thing)
                    taken = [n for n, kind in kinds.items() if kind in KINDS and n != "return"]
                    if taken and kinds[taken[0]].startswith("Problem"):
                        found[name] = thing, taken
    return found


ABOUT = about_weeks()


def faults_of(call: Callable[..., object], *args: Any, **named: Any) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        call(*args, **named)
    return caught.value.faults


@pytest.mark.parametrize("name", sorted(ABOUT))
def test_what_is_no_problem_or_roster_is_named(name: str):
    """Each wrong argument is a fault with its name, before anything else is looked at."""
    function, taken = ABOUT[name]

    faults = faults_of(function, **dict.fromkeys(taken, 3))

    assert [(fault.table, fault.column, fault.value) for fault in faults] == [
        ("options", column, "3") for column in taken
    ]


def test_there_are_functions_to_try():
    """The ones that everybody uses are among them."""
    assert {"solve", "check", "fairness", "repair", "suggest", "write_report"} <= ABOUT.keys()


def test_a_result_where_a_roster_is_meant_leads_to_its_roster():
    """The fault names the method that returns the roster."""
    result = shiftplan.solve(WEEK, time_limit=5)

    (fault,) = faults_of(shiftplan.check, WEEK, result)

    assert fault.value == "Result"
    assert "require_roster()" in str(fault.remedy)


def test_a_path_where_a_problem_is_meant_leads_to_its_reader():
    """The fault names the functions that read files."""
    (fault,) = faults_of(shiftplan.solve, "examples/data/commune")

    assert fault.value == "examples/data/commune"
    assert "read_problem" in str(fault.remedy)


def test_arguments_in_the_wrong_order_are_named():
    """Both are named, by what they are and what they should be."""
    faults = faults_of(shiftplan.check, WORKED, WEEK)

    assert [(fault.column, fault.value) for fault in faults] == [
        ("problem", "Roster"),
        ("roster", "Problem"),
    ]


@pytest.mark.parametrize(
    ("table", "value", "index"),
    [
        ("horizon", {"start": "2026-12-07", "days": 1}, None),
        ("rules", [{"rule": "coverage"}], 0),
        ("shifts", None, None),
        ("volunteers", (*WEEK.volunteers, "bob"), 1),
    ],
)
def test_a_copy_with_something_else_than_records_is_refused(table: str, value: object, index):
    """`model_copy` takes what it is given; the first use names the table and the row."""
    copied = WEEK.model_copy(update={table: value})

    (fault,) = faults_of(shiftplan.check, copied, WORKED)

    assert (fault.table, fault.index) == (table, index)
    assert "model_validate" in str(fault.remedy)


def test_a_table_of_a_copy_may_be_a_list():
    """Lists of records are as good as tuples."""
    copied = WEEK.model_copy(update={"rules": [*WEEK.rules]})

    assert shiftplan.check(copied, WORKED) == shiftplan.check(WEEK, WORKED)


def test_rosters_and_results_are_shown_in_one_line_without_people():
    """Logs and error reports of an app show them; a roster is walked through by assignments."""
    result = shiftplan.solve(WEEK, workers=1)
    roster = result.require_roster()

    assert repr(roster) == str(roster) == f"<Roster: {len(roster)} assignments>"
    assert repr(result) == (
        f"<Result OPTIMAL: cost {result.total.cost}, bound {result.total.bound}, {roster!r}>"
    )
    assert list(roster) == list(roster.assignments)
    assert all(pair in roster for pair in roster)


def test_a_problem_is_shown_in_one_line():
    """Its name, and how many rows each table has that has any."""
    named = WEEK.model_copy(update={"name": "Ca 'sáng'"})

    assert repr(named) == str(named)
    assert repr(named).startswith("<Problem \"Ca 'sáng'\": ")
    assert "1 volunteers" in repr(named)
    assert "published" not in repr(named)
    assert repr(Problem.model_construct()).startswith("<Problem")


def test_a_frame_of_something_unknown_is_refused():
    """The option is named with what it may be."""
    result: Result = shiftplan.solve(WEEK, time_limit=5)

    (fault,) = faults_of(result.to_frame, "persons")

    assert (fault.column, fault.value) == ("what", "persons")
    assert "people" in str(fault.message)


def test_a_roster_of_nobody_is_a_roster():
    """An empty roster is no missing one."""
    assert shiftplan.check(WEEK, Roster()).is_feasible
