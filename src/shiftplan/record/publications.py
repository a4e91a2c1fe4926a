"""Publications of a week: the one that a version would be, and the last one again.

`LiveWeek` -> `Publication`, without an entry in its record.
"""

from __future__ import annotations

from shiftplan.record.entries import Withdrawn
from shiftplan.record.live import LiveWeek
from shiftplan.record.telling import Publication, chosen, is_told, published
from shiftplan.week.roster import Roster


def foreseen(live: LiveWeek, version: int | None = None) -> Publication:
    """What the publication of a version would change; None for the newest draft.

    InputError as `LiveWeek.publish` raises it, but for doubts about the roster.
    """
    found = chosen(live.now.state, version)
    return published(live.now, found, live.roster_of(found.number))


def foreseen_withdrawal(live: LiveWeek) -> Publication:
    """What a withdrawal would change; InputError if people know no roster."""
    return published(live.now, live.now.state.need_told(), Roster())


def told_again(live: LiveWeek, version: int | None) -> Publication | None:
    """The last publication, to write lost files again; None for another version."""
    now = live.now.state.told
    if now is None or now.told is None or now.number != version:
        return None
    before = live.week_after(now.told.number - 1)
    return published(before, now, live.roster_of(now.number))


def withdrawn_again(live: LiveWeek) -> Publication | None:
    """The last withdrawal, to write lost files again; None if something was published since."""
    gone = live.now.state.withdrawn
    if gone is None:
        return None
    last = max(entry.number for entry in live.entries if isinstance(entry.body, Withdrawn))
    return published(live.week_after(last - 1), gone, Roster())


def to_tell(live: LiveWeek, version: int | None) -> int | None:
    """The version that a publication is about; the one that people know for a draft like it.

    `version`: its number; None for the newest draft. None without a draft.
    """
    week = live.now
    told, draft = week.state.version_told, week.state.draft
    number = draft.number if version is None and draft is not None else version
    found = None if number is None else week.state.versions.get(number)
    is_next = found is not None and found.draft.after == told
    if is_next and is_told(week, live.roster_or_none(number or 0) or Roster()):
        return told
    return number
