"""Answers to agents: a few figures, sentences, and pages of rows.

Figures of the library -> frozen models, which have a schema and a text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from textwrap import wrap
from typing import Self

from shiftplan.present.headline import cost_figures
from shiftplan.present.words import Words
from shiftplan.solving.result import Cost
from shiftplan.week.fields import Frozen

ROWS = 20
"""Rows on a page."""
_LONGEST = 600
"""Characters of a row's text; a longer one goes on in the next row."""


class CostTold(Frozen):
    """A cost, and what is proven about it; points, not money."""

    cost: int | None
    """Cost of the roster; null without one."""
    bound: int | None
    """Proven: no roster of the week costs less; null when nothing is proven."""
    gap: float | None
    """Proven: no roster is cheaper by more than this share, 0 to 1; null when unknown."""

    @classmethod
    def of(cls, cost: Cost) -> CostTold:
        """A cost of the library."""
        gap = None if cost.gap is None else round(cost.gap, 6)
        return cls(cost=cost.cost, bound=cost.bound, gap=gap)


def cost_line(cost: Cost, say: Words) -> str:
    """A cost, its bound and gap as a line; that nothing is proven where that is so."""
    figures = ", ".join(cost_figures(cost.cost, cost.bound, say))
    return figures if cost.bound is not None else f"{figures}. {say('plans.nothing_proven')}"


class ToolRow(Frozen):
    """One row."""

    id: str
    """Id of what it is about; empty for none."""
    text: str
    """What there is to say."""
    change: int | None = None
    """By how much it would change the total cost of the roster; null where that is unknown."""

    @classmethod
    def of(cls, name: str, text: str, change: int | None = None) -> ToolRow:
        """A row."""
        return cls(id=name, text=text, change=change)

    def parts(self) -> list[Self]:
        """The row, or several with a part of its text each where it is too long for one."""
        first, *more = wrap(self.text, _LONGEST) if len(self.text) > _LONGEST else [self.text]
        rest = (self.model_copy(update={"text": f"... {part}", "change": None}) for part in more)
        return [self.model_copy(update={"text": first}), *rest]


class ToolAnswer(Frozen):
    """What every tool answers."""

    lines: tuple[str, ...]
    """What it comes to, in words."""

    def text(self, say: Words) -> str:
        """All of it as text."""
        return "\n".join(self.lines)


class Paged(ToolAnswer):
    """An answer with rows."""

    rows: tuple[ToolRow, ...]
    """The rows of this page."""
    page: int
    """Which page it is, from 1."""
    pages: int
    """How many there are."""
    found: int
    """Rows on all pages."""

    @classmethod
    def of(
        cls, rows: Sequence[ToolRow], page: int, lines: Sequence[str], **figures: object
    ) -> Self:
        """One page of some rows, with figures of the class."""
        rows = [part for row in rows for part in row.parts()]
        pages = max(1, -(-len(rows) // ROWS))
        shown = rows[(page - 1) * ROWS : page * ROWS]
        return cls.model_validate(
            {"rows": shown, "page": page, "pages": pages, "found": len(rows), "lines": lines}
            | figures
        )

    def text(self, say: Words) -> str:
        """All of it as text."""
        rows = [f"* {row.text}" for row in self.rows]  # a change begins with + or -
        place = {"page": self.page, "pages": self.pages, "n": self.found}
        more = [say("agents.page", **place)] if self.pages > 1 else []
        return "\n".join([*self.lines, *rows, *more])


class WeeksTold(Paged):
    """The weeks that there are; each id is the name of a week."""

    writes: bool
    """Whether proposals can be recorded."""
    hides_names: bool
    """Whether people have made-up names and ids."""


class WeekTold(Paged):
    """What a week holds; figures of a week with faults are null."""

    first_date: dt.date | None = None
    """Its first date."""
    last_date: dt.date | None = None
    """Its last date."""
    centers: int | None = None
    """How many centers there are."""
    people: int | None = None
    """How many volunteers there are."""
    shifts: int | None = None
    """How many shifts there are."""
    seats: int | None = None
    """Seats of all requirements; null without a roster."""
    filled: int | None = None
    """Seats filled; null without a roster."""
    broken: int | None = None
    """Breaches of hard rules by the roster; null without one."""
    total: CostTold | None = None
    """Cost of the roster; null without one."""
    version_told: int | None = None
    """Version that people know; null if nothing is published."""
    version_drafted: int | None = None
    """Version of the newest draft since; null if there is none."""


class CheckTold(Paged):
    """What the rules find: first every breach of a hard rule, then everything that costs."""

    is_feasible: bool
    """Whether no hard rule is broken."""
    total: CostTold
    """Cost of the roster."""
    levels: dict[int, int]
    """Level -> its cost."""


class ExplainTold(Paged):
    """Why something is as it is."""

    change: int | None = None
    """By how much the total cost would change if it were otherwise; null where that is unknown."""
    proven: bool | None = None
    """Whether that is proven to be the least near the question; null where nothing was searched."""


class SuggestTold(Paged):
    """What could be done, the best first."""


class ProposalTold(Paged):
    """A roster that was found, and what it would change. Nothing is recorded yet."""

    proposal: str | None
    """Digest of the proposal; null if no roster was found."""
    status: str
    """How the search ended: OPTIMAL, FEASIBLE, INFEASIBLE or
    NO_ROSTER_FOUND."""
    total: CostTold
    """Cost of the roster that was found, by the rules of the week."""
    before: int | None
    """Cost of the roster until now; null without one."""
    recordable: bool
    """Whether `apply_proposal` can record it."""


class AppliedTold(ToolAnswer):
    """What was recorded."""

    version: int
    """Version of the draft that was recorded; nobody is notified."""
    changes: int
    """Changes of the week that were recorded with it."""
