"""`shiftplan schema`: the JSON schemas of the files that other programs read, for developers.

Name of a form -> JSON on standard output.
"""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from shiftplan.cli.common import app
from shiftplan.files.schemas import schema_text

Form = Literal["problem", "roster", "ledger", "result", "check", "simulation"]


@app.command("schema")
def print_schema(
    form: Annotated[
        Form, typer.Argument(help="The form of a file or of what is printed.")
    ] = "problem",
) -> None:
    """Print the JSON schema of a problem, or of another form."""
    print(schema_text(form), end="")
