"""The page on security tells what tests show: each test that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shiftplan.files import text
from shiftplan.files.workbook import limits

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMES = re.compile(r"`(tests/[a-z_/]+\.py)(?:::(\w+))?`")
NAMED = sorted(set(NAMES.findall(PAGE)))
LIMITS = [
    f"{limit:,}"
    for limit in (
        text.MOST_BYTES, limits.MOST_BYTES, limits.MOST_UNPACKED, limits.MOST_ROWS,
        limits.MOST_CELLS, limits.MOST_TEXTS, limits.MOST_PARTS,
    )
]  # fmt: skip
"""What tests take from the code instead of writing it again."""


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
    """Those that have a name in the code stand in the table as they are."""
    for limit in LIMITS:
        assert limit in PAGE


def test_every_limit_is_tried() -> None:
    """Each number of the table stands in a test that the section names, or has its name in one."""
    section = PAGE.split("\n## 6. ")[1].split("\n## ")[0]
    table = section.split("\n| what | at most |")[1].split("\n\n")[0]
    shown = section.split("**Shown by.**")[1]
    tests = "".join((ROOT / path).read_text("utf-8") for path, _ in set(NAMES.findall(shown)))
    numbers = re.findall(r"[0-9][0-9,]*[0-9]", table)

    assert len(numbers) > 15
    untried = {n for n in numbers if n not in LIMITS and n.replace(",", "_") not in tests}
    assert untried == set()
