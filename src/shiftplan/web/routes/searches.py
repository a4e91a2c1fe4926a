"""Searches in the background: start one, see how it goes, stop it; what they proposed.

Desk, `Searches` -> `SearchShown`, with what is proven in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from shiftplan.present.headline import headline
from shiftplan.present.naming import lang_of
from shiftplan.present.words import Lang, Words
from shiftplan.record.drafts import MadeBy, is_proposal
from shiftplan.record.planning import NewDraft
from shiftplan.solving.result import Progress
from shiftplan.web.answers import unanswered
from shiftplan.web.bodies import Moment, RequestBody
from shiftplan.web.desk import AtDesk, Desk, DraftAsked
from shiftplan.web.errands import Errand, ErrandId, ErrandState
from shiftplan.web.refusals import refused
from shiftplan.web.routes.words import AskedLang
from shiftplan.web.searches import Searches, Searching, SearchKind, held_bound
from shiftplan.web.visitor import Province
from shiftplan.week.fields import Frozen

_LEAST_SECONDS, _MOST_SECONDS = 1, 3_600
router = APIRouter(prefix="/searches", tags=["searches"])


class SearchAsked(RequestBody):
    """A search to be started."""

    kind: SearchKind = "improve"
    """`improve`: from the draft, around what is held; `anew`: the whole week from nothing;
    `repair`: what people know, or else the draft, with few changes for people."""
    seconds: float = Field(default=60, ge=_LEAST_SECONDS, le=_MOST_SECONDS)
    """Time limit; it can be stopped before."""


class MomentShown(Frozen):
    """How far a search had come at some moment."""

    seconds: float
    """Time since its start."""
    total: int | None
    """Cost of the best roster by then; None while there was none."""
    bound: int | None
    """Proven bound by then; None while there was none."""


class SearchShown(Frozen):
    """A search and how it goes."""

    id: str
    """Its id."""
    kind: SearchKind
    """What it does."""
    draft: str
    """Name of the draft that it began with; empty for the main one."""
    version: int | None
    """Version of that draft then; None if there was no roster."""
    held: bool
    """Whether anything is held; bounds are then those of rosters that keep it."""
    who: str
    """Who started it."""
    state: ErrandState
    """How it stands."""
    seconds: float
    """How long it took, or has taken so far."""
    limit: float
    """Its time limit, in seconds."""
    progress: tuple[MomentShown, ...]
    """How it went, in order of time."""
    lines: tuple[str, ...]
    """How it ended, in words; nothing while it runs."""
    proposal: int | None
    """The version that holds what it found; None if it found nothing, or has not ended."""


def _searches(request: Request) -> Searches:
    found: Searches = request.app.state.searches
    return found


TheSearches = Annotated[Searches, Depends(_searches)]


def _shown(errand: Errand, desk: Desk, lang: Lang) -> SearchShown:
    asked: Searching = errand.asked
    made: NewDraft | None = errand.found
    lines = unanswered(errand, lang)
    if made is not None:
        lang = lang_of(desk.week.files, lang)
        lines, say = tuple(headline(made.result, lang)), Words(lang)
        if asked.is_held and (bound := held_bound(made)) is not None:
            unknown = say("plans.nothing_proven")  # something is, if only around what is held
            lines = (
                *(line for line in lines if line != unknown),
                say("web.held_bound", bound=bound),
            )
    return SearchShown(
        id=errand.id,
        kind=asked.kind,
        draft=asked.draft,
        version=asked.version,
        held=asked.is_held,
        who=errand.by.who,
        state=errand.state,
        seconds=round(errand.seconds, 1),
        limit=asked.seconds,
        progress=tuple(map(_moment, asked.timeline.kept())),
        lines=lines,
        proposal=made and made.version and made.version.number,
    )


def _moment(progress: Progress) -> MomentShown:
    seconds = round(progress.seconds, 2)
    return MomentShown(seconds=seconds, total=progress.total, bound=progress.bound)


@router.post("", status_code=201)
def start(
    desk: AtDesk,
    searches: TheSearches,
    visitor: Province,
    asked: SearchAsked,
    name: DraftAsked = "",
    lang: AskedLang = "en",
) -> SearchShown:
    """Start a search from a draft; others go on moving people meanwhile."""
    errand = searches.start(asked.kind, name, asked.seconds, visitor)
    return _shown(errand, desk, lang)


@router.get("/newest")
def newest(
    desk: AtDesk, searches: TheSearches, _: Province, lang: AskedLang = "en"
) -> SearchShown | None:
    """The search that runs, or else the one that ended last; null if there was none."""
    found = searches.newest
    return None if found is None else _shown(found, desk, lang)


@router.delete("/{search_id}", status_code=204)
def stop(searches: TheSearches, _: Province, search_id: ErrandId) -> None:
    """Stop a search; the best roster that it found becomes a proposal."""
    if not searches.stop(search_id):
        raise refused(404, "web.no_search")


_KINDS: Mapping[MadeBy, SearchKind] = {"improve": "improve", "repair": "repair"}
"""What made a version -> the search that proposed it; else it was planned anew."""


class ProposalListed(Frozen):
    """What a search found, to be compared and taken over."""

    version: int
    """Its version."""
    name: str
    """Name of its draft, by which it can be closed."""
    who: str
    """Who started the search."""
    at: Moment
    """When it was found."""
    kind: SearchKind
    """What the search did; `repair` also for the roster of a what-if."""
    cost: int | None
    """Total cost; None where it breaks hard rules."""
    filled: int
    """Seats filled."""
    seats: int
    """Seats of all requirements."""
    is_draft: bool
    """Whether the main draft is just this roster."""


@router.get("/proposals")
def proposals(desk: AtDesk, _: Province) -> tuple[ProposalListed, ...]:
    """What searches proposed, the newest first, until it is closed."""
    with desk.lock:
        week, now = desk.week, desk.in_hand().roster
        drafts = week.now.state.drafts
        same = {v.number for v in drafts.values() if week.roster_or_none(v.number) == now}
    found = sorted((v for name, v in drafts.items() if is_proposal(name)), key=lambda v: -v.number)
    return tuple(
        ProposalListed(
            version=version.number,
            name=version.draft.name,
            who=version.entry.who,
            at=version.entry.at,
            kind=_KINDS.get(version.draft.made_by, "anew"),
            cost=version.draft.cost,
            filled=version.draft.filled,
            seats=version.draft.seats,
            is_draft=version.number in same,
        )
        for version in found
    )
