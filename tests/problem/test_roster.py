"""Rosters: views, differences, JSON."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from shiftplan.week.roster import Assignment, Change, Roster

ROSTER = Roster.of([("M1", "bob"), ("M0", "bob"), ("M0", "ana")])


def test_assignments_are_sorted_whatever_their_order():
    """Two rosters with the same assignments are equal."""
    assert Roster.of([("M0", "ana"), ("M0", "bob"), ("M1", "bob")]) == ROSTER
    assert ROSTER.assignments[0] == Assignment(shift_id="M0", volunteer_id="ana")


def test_repeated_assignments_are_kept():
    """A roster may stand in a file twice; `check` says so, the roster does not hide it."""
    twice = Roster.of([("M0", "ana"), ("M0", "ana")])

    assert len(twice) == 2
    assert twice.people_in["M0"] == ("ana", "ana")


def test_views_by_volunteer_and_by_shift():
    """The views list those who work and the shifts that are not empty."""
    assert dict(ROSTER.shifts_of) == {"ana": ("M0",), "bob": ("M0", "M1")}
    assert dict(ROSTER.people_in) == {"M0": ("ana", "bob"), "M1": ("bob",)}
    assert ("M1", "bob") in ROSTER
    assert ("M1", "ana") not in ROSTER


def test_changes_are_what_is_taken_away_and_added():
    """The difference to itself is empty; to another roster it lists both sides in order."""
    later = Roster.of([("M0", "ana"), ("M1", "ana"), ("M1", "bob")])

    changes = list(ROSTER.changes_to(later))

    assert list(ROSTER.changes_to(ROSTER)) == []
    assert changes == [
        Change(Assignment("M0", "bob"), added=False),
        Change(Assignment("M1", "ana"), added=True),
    ]


def test_a_shift_that_moved_is_taken_away_and_added():
    """Ana and bob stay in M0; who leaves it or is only in other shifts has what they had."""
    later = Roster.of([("M0", "ana"), ("M0", "cho"), ("M1", "bob")])

    changes = [(c.assignment.volunteer_id, c.added) for c in ROSTER.changes_to(later, {"M0", "x"})]

    assert changes == [("ana", False), ("ana", True), ("bob", False), ("cho", True)]


def test_json_reads_back_as_an_equal_roster():
    """Nothing is lost on the way through JSON."""
    assert Roster.model_validate_json(ROSTER.to_json()) == ROSTER
    assert Roster.model_validate_json(Roster().to_json()) == Roster()


def test_rows_with_the_two_keys_are_assignments():
    """What a service gives out goes back in, whatever the order of the keys."""
    rows = [{"volunteer_id": "v", "shift_id": "s"}, Assignment("a", "b")]

    assert Roster.of(rows).assignments == (("a", "b"), ("s", "v"))


@pytest.mark.parametrize("pair", ["ab", {"shift": "s", "volunteer": "v"}, ("s",), ("s", "v", "x")])
def test_what_is_no_assignment_is_refused(pair):
    """Two letters would pass for a pair, and the names of two keys too."""
    with pytest.raises(TypeError):
        Roster.of([pair])


def test_a_roster_cannot_be_changed():
    """Rosters are immutable and have no unknown fields."""
    with pytest.raises(ValidationError):
        ROSTER.assignments = ()
    with pytest.raises(ValidationError):
        Roster.model_validate({"assignments": [], "name": "x"})
