"""Fields of a request that are wrong, said as those of files are.

Errors of pydantic -> code, and a sentence in the language of whoever asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from shiftplan.errors import Fault, FaultCode
from shiftplan.errors.allowed import fields_at
from shiftplan.errors.faults import advice_of
from shiftplan.errors.message import Message, Word
from shiftplan.files.headings import has_heading, heading
from shiftplan.present.words import Words
from shiftplan.problem.validation import explain

if TYPE_CHECKING:
    from pydantic import BaseModel
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


def field_said(
    error: ErrorDetails, say: Words, asked: type[BaseModel] | None = None
) -> tuple[str, str]:
    """Code of what is wrong with a field, and the field, its value, what is wrong and a way out.

    Only values of dates and numbers are said: others may be long, a secret, or somebody's name.
    `asked`: what a program was to send. It gets the place in the request rather than what people
    call the field, and for an unknown field those that it may send.
    """
    kind, value, details = error["type"], error["input"], error.get("ctx", {})
    if tags := details.get("expected_tags"):
        allowed = [Word(tag.strip("'")) for tag in tags.split(", ")]
        fault = Fault(_OTHERWISE[kind], "", message=Message("problem.one_of", allowed=allowed))
    elif kind in _OTHERWISE and (kind != _PATTERN or str(value).isprintable()):
        fault = Fault(_OTHERWISE[kind], "")
    else:
        code, message, remedy = explain(error, None)
        if kind == "extra_forbidden" and (known := fields_at(asked, error["loc"][:-1])):
            remedy = Message("agents.allowed", names=[*map(Word, known)])
        fault = Fault(code, "", message=message, remedy=remedy)
    is_shown = fault.code in _SHOWN and isinstance(value, str | int | float)
    field = _last_name(error)
    if asked is not None:
        label = ".".join(map(str, error["loc"]))
    elif field in _LABELS:
        label = say(_LABELS[field])
    else:
        label = heading("", field, say) if has_heading("", field) else field
    parts = f"“{label}”", repr(str(value)) if is_shown else "", advice_of(fault, say)
    return fault.code, ": ".join(filter(None, parts))[:_LONGEST]


def field_sent(error: ErrorDetails, sent: object) -> str:
    """Where a wrong field is in a request, such as `citizens.0.day`; `sent`: its body."""
    place, names = error["loc"][1:], list[str]()
    for n, part in enumerate(place, 1):
        is_there = not isinstance(sent, Mapping) or part in sent
        if is_there or n == len(place):  # else a kind of body, which pydantic names on the way
            names.append(str(part))
            sent = _inside(sent, part)
    return ".".join(names) or _last_name(error)


def _inside(sent: object, part: int | str) -> object:
    """What a body has under a name or number; None where it has nothing there."""
    try:
        return cast("Any", sent)[part]
    except (KeyError, IndexError, TypeError):
        return None


def _last_name(error: ErrorDetails) -> str:
    """The field that is wrong; of a choice of bodies, the one that decides on it."""
    if decides := error.get("ctx", {}).get("discriminator"):
        return str(decides).strip("'")
    return next((part for part in reversed(error["loc"]) if isinstance(part, str)), "")
