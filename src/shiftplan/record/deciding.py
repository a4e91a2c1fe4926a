"""What a coordinator decides on what people handed in.

(`Collecting`, accepted or refused) -> entries of the record, and moves in the draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from shiftplan.record.collecting import Collecting, instead
from shiftplan.record.entries import Body, RecordEntry
from shiftplan.record.form_state import HandIn
from shiftplan.record.forms import Decided
from shiftplan.record.state import RecordState, record_error
from shiftplan.week.roster import Assignment, Change


def decide(
    collecting: Collecting,
    entries: Iterable[int],
    *,
    accepted: bool,
    word: str = "",
) -> list[RecordEntry]:
    """Accept or refuse what waits in entries, all of it or nothing.

    Raises
    ------
    InputError
        Code `no_version`: an entry holds nothing that waits, or was decided or replaced.
    """
    asked = sorted({*entries})

    def bodies(state: RecordState) -> Sequence[Body]:
        made: list[Body] = []
        waiting = {hand_in.entry.number: hand_in for hand_in in state.forms.waiting()}
        for entry in asked:
            if entry not in waiting:
                raise record_error("no_version", "record.nothing_waits", entry=entry)
            made += _decided(collecting, state, waiting[entry], accepted, word)
        return made

    return collecting.add(bodies)


def _decided(
    collecting: Collecting, state: RecordState, hand_in: HandIn, accepted: bool, word: str
) -> Sequence[Body]:
    body, parts = hand_in.body, list[Body]()
    person = body.volunteer_id
    if accepted:
        stands = collecting.stands(collecting.week.now, state, person)
        changes = stands.changes(person, body.times, body.wishes, accepted=True)
        parts += instead(state, person, changes)
    entry = hand_in.entry.number
    return [Decided(entry=entry, accepted=accepted, word=word, parts=len(parts)), *parts]


def refuse_swap(collecting: Collecting, entry: int, shift_id: str, word: str = "") -> None:
    """Refuse a swap; InputError if nobody asks for it in that entry."""
    body = Decided(entry=entry, shift_id=shift_id, accepted=False, word=word)
    collecting.add(partial(_swap_decided, body))


def accept_swap(
    collecting: Collecting,
    entry: int,
    shift_id: str,
    taker: str,
    takes: str | None = None,
    *,
    of: int | None,
    anyway: bool = False,
    word: str = "",
) -> None:
    """Accept a swap, and make it in the main draft; both are recorded, or neither.

    Parameters
    ----------
    collecting
        What people hand in to the week.
    entry, shift_id
        Number of the entry that asks for it, and the shift that is given away.
    taker, takes
        Who takes the shift, and which shift of theirs the person works instead; None for none.
    of, anyway
        As `LiveWeek.move` takes them.
    word
        Message to both people, shown with the decision.

    Raises
    ------
    InputError
        Nobody asks for it in that entry (`no_version`), or as `LiveWeek.move` does.
    """
    asker = _swap_asked(collecting.state(), entry, shift_id)
    changes = swap_changes(asker, shift_id, taker, takes)
    body = Decided(
        entry=entry, shift_id=shift_id, accepted=True, taker=taker, takes=takes, word=word
    )
    beside = partial(_swap_decided, body)
    collecting.week.move(*changes, of=of, anyway=anyway, why=word, beside=beside)


def _swap_decided(body: Decided, state: RecordState) -> Sequence[Decided]:
    """The decision on a swap; InputError if nobody asks for it by then."""
    _swap_asked(state, body.entry, body.shift_id or "")
    return [body]


def _swap_asked(state: RecordState, entry: int, shift_id: str) -> str:
    """Who asks for a swap; InputError if nobody does."""
    hand_in = state.forms.hand_ins.get(entry)
    person = "" if hand_in is None else hand_in.body.volunteer_id
    if state.forms.asked.get(Assignment(shift_id, person)) != entry:
        raise record_error("no_version", "record.no_swap", entry=entry)
    return person


def swap_changes(asker: str, shift_id: str, taker: str, takes: str | None) -> tuple[Change, ...]:
    """What a swap takes away and adds: a shift goes to `taker`, and perhaps one of theirs back."""
    found = [Change(Assignment(shift_id, asker), False), Change(Assignment(shift_id, taker), True)]
    if takes is not None:
        found.append(Change(Assignment(takes, taker), False))
        found.append(Change(Assignment(takes, asker), True))
    return tuple(found)
