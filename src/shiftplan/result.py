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
from shiftplan.texts import Lang

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
    sentence: str = field(default="", compare=False)
    """The same in English, for people."""
    sentence_vi: str = field(default="", compare=False)
    """The same in Vietnamese."""
    center: str = field(default="", compare=False)
    """Name of the center of the shift it concerns; empty when there is none."""
    unit: str = field(default="", compare=False)
    """What an amount of it counts, such as people or shifts."""

    def say(self, lang: Lang) -> str:
        """The member as a sentence."""
        return (self.sentence if lang == "en" else self.sentence_vi) or str(self)

    def as_dict(self, lang: Lang = "en") -> dict[str, Any]:
        """The member for JSON, with its sentence in a language."""
        say = self.say(lang)
        return {"rule": self.rule, "who": self.who, "where": self.where, "sentence": say}

    def __str__(self) -> str:
        return " ".join(part for part in (self.rule, self.who, self.where) if part)


@dataclass(frozen=True, slots=True)
class WayOut:
    """What to give up so that hard rules and pins no longer contradict each other."""

    members: tuple[ConflictMember, ...]
    """What is given up: there is a roster that keeps everything else."""
    amounts: tuple[int, ...]
    """By how much each is broken then, in the unit of its rule as the model counts it; the least
    possible in sum where the way out is minimal. Of a run of days that is too short the checker may
    count more: the model does not miss the days after its end that are worked again."""
    price: int
    """What people give up, as `shiftplan.conflict.prices` ranks it."""
    minimal: bool = True
    """Whether it is proven that none of it can be kept, and that no other way out which was not
    found before has a lower price."""

    def as_dict(self, lang: Lang = "en") -> dict[str, Any]:
        """The way out for JSON."""
        pairs = zip(self.members, self.amounts, strict=True)
        return {
            "price": self.price,
            "minimal": self.minimal,
            "give_up": [{**member.as_dict(lang), "amount": amount} for member, amount in pairs],
        }


@dataclass(frozen=True, slots=True)
class Conflict:
    """Hard rules and pins that cannot all hold."""

    members: tuple[ConflictMember, ...]
    """Alone they leave no roster; empty when nothing has to give way."""
    minimal: bool
    """Whether it is proven that each is needed: without any one of them the others can hold."""


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
    """When infeasible: hard rules and pins that cannot all hold, with whom they concern."""
    conflict_minimal: bool = True
    """Whether each member of the conflict is proven to be needed for it."""
    ways_out: tuple[WayOut, ...] = ()
    """When infeasible: what to give up so that a roster exists, what people miss least first."""
    seconds: float = 0.0
    """Wall-clock time of the solve, building and checking included."""
    stats: Mapping[str, Any] = field(default_factory=dict)
    """What ran for how long, and what it found; for people, not for programs."""
    version: str = ""
    """Version of shiftplan and of the solvers."""
    digest: str = ""
    """Digest of the problem that was solved; a bound is one of this problem only."""

    def require_roster(self) -> Roster:
        """The roster, or NoRosterError when there is none."""
        if self.roster is None:
            reasons = "; ".join(str(member) for member in self.conflict)
            raise NoRosterError(f"{self.status}" + (f": {reasons}" if reasons else ""))
        return self.roster

    def to_json(self, lang: Lang = "en") -> str:
        """JSON text of everything but the roster, with sentences in a language."""
        content = {
            "result_version": RESULT_VERSION,
            "status": self.status.value,
            "stopped_by": None if self.stopped_by is None else self.stopped_by.value,
            "seconds": round(self.seconds, 3),
            "total": _as_dict(self.total),
            "levels": {str(level): _as_dict(cost) for level, cost in self.levels.items()},
            "fairness": None if self.fairness is None else self.fairness.as_dict(),
            "equity": None if self.equity is None else self.equity.as_dict(),
            "conflict": [member.as_dict(lang) for member in self.conflict],
            "minimal": self.conflict_minimal,
            "ways_out": [way.as_dict(lang) for way in self.ways_out],
            "stats": dict(self.stats),
            "version": self.version,
            "problem": self.digest,
        }
        return json.dumps(content, indent=1, ensure_ascii=False)


def _as_dict(cost: Cost) -> dict[str, Any]:
    return {"cost": cost.cost, "bound": cost.bound, "gap": cost.gap}
