"""A publication is what was shown, or it is refused.

`Publication` about to be recorded, and the mark of what was shown -> nothing, or `InputError`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from pydantic_core import to_json

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import AtCenter, Message, Person
from shiftplan.present.handed_out import HandedOut
from shiftplan.present.words import Lang
from shiftplan.record.current import CurrentWeek
from shiftplan.record.live import LiveWeek
from shiftplan.record.saying import first_of
from shiftplan.record.state import record_error
from shiftplan.record.telling import Publication, published
from shiftplan.week.owner import Owner


def digest_of(handed: HandedOut, texts: Mapping[Owner, str]) -> str:
    """Mark of all that a publication tells to anybody."""
    said = sorted((owner.kind, owner.id, text) for owner, text in texts.items())
    facts = handed.told.version.number, len(handed.told.roster), handed.deadline, said
    return sha256(to_json(facts)).hexdigest()


class AsShown:
    """Raises InputError unless a publication tells everybody what was shown.

    It names those whose messages are different since.

    Parameters
    ----------
    live
        The week.
    head, digest
        Number of the last entry that was taken into account, and mark of what was shown.
    lang
        Language of the messages.
    asked
        The deadline, and whether everybody reads all of their shifts, as `HandedOut.of` takes them.
    """

    def __init__(self, live: LiveWeek, head: int, digest: str, lang: Lang, **asked: Any) -> None:
        self._live, self._head, self._digest = live, head, digest
        self._lang, self._asked = lang, asked
        self._now = dt.datetime.now(dt.UTC)
        self._seen: CurrentWeek | None = None

    def __call__(self, told: Publication) -> None:
        if self._seen is not None and _tells_alike(self._seen, told.week):
            return  # what others recorded since the last look is about something else
        need_in_week(told, self._asked.get("deadline"))
        texts, digest = self._told(told)
        if digest != self._digest:
            raise self._refusal(told, texts)
        self._seen = told.week

    def _told(self, told: Publication) -> tuple[Mapping[Owner, str], str]:
        handed = HandedOut.of(self._live, told, **self._asked)
        texts = handed.messages(self._lang, self._now)
        return texts, digest_of(handed, texts)

    def _refusal(self, told: Publication, now: Mapping[Owner, str]) -> InputError:
        before = self._live.week_after(self._head)
        then, _ = self._told(published(before, told.version, told.roster))
        others = [o for o in {**then, **now} if then.get(o) != now.get(o)]
        which = first_of(Person(o.id) if o.kind == "volunteer" else AtCenter(o.id) for o in others)
        code = "web.told_differs" if others else "web.not_as_shown"
        return record_error("outdated", code, n=len(others), which=which)


def _tells_alike(one: CurrentWeek, other: CurrentWeek) -> bool:
    """Whether a roster published in either week tells everybody the same."""
    if one.problem is not other.problem or one.told != other.told or one.agreed != other.agreed:
        return False
    return (one.state.sent, one.state.deadline) == (other.state.sent, other.state.deadline)


def need_in_week(told: Publication, deadline: dt.datetime | None) -> None:
    """Raise InputError for a deadline after the week."""
    last = told.problem.horizon.dates[-1]
    if deadline is not None and deadline.date() > last:
        message = Message("usage.after_the_week", day=last)
        raise InputError([Fault("out_of_range", "", value=f"{deadline}", message=message)])
