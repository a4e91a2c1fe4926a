"""What pydantic finds wrong, said as faults.

pydantic errors -> code, sentence and remedy; a whole `ValidationError` -> `InputError`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from pydantic import ValidationError

from shiftplan.errors import MOST_ALIKE, Fault, FaultCode, InputError
from shiftplan.errors.faults import value_text
from shiftplan.errors.message import Message, Word
from shiftplan.problem.nearest import Nearest
from shiftplan.rules import RULES

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Said: TypeAlias = str | Message
_LIMITS = {
    "greater_than": ("gt", "problem.more_than"),
    "greater_than_equal": ("ge", "problem.at_least"),
    "less_than": ("lt", "problem.less_than"),
    "less_than_equal": ("le", "problem.at_most"),
}
_SIZES = {
    "too_short": ("min_length", "problem.least_entries"),
    "too_long": ("max_length", "problem.most_entries"),
}
_BEYOND = ("finite_number", "float_type", "int_parsing_size")
"""Kinds of errors that numbers cause which no decimal can hold, and others too."""
_TYPES: dict[str, tuple[FaultCode, str]] = {
    "int": ("not_a_whole_number", "files.whole_needed"),
    "float": ("not_a_number", "files.number_needed"),
    "finite": ("not_a_number", "files.number_needed"),
    "bool": ("not_a_flag", "problem.flag_needed"),
    "date": ("not_a_date", "files.date_form"),
    "datetime": ("not_a_date", "problem.moment_form"),
    "timezone": ("not_a_date", "problem.moment_without_offset"),
    "string": ("invalid_value", "problem.text_needed"),
    "tuple": ("invalid_value", "problem.list_needed"),
    "list": ("invalid_value", "problem.list_needed"),
    "model": ("invalid_value", "problem.object_needed"),
    "dict": ("invalid_value", "problem.object_needed"),
}
"""Kind of errors -> code of the fault, and what is said."""
_ASSIGNMENT = {"0": "shift_id", "1": "volunteer_id"}
"""Place in an assignment, which JSON may write as a list -> what stands there."""
NEWER = Message("problem.newer_version")
"""A way out where the version of a file's form is not known."""


def explain(error: ErrorDetails) -> tuple[FaultCode, Message, Said]:
    """Code, sentence and remedy of one pydantic error."""
    kind, details = error["type"], error.get("ctx", {})
    if kind == "missing":
        return "missing_value", Message("files.value_needed"), ""
    if kind == "extra_forbidden":
        return "unknown_column", Message("problem.no_such_field"), ""
    if kind in _LIMITS:
        key, said = _LIMITS[kind]
        return "out_of_range", Message(said, limit=details[key]), ""
    if kind in _BEYOND and (side := _side(error["input"])):
        return "out_of_range", Message(f"files.too_{side}"), ""
    if kind == "string_too_short":
        return "missing_value", Message("files.value_needed"), ""
    if kind in _SIZES:
        key, said = _SIZES[kind]
        return "invalid_value", Message(said, entries=details[key]), ""
    if kind == "string_too_long":
        most = Message("problem.most_characters", characters=details["max_length"])
        return "invalid_value", most, ""
    if kind == "literal_error":
        allowed = str(details["expected"])
        names = re.findall("'(.*?)'", allowed)
        if not names:
            return "not_one_of", Message("problem.must_be", value=allowed), ""
        remedy = Nearest(names).remedy(value_text(error["input"]))
        return "not_one_of", Message("problem.one_of", allowed=[*map(Word, names)]), remedy
    if kind == "union_tag_invalid":
        return unknown_rule(str(details["tag"]), Nearest([*RULES]))
    if kind == "union_tag_not_found":
        return "missing_value", Message("problem.rule_without_kind"), ""
    if kind == "string_pattern_mismatch":
        return "invalid_value", Message("problem.control_characters"), ""
    if kind == "json_invalid":
        return "broken_json", Message("problem.broken_json", reason=str(details["error"])), ""
    if kind == "value_error":
        return "invalid_value", said_by(details["error"]), ""
    if (group := kind.split("_")[0]) in _TYPES:
        code, said = _TYPES[group]
        return code, Message(said), ""
    return "invalid_value", Message("problem.invalid", text=error["msg"]), ""


def said_by(error: Exception) -> Message:
    """What an exception says: a message, or the text of who knows none."""
    first = error.args[0] if error.args else ""
    return first if isinstance(first, Message) else Message("problem.invalid", text=str(error))


def unknown_rule(kind: str, names: Nearest) -> tuple[FaultCode, Message, Said]:
    """Code, sentence and remedy of a rule of a kind that is not known here."""
    if kind in RULES.broken:
        return "unknown_rule", Message("rules.broken", rule=kind, error=RULES.broken[kind]), ""
    remedy = names.remedy(kind) or Message("rules.not_registered")
    return "unknown_rule", Message("problem.no_such_rule"), remedy


def _side(value: object) -> Literal["large", "small", ""]:
    """On which side a number lies beyond all decimals, also one in text; empty for no number."""
    if isinstance(value, str) and "nan" not in value.casefold():
        return "small" if value.lstrip().startswith("-") else "large"
    if isinstance(value, (int, float)) and value == value:
        return "small" if value < 0 else "large"
    return ""


def shown(value: Any) -> str:
    """Text of a wrong value, cut where it is long; empty for what is not a single value."""
    if value is None or isinstance(value, (dict, list, tuple)):
        return ""
    text = value_text(value)
    return text if len(text) <= 200 else text[:200] + "..."


def faults_of(error: ValidationError, file: str = "") -> Iterator[Fault]:
    """Yield the faults of a problem or roster that is not valid field by field."""
    seen = set()
    count: Counter[tuple[str, str]] = Counter()
    said: dict[tuple[str, str], tuple[FaultCode, Message, Said]] = {}
    for details in error.errors(include_url=False):
        place = [str(p) for p in details["loc"]]
        table = place[0] if place else ""
        second = details["loc"][1] if len(place) > 1 else None
        index = second if isinstance(second, int) else None
        rest = place[1:] if index is None else place[2:]
        alike = details["type"], table
        count[alike] += 1
        if count[alike] <= MOST_ALIKE:  # beyond, they are only counted
            said[alike] = explain(details)
        code, message, remedy = said[alike]
        if table == "rules" and len(rest) > 1:
            kind, *rest = rest[:2]
            if rest == ["level"]:
                code, message = "not_one_of", RULES[kind].levels()
                remedy = RULES[kind].instead_of(details["input"])
        if table == "assignments":
            rest = [_ASSIGNMENT.get(name, name) for name in rest]
        if table == "schema_version":
            remedy = NEWER
        column = ".".join(rest)
        if (table, index, column, code) in seen:
            continue
        seen.add((table, index, column, code))
        value = "" if code == "missing_value" else shown(details["input"])
        if code == "broken_json":
            value = ""
        yield Fault(code, table, column, value, message, remedy=remedy, index=index, file=file)


def input_error(error: ValidationError, file: str = "") -> InputError:
    """Make the InputError that says what a ValidationError says."""
    return InputError(faults_of(error, file))
