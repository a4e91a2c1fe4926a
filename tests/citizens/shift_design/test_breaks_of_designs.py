"""Breaks lower who is there: designs by hand, an hour a sign."""

from __future__ import annotations

from hours import FREE, HOUR, asked, best, kind, need, there

EIGHT = kind("08:00", "08:00", 8 * HOUR)
LUNCH = {"minutes": HOUR, "earliest": 3 * HOUR, "latest": 4 * HOUR, "step": HOUR}


def test_a_fixed_break_leaves_a_gap():
    fixed = {**LUNCH, "latest": 3 * HOUR}

    found = best(asked("1 1 1 1 1 1 1 1"), EIGHT, breaks=[fixed])

    assert (there(found), found.cost) == ("1 1 1 0 1 1 1 1", 300)


def test_breaks_are_taken_when_fewer_are_needed():
    found = best(asked("2 2 2 1 1 2 2 2"), EIGHT, breaks=[LUNCH])

    assert (there(found), found.cost) == ("2 2 2 1 1 2 2 2", 200)


def test_a_second_person_missing_at_once_costs_more():
    found = best(
        asked("2 2 2 2 2 2 2 2"),
        EIGHT,
        prices={**FREE, "short_rise": 25},
        breaks=[LUNCH],
    )

    assert (there(found), found.cost) == ("2 2 2 1 1 2 2 2", 400)


def test_no_more_than_a_share_is_on_break_together():
    """Two of four may be; three would be best, when one is needed at eleven, and three later."""
    together = best(asked("4 4 4 1 3 4 4 4"), EIGHT, breaks=[LUNCH])
    half = best(
        asked("4 4 4 1 3 4 4 4"),
        EIGHT,
        prices={**FREE, "most_on_break": 0.5},
        breaks=[LUNCH],
    )

    assert (there(together), together.cost) == ("4 4 4 1 3 4 4 4", 200)
    assert (there(half), half.cost) == ("4 4 4 2 2 4 4 4", 200 + 20 + 100)


def test_one_person_may_always_be_on_break():
    found = best(
        asked("1 1 1 0 1 1 1 1"),
        EIGHT,
        prices={**FREE, "most_on_break": 0.1},
        breaks=[LUNCH],
    )

    assert found.cost == 200


def test_short_shifts_and_other_types_have_no_break():
    long_only = {**LUNCH, "min_shift": 9 * HOUR}
    others = {**LUNCH, "type": "x"}
    short_only = {**LUNCH, "max_shift": 7 * HOUR}

    found = best(asked("1 1 1 1 1 1 1 1"), EIGHT, breaks=[long_only, others, short_only])

    assert (there(found), found.shifts[0].breaks) == ("1 1 1 1 1 1 1 1", ())


def lunches(count):
    """Breaks that are alike for shifts of eight hours, in rows that differ."""
    return [{**LUNCH, "min_shift": number} for number in range(count)]


def test_two_breaks_of_a_shift_do_not_overlap():
    """Both from eleven to twelve would be best, and cannot be."""
    found = best(asked("1 1 1 0 1 1 1 1"), EIGHT, breaks=lunches(2))

    assert (there(found), found.cost) == ("1 1 1 0 0 1 1 1", 300)


def test_a_break_for_which_there_is_no_room_is_left_out():
    """Of three breaks that fit into two hours only."""
    found = best(asked("1 1 1 0 0 1 1 1"), EIGHT, breaks=lunches(3))

    assert (there(found), found.cost) == ("1 1 1 0 0 1 1 1", 200)


def test_some_of_a_shift_are_left_after_a_break():
    late = {"minutes": HOUR, "earliest": 6 * HOUR, "after": HOUR, "step": HOUR}

    found = best(asked("1 1 1 1 1 1 1 0"), EIGHT, breaks=[late])

    assert there(found) == "1 1 1 1 1 1 0 1"


def test_who_holds_a_skill_is_missing_on_a_break():
    rows = [*asked("2 2 2 1 1 2 2 2"), need("1 08:00", "1 12:00", 1, skill_id="a")]
    rows[-1:] = asked("0 0 0 1 0 0 0 0", skill_id="a")

    found = best(rows, EIGHT, breaks=[LUNCH], options={"offers": False})

    assert (there(found, first=11, last=12, skill="a"), found.cost) == ("1", 200)


def test_one_more_stands_in_where_somebody_is_always_needed():
    """Two people who go one after another leave nobody missing; one alone would for an hour."""
    found = best(
        asked("1 1 1 1 1 1 1 1"), EIGHT, prices={**FREE, "surplus_price": 10}, breaks=[LUNCH]
    )

    assert [shift.count for shift in found.shifts] == [2]
    assert (there(found), found.cost) == ("2 2 2 1 1 2 2 2", 200 + 6 * 10)
