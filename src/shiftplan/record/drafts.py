"""What entries say of drafts: rosters made whole or by moves, drafts with names, what is held.

Commands and apps -> `Drafted`, `Held`, `NameChanged`, `Dropped` -> `entries.Body`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, PlainSerializer, PlainValidator, TypeAdapter, model_validator

from shiftplan.week.fields import Count, Frozen, Id, Positive, Text
from shiftplan.week.roster import Assignment, Change

MadeBy = Literal["plan", "repair", "undo", "given", "batch", "hand", "redo", "take", "improve"]
"""What made a version: a command; `given` for a roster from elsewhere; `hand` for moves by hand,
which `undo` and `redo` take back and make again; `take` for differences taken over from another
version; `improve` for a proposal of a search around what is held."""
SEARCHED: frozenset[MadeBy] = frozenset({"plan", "repair", "batch", "improve"})
"""What proves bounds: searches."""
_Sign = Literal["-", "+"]
_PAIRS: TypeAdapter[dict[_Sign, list[Assignment]]] = TypeAdapter(dict[_Sign, list[Assignment]])


def _moves_of(value: Any) -> tuple[Change, ...]:
    """Changes, what is taken away first; or what JSON has of them: pairs of ids under - and +."""
    if isinstance(value, Mapping):
        signs = _PAIRS.validate_python(value)
        found = [Change(pair, sign == "+") for sign, pairs in signs.items() for pair in pairs]
    elif isinstance(value, tuple) and all(isinstance(change, Change) for change in value):
        found = [*value]
    else:
        raise ValueError("moves are changes, or an object with pairs of ids under - and +")
    return tuple(sorted(set(found), key=lambda change: (change.added, change.assignment)))


def _written(moves: Iterable[Change]) -> dict[str, list[list[str]]]:
    signs: dict[str, list[list[str]]] = {}
    for assignment, added in moves:
        signs.setdefault("+" if added else "-", []).append([*assignment])
    return signs


Changes = Annotated[
    tuple[Change, ...],
    PlainValidator(_moves_of),
    PlainSerializer(_written, return_type=dict[str, list[list[str]]]),
]


_PROPOSAL = "#"
"""What names of proposals begin with, and no other name of a draft."""


def is_proposal(name: str) -> bool:
    """Whether a draft of this name is a proposal of a search."""
    return name.startswith(_PROPOSAL)


class Drafted(Frozen):
    """A version of the roster was made; a whole one is kept beside the entries."""

    kind: Literal["drafted"] = "drafted"
    version: Positive
    """Its number, counted from 1 in each week."""
    made_by: MadeBy
    """What made it."""
    after: Positive | None = None
    """The version that people knew when it was made; None if they knew none."""
    seen: Count = 0
    """Number of the last entry known when it was made."""
    seats: Count = 0
    """Seats of all requirements, with and without a skill."""
    filled: Count = 0
    """Of these, seats filled."""
    cost: int | None = None
    """Total cost by the rules of the week; None when it breaks hard rules or was not scored."""
    bound: int | None = None
    """Proven bound of the total; None when nothing is proven."""
    is_poor: bool = False
    """Whether the search that found it called it too poor to publish."""
    days: tuple[dt.date, dt.date] | None = None
    """First and last date of the week as it was then; None where they were not noted."""
    tables: Mapping[str, str] = {}
    """Table of the week's files -> fingerprint of its rows, as the version was made of them."""
    name: Text = ""
    """The named draft that it belongs to; empty for the main one, which all commands mean."""
    of: Positive | None = None
    """The version that `moves` lead from; None for a whole roster."""
    moves: Changes = ()
    """What was added and taken away, made together; none for a copy of `of`."""
    like: Positive | None = None
    """The version that undo and redo return to, or whose differences were taken over."""

    @model_validator(mode="after")
    def _is_later(self) -> Drafted:
        if self.of is not None and self.of >= self.version:
            raise ValueError("a version is made of an earlier one")
        return self

    def as_proposal(self) -> Drafted:
        """The same as a draft of its own, which no command means."""
        return self.model_copy(update={"name": f"{_PROPOSAL}{self.version}"})


class Hold(Frozen):
    """What a search leaves alone; exactly one person, shift, assignment, date or center."""

    volunteer_id: Id | None = None
    """A person, or with `shift_id` the person in that shift only."""
    shift_id: Id | None = None
    """A shift."""
    day: dt.date | None = None
    """All shifts that begin on a date."""
    center_id: Id | None = None
    """All shifts of a center."""

    @model_validator(mode="after")
    def _is_one(self) -> Hold:
        given = [name for name in Hold.model_fields if getattr(self, name) is not None]
        if len(given) != 1 and given != ["volunteer_id", "shift_id"]:
            raise ValueError("a hold is of one person, shift, assignment, date or center")
        return self


class Held(Frozen):
    """What searches around a draft leave alone changed."""

    kind: Literal["held"] = "held"
    name: Text = ""
    """The named draft; empty for the main one."""
    on: tuple[Hold, ...] = ()
    """Held from now on."""
    off: tuple[Hold, ...] = ()
    """Held no longer."""


class NameChanged(Frozen):
    """A named draft has another name from now on."""

    kind: Literal["renamed"] = "renamed"
    name: Annotated[Text, Field(min_length=1)]
    """Its name until now."""
    to: Annotated[Text, Field(min_length=1)]
    """Its new name."""


class Dropped(Frozen):
    """A named draft was closed; its versions stay."""

    kind: Literal["dropped"] = "dropped"
    name: Annotated[Text, Field(min_length=1)]
    """Its name."""
