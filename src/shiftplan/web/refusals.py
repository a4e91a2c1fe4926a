"""What the workbench refuses, in one form and in the language asked for.

`InputError`, a wrong request, or `refused(...)` -> a status and `Refused`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as AnyHTTPException

from shiftplan.errors import Fault, InputError, MissingExtraError
from shiftplan.errors.faults import advice_of
from shiftplan.errors.message import Message, languages
from shiftplan.present.faults import fault_text
from shiftplan.present.naming import Names
from shiftplan.present.words import Lang, Words
from shiftplan.record.state import without_command
from shiftplan.web.field_faults import field_said, field_sent
from shiftplan.week.fields import Frozen

_MOST_FAULTS = 50
"""Faults of a request that a refusal lists."""


class RefusedFault(Frozen):
    """One reason of a refusal."""

    code: str
    """What kind it is."""
    text: str
    """What is wrong and a way out, in the language asked for, with the names of the page."""
    field: str = ""
    """The wrong field of the request, such as `citizens.0.day`; empty where it is none."""


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
    return _answer(status, [RefusedFault(code=code, text=Words(lang)(code))], headers)


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
    status: int, faults: Iterable[RefusedFault], headers: Mapping[str, str] | None = None
) -> JSONResponse:
    return JSONResponse(Refused(faults=tuple(faults)).model_dump(), status, headers)


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

    faults = [without_command(fault) for fault in error.faults[:_MOST_FAULTS]]
    return _answer(409, (RefusedFault(code=fault.code, text=text(fault)) for fault in faults))


def _lacking(request: Request, error: Exception) -> JSONResponse:
    """What needs a package that this server does not have."""
    assert isinstance(error, MissingExtraError)
    said = error.said(Words(asked_lang(request)))
    return _answer(409, [RefusedFault(code="missing_extra", text=said)])


def http_refusal(request: Request, error: Exception) -> JSONResponse:
    """The answer to a request that an HTTPException ended."""
    assert isinstance(error, AnyHTTPException)
    said: object = error.detail
    if isinstance(said, Message):
        fault = RefusedFault(code=said.code, text=Words(asked_lang(request))(said))
    else:
        fault = RefusedFault(code=f"http_{error.status_code}", text=str(said))
    return _answer(error.status_code, [fault], error.headers)


def _malformed(request: Request, error: Exception) -> JSONResponse:
    """Fields that are wrong, said as those of files are."""
    assert isinstance(error, RequestValidationError)
    say = Words(asked_lang(request))
    faults = []
    for one in error.errors()[:_MOST_FAULTS]:
        code, text = field_said(one, say)
        faults.append(RefusedFault(code=code, text=text, field=field_sent(one, error.body)))
    return _answer(422, faults)
