"""What pydantic finds wrong, said as faults.

pydantic errors -> code, sentence and remedy; a whole `ValidationError` -> `InputError`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from pydantic import ValidationError

from shiftplan.errors import MOST_ALIKE, Fault, FaultCode, InputError
from shiftplan.errors.message import Message
from shiftplan.present.texts.wording import decimal
from shiftplan.problem.nearest import Nearest
from shiftplan.rules import RULES

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Said: TypeAlias = str | Message
_LIMITS = {
    "greater_than": ("gt", "must be more than"),
    "greater_than_equal": ("ge", "must be at least"),
    "less_than": ("lt", "must be less than"),
    "less_than_equal": ("le", "must be at most"),
}
_SIZES = {"too_short": ("min_length", "at least"), "too_long": ("max_length", "at most")}
_BEYOND = ("finite_number", "float_type", "int_parsing_size")
"""Kinds of errors that numbers cause which no decimal can hold, and others too."""
_TYPES: dict[str, tuple[FaultCode, str]] = {
    "int": ("not_a_whole_number", "must be a whole number"),
    "float": ("not_a_number", "must be a number, such as 10.5"),
    "finite": ("not_a_number", "must be a number, such as 10.5"),
    "bool": ("not_a_flag", "must be true or false"),
    "date": ("not_a_date", "dates are written 2026-12-07"),
    "datetime": ("not_a_date", "moments are written 2026-12-07T07:00"),
    "timezone": ("not_a_date", "moments are wall-clock time, without an offset"),
    "string": ("invalid_value", "must be text"),
    "tuple": ("invalid_value", "must be a list"),
    "list": ("invalid_value", "must be a list"),
    "model": ("invalid_value", "must be an object with fields"),
    "dict": ("invalid_value", "must be an object with fields"),
}
_ASSIGNMENT = {"0": "shift_id", "1": "volunteer_id"}
"""Place in an assignment, which JSON may write as a list -> what stands there."""
NEWER = "Maybe the file was written by a newer version of shiftplan."
"""A way out where the version of a file's form is not known."""


def explain(error: ErrorDetails) -> tuple[FaultCode, Said, Said]:
    """Code, sentence and remedy of one pydantic error."""
    kind, details = error["type"], error.get("ctx", {})
    if kind == "missing":
        return "missing_value", "a value is needed here", ""
    if kind == "extra_forbidden":
        return "unknown_column", "there is no such field", ""
    if kind in _LIMITS:
        key, words = _LIMITS[kind]
        limit = details[key]
        text = decimal(limit, "en", 6) if isinstance(limit, (int, float)) else str(limit)
        return "out_of_range", f"{words} {text}", ""
    if kind in _BEYOND and (side := _side(error["input"])):
        return "out_of_range", f"the number is too {side}", ""
    if kind == "string_too_short":
        return "missing_value", "a value is needed here", ""
    if kind in _SIZES:
        key, words = _SIZES[kind]
        return "invalid_value", f"must have {words} {details[key]:,} entries", ""
    if kind == "string_too_long":
        return "invalid_value", f"must have at most {details['max_length']:,} characters", ""
    if kind == "literal_error":
        allowed = str(details["expected"])
        names = allowed.replace(" or ", ", ").replace("'", "").split(", ")
        remedy = Nearest(names).remedy(str(error["input"]))
        return "not_one_of", f"must be {allowed}", remedy
    if kind == "union_tag_invalid":
        return unknown_rule(str(details["tag"]), Nearest([*RULES]))
    if kind == "union_tag_not_found":
        return "missing_value", "a rule needs its kind in the field rule", ""
    if kind == "string_pattern_mismatch":
        message = "must not hold control characters, and names must not hold |"
        return "invalid_value", message, ""
    if kind == "json_invalid":
        return "broken_json", str(details["error"]), ""
    if kind == "value_error":
        return "invalid_value", str(details["error"]), ""
    code, message = _TYPES.get(kind.split("_")[0], ("invalid_value", error["msg"]))
    return code, message, ""


def unknown_rule(kind: str, names: Nearest) -> tuple[FaultCode, Said, Said]:
    """Code, sentence and remedy of a rule of a kind that is not known here."""
    if kind in RULES.broken:
        return "unknown_rule", Message("rules.broken", rule=kind, error=RULES.broken[kind]), ""
    message = "there is no such rule; docs/rules.md lists them all"
    return "unknown_rule", message, names.remedy(kind) or Message("rules.not_registered")


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
    try:
        text = str(value)
    except ValueError:  # a whole number of more digits than Python writes
        return "..."
    return text if len(text) <= 200 else text[:200] + "..."


def faults_of(error: ValidationError, file: str = "") -> Iterator[Fault]:
    """Yield the faults of a problem or roster that is not valid field by field."""
    seen = set()
    count: Counter[tuple[str, str]] = Counter()
    said: dict[tuple[str, str], tuple[FaultCode, Said, Said]] = {}
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
