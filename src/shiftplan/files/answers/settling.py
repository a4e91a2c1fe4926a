"""Which of several answers of a person counts.

`Reply`s in the order of their sources -> the same with the fate of each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from shiftplan.errors.message import Message
from shiftplan.files.answers.records import Reply
from shiftplan.files.answers.windows import clash, joined

SHOWN_TEXT = 2_000
"""Characters of an answer that are kept."""


def grouped(replies: Iterable[Reply]) -> Iterator[Reply]:
    """Yield one answer for all rows of a person, each of which holds a window."""
    groups: dict[tuple[str | None, str], list[Reply]] = defaultdict(list)
    for reply in replies:
        groups[reply.volunteer_id, "" if reply.volunteer_id else reply.person].append(reply)
    for own in groups.values():
        first = next((reply for reply in own if reply.fate != "understood"), own[0])
        windows = [window for reply in own for window in reply.windows]
        wrong = clash(windows)
        if first.fate == "understood" and wrong is not None:
            reason = Message("answers.two_states", day=wrong.start.date())
            first = replace(first, fate="unclear", reason=reason)
        count = first.fate == "understood"
        text = "; ".join(reply.text for reply in own)[:SHOWN_TEXT]
        yield replace(first, text=text, windows=joined(windows) if count else ())


def settled(replies: list[Reply]) -> list[Reply]:
    """Answers of which one of each person counts: the latest, or that of all, else none."""
    own: dict[str, list[int]] = defaultdict(list)
    for i, reply in enumerate(replies):
        if reply.volunteer_id is not None:
            own[reply.volunteer_id].append(i)
    found = list(replies)
    for places in (places for places in own.values() if len(places) > 1):
        left = _settle(found, places)
        for i in left if len(left) > 1 else ():
            others = tuple(_place(replies[j]) for j in left if j != i)
            reason = Message("answers.conflict", places=others)
            found[i] = replace(replies[i], fate="conflict", reason=reason)
    return found


def _settle(found: list[Reply], places: list[int]) -> list[int]:
    """Mark those of a person's answers that another one replaces; the places of all others."""
    last = max((at for i in places if (at := found[i].at) is not None), default=None)
    left = [i for i in places if found[i].at in (last, None)]
    latest = next(i for i in reversed(left) if found[i].at == last)
    for i in (i for i in places if i not in left):
        reason = Message("answers.later", place=_place(found[latest]))
        found[i] = replace(found[i], fate="replaced", reason=reason)
    if len({(found[i].windows, found[i].fate) for i in left}) > 1 or not _counts(found[latest]):
        return left
    for i in (i for i in left if i != latest):
        reason = Message("answers.same", place=_place(found[latest]))
        found[i] = replace(found[i], fate="replaced", reason=reason)
    return [latest]


def _counts(reply: Reply) -> bool:
    return reply.fate == "understood"


def _place(reply: Reply) -> Message:
    """Where an answer stands."""
    file = f"{reply.file}: {reply.sheet}" if reply.sheet else reply.file
    return Message("answers.place", file=file, row=reply.row)
