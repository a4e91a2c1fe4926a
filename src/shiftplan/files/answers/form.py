"""A table of answers as it was told apart, before anybody in it is looked up.

Columns and rows of text -> `Form`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shiftplan.errors.message import Message
from shiftplan.files.answers.columns import FormColumn, Role
from shiftplan.files.answers.programs import Program


@dataclass(frozen=True)
class Filled:
    """One row of a table of answers, before anybody is looked up."""

    row: int
    """Number of its row."""
    who: dict[Role, str]
    """What it says of the person, and when it was given."""
    cells: tuple[tuple[FormColumn, str], ...]
    """Its answers, blank ones too."""
    trouble: Message | None = None
    """Why it cannot be read at all."""


@dataclass(frozen=True)
class Form:
    """A table of answers."""

    program: Program
    file: str
    sheet: str
    header_row: int
    """Number of the row with the headings."""
    columns: tuple[FormColumn, ...]
    """All columns with a heading."""
    rows: tuple[Filled, ...]
    has_people: bool
    """Whether a column says who answered."""
    trouble: tuple[tuple[str, Message], ...] = ()
    """Headings that mean nothing certain, and why; then no row is read."""
    unread: Mapping[str, int] = field(default_factory=dict)
    """Heading that is left aside -> cells below it that are not blank."""
    coloured: tuple[str, ...] = ()
    """Cells of a grid that hold no mark, but a colour."""

    @property
    def has_marks(self) -> bool:
        """Whether any cell of an answer is filled in."""
        return any(text for row in self.rows for _, text in row.cells)

    @property
    def has_answers(self) -> bool:
        """Whether it can be read: it has people and columns of answers."""
        return self.has_people and any(column.role == "answer" for column in self.columns)
