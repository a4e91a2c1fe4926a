"""The description of the routes of many weeks is true, whatever is sent to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from served import DATA, client
from test_openapi import CHECKS, MODES, Open

from shiftplan.web import home

ROUTES = [
    (method, path)
    for path, methods in client(home(Path("nowhere"), sign_in=Open()))
    .get("/api/openapi.json")
    .json()["paths"]
    .items()
    for method in methods
    if path not in ("/api/session", "/api/words")  # those of every app
]


@pytest.mark.parametrize("examples", [2, pytest.param(80, marks=pytest.mark.slow)])
@pytest.mark.parametrize(("method", "path"), ROUTES, ids=map(" ".join, ROUTES))
def test_answers_are_as_described(tmp_path: Path, method: str, path: str, examples: int) -> None:
    """Statuses, types and models are those of the description, for a week and for none.

    `examples`: requests that are of the form of the route, and as many that are not.
    """
    (tmp_path / "week").mkdir()
    for table in ("centers", "shifts"):
        copy = DATA / "commune" / f"{table}.csv"
        (tmp_path / "week" / copy.name).write_bytes(copy.read_bytes())
    made = home(tmp_path, sign_in=Open())
    operation = schemathesis.openapi.from_asgi("/api/openapi.json", made)[path][method]
    takes = operation.body or operation.query
    for mode in MODES if takes else MODES[:1]:

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=examples,
            derandomize=True,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        def try_it(case: Any) -> None:
            if len(str(case.path_parameters)) % 2:  # half of them ask for the week that is there
                case.path_parameters = {"week_id": "week"} if case.path_parameters else {}
            case.call_and_validate(headers={"X-Shiftplan": "1"}, checks=CHECKS)

        try_it()
