"""Ids in questions: which are meant, and what is said of those that nobody knows."""

from __future__ import annotations

import pytest
from pictures import plan, shift

from shiftplan import InputError, Roster
from shiftplan.problem.known_ids import read_pair, read_seat


def test_ids_may_have_colons() -> None:
    """The one colon is taken that leaves a person and a shift."""
    problem = plan("", "a:b", 1, shifts=(shift("M", 0, shift_id="S:1"),))

    assert read_pair(problem, "a:b:S:1") == ("a:b", "S:1")


def test_the_roster_tells_which_pair_is_meant() -> None:
    """a:b:c is person a in b:c or person a:b in c; only one of them works."""
    shifts = (shift("M", 0, shift_id="b:c"), shift("A", 0, shift_id="c"))
    problem = plan("", "a a:b", 1, shifts=shifts)

    assert read_pair(problem, "a:b:c", Roster.of([("c", "a:b")])) == ("a:b", "c")
    with pytest.raises(InputError, match="this could be volunteer 'a' in shift 'b:c', or "):
        read_pair(problem, "a:b:c")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ana", "must be a volunteer id, a colon and a shift id"),
        ("anna:M0", "no such id in the table volunteers(.|\n)*Maybe 'ana'"),
        ("ana:N0", "no such id in the table shifts"),
        ("ana:", "no such id in the table shifts"),
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

    assert read_seat(problem, "b:M") == ("b:M", None)
    assert read_seat(problem, "b:M:x:1") == ("b:M", "x:1")
