"""`shiftplan schema`: the JSON schemas of the files that other programs read, for developers.

Name of a form -> JSON on standard output, as docs/schemas/ holds it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import typer
from pydantic import BaseModel

from shiftplan.citizens.simulate import Experience
from shiftplan.cli.common import app
from shiftplan.present.summary import CheckReport
from shiftplan.problem import Problem
from shiftplan.seasons.ledger import Ledger
from shiftplan.solving.result import Result
from shiftplan.week.json_form import Written
from shiftplan.week.roster import Roster

Form = Literal["problem", "roster", "ledger", "result", "check", "simulation"]

FORMS: Mapping[Form, type[BaseModel] | type[Written]] = {
    "problem": Problem,
    "roster": Roster,
    "ledger": Ledger,
    "result": Result,
    "check": CheckReport,
    "simulation": Experience,
}
"""Form -> the class that is written so; all have the version 1. Those that are only written may
have more keys in a later version; docs/compatibility.md says what a version promises."""


@app.command("schema")
def print_schema(
    form: Annotated[Form, typer.Argument()] = "problem",
) -> None:
    """Print the JSON schema of a problem, or of another form."""
    print(json.dumps(schema(form), indent=1, ensure_ascii=False))


def schema(form: Form) -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of a form."""
    found = FORMS[form]
    made = found.json_schema() if issubclass(found, Written) else found.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}
