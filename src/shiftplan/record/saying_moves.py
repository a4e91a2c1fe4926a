"""What moves by hand say: who moved where, who swapped, who replaced whom.

`Change`s -> `Message`s, as `saying` puts them into the sentence of an entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from shiftplan.errors.message import AtCenter, AtShift, Message, OnDay, Person, Place
from shiftplan.record.drafts import is_proposal
from shiftplan.record.entries import Drafted, Held, Hold
from shiftplan.week.roster import Change

_Step = tuple[str, str, str]
"""Ids of a person, of the shift left, and of the shift taken; empty where there is none."""


def drafted_message(draft: Drafted, most: int) -> Message:
    """What an entry of a version says; of moves, up to `most` are named."""
    facts: dict[str, Any] = {"version": draft.version}
    of_seats = {"filled": draft.filled, "seats": draft.seats}
    if draft.of is None and draft.made_by == "hand" and not draft.filled:
        said = Message("entry.begun", **facts)  # moves, or what is taken over, need a version
    elif draft.of is None:
        facts |= {"by": Message(f"entry.by_{draft.made_by}")}
        code = "entry.drafted_of" if draft.seats else "entry.drafted"
        said = Message(code, **facts, **(of_seats if draft.seats else {}))
    elif draft.made_by == "hand" and not draft.moves:
        said = Message("entry.copied", **facts, of=draft.of)
    else:
        moved = [*_said(_steps(_as_done(draft)))] or [Message("entry.nothing_moved")]
        facts |= {"what": Message("entry.parts", parts=_first(moved, most))}
        facts |= {"like": draft.like} if draft.made_by == "take" else {}
        said = Message(f"entry.moved_by_{draft.made_by}", **facts)
        said = Message("entry.with_seats", said=said, **of_seats) if draft.seats else said
    if draft.name and not is_proposal(draft.name):
        return Message("entry.in_draft", said=said, name=draft.name)
    return said


def _as_done(draft: Drafted) -> Iterable[Change]:
    """Its moves; of what undo took back, as it had been done."""
    if draft.made_by != "undo":
        return draft.moves
    return tuple(Change(pair, not added) for pair, added in draft.moves)


def _steps(changes: Iterable[Change]) -> list[_Step]:
    """What each person leaves and takes; one of each is a move from one shift to the other."""
    left: dict[str, list[str]] = {}
    taken: dict[str, list[str]] = {}
    for (shift_id, who), added in changes:
        (taken if added else left).setdefault(who, []).append(shift_id)
    steps: list[_Step] = []
    for who in {**left, **taken}:
        here, there = left.get(who, []), taken.get(who, [])
        longest = max(len(here), len(there))
        here, there = (sorted(ids) + [""] * (longest - len(ids)) for ids in (here, there))
        steps += [(who, *pair) for pair in zip(here, there, strict=True)]
    return steps


def _said(steps: list[_Step]) -> Iterator[Message]:
    left = [*steps]
    while left:
        step = who, here, there = left.pop(0)
        facts = {"who": Person(who), "here": AtShift(here), "there": AtShift(there)}
        swap = next((s for s in left if s[1:] == (there, here)), None)
        if swap is not None:
            left.remove(swap)
            other = Person(swap[0])
            if here and there:
                yield Message("entry.swapped", **facts, other=other)
            else:
                gone, new = (step, swap) if here else (swap, step)
                people = {"who": Person(gone[0]), "other": Person(new[0])}
                yield Message("entry.replaced", **people, where=AtShift(here or there))
        elif here and there:
            yield Message("entry.moved", **facts)
        else:
            code = "entry.taken_off" if here else "entry.put"
            yield Message(code, who=facts["who"], where=AtShift(here or there))


def held_message(held: Held, most: int) -> Message:
    """What is held from now on, and what no longer."""
    parts = [
        Message(f"entry.held_{way}", n=len(holds), which=_first(map(_of_hold, holds), most))
        for way, holds in (("on", held.on), ("off", held.off))
        if holds
    ]
    said = Message("entry.parts", parts=tuple(parts))
    return Message("entry.in_draft", said=said, name=held.name) if held.name else said


def _first(subjects: Iterable[Place | Message], most: int) -> tuple[Place | Message, ...]:
    found = tuple(subjects)
    more = (Message("form.more", n=len(found) - most),) if len(found) > most else ()
    return found[:most] + more


def _of_hold(hold: Hold) -> Place | Message:
    if hold.center_id is not None:
        return AtCenter(hold.center_id)
    if hold.day is not None:
        return OnDay(hold.day)
    if hold.shift_id is None:
        assert hold.volunteer_id is not None
        return Person(hold.volunteer_id)
    shift = AtShift(hold.shift_id)
    if hold.volunteer_id is None:
        return shift
    return Message("entry.at", what=Person(hold.volunteer_id), when=shift)
