"""Ids and the name of a week rolled forward: the dates and numbers in them move."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rolling import NEXT, office

from shiftplan import Center, Horizon, Shift
from shiftplan.seasons import new_week
from shiftplan.seasons.rollover.renaming import renamed
from shiftplan.testing.pictures import MONDAY, plan


@pytest.mark.parametrize(
    ("shift_id", "found"),
    [
        ("1207-1207-am", "1207-1214-am"),
        ("x-2026-12-07", "x-2026-12-14"),
        ("x20261207", "x20261214"),
        ("x-07122026", "x-14122026"),
        ("x-912071", "x-912071"),
        ("monday", "monday"),
    ],
)
def test_ids_tell_the_new_date(shift_id: str, found: str) -> None:
    """Only where they told the old one, as a number of its own, outside the center's id."""
    start = dt.datetime(2026, 12, 7, 7)
    shift = Shift(
        shift_id=shift_id, center_id="1207", start=start, end=start + dt.timedelta(hours=4)
    )
    last = plan("M", centers=(Center(center_id="1207"),), shifts=(shift,),
                each={"ana": {"home_center_id": "1207"}})  # fmt: skip

    assert [s.shift_id for s in new_week(last, NEXT).problem.shifts] == [found]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("An Giang, tuần 50", "An Giang, tuần 51"),
        ("Tuần 50/2026", "Tuần 51/2026"),
        ("2026-W50, Phường 5", "2026-W51, Phường 5"),
        ("week 50, 7-13/12/2026", "week 51, 14-20/12/2026"),
        ("Trực 07/12 – 13/12", "Trực 14/12 – 20/12"),
        ("2026-12-07", "2026-12-14"),
        ("Tuần 3 của chiến dịch 2026", "Tuần 4 của chiến dịch 2026"),
        ("Tổ 12, số 24/7, 2027", "Tổ 12, số 24/7, 2027"),
        ("", ""),
    ],
)
def test_the_name_of_a_week_moves_with_it(name: str, expected: str) -> None:
    """Its number and dates; other numbers stay."""
    last = office().model_copy(update={"name": name})

    assert new_week(last, NEXT).problem.name == expected


def test_the_name_of_a_week_moves_over_the_turn_of_the_year() -> None:
    """Into another year and month."""
    first = Horizon(start=dt.date(2026, 12, 21), days=7)

    assert renamed("tuần 52/2026 (21-27/12)", first, dt.date(2026, 12, 28)) == (
        "tuần 53/2026 (28/12-03/01)"
    )
    assert renamed("2026-W52", first, dt.date(2027, 1, 4)) == "2027-W01"


@given(st.text(st.sampled_from("tuần Ww-/. 0125672026–٣"), max_size=30))
def test_any_name_of_a_week_can_move(name: str) -> None:
    """Numbers that are no dates, in any script, stop nothing; without numbers it stays."""
    moved = renamed(name, Horizon(start=MONDAY, days=7), NEXT)

    assert any(sign.isdigit() for sign in name) or moved == name
