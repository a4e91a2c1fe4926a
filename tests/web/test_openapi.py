"""The description of the routes is true: requests made from it, valid and not, prove it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import schemathesis
from commands import make_problem
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi import checks

from shiftplan import Roster, web, write_problem
from shiftplan.record import LiveWeek
from shiftplan.web.sign_in import Doors
from shiftplan.web.visitor import Visitor


class Open(Doors):
    """Doors through which everybody comes, so that each route is reached."""

    def __call__(self, request: Any) -> Visitor:
        return Visitor(role="province", who="lan")


WEEK = make_problem(3, 2, 1)
PAIRS = [(shift.shift_id, f"v{i % 3}") for i, shift in enumerate(WEEK.shifts)]
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
    checks.negative_data_rejection,
]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


schemathesis.openapi.format("date-time-local", st.datetimes().map(dt.datetime.isoformat))


def of_week(_: Path) -> Any:
    """The app of a tiny week with a published roster and a draft."""
    live = LiveWeek(WEEK, who="lan")
    live.draft(Roster.of(PAIRS))
    live.publish(even_if_poor=True)
    live.draft(Roster.of(PAIRS[1:]))
    return web.app(live, sign_in=Open())


def of_many_weeks(folder: Path) -> Any:
    """The app of a folder with a week in it."""
    write_problem(WEEK, folder / "week.json")
    return web.home(folder, sign_in=Open())


APPS = {"week": of_week, "home": of_many_weeks}


FOLDER = TemporaryDirectory()


@cache
def described(kind: str) -> Any:
    """The description of an app; all tests ask the same one, whatever was done before."""
    app = APPS[kind](Path(FOLDER.name))
    found = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    rejection = found.config.checks.negative_data_rejection
    rejection.expected_statuses = [*rejection.expected_statuses, "413"]
    return found


def _routes() -> Iterator[tuple[str, str, str]]:
    """Each app, with methods and paths of its routes."""
    for kind in APPS:
        for path, methods in described(kind).raw_schema["paths"].items():
            for method in methods:
                if path != "/api/news":  # it never ends
                    yield kind, method, path


ROUTES = [*_routes()]


def is_trimmed(value: Any) -> bool:
    """Whether no text has blanks or control characters around it, which are taken off."""
    if isinstance(value, str):
        return value == value.strip()
    if isinstance(value, dict):
        return all(map(is_trimmed, value.values()))
    return not isinstance(value, list) or all(map(is_trimmed, value))


@pytest.mark.parametrize("examples", [2, pytest.param(80, marks=pytest.mark.slow)])
@pytest.mark.parametrize(("kind", "method", "path"), ROUTES, ids=map(" ".join, ROUTES))
def test_answers_are_as_described(kind: str, method: str, path: str, examples: int) -> None:
    """Statuses, types and models are those of the description, whatever is sent.

    `examples`: requests that are of the form of the route, and as many that are not.
    """
    operation = described(kind)[path][method]
    takes = operation.body or operation.query
    for mode in MODES if takes else MODES[:1]:
        cases = operation.as_strategy(generation_mode=mode)

        @given(case=cases.filter(lambda case: is_trimmed([case.query, case.body])))
        @settings(
            max_examples=examples,
            derandomize=True,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        def try_it(case: Any) -> None:
            case.call_and_validate(headers={"X-Shiftplan": "1"}, checks=CHECKS)

        try_it()
