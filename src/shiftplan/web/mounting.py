"""The app of one week, alone or mounted in another FastAPI app.

`LiveWeek`, and who signs visitors in -> `FastAPI`.
"""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles

from shiftplan.errors import InputError
from shiftplan.present.faults import fault_text
from shiftplan.record.live import LiveWeek
from shiftplan.web.desk import Desk
from shiftplan.web.routes import drafts, news, week, words
from shiftplan.web.visitor import SignIn, Visitor

PAGE = Path(__file__).parent / "page"
_DESCRIPTION = "/api/openapi.json"
_ROUTERS = (drafts, news, week, words)
_LEAST_PACKED = 2_000
"""Bytes of an answer from which on it is compressed."""


def app(live: LiveWeek, *, sign_in: SignIn | None = None) -> FastAPI:
    """Make the app of a week.

    Parameters
    ----------
    live
        The week, as `open_week` opens it; its record keeps all that is done.
    sign_in
        Finds who sends a request, such as by the session of the app that this one is mounted in;
        None lets everybody plan for the province, under the name of `live.who`.

    Returns
    -------
    FastAPI
        To be served alone, or mounted: `main.mount("/week", app(open_week(path), sign_in=...))`.
    """
    made = FastAPI(
        title="shiftplan", openapi_url="/api/openapi.json", docs_url=None, redoc_url=None
    )
    made.state.desk = Desk(live)
    made.state.sign_in = sign_in or (lambda _: Visitor(role="province", who=live.who))
    made.add_middleware(GZipMiddleware, minimum_size=_LEAST_PACKED)
    made.add_exception_handler(InputError, _refused)
    for theme in _ROUTERS:
        made.include_router(theme.router, prefix="/api")
    made.mount("/", StaticFiles(directory=PAGE, html=True), name="page")
    return made


def _refused(request: Request, error: Exception) -> JSONResponse:
    """The answer to what the week does not allow: its faults, in the language asked for."""
    assert isinstance(error, InputError)
    lang = request.query_params.get("lang", "en")
    faults = [{"code": f.code, "text": fault_text(f, lang)} for f in error.faults]
    return JSONResponse({"faults": faults}, 409)
