"""Fields of a request that are wrong, said as those of files are.

Errors of pydantic -> code, and a sentence in the language of whoever asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shiftplan.errors import Fault, FaultCode
from shiftplan.errors.faults import advice_of
from shiftplan.files.headings import has_heading, heading
from shiftplan.present.words import Words
from shiftplan.problem.validation import explain

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_LONGEST = 500
"""Characters that are said about a field."""
_LABELS = {
    "day": "web.day",
    "deadline": "web.deadline",
    "more": "web.how_many_more",
    "password": "web.session_password",
    "word": "web.collect_word",
}
"""Fields that the page calls otherwise than tables call their columns."""
_SHOWN = ("not_a_date", "not_a_number", "not_a_whole_number", "out_of_range")
"""Codes of faults that show the wrong value."""
_PATTERN = "string_pattern_mismatch"
_OTHERWISE: dict[str, FaultCode] = {
    "timezone_aware": "invalid_value",
    "union_tag_invalid": "not_one_of",
    "union_tag_not_found": "missing_value",
    _PATTERN: "invalid_value",
}
"""Kinds of errors that mean something else in a request than in a file -> code; that of a pattern
only where the text holds no control characters."""


def field_said(error: ErrorDetails, say: Words, *, as_sent: bool = False) -> tuple[str, str]:
    """Code of what is wrong with a field, and the field, its value, what is wrong and a way out.

    Only values of dates and numbers are said: others may be long, a secret, or somebody's name.
    `as_sent`: with the field's name in the request, for programs, rather than what people call it.
    """
    kind, value = error["type"], error["input"]
    if kind in _OTHERWISE and (kind != _PATTERN or str(value).isprintable()):
        fault = Fault(_OTHERWISE[kind], "")
    else:
        code, message, remedy = explain(error, None)
        fault = Fault(code, "", message=message, remedy=remedy)
    is_shown = fault.code in _SHOWN and isinstance(value, str | int | float)
    field = next((part for part in reversed(error["loc"]) if isinstance(part, str)), "")
    if as_sent:
        label = field
    elif field in _LABELS:
        label = say(_LABELS[field])
    else:
        label = heading("", field, say) if has_heading("", field) else field
    parts = f"“{label}”", repr(str(value)) if is_shown else "", advice_of(fault, say)
    return fault.code, ": ".join(filter(None, parts))[:_LONGEST]
