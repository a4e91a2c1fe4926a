"""Old and new shifts of a person in pairs."""

from __future__ import annotations

import datetime as dt
import random

from hypothesis import given
from hypothesis import strategies as st

from shiftplan.analysis.repair.pairing import pairs
from shiftplan.week.records import Shift

MONDAY = dt.datetime(2026, 12, 7)


def shift(shift_id: str, day: int, hour: int, center: str = "A", hours: int = 4) -> Shift:
    start = MONDAY + dt.timedelta(days=day, hours=hour)
    end = start + dt.timedelta(hours=hours)
    return Shift(shift_id=shift_id, center_id=center, start=start, end=end)


def ids(removed: list[Shift], added: list[Shift]) -> tuple[list[str], list[str], list[str]]:
    found, lost, got = pairs(removed, added)
    alone = ([s.shift_id for s in left] for left in (lost, got))
    return [f"{old.shift_id} {new.shift_id}" for old, new in found], *alone


def test_shifts_of_one_date_come_before_nearer_ones() -> None:
    """Monday evening is 10 hours from Tuesday morning, and 14 from Monday morning."""
    evening = shift("evening", 0, 20)
    morning, tuesday = shift("morning", 0, 6), shift("tuesday", 1, 6)

    assert ids([evening], [tuesday, morning]) == (["evening morning"], [], ["tuesday"])


def test_what_was_moved_goes_with_itself() -> None:
    """Also where another new shift is on the old date."""
    removed = [shift("s", 0, 7), shift("t", 2, 7)]
    added = [shift("s", 3, 7), shift("u", 0, 7)]

    assert ids(removed, added) == (["s s", "t u"], [], [])


def test_the_nearest_are_paired_first_and_the_rest_is_alone() -> None:
    """Wednesday is nearer to Thursday than Monday is, which then has nothing in its place."""
    removed, added = [shift("mon", 0, 7), shift("wed", 2, 7)], [shift("thu", 3, 7)]

    assert ids(removed, added) == (["wed thu"], ["mon"], [])
    assert ids([], added) == ([], [], ["thu"])
    assert ids(removed[::-1], []) == ([], ["mon", "wed"], [])


def test_the_same_center_comes_first_at_the_same_time() -> None:
    """Of two shifts at once, the one at the center that the person knows."""
    removed = [shift("s", 0, 7)]

    assert ids(removed, [shift("a", 0, 7, "B"), shift("b", 0, 7)]) == (["s b"], [], ["a"])


SHIFTS = st.lists(
    st.builds(
        shift,
        st.sampled_from("abcdefgh"),
        st.integers(0, 6),
        st.sampled_from((7, 13, 22)),
        st.sampled_from("AB"),
        st.integers(1, 9),
    ),
    max_size=5,
    unique_by=lambda s: s.shift_id,
)


@given(SHIFTS, SHIFTS, st.randoms(use_true_random=False))
def test_nothing_is_lost_and_the_order_of_the_input_does_not_matter(
    removed: list[Shift], added: list[Shift], chance: random.Random
) -> None:
    """Every shift is told once; one side is used up."""
    found, lost, got = pairs(removed, added)

    def order(shifts: list[Shift]) -> list[str]:
        return sorted(s.shift_id for s in shifts)

    assert order([*lost, *(old for old, _ in found)]) == order(removed)
    assert order([*got, *(new for _, new in found)]) == order(added)
    assert not (lost and got)
    chance.shuffle(removed)
    chance.shuffle(added)
    assert pairs(removed, added) == (found, lost, got)
