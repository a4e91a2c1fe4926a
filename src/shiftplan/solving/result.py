"""What a solve ends with: status, roster, cost beside its bound, and why it stopped.

`solve` -> `Result` -> files, reports and apps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal, overload

from pydantic import Field

from shiftplan.engines.params import DEFAULTS, SearchParams
from shiftplan.errors import NoRosterError, message
from shiftplan.errors.message import Message
from shiftplan.errors.options import check_options
from shiftplan.scoring.check import Score
from shiftplan.scoring.equity import EquityMeasures
from shiftplan.scoring.fairness import FairnessMeasures
from shiftplan.solving.trouble import Conflict as Conflict
from shiftplan.solving.trouble import ConflictMember as ConflictMember
from shiftplan.solving.trouble import Poor as Poor
from shiftplan.solving.trouble import PoorReason as PoorReason
from shiftplan.solving.trouble import SeatCount as SeatCount
from shiftplan.solving.trouble import WayOut as WayOut
from shiftplan.week.json_form import (
    Amount,
    LevelKey,
    Library,
    Quantity,
    Written,
    make_frame,
    rounded,
)
from shiftplan.week.roster import Roster

if TYPE_CHECKING:
    import pandas
    import polars

_Rows = Literal["people", "centers", "history"]

Seconds = Annotated[Quantity, rounded(3)]
"""Seconds, written with three decimal places."""

RESULT_SCHEMA: Literal[1] = 1
"""Version of the form of `result.json`; docs/compatibility.md says when it is raised."""
EXACT = 2**53
"""Totals from here on are no whole numbers in a solver's arithmetic: nothing is proven of them."""
MOST = 200
"""Moments of a solve that are kept at most; it may report many thousands."""


class Status(StrEnum):
    """What is known at the end."""

    OPTIMAL = "OPTIMAL"
    """No roster costs less: proven."""
    FEASIBLE = "FEASIBLE"
    """There is a roster; a better one may exist."""
    INFEASIBLE = "INFEASIBLE"
    """Hard rules and pins contradict each other: no roster exists, as a solver has proven."""
    NO_ROSTER_FOUND = "NO_ROSTER_FOUND"
    """None was found before the search ended; one may exist."""


def is_exact(score: Score, order: str) -> bool:
    """Whether a solver's arithmetic holds the costs that were minimised: a total, or levels."""
    costs = score.levels.values() if order == "strict" else (score.total,)
    return max(map(abs, costs), default=0) < EXACT


class StoppedBy(StrEnum):
    """Why the search ended before it was known that no roster is better."""

    TIME = "TIME"
    """The time limit was reached."""
    WORK = "WORK"
    """The work limit was reached."""
    INTERRUPT = "INTERRUPT"
    """A person or the calling program stopped it."""
    GAP = "GAP"
    """The gap asked for was reached."""
    IDLE = "IDLE"
    """Nothing was gained for as long as was asked, or too little a minute."""
    LOST = "LOST"
    """Every engine failed, or was killed; another try may find a better roster."""
    FILLED = "FILLED"
    """Quick moves of a `repair` made service as good as it was, and took nothing from anybody."""
    NEAR = "NEAR"
    """No roster is better near the changes of a `repair`; the rest of the week was left alone."""


@dataclass(frozen=True, slots=True)
class Cost(Written):
    """A cost and what is proven about it."""

    json_keys = "cost bound gap"

    cost: Amount | None
    """Cost of the roster; None without a roster."""
    bound: Amount | None
    """Proven: no roster costs less; None when nothing is proven."""

    @property
    def gap(self) -> Annotated[float, Field(ge=0, le=1)] | None:
        """(cost - bound) / cost, 0 to 1: how much better a roster could be; None when unknown.

        No cost is negative, so a negative bound says as much as 0.
        """
        if self.cost is None or self.bound is None:
            return None
        bound = max(self.bound, 0)
        return 0.0 if self.cost <= bound else (self.cost - bound) / self.cost


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
    conflict: Conflict | None = None
    """What leaves no roster, as soon as it is known; ways out of it are looked for next."""

    @property
    def gap(self) -> float | None:
        """(total - bound) / total; None when unknown."""
        return Cost(self.total, self.bound).gap


class Timeline:
    """Moments of one solve; when there are too many, every second one is given up."""

    def __init__(self) -> None:
        self._kept: list[Progress] = []
        self._last: Progress | None = None
        self._step = self._count = 0

    def add(self, progress: Progress) -> None:
        self._last = progress
        if self._count % (1 << self._step) == 0:
            self._kept.append(progress)
        self._count += 1
        if len(self._kept) == MOST:
            self._kept = self._kept[::2]
            self._step += 1

    def kept(self) -> tuple[Progress, ...]:
        """The moments kept, the first and the last among them."""
        is_last_kept = not self._kept or self._kept[-1] is self._last
        return (*self._kept, *(() if is_last_kept or self._last is None else (self._last,)))


@dataclass(frozen=True, slots=True)
class HintUse(Written):
    """How much of a hint could be used."""

    assignments: Amount
    """Assignments that it has."""
    kept: Amount
    """Those with which the search began."""


@dataclass(frozen=True)
class Result(Written):
    """The outcome of `solve`; in JSON, as in `result.json`, without the roster."""

    json_keys = (
        "schema_version status stopped_by seconds total levels fairness equity poor nobody_at "
        "nobody_on conflict conflict_minimal conflict_confirmed conflict_count ways_out "
        "history=progress hint decisions stats search version problem_digest"
    )

    status: Status
    """What is known at the end."""
    stopped_by: StoppedBy | None
    """Why the search, or that for the conflict, ended early; None when it ran to its end."""
    roster: Roster | None
    """The best roster; None when there is none."""
    score: Score | None
    """Its score by the checker, which every roster has passed; None without a roster."""
    total: Cost
    """The one total; in the strict order only levels have bounds."""
    levels: Mapping[LevelKey, Cost]
    """Level -> cost; bounds only in the strict order, each given the levels before it."""
    fairness: FairnessMeasures | None = None
    """How the roster shares the work; None without a roster."""
    equity: EquityMeasures | None = None
    """How well the roster serves centers and areas; None without a roster."""
    poor: Poor | None = None
    """Why the roster is too poor to be handed out; None when it is not, and without a roster."""
    nobody_at: tuple[str, ...] = ()
    """Centers that want people but where nobody can take any shift; empty where that is so of all
    shifts, without a roster, and where only a part was solved."""
    nobody_on: tuple[str, ...] = ()
    """The same of dates, such as `2026-12-07`."""
    conflict: tuple[ConflictMember, ...] = ()
    """When infeasible: hard rules and pins that cannot all hold, with whom they concern. Empty
    where time did not allow to name them."""
    conflict_minimal: bool = True
    """Whether each member of the conflict is proven to be needed for it."""
    conflict_confirmed: bool = True
    """When infeasible: whether a second solver confirms it. One has proven it in any case."""
    conflict_count: SeatCount | None = None
    """When infeasible: the count that shows it, where many people are concerned; the conflict then
    holds whole rules, and is not minimal."""
    ways_out: tuple[WayOut, ...] = ()
    """When infeasible: what to give up so that a roster exists, what people miss least first."""
    history: tuple[Progress, ...] = ()
    """How cost and bound came about, in order of time; thinned out where it would be long."""
    seconds: Seconds = 0.0
    """Wall-clock time of the solve, building and checking included."""
    hint: HintUse | None = None
    """What was used of the hint; None without one."""
    decisions: Amount | None = None
    """Pairs of a person and a shift that were decided on; None where a part was solved only."""
    stats: Mapping[str, Any] = field(default_factory=dict)
    """What ran for how long, and what it found; for people, not for programs."""
    search: SearchParams = DEFAULTS
    """The parameters that steered the search."""
    version: str = ""
    """Version of shiftplan and of the solvers."""
    problem_digest: str = ""
    """Digest of the problem that was solved; a bound is one of this problem only."""

    def __repr__(self) -> str:
        """One line without names of people; `to_json` has everything but the roster."""
        known = f"cost {self.total.cost}, bound {self.total.bound}"
        return f"<Result {self.status}: {known}, {self.roster!r}>"

    def require_roster(self) -> Roster:
        """The roster, or NoRosterError when there is none."""
        if self.roster is None:
            said = Message(f"status.{self.status.lower()}")
            reasons = tuple(member.message for member in self.conflict)
            both = Message("errors.no_roster", status=said, reasons=reasons)
            raise NoRosterError(both if reasons else said)
        return self.roster

    @property
    def schema_version(self) -> Literal[1]:
        """Version of the form of `result.json`."""
        return RESULT_SCHEMA

    @property
    def progress(self) -> list[tuple[Seconds, Amount | None, Amount | None]]:
        """Rows of seconds, cost and bound, in order of time."""
        return [(p.seconds, p.total, p.bound) for p in self.history]

    @overload
    def to_frame(self, what: _Rows = ..., library: Literal["pandas"] = ...) -> pandas.DataFrame: ...
    @overload
    def to_frame(self, what: _Rows = ..., *, library: Literal["polars"]) -> polars.DataFrame: ...
    @overload
    def to_frame(self, what: _Rows, library: Literal["polars"]) -> polars.DataFrame: ...
    def to_frame(self, what: _Rows = "people", library: Library = "pandas") -> Any:
        """A data frame with a row for each person, center or moment.

        `library` is `pandas` (extra `frames`) or `polars` (extra `polars`).

        `people`: shifts worked and offered, and the load as `fairness` defines it. `centers`: seats
        and how many are filled, people and skilled people. `history`: seconds, cost and bound.
        Without a roster there are no people and no centers.
        """
        check_options(("what", what, _Rows))
        if what == "people":
            people = () if self.fairness is None else self.fairness.people
            worked = ("volunteer_id", "name", "shifts", "offered", "share", "load")
            names = (*worked, "undesired", "km")
            return make_frame({n: [getattr(p, n) for p in people] for n in names}, library)
        if what == "centers":
            rows = () if self.equity is None else self.equity.centers
            columns: dict[str, list[Any]] = {
                "center_id": [row.center_id for row in rows],
                "name": [row.name for row in rows],
                "seats": [row.people.target for row in rows],
                "filled": [row.people.filled for row in rows],
                "skilled_seats": [row.skilled.target for row in rows],
                "skilled_filled": [row.skilled.filled for row in rows],
            }
            return make_frame(columns, library)
        times = ("seconds", "total", "bound")
        return make_frame({n: [getattr(p, n) for p in self.history] for n in times}, library)

    def as_html(self, lang: str = "en") -> str:
        """Status, cost, bound and gap, and the centers with most to fill, as HTML."""
        return message.html_of(self, lang)

    def _repr_html_(self) -> str:
        return self.as_html()
