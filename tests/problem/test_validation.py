"""What pydantic finds wrong, said in our own words."""

from __future__ import annotations

import json
from typing import Literal

import pytest
from pydantic import BaseModel, ValidationError

from shiftplan import InputError, Problem
from shiftplan.errors.message import Message, Word
from shiftplan.present.faults import fault_advice
from shiftplan.problem.validation import faults_of

WEEK = {
    "horizon": {"start": "2026-12-07", "days": 7},
    "centers": [],
    "volunteers": [],
    "shifts": [],
}
OF_PYDANTIC = ("input should", "string should", "tuple should", "field required", "valid")


@pytest.mark.parametrize(
    ("fields", "place", "code"),
    [
        ({"skills": [{"skill_id": ""}]}, "skills[0].skill_id", "missing_value"),
        ({"skills": [{"skill_id": 3}]}, "skills[0].skill_id", "invalid_value"),
        ({"skills": 3}, "skills", "invalid_value"),
        ({"skills": [3]}, "skills[0]", "invalid_value"),
        (
            {"skills": [{"skill_id": "a", "max_level": 1.5}]},
            "skills[0].max_level",
            "not_a_whole_number",
        ),
        (
            {"volunteers": [{"volunteer_id": "An", "skills": {"portal": -1, "khmer": 1}}]},
            "volunteers[0].skills.portal.level",
            "out_of_range",
        ),
        (
            {"volunteers": [{"volunteer_id": "An", "skills": {"portal": "high"}}]},
            "volunteers[0].skills.portal.level",
            "not_a_whole_number",
        ),
        (
            {"history": [{"volunteer_id": "An", "last_worked": "1900-01-01"}]},
            "history[0].last_worked",
            "out_of_range",
        ),
        (
            {"rules": [{"rule": "complete_weekends", "weekend": []}]},
            "rules[0].weekend",
            "invalid_value",
        ),
    ],
)
def test_faults_of_json(fields: dict[str, object], place: str, code: str) -> None:
    """Each at its field, a level with its skill, and no word of pydantic in either language."""
    with pytest.raises(ValidationError) as caught:
        Problem.model_validate_json(json.dumps(WEEK | fields))

    faults = list(faults_of(caught.value, Problem))

    assert (code, place) in [(f.code, f.where) for f in faults]
    for lang in ("en", "vi"):
        told = " ".join(fault_advice(f, lang) for f in faults).lower()
        assert not any(words in told for words in OF_PYDANTIC), told


def test_a_setting_is_refused_in_our_words() -> None:
    """The sentence is the one that tables have."""
    policy = [{"setting": "presence", "value": 1.5}]

    with pytest.raises(InputError) as caught:
        Problem.model_validate({**WEEK, "policy": policy})

    (fault,) = caught.value.faults
    assert (fault.code, str(fault.message)) == ("not_a_whole_number", "must be a whole number")


class Part(BaseModel):
    word: Literal["don't", "o' clock", "a', 'b"]
    form: Literal[1] = 1


class Whole(BaseModel):
    parts: tuple[Part, ...]


def test_a_choice_is_told_by_its_type() -> None:
    """Whatever signs the words have, they are those of the type; nothing reads pydantic's text."""
    with pytest.raises(ValidationError) as caught:
        Whole.model_validate({"parts": [{"word": "dont", "form": 2}]})

    word, form = faults_of(caught.value, Whole)

    assert word.message == Message(
        "problem.one_of", allowed=[Word("don't"), Word("o' clock"), Word("a', 'b")]
    )
    assert word.remedy == Message("files.meant_quoted", text="don't")
    assert form.message == Message("problem.must_be", value="1")
