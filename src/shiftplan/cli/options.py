"""Options and arguments that several commands have.

Words of the command line -> values.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from shiftplan.cli.vietnamese import LANGUAGE, asked
from shiftplan.errors.message import languages
from shiftplan.options import MOST_SEED
from shiftplan.present.texts import TEXTS, Lang

Week = Annotated[
    Path,
    typer.Argument(
        help="The planning week: a workbook .xlsx, a folder of CSV files, or a .json problem."
    ),
]
Judged = Annotated[Path, typer.Argument(help="The roster: CSV with shift_id, volunteer_id.")]
Absentees = Annotated[
    Path | None,
    typer.Option(
        "--absent",
        help="Who cannot come: CSV with volunteer_id, and date, start and end where only a part of "
        "the week is meant.",
    ),
]
LateChanges = Annotated[
    Path | None,
    typer.Option(
        "--changes",
        help="What else is different: CSV with the column change (absent, closed, cancelled, "
        "requirement, volunteer, available, person, center, new_shift, moved, pin, preference or "
        "demand) and the columns that kind needs.",
    ),
]
Recommended = Annotated[
    bool,
    typer.Option("--recommended", help="Add the recommended rules that the week does not name."),
]
Staffed = Annotated[
    bool,
    typer.Option(
        "--staff", help="Make requirements from the forecast, also where the week has its own."
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        min=1, help="Engines side by side; as many as processors, at most 4, if not given."
    ),
]
Seed = Annotated[int, typer.Option(min=0, max=MOST_SEED, help="Random seed.")]
Quiet = Annotated[
    bool, typer.Option("--quiet", help="Show nothing but errors; the exit code tells the rest.")
]
if TYPE_CHECKING:
    _Known: TypeAlias = Lang
else:
    _Known = Literal[languages()]
Language = Annotated[
    _Known, typer.Option(help="Language of what is shown.", envvar=LANGUAGE, show_envvar=False)
]


def place(text: str) -> Path:
    """A place to write to; nothing at all would mean the folder that somebody happens to be in."""
    if not text.strip():
        raise typer.BadParameter(TEXTS[asked()]["must not be empty"])
    return Path(text)
