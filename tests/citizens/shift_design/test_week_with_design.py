"""The week that a design makes: ids, what is kept of the week before, and what shifts need."""

from __future__ import annotations

import pytest
from hours import FREE, kind, moment, need, shown, week
from tiny_weeks_of_design import drawn

from shiftplan.citizens import design
from shiftplan.citizens.shift_design.curve import minute
from shiftplan.errors import InputError
from shiftplan.problem import Problem

MORNING = kind("08:00", "08:00", 240)
ONE = need("1 08:00", "1 12:00", 1)
LATE = {"shift_id": "late", "center_id": "c", "start": moment("1 13:00"), "end": moment("1 16:00")}
EARLY = {**LATE, "shift_id": "early", "start": moment("1 08:00"), "end": moment("1 12:00")}
PERSON = {
    "volunteers": [{"volunteer_id": "v", "home_center_id": "c"}],
    "availability": [{"volunteer_id": "v", "start": moment("1 06:00"), "end": moment("1 20:00")}],
}


def made(*rows, types=(MORNING,), prices=FREE, options=(), **tables):
    """The designed week, which must be one that could be read from a file."""
    problem = week(rows or [ONE], types, prices, **tables)
    found = design(problem, workers=1, **dict(options)).problem
    return Problem.model_validate(found.model_dump())


def ids(problem):
    return [shift.shift_id for shift in problem.shifts]


def test_a_new_shift_is_named_by_its_place_and_time():
    assert ids(made()) == ["c-0302-0800-1200"]


def test_shifts_of_one_day_and_of_two_have_different_names():
    """One person is needed all the time, and one more on the first day, from the same hour on."""
    rows = [need("1 08:00", "2 08:00", 2), need("2 08:00", "3 08:00", 1)]
    long = kind("08:00", "08:00", 1440, 2880, step=1440, price=1)

    found = made(*rows, types=[long], prices={**FREE, "time_price": 0}, days=2)

    assert sorted(ids(found)) == ["c-0302-0800-0800", "c-0302-0800-0800-2"]


def test_no_name_is_that_of_a_shift_elsewhere():
    other = {**EARLY, "shift_id": "c-0302-0800-1200", "center_id": "d"}

    assert ids(made(shifts=[other], centers="cd")) == ["c-0302-0800-1200", "c-0302-0800-1200-2"]


def test_no_name_is_that_of_a_shift_that_is_given_up():
    """What is said of the afternoon must not come to be said of the morning."""
    pin = {"volunteer_id": "v", "shift_id": "c-0302-0800-1200", "state": "must"}

    found = made(shifts=[{**LATE, "shift_id": "c-0302-0800-1200"}], pins=[pin], **PERSON)

    assert ids(found) == ["c-0302-0800-1200-2"]
    assert found.pins == ()


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("pins", {"state": "must"}),
        ("preferences", {"state": "for"}),
        ("published", {}),
    ],
)
def test_what_is_said_of_a_shift_stays_as_long_as_the_shift(table, told):
    rows = [{"volunteer_id": "v", "shift_id": name, **told} for name in ("early", "late")]

    found = made(shifts=[{**EARLY, "tags": ["x"]}, LATE], **{table: rows}, **PERSON)

    assert ids(found) == ["early"]
    assert found.shifts[0].tags == ("x",)
    assert [row.shift_id for row in getattr(found, table)] == ["early"]


def test_a_wish_about_no_single_shift_stays():
    wish = {"volunteer_id": "v", "state": "for", "date": "2026-03-02"}

    assert len(made(shifts=[LATE], preferences=[wish], **PERSON).preferences) == 1


@pytest.mark.parametrize(
    ("early", "late"),
    [({"optional": True}, {}), ({"alternative": "x"}, {"alternative": "x"})],
)
def test_a_shift_that_was_optional_is_held_for_certain(early, late):
    shifts = [{**EARLY, **early}, {**LATE, **late}]

    (shift,) = made(shifts=shifts).shifts

    assert (shift.shift_id, shift.optional, shift.alternative) == ("early", False, "")


def test_of_two_shifts_at_one_time_the_first_stays():
    assert ids(made(shifts=[EARLY, {**EARLY, "shift_id": "again"}])) == ["early"]


def test_a_center_that_needs_nobody_keeps_its_shifts_and_requirements():
    other = {**LATE, "shift_id": "other", "center_id": "d"}
    nobody = {"shift_id": "other", "target": 0}

    found = made(ONE, nobody, shifts=[LATE, other], centers="cd")

    assert ids(found) == ["other", "c-0302-0800-1200"]
    assert [need.shift_id for need in found.requirements] == ids(found)


def test_rows_about_other_centers_and_about_dates_stay():
    """What a design decides is who is there when, at the centers that need somebody."""
    elsewhere = {**need("1 13:00", "1 16:00", 0), "center_id": "d"}
    dates = {"center_id": "c", "target": 1, "first_day": "2026-03-02"}

    found = made(ONE, elsewhere, dates, shifts=[EARLY, {**LATE, "center_id": "d"}], centers="cd")

    assert [(n.center_id, n.start is None) for n in found.requirements] == [
        ("d", False),
        ("c", True),
        (None, True),
    ]


def test_a_shift_asks_for_skills_only_if_they_are_needed_while_it_lasts():
    rows = [
        need("1 08:00", "1 12:00", 1),
        need("1 10:00", "1 12:00", 1, skill_id="a"),
    ]
    two = kind("08:00", "10:00", 120, step=120)

    found = made(*rows, types=[two], prices={**FREE, "time_price": 1}, options={"offers": False})

    assert [(n.shift_id[7:9], n.skill_id) for n in found.requirements] == [
        ("08", None),
        ("10", None),
        ("10", "a"),
    ]


def test_all_people_of_a_shift_are_asked_for_also_beyond_the_heads_that_are():
    """One head is asked for, and two holders of a."""
    found = made(ONE, need("1 08:00", "1 12:00", 2, skill_id="a"))

    assert [(n.skill_id, n.target) for n in found.requirements] == [(None, 2), ("a", 2)]


def test_rows_about_times_become_rows_about_shifts():
    (row,) = made(need("1 08:00", "1 12:00", 3, 2)).requirements

    assert (row.shift_id, row.minimum, row.target) == ("c-0302-0800-1200", 2, 3)
    assert row.center_id is None


def test_a_shift_asks_for_the_share_of_holders_that_is_needed_where_that_is_highest():
    """Of three people one is to hold a from eight on, and two from ten on."""
    rows = [
        need("1 08:00", "1 10:00", 3),
        need("1 08:00", "1 10:00", 1, skill_id="a"),
        need("1 10:00", "1 12:00", 3),
        need("1 10:00", "1 12:00", 2, 1, skill_id="a"),
    ]

    found = made(*rows)

    asked = [(n.skill_id, n.minimum, n.target) for n in found.requirements]
    assert asked == [(None, 0, 3), ("a", 1, 2)]


def test_the_last_night_asks_for_what_the_first_morning_needs():
    """After midnight, which is the first morning of the week that begins anew, one holds a."""
    rows = [
        need("1 22:00", "2 06:00", 2),
        need("2 00:00", "2 06:00", 1, skill_id="a"),
    ]
    rows[1] |= {"start": moment("1 00:00"), "end": moment("1 06:00")}

    found = made(*rows, types=[kind("22:00", "22:00", 480)], options={"cyclic": True})

    assert [(n.skill_id, n.target) for n in found.requirements] == [(None, 2), ("a", 1)]


def test_the_last_night_asks_for_nothing_of_the_first_morning_of_another_week():
    """The holder of a is needed on the first morning, and the night is another one."""
    rows = [
        need("1 00:00", "1 06:00", 1, skill_id="a"),
        need("1 22:00", "2 06:00", 2),
    ]
    types = [kind("00:00", "00:00", 360), kind("22:00", "22:00", 480)]

    found = made(*rows, types=types, options={"offers": False})

    assert [(n.shift_id[7:9], n.skill_id) for n in found.requirements] == [
        ("00", None),
        ("00", "a"),
        ("22", None),
    ]


def test_no_shift_begins_or_ends_at_a_time_that_no_clock_shows():
    """Clocks go from two to three in the night to Sunday, 29 March 2026, in Warsaw."""
    horizon = {"start": "2026-03-28", "days": 3, "zone": "Europe/Warsaw"}
    rows = [
        {"center_id": "c", "start": f"{day}T00:00", "end": f"{day}T08:00", "target": 1}
        for day in ("2026-03-28", "2026-03-29")
    ]
    at_two = kind("02:00", "02:00", 240)

    assert ids(made(*rows, types=[at_two], horizon=horizon)) == ["c-0328-0200-0600"]
    until_two = kind("22:00", "22:00", 240)
    evening = {
        "center_id": "c",
        "start": "2026-03-28T22:00",
        "end": "2026-03-29T04:00",
        "target": 1,
    }
    assert ids(made(evening, types=[until_two], horizon=horizon)) == []


def test_a_night_on_which_clocks_change_is_told_by_the_clock():
    """It lasts from ten to six, whatever hours that are."""
    horizon = {"start": "2026-10-24", "days": 2, "zone": "Europe/Warsaw"}
    night = {"center_id": "c", "start": "2026-10-24T22:00", "end": "2026-10-25T06:00", "target": 1}

    found = design(week([night], [kind("22:00", "22:00", 480)], horizon=horizon), workers=1)

    assert shown(found) == ["c 1 22:00-06:00 1"]
    assert found.cost == 200


def asked_over(problem, piece, turns):
    """(Minimum, target) of all shifts that are held during a piece of cover together."""
    least = wanted = 0
    for row in problem.requirements:
        if row.shift_id is None or row.conditions != piece.conditions:
            continue
        shift = problem.shift_by_id[row.shift_id]
        start, end = minute(problem, shift.start), minute(problem, shift.end)
        a, b = piece.need.span
        if shift.center_id == piece.center_id and any(
            start <= a + turn and b + turn <= end for turn in turns
        ):
            least, wanted = least + row.minimum, wanted + row.target
    return least, wanted


@pytest.mark.parametrize("first", range(0, 100, 20))
def test_shifts_ask_at_any_moment_for_those_who_are_needed_then(first):
    """As far as they are there in the design: for the minimum, and for the target."""
    pieces = 0
    for seed in range(first, first + 20):
        try:
            problem, options = drawn(seed)
        except InputError:
            continue
        found = design(problem, workers=1, **options)
        week = Problem.model_validate(found.problem.model_dump())
        turns = (0, problem.horizon.days * 1440) if options.get("cyclic") else (0,)
        for piece in found.score.cover:
            least, wanted = asked_over(week, piece, turns)
            there = piece.there + piece.on_break
            assert min(there, piece.need.minimum) <= least <= wanted <= there
            assert min(there, piece.need.target) <= wanted
            pieces += there > 0
    assert pieces > 20
