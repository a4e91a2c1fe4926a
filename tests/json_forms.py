"""Whether JSON texts have the forms that docs/schemas/ describes.

Name of a form, text -> validated, or the error of the schema.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema

FOLDER = Path(__file__).parents[1] / "docs" / "schemas"


def fits(form: str, text: str) -> None:
    """Whether a text has the form: by the committed schema, and without a key it does not name."""
    committed = json.loads((FOLDER / f"{form}-1.json").read_text(encoding="utf-8"))
    for part in parts(committed):
        if "properties" in part:
            part["additionalProperties"] = False
    jsonschema.Draft202012Validator(committed).validate(json.loads(text))


def parts(schema_of: object) -> Iterator[dict[str, object]]:
    """A schema and all schemas in it; names of properties are no keywords."""
    if isinstance(schema_of, list):
        for part in schema_of:
            yield from parts(part)
    elif isinstance(schema_of, dict):
        yield schema_of
        for key, part in schema_of.items():
            inside = key in ("properties", "$defs") and isinstance(part, dict)
            yield from parts(list(part.values()) if inside else part)
