"""Every text stands once, in both languages, with the same gaps."""

from __future__ import annotations

from string import Formatter

from shiftplan import Problem, Status, StoppedBy
from shiftplan.present.texts import PARTS, RULES_VI, TEXTS, TOO_FEW, TOO_MANY, UNITS_VI


def _gaps(text: str) -> set[str]:
    """Numbers of the gaps of a text; those without a number are counted from 0."""
    names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    return {name or str(place) for place, name in enumerate(names)}


def test_both_languages_say_the_same_things() -> None:
    """Same keys, and the same gaps to fill in, whatever their order."""
    assert TEXTS["en"].keys() == TEXTS["vi"].keys()
    assert {*Status, *StoppedBy} <= TEXTS["en"].keys()
    for key, text in TEXTS["en"].items():
        assert _gaps(text) == _gaps(TEXTS["vi"][key]), key


def test_a_text_stands_once() -> None:
    """No part of the catalogue hides a text of another one."""
    assert len(TEXTS["en"]) == sum(len(part.EN) for part in PARTS)
    assert len(TEXTS["vi"]) == sum(len(part.VI) for part in PARTS)


def test_every_rule_and_unit_has_a_vietnamese_name() -> None:
    """A new rule needs its name, and a unit that people can read."""
    kinds = set(_rules(Problem.model_json_schema())) | {"input", "available", "pins"}

    assert set(RULES_VI) == kinds
    assert kinds >= TOO_MANY | TOO_FEW
    assert not TOO_MANY & TOO_FEW
    assert {cls.unit for cls in _classes()} <= {"", *UNITS_VI}


def _rules(schema: dict[str, object]) -> list[str]:
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    return [
        d["properties"]["rule"]["const"]
        for d in definitions.values()
        if "const" in d.get("properties", {}).get("rule", {})
    ]


def _classes() -> list[type]:
    from shiftplan.rules import Rule

    found, rest = [], [Rule]
    while rest:
        cls = rest.pop()
        found.append(cls)
        rest += cls.__subclasses__()
    return [cls for cls in found if cls.__module__.startswith("shiftplan.")]
