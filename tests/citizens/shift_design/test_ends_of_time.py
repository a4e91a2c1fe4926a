"""Where a horizon begins anew, where shifts repeat themselves, and where a center opens."""

from __future__ import annotations

from hours import kind, moment, need, shown, week

from shiftplan.citizens import design

NIGHT = kind("22:00", "22:00", 480)


def test_the_last_night_goes_on_in_the_first_morning():
    rows = [need("1 22:00", "2 06:00", 1), need("2 22:00", "3 06:00", 2)]

    found = design(week(rows, [NIGHT], days=2), cyclic=True, workers=1)

    assert shown(found) == ["c 1 22:00-06:00 1", "c 2 22:00-06:00 2"]
    assert (found.cost, found.score.parts["times"]) == (200, 200)


def test_the_first_morning_is_needed_beside_the_last_night():
    """Two people are needed from two to six, so two work the night, one too many until then."""
    rows = [need("1 02:00", "1 06:00", 1), need("1 22:00", "2 06:00", 1)]

    found = design(week(rows, [NIGHT]), cyclic=True, workers=1)

    assert shown(found) == ["c 1 22:00-06:00 2"]
    assert (found.cost, found.score.parts["beyond"]) == (280, 80)


def test_no_night_goes_on_where_the_horizon_ends():
    """The people of the last night are needed after it, and nobody is in the first morning."""
    rows = [need("1 02:00", "1 06:00", 1), need("1 22:00", "2 06:00", 1)]

    found = design(week(rows, [NIGHT]), workers=1)

    assert shown(found) == ["c 1 22:00-06:00 1"]
    assert {one.need.span: one.there for one in found.score.cover} == {
        (120, 360): 0,
        (1320, 1800): 1,
    }


def test_a_shift_is_no_longer_than_the_turn():
    """A day that repeats itself has no shift of two days, in which people would meet themselves."""
    rows = [need("1 00:00", "2 00:00", 1)]
    long = kind("00:00", "00:00", 24 * 60, 48 * 60, step=24 * 60)

    found = design(week(rows, [long]), cyclic=True, workers=1)

    assert [shift.time.length for shift in found.shifts] == [24 * 60]


def test_a_change_is_counted_from_a_date_that_is_closed():
    """Each date is to be like the one before, but nobody begins on the first, when it is closed."""
    rows = [need("2 08:00", "2 12:00", 2)]
    four = kind("08:00", "08:00", 240)

    found = design(week(rows, [four], {"change_price": 10}, days=2), period=1, workers=1)

    assert shown(found) == ["c 2 08:00-12:00 2"]
    assert found.score.parts["changes"] == 20


def test_a_break_may_begin_when_a_center_opens_and_end_when_it_closes():
    """Of four hours the first quarter and the last are a break; the next day opens with nobody."""
    rows = [need("1 08:00", "1 12:00", 1), need("2 08:00", "2 12:00", 1)]
    four = kind("08:00", "08:00", 240, days={"weekdays": ["mon"]})
    breaks = [
        {"minutes": 15, "earliest": 0, "latest": 0},
        {"minutes": 15, "earliest": 225, "latest": 225},
    ]

    found = design(week(rows, [four], days=2, breaks=breaks), workers=1)

    assert [(one.need.span[0] // 60, one.missing) for one in found.score.cover] == [
        (8, 1),
        (8, 0),
        (11, 1),
        (32, 1),
    ]
    assert found.score.parts["missing"] == 50 + 400


def test_half_a_person_is_in_no_shift_that_repeats_itself():
    """Two people, of whom one comes once, offer three shifts: no two of them on two dates."""
    rows = [need("1 08:00", "1 12:00", 1), need("2 08:00", "2 12:00", 2)]
    windows = [
        {"volunteer_id": name, "start": moment(f"{d} 08:00"), "end": moment(f"{d} 12:00")}
        for name in ("v", "w")
        for d in (1, 2)
    ]
    people = [{"volunteer_id": "v"}, {"volunteer_id": "w", "max_shifts": 1}]
    told = {"volunteers": [{**one, "home_center_id": "c"} for one in people]}
    told["rules"] = [{"rule": "max_shifts"}]

    found = design(
        week(rows, [kind("08:00", "08:00", 240)], days=2, availability=windows, **told),
        period=1,
        workers=1,
    )

    assert shown(found) == ["c 1 08:00-12:00 1", "c 2 08:00-12:00 1"]
    assert found.status == "OPTIMAL"


def test_a_break_of_the_last_night_is_in_the_first_morning():
    """From two to three, four hours after the shift begins."""
    rest = {"minutes": 60, "earliest": 240, "latest": 240}
    rows = [need("1 22:00", "2 06:00", 1)]

    found = design(week(rows, [NIGHT], breaks=[rest]), cyclic=True, workers=1)

    assert [(one.need.span[0] // 60, one.there) for one in found.score.cover] == [
        (0, 1),
        (2, 0),
        (3, 1),
        (22, 1),
    ]
    assert found.cost == 300


def test_each_change_of_a_week_that_repeats_itself_counts():
    """One begins on the first date and on the third, and on those between the center is closed."""
    rows = [need(f"{d} 08:00", f"{d} 12:00", 1) for d in (1, 3)]
    problem = week(rows, [kind("08:00", "08:00", 240)], {"change_price": 10}, days=4)

    found = design(problem, period=1, cyclic=True, workers=1)

    assert (len(found.shifts), found.score.parts["changes"]) == (2, 20)
