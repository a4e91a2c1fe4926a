"""What a solve ends with: status, roster, cost beside its bound, and why it stopped.

`solve` -> `Result` -> files, reports and apps.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from shiftplan.check import Score
from shiftplan.equity import Equity
from shiftplan.errors import NoRosterError
from shiftplan.fairness import Fairness
from shiftplan.roster import Roster

RESULT_VERSION = 1
_PACKAGES = ("shiftplan", "ortools", "highspy")


class Status(StrEnum):
    """What is known at the end."""

    OPTIMAL = "OPTIMAL"
    """No roster costs less: proven."""
    FEASIBLE = "FEASIBLE"
    """There is a roster; a better one may exist."""
    INFEASIBLE = "INFEASIBLE"
    """Hard rules and pins contradict each other: no roster exists."""
    NO_ROSTER_FOUND = "NO_ROSTER_FOUND"
    """None was found in time; one may exist."""


class StoppedBy(StrEnum):
    """Why the search ended before its end."""

    TIME = "TIME"
    """The time limit was reached."""
    WORK = "WORK"
    """The work limit was reached."""
    INTERRUPT = "INTERRUPT"
    """A person or the calling program stopped it."""
    GAP = "GAP"
    """The gap asked for was reached."""


def versions() -> str:
    """Versions of shiftplan and of the solvers."""
    return ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)


def _version(name: str) -> str:
    """Version of a package; "unknown" when it is imported without being installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost and what is proven about it."""

    cost: int | None
    """Cost of the roster; None without a roster."""
    bound: int | None
    """Proven: no roster costs less; None when nothing is proven."""

    @property
    def gap(self) -> float | None:
        """(cost - bound) / cost: how much better a roster could be at most; None when unknown."""
        if self.cost is None or self.bound is None:
            return None
        return 0.0 if self.cost <= self.bound else (self.cost - self.bound) / self.cost


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a solve has come."""

    seconds: float
    """Time since the start."""
    total: int | None
    """Cost of the best roster so far; None while there is none."""
    bound: int | None
    """Proven bound of the total; None while there is none."""
    levels: Mapping[int, int]
    """Level -> cost of the best roster so far; empty while there is none."""

    @property
    def gap(self) -> float | None:
        """(total - bound) / total; None when unknown."""
        return Cost(self.total, self.bound).gap


@dataclass(frozen=True, slots=True)
class ConflictMember:
    """A hard rule or pin that takes part in a contradiction."""

    rule: str
    """Kind of the rule."""
    who: str
    """Volunteer id; empty when it concerns a team."""
    where: str
    """Shift id, date or center id; empty when it concerns the whole horizon."""

    def __str__(self) -> str:
        return " ".join(part for part in (self.rule, self.who, self.where) if part)


@dataclass(frozen=True)
class Result:
    """The outcome of `solve`."""

    status: Status
    """What is known at the end."""
    stopped_by: StoppedBy | None
    """Why the search ended early; None when it ran to its end or lost its engines (`stats`)."""
    roster: Roster | None
    """The best roster; None when there is none."""
    score: Score | None
    """Its score by the checker, which every roster has passed; None without a roster."""
    total: Cost
    """The one total; in the strict order only levels have bounds."""
    levels: Mapping[int, Cost]
    """Level -> cost; bounds only in the strict order, each given the levels before it."""
    fairness: Fairness | None = None
    """How the roster shares the work; None without a roster."""
    equity: Equity | None = None
    """How well the roster serves centers and areas; None without a roster."""
    conflict: tuple[ConflictMember, ...] = ()
    """When infeasible: hard rules and pins that would have to give way, with whom they concern."""
    seconds: float = 0.0
    """Wall-clock time of the solve, building and checking included."""
    stats: Mapping[str, Any] = field(default_factory=dict)
    """What ran for how long, and what it found; for people, not for programs."""
    version: str = ""
    """Version of shiftplan and of the solvers."""

    def require_roster(self) -> Roster:
        """The roster, or NoRosterError when there is none."""
        if self.roster is None:
            reasons = "; ".join(str(member) for member in self.conflict)
            raise NoRosterError(f"{self.status}" + (f": {reasons}" if reasons else ""))
        return self.roster

    def to_json(self) -> str:
        """JSON text of everything but the roster."""
        content = {
            "result_version": RESULT_VERSION,
            "status": self.status.value,
            "stopped_by": None if self.stopped_by is None else self.stopped_by.value,
            "seconds": round(self.seconds, 3),
            "total": _as_dict(self.total),
            "levels": {str(level): _as_dict(cost) for level, cost in self.levels.items()},
            "fairness": None if self.fairness is None else self.fairness.as_dict(),
            "equity": None if self.equity is None else self.equity.as_dict(),
            "conflict": [{"rule": m.rule, "who": m.who, "where": m.where} for m in self.conflict],
            "stats": dict(self.stats),
            "version": self.version,
        }
        return json.dumps(content, indent=1, ensure_ascii=False)


def _as_dict(cost: Cost) -> dict[str, Any]:
    return {"cost": cost.cost, "bound": cost.bound, "gap": cost.gap}
