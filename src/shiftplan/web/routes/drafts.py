"""The rosters that are worked on: the main draft, and others with names.

Desk -> `DraftShown`: who works what, or what became different; what it costs and breaks.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from shiftplan.record.drafts import is_proposal
from shiftplan.record.who_comes import Mark
from shiftplan.rules.scope import said_of
from shiftplan.web.bodies import RequestBody
from shiftplan.web.desk import AtDesk, Desk, DraftAsked, DraftInHand
from shiftplan.web.routes.words import AskedLang
from shiftplan.web.steps import MoveStep
from shiftplan.web.visitor import Planner, Province, Visitor
from shiftplan.week.fields import Frozen, Positive, Text
from shiftplan.week.roster import Assignment

router = APIRouter(tags=["drafts"])


class MarkShown(Frozen):
    """What was recorded of somebody in a shift."""

    shift_id: str
    """The shift."""
    volunteer_id: str
    """The person."""
    mark: Mark
    """Why they do not come; or `called` for a reserve who comes although the roster does not
    give them the shift."""


class DraftShown(Frozen):
    """A roster that is worked on, as far as it is the visitor's to see."""

    name: str
    """Name of the draft; empty for the main one."""
    version: int | None
    """Its version; None if there is no roster yet."""
    head: int
    """Number of the last entry of the record that it takes into account."""
    edition: int
    """Another number whenever the week itself, as `GET /week` has it, is another one."""
    since: int | None = None
    """The version after which `changes` were made; None if `assignments` has all."""
    changes: tuple[MoveStep, ...] = ()
    """What became different after the version `since`."""
    by: tuple[str, ...] = ()
    """Who made the versions after it, each once; nobody where nothing became different."""
    assignments: tuple[Assignment, ...] = ()
    """Who works what, if `since` is None."""
    marks: tuple[MarkShown, ...] = ()
    """Who of it does not come, and which reserves do."""
    confirmed: tuple[Assignment, ...] | None = None
    """Who said that they come to which shift; None if that is as it was, as after a move."""
    total: int
    """Its total cost, as if everybody came."""
    coming: int | None = None
    """Total cost of those who come; None if everybody does."""
    bound: int | None
    """Proven bound of the total; None when nothing is proven."""
    costs: dict[str, int]
    """Soft rule -> cost."""
    filled: int
    """Seats filled, of all requirements, as if everybody came."""
    seats: int
    """Seats of all requirements."""
    broken: tuple[str, ...]
    """Breaches of hard rules by those who come, in the language asked for."""
    can_undo: bool
    """Whether there is anything to undo."""
    can_redo: bool
    """Whether there is anything to do again."""


def shown(
    desk: Desk,
    hand: DraftInHand,
    visitor: Visitor,
    lang: str,
    since: int | None = None,
    *,
    with_answers: bool = True,
) -> DraftShown:
    """A draft as a visitor sees it; with `since`, only what became different after that version.

    `with_answers`: with who confirmed. The caller holds the lock of the desk.
    """
    shifts = hand.problem.shift_by_id
    before = None if since is None else desk.week.roster_or_none(since)

    def is_theirs(pair: Assignment) -> bool:
        at = shifts.get(pair.shift_id)
        return visitor.role == "province" if at is None else visitor.sees_shift(at)

    found = [] if before is None else before.changes_to(hand.roster)
    changes = [change for change in found if is_theirs(change.assignment)]
    names, at, coming = desk.names(lang), hand.at, desk.coming(hand)
    agreed = sorted(filter(is_theirs, desk.week.now.agreed)) if with_answers else None
    return DraftShown(
        name=hand.name,
        version=hand.version,
        head=desk.week.counted,
        edition=desk.edition,
        since=None if before is None else since,
        changes=tuple(map(MoveStep.of, changes)),
        by=_makers(desk, hand.name, since) if changes and since else (),
        assignments=() if before is not None else tuple(filter(is_theirs, hand.roster.assignments)),
        marks=tuple(
            MarkShown(shift_id=pair.shift_id, volunteer_id=pair.volunteer_id, mark=mark)
            for pair, mark in coming.marks.items()
            if is_theirs(pair)
        ),
        confirmed=None if agreed is None else tuple(agreed),
        total=hand.priced.total,
        coming=desk.cost_of_coming(hand),
        bound=hand.bound,
        costs=dict(hand.priced.parts),
        filled=hand.priced.filled,
        seats=hand.priced.seats,
        broken=tuple(names.say(said_of(found)) for found in desk.broken(hand))
        if visitor.role == "province"
        else (),
        can_undo=at is not None and at.back is not None,
        can_redo=at is not None and at.forward is not None,
    )


def _makers(desk: Desk, name: str, since: int) -> tuple[str, ...]:
    """Who made the versions of a draft after one, each once, oldest first."""
    state = desk.week.now.state
    new = map(state.versions.get, range(since + 1, state.next_version))
    made = (one.entry.who for one in new if one is not None and one.draft.name == name)
    return tuple(dict.fromkeys(made))


@router.get("/draft")
def draft(
    desk: AtDesk,
    visitor: Planner,
    name: DraftAsked = "",
    since: Annotated[int | None, Query(ge=1)] = None,
    lang: AskedLang = "en",
) -> DraftShown:
    """A draft, or else the published roster; whole, or what became different after a version."""
    with desk.lock:
        return shown(desk, desk.in_hand(name), visitor, lang, since)


class DraftListed(Frozen):
    """A draft that is open."""

    name: str
    """Its name; empty for the main one."""
    version: int
    """Its newest version."""
    who: str
    """Who made that version."""
    cost: int | None
    """Total cost; None where hard rules are broken or it is not known."""


@router.get("/drafts")
def drafts(desk: AtDesk, _: Planner) -> tuple[DraftListed, ...]:
    """The drafts that are open, the main one first."""
    with desk.lock:
        state = desk.week.now.state
    main = state.position("")
    found = {**({} if main is None else {"": main}), **state.drafts}
    return tuple(
        DraftListed(name=name, version=at.number, who=at.entry.who, cost=at.draft.cost)
        for name, at in sorted(found.items())
        if not is_proposal(name)
    )


class DraftNamed(RequestBody):
    """A draft to be begun."""

    name: Text
    """Its name, at most 80 characters."""
    version: Positive | None = None
    """The version of which it is a copy; None for the newest one of the main draft."""


@router.post("/drafts", status_code=201)
def begin(desk: AtDesk, visitor: Province, asked: DraftNamed, lang: AskedLang = "en") -> DraftShown:
    """Begin a named draft."""
    with desk.recording(visitor) as week:
        made = week.name_draft(asked.name, asked.version)
        return shown(desk, desk.in_hand(made.draft.name), visitor, lang)


class DraftRenamed(RequestBody):
    """Another name for a draft."""

    name: Text
    """Its new name, at most 80 characters."""


@router.put("/drafts")
def rename(
    desk: AtDesk, visitor: Province, name: DraftAsked, asked: DraftRenamed, lang: AskedLang = "en"
) -> DraftShown:
    """Give a named draft another name."""
    with desk.recording(visitor) as week:
        made = week.rename_draft(name, asked.name)
        return shown(desk, desk.in_hand(made.draft.name), visitor, lang)


@router.delete("/drafts", status_code=204)
def close(desk: AtDesk, visitor: Province, name: DraftAsked) -> None:
    """Close a named draft; its versions stay in the record."""
    with desk.recording(visitor) as week:
        week.drop_draft(name)
