"""Options and arguments that several commands have.

Words of the command line -> values.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from shiftplan.cli.language import LANGUAGE
from shiftplan.cli.usage import Misused
from shiftplan.errors.allowed import MOST_SEED
from shiftplan.errors.message import Message, languages
from shiftplan.present.words import Lang

Week = Annotated[Path, typer.Argument()]
Judged = Annotated[Path, typer.Argument()]
Absentees = Annotated[Path | None, typer.Option("--absent")]
LateChanges = Annotated[Path | None, typer.Option("--changes")]
Recommended = Annotated[bool, typer.Option("--recommended")]
Staffed = Annotated[bool, typer.Option("--staff")]
Workers = Annotated[int | None, typer.Option(min=1)]
Seed = Annotated[int, typer.Option(min=0, max=MOST_SEED)]
Quiet = Annotated[bool, typer.Option("--quiet")]
if TYPE_CHECKING:
    _Known: TypeAlias = Lang
else:
    _Known = Literal[languages()]
Language = Annotated[_Known, typer.Option(envvar=LANGUAGE, show_envvar=False)]


def place(text: str) -> Path:
    """A place to write to; nothing at all would mean the folder that somebody happens to be in."""
    if not text.strip():
        raise Misused(Message("usage.must_not_be_empty"))
    return Path(text)
