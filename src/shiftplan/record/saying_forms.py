"""What entries about forms say, in one sentence.

`Invited`, `HandedIn`, `Decided` -> `Message`, for the history of a week.
"""

from __future__ import annotations

from collections.abc import Iterable

from shiftplan.errors.message import AtShift, Message, Person
from shiftplan.record.forms import Decided, HandedIn, Invited
from shiftplan.week.owner import Owner


def forms_message(body: Invited | HandedIn | Decided) -> Message:
    """What an entry says, such as `form of An: 2 times changed, 1 waits`."""
    match body:
        case Invited(links=links):
            made = [link.owner for link in links if link.digest is not None]
            gone = [link.owner for link in links if link.digest is None]
            found = {"entry.links": made, "entry.links_gone": gone}
            parts = tuple(Message(c, whom=_counts(whom)) for c, whom in found.items() if whom)
            return parts[0] if len(parts) == 1 else Message("entry.parts", parts=parts)
        case HandedIn():
            return _handed_in(body)
        case Decided(entry=entry, shift_id=None):
            said = "entry.accepted" if body.accepted else "entry.refused"
            return _with_word(Message(said, entry=entry), body.word)
        case _:
            return _swap_decided(body)


def _counts(owners: Iterable[Owner]) -> tuple[Message, ...]:
    kinds = [owner.kind for owner in owners]
    counts = {"count.people": kinds.count("volunteer"), "count.centers": kinds.count("center")}
    return tuple(Message(code, n=n) for code, n in counts.items() if n)


def _handed_in(body: HandedIn) -> Message:
    counts = {
        "entry.form_counts": body.weighed.count("counts"),
        "entry.form_waits": body.weighed.count("waits"),
    }
    parts = [Message(code, n=n) for code, n in counts.items() if n]
    parts += (Message("entry.swap_asked", shift=AtShift(one.shift_id)) for one in body.swaps)
    if body.note:
        parts.append(Message("entry.form_note", note=body.note))
    who = Person(body.volunteer_id)
    if not parts:
        return Message("entry.form", who=who)
    return Message("entry.form_of", who=who, parts=tuple(parts))


def _swap_decided(body: Decided) -> Message:
    facts = {"entry": body.entry, "shift": AtShift(body.shift_id or "")}
    if not body.accepted:
        said = Message("entry.swap_refused", **facts)
    elif body.takes is None:
        said = Message("entry.swap_given", **facts, taker=Person(body.taker or ""))
    else:
        takes = AtShift(body.takes)
        said = Message("entry.swap_made", **facts, taker=Person(body.taker or ""), takes=takes)
    return _with_word(said, body.word)


def _with_word(said: Message, word: str) -> Message:
    return Message("entry.with_word", said=said, word=word) if word else said
