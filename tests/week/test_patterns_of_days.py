"""Patterns of days are read as they are documented, and anything else is refused in words."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from shiftplan.errors import InputError
from shiftplan.problem import Problem
from shiftplan.problem.notes import find_notes
from shiftplan.rules import MinPatterns
from shiftplan.testing.pictures import MONDAY, plan
from shiftplan.week.patterns import LONGEST_PATTERN, PatternDay, pattern_days


def week(kind: str, pattern: str, **more: object) -> Problem:
    return plan("MN", "ana", 3, rules=({"rule": kind, "pattern": pattern, **more},))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("night", PatternDay(("night",))),
        ("night | late", PatternDay(("late", "night"))),
        ("off", PatternDay(off=True)),
        ("work", PatternDay(off=True, negated=True)),
        ("work|night", PatternDay(off=True, negated=True)),
        ("!work", PatternDay(off=True)),
        ("!off", PatternDay(off=True, negated=True)),
        ("!night", PatternDay(("night",), negated=True)),
        ("! night|off", PatternDay(("night",), off=True, negated=True)),
        ("any", PatternDay(negated=True)),
    ],
)
def test_a_day_is_read(text: str, day: PatternDay) -> None:
    """Names, `off` and `work` are alternatives, and `!` is none of them."""
    assert pattern_days(text) == (day,)


def test_a_pattern_is_written_with_single_blanks() -> None:
    """Two ways to write the same pattern are one rule."""
    assert MinPatterns(pattern="night|late ,off,  !off").pattern == "night|late, off, !off"


def test_a_number_repeats_a_day() -> None:
    """`5x` stands for five days, which count for the longest pattern."""
    assert pattern_days("2x night|late, 3x !off, off") == pattern_days(
        "night|late, night|late, !off, !off, !off, off"
    )
    assert MinPatterns(pattern="2x night,3x  off").pattern == "2x night, 3x  off"


@pytest.mark.parametrize("text", ["night", "!night", "late|night|off", "!late|off", "off", "work"])
def test_a_day_is_written_as_it_is_read(text: str) -> None:
    """Findings name a day as patterns have it."""
    assert str(pattern_days(text)[0]) == text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("night,", "a pattern has a type of shift"),
        ("night, , off", "a pattern has a type of shift"),
        ("night||late", "a pattern has a type of shift"),
        ("!", "a pattern has a type of shift"),
        ("night|!late", "a pattern has a type of shift"),
        ("any|night", "`any` stands alone"),
        ("!any", "`any` stands alone"),
        ("off|work", "`any` stands alone"),
        (", ".join(["off"] * (LONGEST_PATTERN + 1)), "at most 31 days"),
        ("32x off", "at most 31 days"),
        ("3x !, off", "a pattern has a type of shift"),
    ],
)
def test_what_is_no_pattern_is_refused(text: str, says: str) -> None:
    """What is said names the column and how patterns are written."""
    with pytest.raises(ValidationError, match=rf"forbidden_pattern\.pattern\n.*{says}"):
        week("forbidden_pattern", text)


def test_a_misspelt_type_is_a_fault() -> None:
    """It is looked for on each day of both columns."""
    for fields in ({"pattern": "off, nigth"}, {"pattern": "off", "followed_by": "!nigth"}):
        with pytest.raises(InputError, match="Did you mean 'night'"):
            week("required_pattern", **{"followed_by": "off", **fields})


@pytest.mark.parametrize("word", ["off", "work", "any"])
def test_a_type_cannot_be_told_from_a_word_for_days(word: str) -> None:
    """A pattern with the word is refused where shifts are named so; one without it is not."""
    shifts = tuple(s.model_copy(update={"type": word}) for s in plan("M", "ana", 3).shifts)

    def rules(pattern: str) -> Problem:
        rule = {"rule": "forbidden_pattern", "pattern": pattern}
        return plan(signs={}, days=3, shifts=shifts, rules=(rule,))

    assert rules("off" if word != "off" else "any").rules
    with pytest.raises(InputError, match="the word means something else"):
        rules(word)


@pytest.mark.parametrize(
    ("kind", "pattern", "is_active"),
    [
        ("min_patterns", "dusk, off", False),
        ("min_patterns", "dusk|night, off", True),
        ("min_patterns", "dusk|off, off", True),
        ("forbidden_pattern", "!dusk, off", True),
        ("rotation", "dusk, off", True),
    ],
)
def test_a_pattern_of_another_week_holds_for_nothing(
    kind: str, pattern: str, is_active: bool
) -> None:
    """A day that only a type of another week makes cannot be; other days can."""
    more = {"first_day": MONDAY} if kind == "rotation" else {}
    problem = week(kind, pattern, **more)

    assert [note.value for note in find_notes(problem) if note.table == "rules"] == ["dusk"]
    assert (kind in [rule.rule for rule in problem.active_rules]) is is_active
