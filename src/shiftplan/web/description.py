"""The description of the routes (OpenAPI), with all that they refuse.

`FastAPI` -> its description: `GET /api/openapi.json`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI

from shiftplan.web.bodies import WITH_ZONE
from shiftplan.web.refusals import Refused

_ANY = {
    401: "The visitor is not signed in.",
    403: "The visitor may not do this, or the request comes from another site.",
    404: "It does not exist, or the visitor may not see it.",
    409: "The week does not allow it, or others changed something meanwhile.",
    421: "The server does not answer to this host name.",
    422: "The request does not have the form described here.",
    429: "Too many attempts; the header Retry-After says when to try again.",
}
"""Status -> why any route may refuse a request."""
_WITH_BODY = {
    400: "The body is unreadable.",
    408: "The body takes too long to arrive.",
    413: "The body is too large.",
    415: "The body has an unsupported type.",
}
_METHODS = ("get", "post", "put", "patch", "delete")


class DescribedApp(FastAPI):
    """An app whose description says what all its routes refuse."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            self.openapi_schema = _whole(super().openapi())
        return self.openapi_schema


def _whole(description: dict[str, Any]) -> dict[str, Any]:
    """Add refusals to all routes; times without a zone are told as wall-clock times."""
    refused = Refused.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas = description.setdefault("components", {}).setdefault("schemas", {})
    schemas |= refused.pop("$defs") | {Refused.__name__: refused}
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    told = {"schema": {"$ref": f"#/components/schemas/{Refused.__name__}"}}
    for path in description["paths"].values():
        for method in path.keys() & _METHODS:
            meanings = _ANY if method == "get" else _ANY | _WITH_BODY
            path[method]["responses"] |= {
                str(status): {"description": meaning, "content": {"application/json": told}}
                for status, meaning in meanings.items()
            }
    for part in _parts(description):
        if part.get("format") == "date-time" and not part.pop(WITH_ZONE, False):
            part["format"] = "date-time-local"
    return description


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    """All objects inside a value, itself included."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _parts(inner)
