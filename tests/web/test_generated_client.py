"""A client made of nothing but the OpenAPI descriptions plans a week over HTTP."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sent_weeks import COMMUNE, zipped
from served import client
from starlette.testclient import TestClient

from shiftplan.web import home

generator = pytest.importorskip("datamodel_code_generator")


class GeneratedClient:
    """Calls routes by the names of their operations, with models generated from a description."""

    def __init__(self, http: TestClient, prefix: str, folder: Path, name: str) -> None:
        self.http, self.prefix = http, prefix
        self.described = http.get(f"{prefix}/api/openapi.json").json()
        self.models = self._generated(folder / f"{name}.py")
        self.routes = {
            route["operationId"]: (method, path, route)
            for path, methods in self.described["paths"].items()
            for method, route in methods.items()
        }

    def _generated(self, file: Path) -> ModuleType:
        generator.generate(
            json.dumps(self.described),
            input_file_type=generator.InputFileType.OpenAPI,
            output=file,
            output_model_type=generator.DataModelType.PydanticV2BaseModel,
            formatters=[],
        )
        module = ModuleType(file.stem)
        sys.modules[file.stem] = module  # where its annotations are looked up
        exec(file.read_text(encoding="utf-8"), vars(module))
        return module

    def __call__(self, operation: str, body: Any = None, **params: Any) -> Any:
        """The answer as the model that the description promises for its status."""
        method, path, route = self.routes[operation]
        inside = {n: params.pop(n) for n in [*params] if f"{{{n}}}" in path}
        sent: dict[str, Any] = {"content": body}
        if not isinstance(body, bytes):
            sent = {"json": None if body is None else body.model_dump(mode="json")}
        url = self.prefix + path.format(**inside)
        answer = self.http.request(method, url, params=params, **sent)
        told = route["responses"][str(answer.status_code)].get("content")
        if not told:
            return None
        schema = told["application/json"]["schema"]
        (ref,) = (kind["$ref"] for kind in schema.get("anyOf", [schema]) if "$ref" in kind)
        return getattr(self.models, ref.rsplit("/", 1)[1])(**answer.json())


@pytest.mark.filterwarnings("default")  # the generator's own
def test_a_generated_client_plans_a_week(tmp_path: Path) -> None:
    """It sends the week, plans it, takes the roster over and reads what it costs."""
    http = client(home(tmp_path / "weeks"))
    weeks = GeneratedClient(http, "", tmp_path, "generated_home")

    sent = weeks("weeks_send_week", zipped(), name="commune.zip")
    assert weeks("weeks_week_state", week_id=sent.week_id).faults == []
    week = GeneratedClient(http, f"/weeks/{sent.week_id}", tmp_path, "generated_week")
    asked = week.models.SearchAsked(kind="anew", seconds=60)
    search = week("searches_start", asked)
    while search.state.value in ("waiting", "running"):
        time.sleep(0.05)
        search = week("searches_newest")
    week("compare_take", week.models.TakeAsked(version=search.proposal))
    draft = week("drafts_draft")

    assert COMMUNE.name == "commune"
    assert (draft.total, draft.bound) == (2120, 2120)
    assert len(draft.assignments) == 29
    refused = week("history_version", version=99)
    assert type(refused).__name__ == "Refused"


def test_operations_have_names_of_their_own(tmp_path: Path) -> None:
    """Functions of a client are named after what they do, such as `searches_start`."""
    http = client(home(tmp_path / "weeks"))
    week_id = http.post("/api/weeks", params={"name": "a.zip"}, content=zipped()).json()["week_id"]

    for prefix in ("", f"/weeks/{week_id}"):
        paths = http.get(f"{prefix}/api/openapi.json").json()["paths"]
        routes = [route for methods in paths.values() for route in methods.values()]
        names = [route["operationId"] for route in routes]
        assert len(set(names)) == len(names)
        assert [n for n in names if not n.isidentifier() or "api" in n] == []
        assert [route["operationId"] for route in routes if not route.get("description")] == []
