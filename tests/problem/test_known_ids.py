"""Ids in questions: which are meant, and what is said of those that nobody knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shiftplan import (
    InputError,
    Requirement,
    Roster,
    explain_seat,
    explain_why_here,
    explain_why_not,
    suggest,
)
from shiftplan.analysis import chains, partners, swap
from shiftplan.present import fault_text
from shiftplan.problem.known_ids import known_part, read_pair, read_seat, unknown_ids
from shiftplan.seasons import Ledger
from shiftplan.testing.pictures import MONDAY, plan, shift


def test_ids_may_have_colons() -> None:
    """The one colon is taken that leaves a person and a shift."""
    problem = plan("", "a:b", 1, shifts=(shift("M", 0, shift_id="S:1"),))

    assert read_pair(problem, "a:b:S:1") == ("S:1", "a:b")


def test_the_roster_tells_which_pair_is_meant() -> None:
    """a:b:c is person a in b:c or person a:b in c; only one of them works."""
    shifts = (shift("M", 0, shift_id="b:c"), shift("A", 0, shift_id="c"))
    problem = plan("", "a a:b", 1, shifts=shifts)

    assert read_pair(problem, "a:b:c", Roster.of([("c", "a:b")])) == ("c", "a:b")
    with pytest.raises(InputError, match="this could be volunteer 'a' in shift 'b:c' or "):
        read_pair(problem, "a:b:c")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ana", "must be a volunteer id, a colon and a shift id"),
        ("anna:M0", "no such volunteer in the table volunteers(.|\n)*Did you mean 'ana'"),
        ("ana:N0", "no such shift in the table shifts"),
        ("ana:", "no such shift in the table shifts"),
        (
            "M0:ana",
            "a volunteer id, a colon and a shift id, in this order(.|\n)*Did you mean ana:M0",
        ),
    ],
)
def test_what_is_no_pair_is_refused(text: str, message: str) -> None:
    """Without a colon, or with ids that nobody knows."""
    with pytest.raises(InputError, match=message):
        read_pair(plan("M", "ana", 1), text)


def test_a_seat_is_a_shift_and_perhaps_a_skill() -> None:
    """The split at which both sides are known ids is taken, and none where the shift is named."""
    shifts = (shift("M", 0, shift_id="b:M"),)
    problem = plan("", "ana", 1, shifts=shifts, skills=({"skill_id": "x:1"},))

    assert read_seat(problem, "b:M")[:2] == ("b:M", None)
    assert read_seat(problem, "b:M:x:1")[:2] == ("b:M", "x:1")


@pytest.mark.parametrize("value", [None, 430, ("ana",), ["ana"], float("nan")])
def test_what_is_no_text_is_no_id(value: Any) -> None:
    """It is told like any other id that nobody knows; a number may mean the text of it."""
    needs = (Requirement(shift_id="M0", target=1),)
    problem, roster = plan("M", "ana 430", 1, requirements=needs), Roster()
    asked: list[Callable[[], object]] = [
        lambda: explain_seat(problem, roster, value),
        lambda: explain_why_not(problem, roster, "M0", value),
        lambda: explain_why_here(problem, roster, value, "ana"),
        lambda: suggest(problem, roster, value),
        lambda: partners(problem, roster, "M0", value),
        lambda: chains(problem, roster, value, "ana"),
        lambda: swap(problem, roster, ("M0", value), ("M0", "ana")),
        lambda: Ledger().confirm(value, "portal", 2, MONDAY),
    ]
    if value is not None:
        asked.append(lambda: suggest(problem, roster, "M0", leaving=value))
        asked.append(lambda: explain_seat(problem, roster, "M0", value))

    faults = []
    for ask in asked:
        with pytest.raises(InputError) as refused:
            ask()
        faults += refused.value.faults

    assert [(f.code, f.value) for f in faults] == [("unknown_id", str(value))] * len(asked)
    assert ("Did you mean '430'?" in [str(f.remedy) for f in faults]) == (value == 430)


@pytest.mark.parametrize("ask", [explain_why_not, explain_why_here, partners, chains])
def test_a_shift_comes_before_a_person(ask: Callable[..., object]) -> None:
    """As in an assignment; whoever gives the person first is told that the two are swapped."""
    problem, roster = plan("M", "ana", 1), Roster.of([("M0", "ana")])

    ask(problem, roster, *roster.assignments[0])
    with pytest.raises(InputError, match="this is a volunteer, and M0 is a shift") as refused:
        ask(problem, roster, "ana", "M0")

    assert "Maybe the two ids are swapped" in str(refused.value)
    assert "mã ca đứng trước" in fault_text(refused.value.faults[0], "vi")


def test_sides_of_a_trade_are_a_shift_and_a_person() -> None:
    """As everywhere else."""
    problem, roster = plan("M", "ana bob", 2), Roster.of([("M0", "ana"), ("M1", "bob")])

    with pytest.raises(InputError, match="Maybe the two ids are swapped"):
        swap(problem, roster, ("ana", "M0"), ("bob", "M1"))


def test_unknown_ids_are_told_at_their_rows() -> None:
    """Each with a guess, in the order of the rows; what is left is known."""
    problem = plan("M", "ana", 1)
    roster = Roster.of([("M0", "ana"), ("M0", "anna"), ("N0", "bob")])

    found = list(unknown_ids(problem, roster.assignments, "roster"))

    assert [(f.code, f.where, f.value) for f in found] == [
        ("unknown_id", "roster[1].volunteer_id", "anna"),
        ("unknown_id", "roster[2].shift_id", "N0"),
        ("unknown_id", "roster[2].volunteer_id", "bob"),
    ]
    assert [str(f.remedy) for f in found[:2]] == ["Did you mean 'ana'?", ""]
    assert known_part(problem, roster) == Roster.of([("M0", "ana")])
