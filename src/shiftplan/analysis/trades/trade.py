"""A trade: shifts that pass from one person to another, made together, and what that does.

(`Problem`, `Roster`, handovers) -> `Trade`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from shiftplan.analysis.trades.sentences import Sentences
from shiftplan.present.texts.wording import in_both
from shiftplan.problem import Problem
from shiftplan.scoring.moves import Effect, Moves
from shiftplan.week.roster import Assignment, Change

Kind = Literal["give", "swap", "chain"]
_KINDS: tuple[Kind, ...] = ("give", "swap", "chain")


@dataclass(frozen=True, slots=True)
class Handover:
    """One shift that passes from one person to another."""

    shift_id: str
    """The shift."""
    giver: str
    """Id of the person who leaves it."""
    taker: str
    """Id of the person who takes it."""

    def changes(self) -> tuple[Change, Change]:
        """What it takes away and adds."""
        return (
            Change(Assignment(self.shift_id, self.giver), added=False),
            Change(Assignment(self.shift_id, self.taker), added=True),
        )


@dataclass(frozen=True)
class Trade:
    """Handovers made together, and their effect on the roster."""

    handovers: tuple[Handover, ...]
    """One for a shift given away, two for a swap, three for a chain."""
    effect: Effect
    """What they do together; `check` of both rosters would tell the same."""
    problem: Problem = field(repr=False, compare=False)
    """The problem the roster is for."""

    @property
    def kind(self) -> Kind:
        """Whether a shift is given away, or two or three people trade."""
        return _KINDS[len(self.handovers) - 1]

    @property
    def is_possible(self) -> bool:
        """Whether it breaks no hard rule that is not broken as much already."""
        return not self.effect.broken

    @property
    def changes(self) -> tuple[Change, ...]:
        """What it takes away and adds, one handover after another."""
        return tuple(change for handover in self.handovers for change in handover.changes())

    def as_dict(self, sentences: Sentences | None = None) -> dict[str, Any]:
        """The trade for JSON; `sentences` saves making them anew for each of many trades."""
        sentences = sentences or Sentences(self.problem)
        return {
            "kind": self.kind,
            "handovers": [
                {"shift_id": h.shift_id, "giver": h.giver, "taker": h.taker} for h in self.handovers
            ],
            "possible": self.is_possible,
            **effect_dict(self.effect, sentences),
            "sentence": in_both(lambda lang: sentences.trade(self.handovers, self.effect, lang)),
        }


def effect_dict(effect: Effect, sentences: Sentences) -> dict[str, Any]:
    """An effect for JSON: changes of costs, and the hard rules that it breaks."""
    return {
        "costs": dict(effect.costs),
        "levels": {str(level): cost for level, cost in effect.levels.items()},
        "total": effect.total,
        "broken": [sentences.breach_dict(found) for found in effect.broken],
    }


def cost_order(problem: Problem, effect: Effect) -> tuple[int, ...]:
    """Key that puts the cheapest effect first: by total, or by levels in the strict order."""
    return tuple(effect.levels.values()) if problem.order == "strict" else (effect.total,)


def make_trade(moves: Moves, handovers: Iterable[Handover]) -> Trade:
    """Judge handovers that are made together."""
    steps = tuple(handovers)
    changes = (change for handover in steps for change in handover.changes())
    return Trade(steps, moves.effect(*changes), moves.problem)
