"""How a result and a score are written.

`Result.as_dict`, `check --json` -> forms.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from shiftplan.files.schemas.base import Amount, LevelName, Quantity, SentenceForm, Share, Written
from shiftplan.files.schemas.measures import EquityForm, FairnessForm
from shiftplan.solving.result import PoorReason, Status, StoppedBy


class CostForm(Written):
    """A cost and what is proven about it."""

    cost: Amount | None
    """Cost of the roster; null without a roster."""
    bound: Amount | None
    """Proven: no roster costs less; null when nothing is proven."""
    gap: Share | None
    """(cost - bound) / cost; null when unknown."""


class PoorForm(Written):
    """Why a roster is too poor to be handed out."""

    reason: PoorReason
    """What makes it so."""
    seats: Amount
    """Seats of all requirements, with and without a skill."""
    fillable: Amount
    """Of these, seats that people could fill at most."""
    filled: Amount
    """Of these, seats filled."""
    gap: Share | None
    """Proven gap; null when unknown."""
    barred: dict[str, Amount]
    """Reason -> people, where nobody can fill any seat: `no_time`, `no_shift_in_time`, `no_seat`
    (no seat suits the skills held), the kind of rule that forbids all shifts within the time given,
    or `together` for several rules."""
    sentence: SentenceForm
    """The same in words."""


class MemberForm(Written):
    """A hard rule or pin that contradicts others, and whom it concerns."""

    rule: str
    """Kind of the rule."""
    who: str
    """Volunteer; empty for none."""
    where: str
    """Shift, date or other place, as a violation names it; empty for none."""
    pairs: list[tuple[str, str]]
    """Volunteer and shift of all pairs that it forbids; empty for rules that do more than that."""
    sentence: SentenceForm
    """The same in words."""


class GivenUpForm(MemberForm):
    """What a way out gives up."""

    amount: Amount
    """By how much it is broken, in the unit of its rule."""


class WayOutForm(Written):
    """What to give up so that a roster exists."""

    price: Amount
    """What people give up; less is better."""
    minimal: bool
    """Whether it is proven that none of it can be kept."""
    give_up: list[GivenUpForm]
    """What is given up."""


class HintUseForm(Written):
    """How much of a hint could be used."""

    assignments: Amount
    """Assignments that it has."""
    kept: Amount
    """Those with which the search began."""


class ResultForm(Written):
    """The form of `result.json`: everything about a solve but the roster."""

    schema_version: Literal[1]
    """Version of this form."""
    status: Status
    """What is known at the end."""
    stopped_by: StoppedBy | None
    """Why the search ended early; null when it ran to its end."""
    seconds: Quantity
    """Wall-clock seconds, building and checking included."""
    total: CostForm
    """The one total; in the strict order only levels have bounds."""
    levels: dict[LevelName, CostForm]
    """Level -> cost, dearest level first."""
    fairness: FairnessForm | None
    """How the work is shared; null without a roster."""
    equity: EquityForm | None
    """How well centers and areas are served; null without a roster."""
    poor: PoorForm | None
    """Why the roster is too poor to be handed out; null when it is not, and without a roster."""
    nobody_at: list[str]
    """Centers that want people but where nobody can take any shift, unless that is so of all."""
    nobody_on: list[str]
    """The same of dates."""
    conflict: list[MemberForm]
    """When infeasible: hard rules and pins that cannot all hold."""
    conflict_minimal: bool
    """Whether each member of the conflict is proven to be needed for it."""
    conflict_confirmed: bool
    """Whether a second solver confirms that no roster exists."""
    ways_out: list[WayOutForm]
    """When infeasible: what to give up, what people miss least first."""
    history: list[tuple[Quantity, Amount | None, Amount | None]]
    """Rows of seconds, cost and bound, in order of time."""
    hint: HintUseForm | None
    """What was used of the hint; null without one."""
    decisions: Amount | None
    """Pairs of a person and a shift that were decided on; null where a part was solved only."""
    stats: dict[str, Any]
    """What ran for how long; for people, with no promise."""
    version: str
    """Versions of shiftplan and of the solvers."""
    problem_digest: str
    """SHA-256 of the problem, 64 hexadecimal digits; a bound is one of this problem only."""


class AttendanceForm(Written):
    """What is there when people stay away."""

    seats: Amount
    """Seats."""
    expected: Quantity
    """Seats filled on average."""
    minimums: Amount
    """Minimums."""
    likely: Amount
    """Of these, minimums that are likely to come."""


class ViolationForm(Written):
    """A breach of a hard rule, or what a soft rule costs, at one place."""

    rule: str
    """Kind of the rule."""
    level: Literal["hard"] | Annotated[int, Field(ge=1)]
    """`hard`, or the number of the cost level."""
    who: str
    """Volunteer id; empty when it concerns a team, a center or everybody."""
    where: str
    """A shift id, also with a skill and its level (`S1 portal 2`); a center id or names of areas; a
    date, a week (`2026-W50`), a month (`2026-12`), or days from one on (`from 2026-12-07`); empty
    when it concerns the whole horizon."""
    amount: Amount
    """How much, in `unit`."""
    unit: str
    """What `amount` counts, such as shifts or people."""
    cost: Amount
    """Cost in the rule's level; 0 for a hard rule."""
    sentence: str
    """The same in the language asked for."""


class CheckForm(Written):
    """The form of what `shiftplan check --json` prints."""

    schema_version: Literal[1]
    """Version of this form."""
    hard: dict[str, Amount]
    """Rule -> amount by which it is broken, for hard rules that are."""
    levels: dict[LevelName, Amount]
    """Level -> cost, dearest level first."""
    parts: dict[str, Amount]
    """Rule -> cost, for soft rules that find anything."""
    total: Amount
    """The one total."""
    violations: list[ViolationForm]
    """Every breach of a hard rule, then everything that soft rules find."""
    attendance: AttendanceForm | None
    """Null when every show rate is 1."""
    fairness: FairnessForm
    """How the work is shared."""
    equity: EquityForm
    """How well centers and areas are served."""
