"""`shiftplan schema`: the JSON schema of a problem, for developers.

Nothing -> JSON on standard output.
"""

from __future__ import annotations

import json

from shiftplan.cli.common import app
from shiftplan.problem import Problem


@app.command()
def schema() -> None:
    """Print the JSON schema of a problem."""
    print(json.dumps(Problem.model_json_schema(), indent=1, ensure_ascii=False))
