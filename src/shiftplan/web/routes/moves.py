"""Moves by hand: what they would cost, making them, undo and redo.

Steps -> `PriceShown`, or `MoveMade`: the price, and what became different since the version seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from fastapi import APIRouter
from pydantic import StrictBool

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message, OfRule
from shiftplan.present.answers.trades import PricePart, price_parts
from shiftplan.present.naming import Names, why
from shiftplan.problem import Problem
from shiftplan.record.move_faults import unfit_moves
from shiftplan.record.moving import Moved
from shiftplan.rules.base import kinds_of
from shiftplan.rules.scope import said_of
from shiftplan.scoring.moves import Effect
from shiftplan.web.bodies import RequestBody
from shiftplan.web.desk import AtDesk, Desk, DraftAsked, DraftInHand
from shiftplan.web.routes.drafts import DraftShown, shown
from shiftplan.web.routes.words import AskedLang
from shiftplan.web.steps import MoveStep, Steps, need_theirs
from shiftplan.web.visitor import Planner, Province, Visitor
from shiftplan.week.fields import Frozen, Positive, Text
from shiftplan.week.roster import Change

router = APIRouter(tags=["moves"])


class PriceShown(Frozen):
    """What changes do to a roster."""

    total: int
    """Total cost after less total before."""
    parts: tuple[PricePart, ...]
    """What makes it up, the greatest part first."""
    broken: tuple[str, ...]
    """Breaches of hard rules that the changes make or make worse, in the language asked for."""


class MovesAsked(RequestBody):
    """Changes that are to be made together."""

    changes: Steps
    """Who comes to which shift, and who leaves which."""


class MoveAsked(MovesAsked):
    """Changes to be made."""

    of: Positive | None = None
    """The version that they were chosen for; None if there was no roster."""
    anyway: bool = False
    """Make them although they break hard rules."""
    why: Text = ""
    """The reason, for the record."""


class StepAsked(RequestBody):
    """What is to be undone, or done again."""

    of: Positive | None = None
    """The newest version seen; None for whatever was done last."""
    anyway: StrictBool = False
    """Do it although that breaks hard rules."""


class MoveMade(Frozen):
    """A move that was made and recorded."""

    draft: DraftShown
    """The draft, with what became different since the version seen."""
    changes: tuple[MoveStep, ...]
    """What the move itself changed."""
    price: PriceShown
    """What it did."""
    merged: tuple[str, ...]
    """Names of others whose moves since then stay."""


@router.post("/price")
def price(
    desk: AtDesk, visitor: Planner, asked: MovesAsked, name: DraftAsked = "", lang: AskedLang = "en"
) -> PriceShown:
    """What changes of a draft would do; nothing is changed."""
    with desk.lock:
        hand = desk.in_hand(name)
    changes = _theirs(visitor, hand, asked.changes)
    if faults := [*unfit_moves(hand.priced, changes)]:
        raise InputError(faults)
    return priced(hand.problem, hand.candidates.effect(*changes), visitor, desk.names(lang))


@router.post("/moves")
def move(
    desk: AtDesk, visitor: Planner, asked: MoveAsked, name: DraftAsked = "", lang: AskedLang = "en"
) -> MoveMade:
    """Make changes of a draft, recorded as a version of it.

    Refused with 409: `conflicting_move` if others changed one of the people or shifts since, and
    `needs_yes` if it breaks hard rules and `anyway` is not set.
    """
    with desk.recording(visitor) as week:
        hand = desk.in_hand(name)
        changes = _theirs(visitor, hand, asked.changes)
        with refused_for(visitor, hand, changes):
            moved = week.move(*changes, of=asked.of, name=name, anyway=asked.anyway, why=asked.why)
        return made(desk, moved, visitor, lang, asked.of)


@router.post("/undo")
def undo(
    desk: AtDesk, visitor: Province, asked: StepAsked, name: DraftAsked = "", lang: AskedLang = "en"
) -> MoveMade:
    """Undo what was done last to a draft, whoever did it."""
    with desk.recording(visitor) as week:
        moved = week.step_back(name, of=asked.of, anyway=asked.anyway)
        return made(desk, moved, visitor, lang, asked.of)


@router.post("/redo")
def redo(
    desk: AtDesk, visitor: Province, asked: StepAsked, name: DraftAsked = "", lang: AskedLang = "en"
) -> MoveMade:
    """Do again what was undone last."""
    with desk.recording(visitor) as week:
        moved = week.step_forward(name, of=asked.of, anyway=asked.anyway)
        return made(desk, moved, visitor, lang, asked.of)


def _theirs(visitor: Visitor, hand: DraftInHand, steps: Steps) -> list[Change]:
    """Steps as changes; 403 if one of them is not the visitor's to make."""
    shifts, people = [s.shift_id for s in steps], [s.volunteer_id for s in steps]
    need_theirs(visitor, hand.problem, hand.roster, shifts, people)
    return [step.change for step in steps]


@contextmanager
def refused_for(visitor: Visitor, hand: DraftInHand, changes: Sequence[Change]) -> Iterator[None]:
    """Let what refuses changes of a draft say only what the visitor may read."""
    try:
        yield
    except InputError as error:
        raise error if visitor.role == "province" else _for_lead(error, hand, changes) from None


def _for_lead(error: InputError, hand: DraftInHand, changes: Sequence[Change]) -> InputError:
    """A refusal without what it says of other centers, their shifts and people."""
    codes = {fault.code for fault in error.faults}
    if "needs_yes" in codes:
        rules = kinds_of(hand.candidates.broken(*changes))
        said = (Message("web.refused_rule", rule=OfRule(rule)) for rule in rules)
        return InputError(Fault("needs_yes", "roster", message=message) for message in said)
    if "conflicting_move" in codes:
        message = Message("web.refused_meanwhile")
        return InputError([Fault("conflicting_move", "roster", message=message)])
    return error


def made(desk: Desk, moved: Moved, visitor: Visitor, lang: str, since: int | None) -> MoveMade:
    """A move as the visitor sees it, with the draft after it; the caller holds the desk's lock."""
    hand = desk.in_hand(moved.version.draft.name)
    others = dict.fromkeys(entry.who for entry in moved.merged)
    return MoveMade(
        draft=shown(desk, hand, visitor, lang, since, with_answers=False),
        changes=tuple(map(MoveStep.of, moved.changes)),
        price=priced(hand.problem, moved.effect, visitor, desk.names(lang)),
        merged=tuple(others),
    )


def priced(problem: Problem, effect: Effect, visitor: Visitor, names: Names) -> PriceShown:
    """An effect as a visitor may read it: a lead reads no places of other centers."""
    is_lead, lang = visitor.role != "province", names.say.lang
    said = (why(v.rule.rule, lang) if is_lead else names.say(said_of(v)) for v in effect.broken)
    return PriceShown(
        total=effect.total,
        parts=tuple(price_parts(problem, effect.costs, effect.levels)),
        broken=tuple(dict.fromkeys(said)),
    )
