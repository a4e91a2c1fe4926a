"""What is planned of a week: whose requirements, which rules, and which notes still hold."""

from __future__ import annotations

import pytest
from offices import come, office

from shiftplan.citizens.staffing import prepare, still_holds
from shiftplan.errors import Fault
from shiftplan.problem import Problem

OWN = [{"shift_id": "A7", "minimum": 5, "target": 5}]


def asked(problem: Problem) -> list[int]:
    """Targets of all requirements."""
    return [row.target for row in problem.requirements]


@pytest.mark.parametrize("anew", [False, True])
@pytest.mark.parametrize("own", [(), OWN])
def test_requirements_come_from_the_forecast_where_there_are_none_or_anew(own, anew):
    """The forecast is for the two who are there in any case; five is the week's own figure."""
    problem = office([come(7, 11, 8)], requirements=own)

    prepared = prepare(problem, anew=anew)

    assert asked(prepared) == ([5] if own and not anew else [2])


@pytest.mark.parametrize("own", [(), OWN])
def test_nothing_but_what_is_missing_is_made_by_default(own):
    """Requirements of the week stay, no rules are added, and reasons are in English."""
    problem = office([come(7, 11, 8)], requirements=own)

    assert prepare(problem) == prepare(problem, anew=False, recommended=False)


def test_a_week_without_forecast_stays_as_it_is():
    """There is nothing to make requirements from, and nothing to refuse."""
    problem = office([])

    assert prepare(problem) == problem


@pytest.mark.parametrize("recommended", [False, True])
def test_rules_are_added_where_that_is_asked_for(recommended):
    """The week names no rule; the recommended ones come with the requirements."""
    prepared = prepare(office([come(7, 11, 8)]), recommended=recommended)

    assert bool(prepared.rules) == recommended
    assert asked(prepared) == [2]


@pytest.mark.parametrize(
    ("table", "recommended", "holds"),
    [
        ("rules", True, False),
        ("rules", False, True),
        ("demand", True, True),
        ("demand", False, True),
    ],
)
def test_a_note_on_rules_goes_with_the_rules_of_the_week(table, recommended, holds):
    """What a note says of the rules may be wrong once others are added."""
    note = Fault("unused", table, "rule", "pins", "is not used")

    assert still_holds(note, recommended=recommended) == holds
