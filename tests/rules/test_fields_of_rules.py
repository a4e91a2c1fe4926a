"""What fields of rules take and refuse, and which rules see to others."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from shiftplan.rules import ALWAYS, RULES, MaxShiftCount, Mentor, Mentored


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("", ()),
        ("night", ("night",)),
        (" night |late", ("late", "night")),
        ("night||night|", ("night",)),
        (["night", " late "], ("late", "night")),
        (("b", "a", "b"), ("a", "b")),
        ({"b", "a"}, ("a", "b")),
        (frozenset({"b"}), ("b",)),
    ],
)
def test_names_are_a_sorted_set(given, names):
    """Text is split at the bars; names are stripped, sorted, and stand once each."""
    assert MaxShiftCount(max_shifts=1, shifts=given).shifts == names


@pytest.mark.parametrize(
    ("given", "place"),
    [(7, ("shifts",)), (["b", 7], ("shifts", 1)), (["b", "a|c"], ("shifts", 1))],
)
def test_what_is_no_name_is_refused_where_it_stands(given, place):
    """Names are told apart from numbers, and in a list each is one name."""
    with pytest.raises(ValidationError) as refused:
        MaxShiftCount(max_shifts=1, shifts=given)

    assert [error["loc"] for error in refused.value.errors()] == [place]


@pytest.mark.parametrize(
    ("mentored", "mentor", "is_implied"),
    [
        ({}, {}, True),
        ({}, {"level": 1}, False),
        ({}, {"skill": "khmer"}, False),
        ({}, {"novice_level": 1}, True),
        ({"novice_level": 1}, {}, False),
        ({}, {"mentor_level": 4}, True),
        ({}, {"mentor_level": 2}, False),
        ({"novice_level": 3}, {"novice_level": 3}, False),
        ({"novice_level": 3}, {"novice_level": 3, "mentor_level": 4}, True),
    ],
)
def test_no_novice_works_alone_by_another_rule(mentored, mentor, is_implied):
    """A hard rule `mentor` with the same skill, as many novices, and mentors as high, is enough."""
    rule = Mentored(min_shifts=1, **mentored)

    assert rule._implied_by(Mentor(novices_per_mentor=1, **mentor)) is is_implied
    assert not rule._implied_by(rule)


@pytest.mark.parametrize("kind", RULES)
def test_what_a_level_may_be_is_told_as_it_is(kind):
    """The sentence about levels of a kind says what its field takes."""
    model = RULES[kind]

    sentence = str(model.levels())

    taken = {level for level in ("hard", 2) if "level" not in refused(model, level)}
    assert ("hard" in sentence, "whole number" in sentence) == ("hard" in taken, 2 in taken)


def refused(model, level):
    """Fields of a rule that do not take what they are given, or lack a value."""
    try:
        model(level=level)
    except ValidationError as error:
        return {details["loc"][0] for details in error.errors()}
    return set()


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("pins", "pins must be hard"),
        ("coverage", "coverage only costs: its level must be a whole number of at least 1"),
        ("mentor", "must be hard or a whole number of at least 1"),
    ],
)
def test_what_a_level_may_be_is_told(kind, sentence):
    """Rules that must hold, rules that only cost, and rules that may do either."""
    kinds = {**RULES, **{rule.rule: type(rule) for rule in ALWAYS}}

    assert str(kinds[kind].levels()) == sentence
