"""How cost and bound came about, read back from the result that `plan` writes.

result.json -> `Progress` after `Progress`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from shiftplan.files.result_file import ResultPart, read_result_part
from shiftplan.solving.result import Progress

_Seconds = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
_Cost = Annotated[int, Field(ge=0, le=10**15)] | None


class _Past(ResultPart):
    """The part of a result.json that a picture needs; whatever else it holds is left aside."""

    history: list[tuple[_Seconds, _Cost, _Cost]]


def read_past(path: Path) -> tuple[Progress, ...]:
    """Read the history of a result.

    The costs of levels are not in the file.

    Raises
    ------
    InputError
        The file cannot be read, or is no result.json.
    """
    past = read_result_part(_Past, path)
    moments = sorted(past.history, key=lambda moment: moment[0])
    return tuple(Progress(seconds, total, bound, {}) for seconds, total, bound in moments)
