"""The JSON files that other programs read, as JSON schemas.

Name of a form -> JSON schema, which `shiftplan schema` prints and docs/schemas/ holds.

Forms that are read back are described by their own models; for those that are only written, the
models here say what stands in them. A test compares them with what is written. Readers leave aside
keys that they do not know: docs/compatibility.md says what a version promises.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from shiftplan.files.schemas.base import Written
from shiftplan.files.schemas.result import CheckForm, ResultForm
from shiftplan.files.schemas.simulation import SimulationForm
from shiftplan.problem import Problem
from shiftplan.seasons.ledger import Ledger
from shiftplan.week.roster import Roster

FORMS: Mapping[str, type[BaseModel]] = {
    "problem": Problem,
    "roster": Roster,
    "ledger": Ledger,
    "result": ResultForm,
    "check": CheckForm,
    "simulation": SimulationForm,
}
"""Name of a form -> what describes it; all have the version 1."""


def schema(form: str) -> dict[str, Any]:
    """Make the JSON schema (draft 2020-12) of a form.

    Parameters
    ----------
    form
        One of `FORMS`.

    Returns
    -------
    dict
        For what is only written: the keys that a reader may rely on; others may be added to them.
    """
    described = FORMS[form]
    made = described.model_json_schema()
    if issubclass(described, Written):
        for part in (made, *made["$defs"].values()):
            part.pop("additionalProperties", None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def schema_text(form: str) -> str:
    """The schema of a form as JSON text, as docs/schemas/ holds it."""
    return json.dumps(schema(form), indent=1, ensure_ascii=False) + "\n"
