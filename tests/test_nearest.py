"""Guesses at ids that a spreadsheet shortened."""

from __future__ import annotations

import pytest

from shiftplan.problem.nearest import Nearest


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("1.23E+11", "'123000000000'"),
        ("1.244E+11", "'124400000000'"),
        ("1E+11", "a longer number"),  # both would be shown so
        ("9E+11", "a longer number"),
        ("1." + "2" * 150 + "E+11", "a longer number"),
    ],
)
def test_what_a_spreadsheet_shortened_is_found_by_its_digits(wrong: str, meant: str) -> None:
    """However many names are asked for, each number of digits is worked out once."""
    near = Nearest(["123000000000", "124400000000", "A1"])

    assert str(near.remedy(wrong)).startswith(f"Did you mean {meant}? A spreadsheet shortened it")


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [("wert", ""), ("where", ""), ("weigth", "weight"), ("powr", "power"), ("vlaue", "value")],
)
def test_only_names_that_are_much_alike_are_offered(wrong: str, meant: str) -> None:
    """A wrong guess costs more time than none."""
    remedy = Nearest(["power", "weight", "value"]).remedy(wrong)

    assert str(remedy) == (f"Did you mean {meant!r}?" if meant else "")


def test_many_shortened_numbers_take_no_longer_for_each() -> None:
    """Ten thousand wrong numbers are looked up, not compared with every name."""
    near = Nearest(str(10**11 + i) for i in range(2_000))

    for i in range(10_000):
        near.remedy(f"1.{i:04}E+11")

    assert len(near._by_digits) == 1
