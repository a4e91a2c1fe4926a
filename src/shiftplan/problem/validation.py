"""What pydantic finds wrong, said as faults.

pydantic errors -> code, sentence and remedy; a whole `ValidationError` -> `InputError`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

from pydantic import ValidationError

from shiftplan.errors import MOST_ALIKE, Fault, FaultCode, InputError
from shiftplan.errors.allowed import values_at
from shiftplan.errors.message import Message, Word
from shiftplan.problem.nearest import Nearest
from shiftplan.rules import RULES
from shiftplan.rules.base import HIGHEST_PRICE

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Said: TypeAlias = tuple[FaultCode, Message, str | Message]
"""Code, sentence and remedy of a fault; the remedy is empty where there is none."""
_LIMITS: dict[str, tuple[FaultCode, str, str, str]] = {
    "greater_than": ("out_of_range", "problem.more_than", "limit", "gt"),
    "greater_than_equal": ("out_of_range", "problem.at_least", "limit", "ge"),
    "less_than": ("out_of_range", "problem.less_than", "limit", "lt"),
    "less_than_equal": ("out_of_range", "problem.at_most", "limit", "le"),
    "too_short": ("invalid_value", "problem.least_entries", "entries", "min_length"),
    "too_long": ("invalid_value", "problem.most_entries", "entries", "max_length"),
    "string_too_long": ("invalid_value", "problem.most_characters", "characters", "max_length"),
}
"""Kind of errors -> code, what is said, and what the limit is called there and by pydantic."""
_BEYOND = ("finite_number", "float_type", "int_parsing_size")
"""Kinds of errors that numbers cause which no decimal can hold, and others too."""
_KINDS: dict[str, tuple[FaultCode, str]] = {
    "missing": ("missing_value", "files.value_needed"),
    "string_too_short": ("missing_value", "files.value_needed"),
    "extra_forbidden": ("unknown_column", "problem.no_such_field"),
    "union_tag_not_found": ("missing_value", "problem.rule_without_kind"),
    "string_pattern_mismatch": ("invalid_value", "problem.control_characters"),
}
_TYPES: dict[str, tuple[FaultCode, str]] = {
    "int": ("not_a_whole_number", "files.whole_needed"),
    "float": ("not_a_number", "files.number_needed"),
    "finite": ("not_a_number", "files.number_needed"),
    "bool": ("not_a_flag", "problem.flag_needed"),
    "date": ("not_a_date", "files.date_form"),
    "datetime": ("not_a_date", "problem.moment_form"),
    "time": ("not_a_time", "files.no_time"),
    "timezone": ("not_a_date", "problem.moment_without_offset"),
    "string": ("invalid_value", "problem.text_needed"),
    "tuple": ("invalid_value", "problem.list_needed"),
    "list": ("invalid_value", "problem.list_needed"),
    "model": ("invalid_value", "problem.object_needed"),
    "dict": ("invalid_value", "problem.object_needed"),
}
"""Kinds of errors, or what they begin with -> code of the fault, and what is said."""
PRIVATE = ("phone", "contact", "extra")
"""Columns of people and centers whose values no fault quotes: faults also stand in logs."""
_QUOTED = re.compile(r"'([^']*)'")
"""Texts that pydantic says a choice allows."""
_NEAR = 3
"""Rules that are suggested for one that is unknown."""
_ASSIGNMENT = {"0": "shift_id", "1": "volunteer_id"}
"""Place in an assignment, which JSON may write as a list -> what stands there."""
NEWER = Message("problem.newer_version")
"""A way out where the version of a file's form is not known."""


def explain(error: ErrorDetails, model: Any, place: Sequence[int | str] | None = None) -> Said:
    """Code, sentence and remedy of one pydantic error.

    `model` is the type that was asked for; it says what a choice allows. `place` is where the value
    stands in it; None for the place that the error names.
    """
    kind, details = error["type"], error.get("ctx", {})
    if kind == "too_long" and isinstance(error["input"], str):
        kind = "string_too_long"
    if kind in _LIMITS:
        code, said, name, key = _LIMITS[kind]
        is_weight = str(error["loc"][-1]).endswith("weight") if error["loc"] else False
        is_price = is_weight and details[key] == HIGHEST_PRICE
        remedy = Message("problem.scale_prices") if is_price else _meant(error, details[key])
        return code, Message(said, **{name: details[key]}), remedy
    if kind in _BEYOND and (side := _side(error["input"])):
        return "out_of_range", Message(f"files.too_{side}"), ""
    group = kind.split("_")[0]
    if group == "timezone" and ":" not in str(error["input"]):
        group = "datetime"  # pydantic takes numbers as seconds of UTC
    if known := _KINDS.get(kind) or _TYPES.get(group):
        return known[0], Message(known[1]), ""
    match kind:
        case "literal_error":
            values = values_at(model, error["loc"] if place is None else place)
            values = values or tuple(_QUOTED.findall(str(details["expected"])))
            if not values or not all(isinstance(value, str) for value in values):
                allowed = ", ".join(map(str, values)) or str(details["expected"])
                return "not_one_of", Message("problem.must_be", value=allowed), ""
            remedy = Nearest(values).remedy(str(error["input"]))
            return "not_one_of", Message("problem.one_of", allowed=[*map(Word, values)]), remedy
        case "union_tag_invalid":
            code, message, remedy = unknown_rule(str(details["tag"]), Nearest([*RULES]))
            return code, message, remedy or Message("rules.not_registered")
        case "json_invalid":
            return "broken_json", Message("problem.broken_json", reason=str(details["error"])), ""
        case "value_error":
            return "invalid_value", said_by(details["error"]), ""
    return "invalid_value", Message("problem.invalid", text=error["msg"]), ""


def _meant(error: ErrorDetails, limit: object) -> Message | str:
    """The number that one beyond a limit may mean; empty for none.

    People write a share as a percentage, and spreadsheet programs may take the decimal sign of
    a latitude for one between thousands.
    """
    value, place = error["input"], error["loc"]
    if not isinstance(value, (int, float)):
        return ""
    if limit == 1 < value <= 100:
        return meant_share(value)
    is_place = bool(place) and place[-1] in ("lat", "lon")
    if is_place and 1000 <= abs(value) <= 1000 * abs(cast("float", limit)):
        return Message("problem.meant_decimal", number=value / 1000)
    return ""


def meant_share(percent: float) -> Message:
    """The remedy for a share that is written as a percentage."""
    return Message("problem.meant_share", share=percent / 100, percent=percent)


def said_by(error: Exception) -> Message:
    """What an exception says: a message, or the text of who knows none."""
    first = error.args[0] if error.args else ""
    return first if isinstance(first, Message) else Message("problem.invalid", text=str(error))


def unknown_rule(kind: str, names: Nearest) -> Said:
    """Code, sentence and remedy of a rule of a kind that is not known here."""
    if kind in RULES.broken:
        return "unknown_rule", Message("rules.broken", rule=kind, error=RULES.broken[kind]), ""
    remedy = names.remedy(kind) or _of_words(kind)
    return "unknown_rule", Message("problem.no_such_rule"), remedy


def _of_words(kind: str) -> Message | str:
    """The rules that have words in common with an unknown one; empty where none has two."""
    words = _words(kind)
    shared = {rule: len(words & _words(rule)) for rule in RULES}
    near = [rule for rule in RULES if shared[rule] > 1]
    near.sort(key=lambda rule: -shared[rule] / len(words | _words(rule)))
    return Message("problem.meant_rules", names=near[:_NEAR]) if near else ""


def _words(kind: str) -> set[str]:
    """The words of a rule's name, in the singular; longer texts are no names."""
    return {word.removesuffix("s") for word in re.split(r"[\W_]+", kind[:100].casefold()) if word}


def _side(value: object) -> Literal["large", "small", ""]:
    """On which side a number lies beyond all decimals, also one in text; empty for no number."""
    if isinstance(value, str) and "nan" not in value.casefold():
        return "small" if value.lstrip().startswith("-") else "large"
    if isinstance(value, (int, float)) and value == value:
        return "small" if value < 0 else "large"
    return ""


def _shown(value: Any) -> str:
    """Text of a wrong value, cut where it is long; empty for what is not a single value."""
    if value is None or isinstance(value, (dict, list, tuple)):
        return ""
    try:
        text = str(value)
    except ValueError:  # a whole number of more digits than Python writes
        return "..."
    return text if len(text) <= 200 else text[:200] + "..."


def faults_of(error: ValidationError, model: Any, file: str = "") -> Iterator[Fault]:
    """Yield the faults of a problem, a roster or another model that is not valid by itself."""
    seen = set()
    count: Counter[tuple[str, str]] = Counter()
    said: dict[tuple[str, str], Said] = {}
    for details in error.errors(include_url=False):
        root, place = model, details["loc"]
        table, *rest = map(str, place or ("",))
        index = place[1] if len(place) > 1 and isinstance(place[1], int) else None
        if index is not None:
            del rest[0]
        if table == "rules" and len(rest) > 1:
            root, place = RULES[rest[0]], place[3:]
            rest = rest[1:2]
        alike = details["type"], table
        count[alike] += 1
        if count[alike] <= MOST_ALIKE:  # beyond, they are only counted
            said[alike] = explain(details, root, place)
        code, message, remedy = said[alike]
        if table == "rules" and rest == ["level"]:
            code, message = "not_one_of", root.levels()
            remedy = root.instead_of(details["input"])
        if table == "assignments":
            rest = [_ASSIGNMENT.get(name, name) for name in rest]
        if table == "schema_version":
            remedy = NEWER
        column = ".".join(rest)
        if (table, index, column, code) in seen:
            continue
        seen.add((table, index, column, code))
        hidden = code in ("missing_value", "broken_json") or rest[:1] in [[c] for c in PRIVATE]
        value = "" if hidden else _shown(details["input"])
        yield Fault(code, table, column, value, message, remedy=remedy, index=index, file=file)


def input_error(error: ValidationError, model: Any, file: str = "") -> InputError:
    """Make the InputError that says what a ValidationError says."""
    return InputError(faults_of(error, model, file))
