"""Results as JSON: keys, figures, sentences and schemas come from the class itself."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass

import jsonschema
import pytest

from shiftplan.week.json_form import Amount, Figure, LevelKey, MaybeFigure, Share, Written


@dataclass(frozen=True, slots=True)
class Part(Written):
    """A part of a thing."""

    low: MaybeFigure
    """Its lower end; None when unknown."""
    high: float = 1.0
    """Its upper end.

    More about it, for readers of the code only.
    """


@dataclass(frozen=True, slots=True)
class Thing(Written):
    """A thing.

    More about it.
    """

    json_keys = "name share parts by_level lowest=first.low *other said=say"

    name: str
    """What it is called."""
    first: Part
    """The first part."""
    other: Part | None = None
    """Another one."""
    hidden: int = 0
    """What JSON does not have."""

    @property
    def share(self) -> Share:
        """A third."""
        return 1 / 3

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts."""
        return (self.first,)

    @property
    def by_level(self) -> Mapping[LevelKey, Amount]:
        """Level -> cost."""
        return {2: 5}

    def say(self, lang: str = "en") -> str:
        """In words."""
        return f"{self.name} [{lang}]"


THING = Thing("pen", Part(0.12345678))


def test_keys_stand_in_the_order_that_the_class_gives() -> None:
    """Properties, renamed keys, keys of a part, and a sentence in each language."""
    third = {"low": 0.123457, "high": 1.0}

    assert json.loads(THING.to_json()) == THING.as_dict()
    assert list(THING.as_dict().items()) == [
        ("name", "pen"),
        ("share", 0.333333),
        ("parts", [third]),
        ("by_level", {"2": 5}),
        ("lowest", 0.123457),
        ("low", None),
        ("high", None),
        ("said", {"en": "pen [en]", "vi": "pen [vi]"}),
    ]


def test_a_part_that_is_there_gives_its_keys() -> None:
    """A flattened part; what is not finite is null."""
    content = Thing("pen", THING.first, Part(math.nan, 2.5)).as_dict()

    assert (content["low"], content["high"]) == (None, 2.5)


def test_what_is_written_fits_the_schema_of_the_class() -> None:
    """All keys are required and described by the first paragraph of the docstring."""
    schema = Thing.json_schema()
    keys = (
        schema["properties"] if "properties" in schema else schema["$defs"]["Thing"]["properties"]
    )

    jsonschema.Draft202012Validator(schema).validate(THING.as_dict())
    assert list(keys) == list(THING.as_dict())
    told = {key: part["description"] for key, part in keys.items()}
    assert (told["share"], told["lowest"]) == ("A third.", "Its lower end; null when unknown.")
    assert (told["high"], told["said"]) == ("Its upper end.", "In words.")


def test_figures_keep_their_limits_in_the_schema() -> None:
    """Counts are not below 0, shares are at most 1, levels are numbers as text."""

    @dataclass(frozen=True)
    class Row(Written):
        """A row."""

        count: Amount
        figure: Figure

    validator = jsonschema.Draft202012Validator(Row.json_schema())

    assert validator.is_valid(Row(1, 0.5).as_dict())
    assert not validator.is_valid(Row(-1, 0.5).as_dict())
    assert not validator.is_valid(Row(1, -0.5).as_dict())


def test_one_language_more_makes_no_earlier_file_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """The schema names it, but asks only for those that every file has."""
    earlier = THING.as_dict()
    monkeypatch.setattr("shiftplan.week.json_form.languages", lambda: ("en", "de", "vi"))

    class Later(Thing):
        """A thing of which the schema is made now."""

    said = Later.json_schema()["properties"]["said"]

    assert list(said["properties"]) == ["en", "de", "vi"]
    assert said["required"] == ["en", "vi"]
    jsonschema.validate(earlier, Later.json_schema())
