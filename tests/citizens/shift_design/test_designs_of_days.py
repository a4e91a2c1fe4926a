"""What designs hold that differ from date to date, by hand."""

from __future__ import annotations

from hours import FREE, HOUR, asked, best, kind, moment, need, shown


def test_changes_of_starts_cost():
    """To begin at nine on the second date would save an hour that nobody needs."""
    rows = [*asked("1 1 1"), *asked("0 1 1", day=2)]
    types = [kind("08:00", "08:00", 3 * HOUR), kind("09:00", "09:00", 2 * HOUR)]
    prices = FREE | {"time_price": 0}

    free = best(rows, *types, prices=prices, days=2)
    priced = best(rows, *types, prices=prices | {"change_price": 21}, days=2)

    assert shown(free) == ["c 1 08:00-11:00 1", "c 2 09:00-11:00 1"]
    assert free.cost == 0
    assert shown(priced) == ["c 1 08:00-11:00 1", "c 2 08:00-11:00 1"]
    assert priced.cost == 20


def test_the_first_date_follows_the_last_where_the_horizon_begins_anew():
    rows = [*asked("1 1"), *asked("0 0", day=2)]
    prices = FREE | {"time_price": 0, "change_price": 10}
    two = kind("08:00", "08:00", 2 * HOUR)

    once = best(rows, two, prices=prices, days=2)
    again = best(rows, two, prices=prices, days=2, options={"cyclic": True})

    assert (once.cost, again.cost) == (0, 10)


def test_shifts_repeat_themselves():
    """Three are needed on one date and one on the next: two each, or three and two missing."""
    rows = [*asked("3 3"), *asked("1 1", day=2)]
    two = kind("08:00", "08:00", 2 * HOUR)

    alone = best(rows, two, days=2)
    alike = best(rows, two, days=2, options={"period": 1})

    assert shown(alone) == ["c 1 08:00-10:00 3", "c 2 08:00-10:00 1"]
    assert shown(alike) == ["c 1 08:00-10:00 3", "c 2 08:00-10:00 3"]
    assert alike.cost == 200 + 4 * 20


def test_a_time_of_today_is_not_new():
    """The best start costs 30 more, being new; at nine, an hour too late, 100 is missing."""
    today = {"shift_id": "s", "center_id": "c"}
    today |= {"start": moment("1 09:00"), "end": moment("1 13:00")}
    rows = [*asked("1 1 1 1"), need("1 12:00", "1 13:00", 0)]
    types = kind("08:00", "09:00", 4 * HOUR)

    kept = best(rows, types, prices=FREE | {"new_time_price": 121}, shifts=[today])
    moved = best(rows, types, prices=FREE | {"new_time_price": 119}, shifts=[today])

    assert (shown(kept), kept.cost) == (["c 1 09:00-13:00 1"], 200 + 100 + 20)
    assert (shown(moved), moved.cost) == (["c 1 08:00-12:00 1"], 200 + 119)


def test_few_times_may_be_all_that_is_allowed():
    types = kind("08:00", "10:00", 2 * HOUR, step=2 * HOUR)
    prices = FREE | {"time_price": 0}

    found = best(asked("1 1 2 2"), types, prices=prices | {"most_times": 1})

    assert (shown(found), found.cost) == (["c 1 10:00-12:00 2"], 200)


def test_nobody_more_begins_than_on_the_date_before():
    """Two begin on the first date and on the second, and none on the third."""
    rows = [*asked("2 2"), *asked("2 2", day=2), *asked("0 0", day=3)]
    two = kind("08:00", "08:00", 2 * HOUR)

    found = best(rows, two, prices=FREE | {"change_price": 10}, days=3)

    assert shown(found) == ["c 1 08:00-10:00 2", "c 2 08:00-10:00 2"]
    assert found.cost == 200


def test_who_begins_together_is_counted_together_whenever_they_end():
    """One stays for two hours and one for four; on the date before nobody came."""
    rows = [*asked("0 0"), *asked("2 2 1 1", day=2)]
    types = kind("08:00", "08:00", 2 * HOUR, 4 * HOUR, step=2 * HOUR)
    prices = FREE | {"time_price": 0, "change_price": 10}

    found = best(rows, types, prices=prices, days=2)

    assert (shown(found), found.cost) == (["c 2 08:00-10:00 1", "c 2 08:00-12:00 1"], 20)
