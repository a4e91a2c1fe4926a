"""Settings of designs in the table `policy`."""

from __future__ import annotations

from pathlib import Path

import pytest
from files.weeks import faults, read

from shiftplan.present.faults import fault_text
from shiftplan.week.demand import design_policy_at

SETTING = "setting,where,value\n"


def test_settings_of_designs_count_where_they_are_meant(tmp_path: Path) -> None:
    """Numbers that are whole are read so, also from a cell such as 300.0."""
    policy = SETTING + "time_price,,300.0\nmost_on_break,00431,0.25\nmost_times,00431,3\n"

    problem = read(tmp_path, policy=policy)

    here, there = (design_policy_at(center, problem.policy) for center in problem.centers)
    assert (here.time_price, here.most_on_break, here.most_times) == (300, 1.0, None)
    assert (there.time_price, there.most_on_break, there.most_times) == (300, 0.25, 3)
    assert isinstance(here.time_price, int)


@pytest.mark.parametrize(
    ("row", "code", "said"),
    [
        ("hour_price,,2.5", "not_a_whole_number", "must be a whole number"),
        ("most_times,,2.5", "not_a_whole_number", "must be a whole number"),
        ("most_times,,0", "out_of_range", "must be at least 1"),
        ("minimum_factor,,0", "out_of_range", "must be at least 1"),
        ("short_price,,-1", "out_of_range", "must be at least 0"),
        ("short_price,,1000000001", "out_of_range", "must be at most 1,000,000,000"),
        ("most_on_break,,0", "out_of_range", "must be more than 0"),
        ("most_on_break,,25", "out_of_range", "must be at most 1"),
        ("most_on_break,,x", "not_a_number", "must be a number"),
    ],
)
def test_a_setting_of_a_design_says_what_it_may_be(
    tmp_path: Path, row: str, code: str, said: str
) -> None:
    """At its cell, in words."""
    (found,) = faults(tmp_path, policy=f"{SETTING}{row}\n")

    assert (found.table, found.column, found.code) == ("policy", "value", code)
    assert said in fault_text(found, "en")


def test_a_misspelt_setting_is_found(tmp_path: Path) -> None:
    """With the one that may be meant."""
    (found,) = faults(tmp_path, policy=f"{SETTING}time_prise,,200\n")

    assert (found.column, found.code) == ("setting", "not_one_of")
    assert "time_price" in fault_text(found, "en").rsplit("Did you mean", 1)[1]
