"""Every text is there in both languages, with the same gaps."""

from __future__ import annotations

import ast
import datetime as dt
import re
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest
from listed import wrong_in

import shiftplan
from shiftplan import Problem, Status, StoppedBy
from shiftplan.errors.codes import FaultCode
from shiftplan.errors.message import LOCALE, languages
from shiftplan.errors.message.catalogue import catalogue
from shiftplan.present.forms import NOTHING
from shiftplan.present.words import Words
from shiftplan.record.state import _ELSEWHERE, _WAYS_OUT
from shiftplan.rules import ALWAYS, Rule
from shiftplan.rules.base import counted
from shiftplan.week.kinds import KINDS

SOURCE = Path(shiftplan.__file__).parent


def _gaps(text: str) -> set[str]:
    """Names of the gaps of a text; those without a name are counted from 0."""
    names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    return {name or str(place) for place, name in enumerate(names)}


def test_shares_that_are_upper_limits_are_rounded_up() -> None:
    """Cut off, "at most 66.6%" would be false for two thirds."""
    limit = re.compile(r"(at most|highest\b[^{]*|không quá|tối đa là|cao nhất[^{]*) ?\{\w+:\.\d%\}")

    cut = {
        code
        for lang in ("en", "vi")
        for code, texts in catalogue(lang).items()
        if any(map(limit.search, texts))
    }

    assert not cut


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
        if code.startswith("plans.barred_rule"):  # by name in Vietnamese
            assert there <= here | {"rule", "kind"}, code
        elif not code.startswith("form."):
            assert here == there, code


def test_remedies_of_the_record_have_words_without_commands() -> None:
    """Each one that names a command or an option has another one for pages and programs."""
    commands = re.compile(r"shiftplan [a-z]+ \{week\}|add --[a-z]")
    texts = catalogue("en")
    remedies = {*_WAYS_OUT.values(), *_ELSEWHERE}
    named = {code for code in remedies if any(commands.search(text) for text in texts[code])}

    assert named == set(_ELSEWHERE)
    for code in _ELSEWHERE.values():
        assert not any(re.search(r"shiftplan|--", text) for text in texts[code]), code


def test_every_entry_has_a_user() -> None:
    """The code names each entry, or puts its code together of words that it has.

    A counted noun has its user in the gaps of other entries, a fault in the list of faults, a unit
    in a rule, and the word of a kind of work in the entry whose place it takes.
    """
    nouns = {n for lang in languages() for texts in catalogue(lang).values() for n in _forms(texts)}
    named = {f"count.{noun}" for noun in nouns} | {f"fault.{code}" for code in get_args(FaultCode)}
    named |= {"option.install_completion", "option.show_completion"}  # typer has these options
    named |= {counted(cls.unit).code for cls in _classes() if cls.unit}
    for kind in (kind.replace("-", "_") for kind in KINDS):
        prefix = f"kind.{kind}."
        named |= {f"web.kind_{kind}"}
        named |= {prefix + code for code in catalogue("en")}
    named |= {code for code in catalogue("en") if code.startswith("term.")}
    said, patterns = _said_in_code()
    words = {word for text in said for word in _words(text)}

    def is_made(code: str) -> bool:
        found = (pattern.fullmatch(code) for pattern in patterns)
        return any(m and words.issuperset(_words("_".join(m.groups()))) for m in found)

    unnamed = catalogue("en").keys() - said - named
    assert {code for code in unnamed if not is_made(code)} == set()


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def _forms(texts: tuple[str, ...]) -> set[str]:
    """Forms of the gaps of texts."""
    return {form for text in texts for _, _, form, _ in Formatter().parse(text) if form}


def _said_in_code() -> tuple[set[str], list[re.Pattern[str]]]:
    """Texts and names in the code, its templates and tables; patterns of codes put together."""
    said, patterns = set(), set()
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            match node:
                case ast.Constant() if id(node) in told:  # a docstring
                    pass
                case ast.Constant(str(text)) | ast.Name(text) | ast.arg(text):
                    said.add(text)
                case ast.Constant(int(number)):
                    said.add(str(number))
                case ast.Attribute(attr=text) | ast.keyword(arg=str(text)):
                    said.add(text)
                case ast.FunctionDef(name=text) | ast.alias(name=text):
                    said.add(text)
                case ast.JoinedStr([ast.Constant(str(first)), *_] as parts) if "." in first:
                    if first != "count.":
                        patterns.add("".join(map(_pattern, parts)))
    for path in (file for kind in ("j2", "js", "toml") for file in SOURCE.rglob(f"*.{kind}")):
        text = path.read_text(encoding="utf-8")
        said.update(re.findall(r"""["']([a-z0-9_.]+)["']""", text))
        begun = re.findall(r'"([a-z_.]+)" ~|`([a-z_.]+)\$\{', text)
        patterns.update(f"{re.escape(one or other)}([a-z0-9_]+)" for one, other in begun)
    return said, list(map(re.compile, patterns))


def _pattern(part: ast.expr) -> str:
    return re.escape(part.value) if isinstance(part, ast.Constant) else "([a-z0-9_]*)"


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
    kinds = {*_rules(Problem.model_json_schema()), *(rule.rule for rule in ALWAYS)}
    named = [code for code in catalogue(lang) if code.startswith("rule.")]
    units = {re.sub("[^a-z0-9]+", "_", cls.unit).strip("_") for cls in _classes() if cls.unit}
    needed = {f"rule.{kind}" for kind in kinds} | {f"unit.{unit}" for unit in units}
    has = [*named, *(code for code in needed if Words(lang).has(code))]

    assert not (said := wrong_in(f"src/shiftplan/present/locale/{lang}.po", has, needed)), said


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


def test_no_sentence_has_one_of_many() -> None:
    """With all its numbers 1, no English entry says `1 shifts` or `1 of 1 centers`."""
    say = Words("en")
    nouns = "|".join(code[6:] for code in catalogue("en") if code.startswith("count."))
    number = re.compile(rf"{nouns}|\+?,(\.\d[f%])?|\.\d[f%](up)?|(decimal|figure)(\.\d)?|tenths")
    one_of_many = re.compile(
        r"(?<![\w.,%+−])1 (?:of 1 )?"
        r"(?:(?!at |for |has |if |in |is |of |or |that |the |to |where )[a-z]+ ){0,3}?"
        r"(people|(?!comes\b|has\b|is\b|less\b|meets\b|needs\b|stands\b|this\b|was\b|works\b)"
        r"[a-z]+s)\b"
    )

    def said(code: str, texts: tuple[str, ...]) -> str:
        params: dict[str, Any] = {"n": 1}
        for _, name, form, _ in (part for text in texts for part in Formatter().parse(text)):
            if name and form in ("date", "day", "iso", "time"):
                params[name] = dt.datetime(2026, 12, 7)
            elif name and name not in params:
                params[name] = 1 if form and number.fullmatch(form) else "x"
        return say(code, **params)

    sentences = {code: said(code, texts) for code, texts in catalogue("en").items()}
    assert {code: s for code, s in sentences.items() if one_of_many.search(s)} == {}


@pytest.mark.parametrize("value", [10**400, -(10**400), float("inf"), float("nan"), None])
@pytest.mark.parametrize("form", ["", ",", "+,", "tenths", ".1%", "days"])
def test_numbers_that_are_none_are_dashes(value: float | None, form: str) -> None:
    """Also whole numbers of a damaged file that no float holds."""
    assert Words("en").show(value, form) == NOTHING
