"""Every text is there in both languages, with the same gaps."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from shiftplan import Problem, Status, StoppedBy
from shiftplan.errors.message import LOCALE, languages
from shiftplan.errors.message.catalogue import catalogue
from shiftplan.present.words import Words
from shiftplan.rules import Rule


def _gaps(text: str) -> set[str]:
    """Names of the gaps of a text; those without a name are counted from 0."""
    names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    return {name or str(place) for place, name in enumerate(names)}


def test_both_languages_say_the_same_things() -> None:
    """Same codes, and the same gaps to fill in, whatever their order and number of texts.

    English has no general remedies: its sentences say what is allowed.
    """
    english, vietnamese = catalogue("en"), catalogue("vi")

    assert languages() == ("en", "vi")
    remedies = {code for code in vietnamese if code.startswith("remedy.")}
    assert english.keys() == vietnamese.keys() - remedies
    known = {f"status.{s.lower()}" for s in Status} | {f"stopped.{s.lower()}" for s in StoppedBy}
    assert known <= catalogue("en").keys()
    for code, texts in english.items():
        here = {name for text in texts for name in _gaps(text)}
        there = {name for text in vietnamese[code] for name in _gaps(text)}
        if code.startswith(
            ("rules.", "conflict.rule", "plans.barred_rule")
        ):  # rules are told otherwise
            assert there <= here | {"who", "where", "n", "unit", "rule", "kind", "value"}, code
        elif not code.startswith("form."):
            assert here == there, code


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_catalogue_can_be_merged_by_entry(lang: str) -> None:
    """Entries are sorted by code, each once, with a blank line between two of them."""
    text = (LOCALE / f"{lang}.po").read_text(encoding="utf-8")
    codes = re.findall(r'^msgid "(.*)"$', text, re.MULTILINE)

    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)+", code) for code in codes if code)
    assert len(text.strip().split("\n\n")) == len(codes)


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_every_rule_and_unit_has_a_name(lang: str) -> None:
    """A new rule needs its name, and a unit that people can read."""
    kinds = set(_rules(Problem.model_json_schema())) | {"input", "available", "pins"}
    named = {code.partition(".")[2] for code in catalogue(lang) if code.startswith("rule.")}
    units = {cls.unit for cls in _classes() if cls.unit}

    assert named == kinds
    assert all(
        Words(lang).has(f"unit.{re.sub('[^a-z0-9]+', '_', unit).strip('_')}") for unit in units
    )


def _rules(schema: dict[str, object]) -> list[str]:
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    return [
        d["properties"]["rule"]["const"]
        for d in definitions.values()
        if "const" in d.get("properties", {}).get("rule", {})
    ]


def _classes() -> list[type[Rule]]:
    found: list[type[Rule]] = []
    rest: list[type[Rule]] = [Rule]
    while rest:
        cls = rest.pop()
        found.append(cls)
        rest += cls.__subclasses__()
    return [cls for cls in found if cls.__module__.startswith("shiftplan.")]
