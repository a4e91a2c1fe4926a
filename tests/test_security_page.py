"""The page on security tells what tests show: each test that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shiftplan.files import text
from shiftplan.files.workbook import limits

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[a-z_/]+\.py)(?:::(\w+))?`", PAGE)))


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_test_that_is_named_is_there(path: str, name: str) -> None:
    """Its file, and in that a function of the name."""
    content = (ROOT / path).read_text(encoding="utf-8")

    assert not name or f"def {name}(" in content


def test_every_point_says_what_shows_it_and_what_is_left() -> None:
    """No section is without its threat, what is done, tests, and what is left."""
    sections = PAGE.split("\n## ")[1:]
    points = [section for section in sections if section[0].isdigit()]

    assert len(points) == 10
    for point in points:
        for word in ("**Threat.**", "**What is done.**", "**Shown by.**", "**Left.**"):
            assert point.count(word) == 1, point.splitlines()[0]
        assert "tests/" in point.split("**Shown by.**")[1].split("**Left.**")[0]


def test_the_limits_are_those_of_the_code() -> None:
    """Each number of the table of limits."""
    for limit in (
        text.MOST_BYTES, limits.MOST_BYTES, limits.MOST_UNPACKED, limits.MOST_ROWS,
        limits.MOST_CELLS, limits.MOST_TEXTS, limits.MOST_PARTS,
    ):  # fmt: skip
        assert f"{limit:,}" in PAGE
