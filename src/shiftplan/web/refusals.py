"""What the workbench refuses, in one form and in the language asked for.

`InputError`, a wrong request, or `refused(...)` -> a status and `Refused`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as AnyHTTPException

from shiftplan.errors import Fault, FaultCode, InputError, MissingExtraError
from shiftplan.errors.faults import advice_of
from shiftplan.errors.message import Message, languages
from shiftplan.files.headings import has_heading, heading
from shiftplan.present.faults import fault_text
from shiftplan.present.naming import Names
from shiftplan.present.words import Lang, Words
from shiftplan.problem.validation import explain
from shiftplan.week.fields import Frozen

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_MOST_FAULTS = 50
"""Faults of a request that a refusal lists."""
_LONGEST = 500
"""Characters that a refusal says about a field."""
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


class RefusedFault(Frozen):
    """One reason of a refusal."""

    code: str
    """What kind it is."""
    text: str
    """What is wrong and a way out, in the language asked for."""


class Refused(Frozen):
    """The answer to a request that is refused; its status says why in general."""

    faults: tuple[RefusedFault, ...]
    """Reasons."""


def refused(status: int, code: str, *, wait: float = 0, **facts: object) -> HTTPException:
    """Make the error that ends a request, said by an entry of the catalogues.

    `wait`: seconds after which it may be tried again; 0 for none.
    """
    headers = {"Retry-After": str(max(1, round(wait)))} if wait else None
    return HTTPException(status, Message(code, **facts), headers)


def refusal_answer(
    status: int, code: str, lang: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The answer of a refusal said by an entry of the catalogues."""
    return _answer(status, [(code, Words(lang)(code))], headers)


def asked_lang(request: Request) -> Lang:
    """The language of a request; English where it names none that there is."""
    lang = request.query_params.get("lang", "")
    return lang if lang in languages() else "en"


def say_refusals(app: FastAPI) -> None:
    """Give all refusals of an app one form."""
    app.add_exception_handler(InputError, _not_allowed)
    app.add_exception_handler(MissingExtraError, _lacking)
    app.add_exception_handler(AnyHTTPException, http_refusal)
    app.add_exception_handler(RequestValidationError, _malformed)


def _answer(
    status: int, faults: list[tuple[str, str]], headers: Mapping[str, str] | None = None
) -> JSONResponse:
    told = Refused(faults=tuple(RefusedFault(code=code, text=text) for code, text in faults))
    return JSONResponse(told.model_dump(), status, headers)


def _not_allowed(request: Request, error: Exception) -> JSONResponse:
    """What the week does not allow."""
    assert isinstance(error, InputError)
    lang = asked_lang(request)
    names: Callable[[Lang], Names] | None = getattr(request.app.state, "names", None)

    def text(fault: Fault) -> str:
        """What is wrong and a way out; what no file says needs no place, but names."""
        return (
            fault_text(fault, lang)
            if fault.file or not names
            else advice_of(fault, names(lang).say)
        )

    return _answer(409, [(fault.code, text(fault)) for fault in error.faults[:_MOST_FAULTS]])


def _lacking(request: Request, error: Exception) -> JSONResponse:
    """What needs a package that this server does not have."""
    assert isinstance(error, MissingExtraError)
    return _answer(409, [("missing_extra", error.said(Words(asked_lang(request))))])


def http_refusal(request: Request, error: Exception) -> JSONResponse:
    """The answer to a request that an HTTPException ended."""
    assert isinstance(error, AnyHTTPException)
    said: object = error.detail
    if isinstance(said, Message):
        fault = said.code, Words(asked_lang(request))(said)
    else:
        fault = f"http_{error.status_code}", str(said)
    return _answer(error.status_code, [fault], error.headers)


def _malformed(request: Request, error: Exception) -> JSONResponse:
    """Fields that are wrong, said as those of files are."""
    assert isinstance(error, RequestValidationError)
    say = Words(asked_lang(request))
    return _answer(422, [_field_said(one, say) for one in error.errors()[:_MOST_FAULTS]])


def _field_said(error: ErrorDetails, say: Words) -> tuple[str, str]:
    """Code of what is wrong with a field, and the field, its value, what is wrong and a way out.

    Only values of dates and numbers are said: others may be long, a secret, or somebody's name.
    """
    kind, value = error["type"], error["input"]
    if kind in _OTHERWISE and (kind != _PATTERN or str(value).isprintable()):
        fault = Fault(_OTHERWISE[kind], "")
    else:
        code, message, remedy = explain(error, None)
        fault = Fault(code, "", message=message, remedy=remedy)
    is_shown = fault.code in _SHOWN and isinstance(value, str | int | float)
    field = next((part for part in reversed(error["loc"]) if isinstance(part, str)), "")
    if field in _LABELS:
        label = say(_LABELS[field])
    else:
        label = heading("", field, say) if has_heading("", field) else field
    parts = f"“{label}”", repr(str(value)) if is_shown else "", advice_of(fault, say)
    return fault.code, ": ".join(filter(None, parts))[:_LONGEST]
