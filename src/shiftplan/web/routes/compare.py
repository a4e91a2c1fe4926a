"""Two versions side by side, change by change, and taking over all or some of it.

Versions -> `ComparisonShown`: costs, seats by center, and parts that can be made one by one.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field, StrictBool

from shiftplan.analysis.candidates import Candidates
from shiftplan.analysis.differences import differences
from shiftplan.present.naming import Names, rule_name
from shiftplan.problem import Problem
from shiftplan.record.state import Version
from shiftplan.scoring.check import compare_rosters
from shiftplan.web.answers import CostShown, costs_shown
from shiftplan.web.bodies import Moment, RequestBody
from shiftplan.web.desk import AtDesk, DraftAsked
from shiftplan.web.routes.moves import MoveMade, PriceShown, made, priced
from shiftplan.web.routes.words import AskedLang
from shiftplan.web.steps import MoveStep
from shiftplan.web.visitor import Province, Visitor
from shiftplan.week.fields import Frozen, Positive, Text
from shiftplan.week.roster import Roster

_MOST_CHANGES = 100_000
"""Changes that a request may name."""
router = APIRouter(prefix="/compare", tags=["compare"])


class VersionCompared(Frozen):
    """A version of the roster."""

    version: int
    """Its number."""
    who: str
    """Who made it."""
    at: Moment
    """When."""
    bound: int | None
    """Proven bound of the total, of the week as it was then; None when nothing is proven."""


class PartShown(Frozen):
    """Changes that belong together, and what they do to the version before, made alone."""

    changes: tuple[MoveStep, ...]
    """What is taken away and added."""
    price: PriceShown
    """What that does."""


class CenterShown(Frozen):
    """What is different at one center."""

    center_id: str
    """The center."""
    removed: int
    """Assignments there only before."""
    added: int
    """Assignments there only afterwards."""
    filled_before: int
    """Seats filled before."""
    filled_after: int
    """Seats filled afterwards."""
    wanted: int
    """Seats wanted."""


class ComparisonShown(Frozen):
    """Two versions of the roster, judged in the week as it is now."""

    before: VersionCompared
    """The one version."""
    after: VersionCompared
    """The other one."""
    total: CostShown
    """The total of both."""
    costs: tuple[CostShown, ...]
    """Rules whose cost is different, in units of the total, the greatest change first."""
    hard: tuple[CostShown, ...]
    """Hard rules broken in either, with the amounts."""
    people: int
    """How many people work something else."""
    removed: int
    """Assignments only before."""
    added: int
    """Assignments only afterwards."""
    centers: tuple[CenterShown, ...]
    """Centers whose teams are different."""
    parts: tuple[PartShown, ...]
    """What is different, in parts that can be taken over one by one; the one that saves most
    first, and those that break a hard rule alone last."""


def comparison_shown(
    problem: Problem,
    versions: tuple[Version, Version],
    rosters: tuple[Roster, Roster],
    visitor: Visitor,
    names: Names,
    candidates: Candidates | None = None,
) -> ComparisonShown:
    """Two versions side by side, in words; `candidates` are those of the first, if at hand."""
    lang = names.say.lang
    found = compare_rosters(problem, *rosters)
    before, after = map(_version, versions)
    hard = (
        CostShown(name=rule_name(rule, lang), rule=rule, before=amount.before, after=amount.after)
        for rule, amount in found.hard.items()
    )
    parts = differences(problem, *rosters, candidates=candidates)
    return ComparisonShown(
        before=before,
        after=after,
        total=CostShown(name="", before=found.before.total, after=found.after.total),
        costs=costs_shown(problem.rate_of, found.before, found.after, lang),
        hard=tuple(hard),
        people=len(found.people),
        removed=found.removed,
        added=found.added,
        centers=tuple(CenterShown(**asdict(center)) for center in found.centers),
        parts=tuple(
            PartShown(
                changes=tuple(map(MoveStep.of, part.changes)),
                price=priced(problem, part.effect, visitor, names),
            )
            for part in parts
        ),
    )


def _version(version: Version) -> VersionCompared:
    who, at = version.entry.who, version.entry.at
    return VersionCompared(version=version.number, who=who, at=at, bound=version.draft.bound)


@router.get("")
def compare(
    desk: AtDesk,
    visitor: Province,
    after: Annotated[int, Query(ge=1)],
    before: Annotated[int | None, Query(ge=1)] = None,
    name: DraftAsked = "",
    lang: AskedLang = "en",
) -> ComparisonShown:
    """Compare a version with another one, or with a draft as it is now."""
    with desk.lock:
        week, hand = desk.week, desk.in_hand(name)
        problem, state, names = hand.problem, week.now.state, desk.names(lang)
        number = before or hand.version
        if number is None:
            raise state.lacking("record.no_roster")
        versions = state.need(number), state.need(after)
        is_now = before in (None, hand.version)
        first = hand.roster if is_now else week.roster_of(number)
        rosters = first, week.roster_of(after)
    judge = hand.candidates if is_now else None
    return comparison_shown(problem, versions, rosters, visitor, names, judge)


_Some = Annotated[tuple[MoveStep, ...], Field(min_length=1, max_length=_MOST_CHANGES)]


class TakeAsked(RequestBody):
    """What is taken over from another version."""

    version: Positive
    """The other version."""
    of: Positive | None = None
    """The version of the draft that it was compared with."""
    changes: _Some | None = None
    """Only these changes; None for all."""
    anyway: StrictBool = False
    """Take them over although they break hard rules."""
    why: Text = ""
    """The reason, for the record."""


@router.post("/take")
def take(
    desk: AtDesk,
    visitor: Province,
    asked: TakeAsked,
    name: DraftAsked = "",
    lang: AskedLang = "en",
) -> MoveMade:
    """Take over what is different in another version, or some of it, as one move of a draft.

    Refused as a move is.
    """
    changes = None if asked.changes is None else [step.change for step in asked.changes]
    with desk.recording(visitor) as week:
        moved = week.take(
            asked.version,
            changes=changes,
            of=asked.of,
            name=name,
            anyway=asked.anyway,
            why=asked.why,
        )
        return made(desk, moved, visitor, lang, asked.of)
