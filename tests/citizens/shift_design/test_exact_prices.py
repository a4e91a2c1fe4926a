"""Costs of designs are exact: a time costs the same in one piece as in many."""

from __future__ import annotations

from hours import kind, need, week

from shiftplan.citizens import design


def test_an_hour_costs_the_same_in_quarters():
    """Three people missing at 100, 125 and 150; the model may cut the hour at each quarter."""
    quarters = kind("08:00", "08:45", 15, 60, step=15)
    problem = week([need("1 08:00", "1 09:00", 3)], [quarters], {"time_price": 900})

    found = design(problem, workers=1)

    assert found.shifts == ()
    assert (found.cost, found.bound, found.status) == (375, 375, "OPTIMAL")


def test_parts_add_up_to_the_cost():
    """A quarter of an hour costs 7.75 where nobody is, and 2.75 for who is there too early."""
    prices = {"short_price": 31, "surplus_price": 11, "time_price": 1}
    late = kind("08:00", "08:00", 60)
    rows = [need("1 08:15", "1 09:00", 1), need("1 09:00", "1 09:15", 1)]
    shifts = [
        {
            "shift_id": "s",
            "center_id": "c",
            "start": "2026-03-02T08:00",
            "end": "2026-03-02T09:15",
        }
    ]

    found = design(week(rows, [late], prices, shifts=shifts), workers=1)

    assert found.score.exact == {
        "missing": 465,
        "beyond": 165,
        "seats": 0,
        "times": 60,
        "changes": 0,
    }
    assert found.score.parts == {"missing": 8, "beyond": 3, "seats": 0, "times": 1, "changes": 0}
    assert found.cost == sum(found.score.parts.values()) == 12
