"""What a time costs: once at a center, or once at all centers that share a row."""

from __future__ import annotations

from hours import kind, need, shown, week

from shiftplan.citizens import design

FOUR = kind("08:00", "08:00", 240)
BOTH = [
    {**need("1 08:00", "1 12:00", 1), "center_id": "c"},
    {**need("1 08:00", "1 12:00", 1), "center_id": "d"},
]
DEARER = [
    {"setting": "time_price", "where": "c", "value": 40},
    {"setting": "time_price", "where": "d", "value": 100},
]
HELD_AT_C = {"shift_id": "s", "center_id": "c", "start": "2026-03-02T08:00"} | {
    "end": "2026-03-02T12:00"
}


def times(*rows, **tables):
    """The cost of times, where two centers need one person each in the morning."""
    told = {"centers": "cd", **tables}
    found = design(week(BOTH, rows, **told), workers=1)
    assert found.score.parts["missing"] == 0
    return found.score.parts["times"]


def test_each_center_pays_for_its_own_times():
    assert times(FOUR, policy=DEARER) == 140


def test_a_shared_time_costs_once_where_it_is_dearest():
    assert times({**FOUR, "shared": True}, policy=DEARER) == 100


def test_a_shared_time_is_new_where_none_of_its_centers_holds_it():
    policy = [
        {"setting": "time_price", "value": 10},
        {"setting": "new_time_price", "where": "d", "value": 30},
    ]
    shared = {**FOUR, "shared": True}

    assert times(shared, policy=policy) == 40
    assert times(shared, policy=policy, shifts=[HELD_AT_C]) == 10
    assert times(FOUR, policy=policy, shifts=[HELD_AT_C]) == 10 + 40


def test_no_center_counts_the_times_of_others():
    """Each center may use one of two times; one needs more people early, the other late."""
    rows = [
        {**need("1 08:00", "1 12:00", 3), "center_id": "c"},
        {**need("1 12:00", "1 16:00", 1), "center_id": "c"},
        {**need("1 08:00", "1 12:00", 1), "center_id": "d"},
        {**need("1 12:00", "1 16:00", 3), "center_id": "d"},
    ]
    shared = kind("08:00", "12:00", 240, step=240, shared=True)
    prices = {"most_times": 1, "time_price": 30}

    found = design(week(rows, [shared], prices, centers="cd"), workers=1)

    assert shown(found) == ["c 1 08:00-12:00 3", "d 1 12:00-16:00 3"]
    assert found.cost == 60 + 2 * 400


def test_a_time_is_counted_once_though_two_rows_allow_it():
    """On Monday a row that is shared allows the time, on Tuesday one that is not."""
    rows = [need("1 08:00", "1 12:00", 1), need("2 08:00", "2 12:00", 1)]
    monday = {**FOUR, "shared": True, "days": {"weekdays": ["mon"]}}

    found = design(
        week(rows, [monday, FOUR], {"most_times": 1, "time_price": 30}, days=2), workers=1
    )

    assert shown(found) == ["c 1 08:00-12:00 1", "c 2 08:00-12:00 1"]
    assert found.cost == 60
