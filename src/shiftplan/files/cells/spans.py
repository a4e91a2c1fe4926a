"""Hours from a start to an end in one cell, and words for parts of the day.

Text of a cell, and the sessions of the week -> start and end, or `Bad` with the reason.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import timedelta
from itertools import product

from shiftplan.errors.message import Message
from shiftplan.files.cells.bad import Bad
from shiftplan.files.cells.clocks import PARTS, clock, read_start, read_time
from shiftplan.files.cells.names import ALL_DAY, fold, parts_of_day

Session = tuple[timedelta, timedelta]
"""Start and end as the columns of a table hold them: an end at or before the start is that of the
next day."""
_HOUR = timedelta(hours=1)
_HALF, _DAY = 12 * _HOUR, 24 * _HOUR
_PARTS = {
    "am": (0, 12),
    "pm": (12, 24),
    "morning": (4, 12),
    "afternoon": (12, 18),
    "evening": (18, 24),
    "night": (21, 30),
}
"""Part of the day -> its hours; of a night also those after midnight."""
_NARROW = {"am": "morning", "pm": "afternoon"}
"""Half of the day -> the part of it that it also is a word for."""
_MOST, _LEAST = 2 / 3, 1 / 3
"""Share of a session in a part of the day from which it is one of it, and up to which it is not."""
_SOME = 1 / 2
"""Share of hours that a word beside them must fit."""
_ALL_DAY = {*ALL_DAY, "all day long", "whole day long"}
_BEFORE_PART = re.compile(r"(?:buoi|ca|in the|at) ")
_BETWEEN = re.compile(r"\s*[-–—−~→]\s*|\s+(?:to|until|till|đến|tới|den)\s+", re.IGNORECASE)
_AND = re.compile(r"\s*[,;&+]\s*|\s+(?:và|and)\s+", re.IGNORECASE)
_FROM = re.compile(r"(?:từ|tu|from)\s+", re.IGNORECASE)
_BARE = re.compile(r"[0-9]{1,2}")
_TWO_BARE = re.compile(r"([0-9]{1,2})\s*[-–—]\s*([0-9]{1,2})")
_WORD_BEFORE = re.compile(r"([^\d,:(]+?)[\s,:(]*(?:(?:từ|from)\s+)?(?=\d)")
_WORD_BEHIND = re.compile(r"[\s,]*\(([^()]*)$")
_OF_HOURS = re.compile(r"[0-9]{1,2}\s*(?:h|g|giờ)", re.IGNORECASE)
_HALF_NAMED = re.compile(rf"(?:am|pm|a\.m\.|p\.m\.|sa|ch|noon|{PARTS})$", re.IGNORECASE)
_AROUND = " ,;:()"
_LONGEST = 80


def read_span(cell: str, sessions: Collection[Session] = ()) -> Session | Bad:
    """Read the hours from a start to an end: 7h-11h, 07:30–11:00, từ 7h đến 11h, Sáng, all day.

    A word stands for the sessions of that part of the day, from the start of the first to the end
    of the last; one that lies half in it makes the word unclear. Words for the whole day stand for
    all sessions. Where hours may be those of a clock of 12, the sessions decide.

    Parameters
    ----------
    cell
        The text.
    sessions
        The different sessions of the week.
    """
    text = unicodedata.normalize("NFC", cell).strip(_AROUND)
    if len(text) > _LONGEST:
        return _no_span()
    if " ".join(text.casefold().split()) in _ALL_DAY:
        return _joined(sorted(sessions), sessions)
    part = _of_part(text)
    if part is not None:
        return _sessions_of(part, sessions)
    part, rest = _named_part(text)
    found = _hours(rest, part, sessions)
    each = _AND.split(text)
    is_list = isinstance(found, Bad) and len(each) > 1
    if is_list and not any(isinstance(read_span(one, sessions), Bad) for one in each):
        return Bad("not_a_time", Message("files.many_spans"), Message("files.row_each"))
    return found


def read_hours(start: str, end: str, sessions: Collection[Session] = ()) -> Session | Bad | None:
    """Read hours that stand in the cell of the start; None where the cell holds a time.

    The end is then blank, or the same text again, as in merged cells.
    """
    if not start or end not in ("", start):
        return None
    time, span = read_start(start), read_span(start, sessions)
    if not isinstance(time, Bad):
        return None
    is_meant = not isinstance(span, Bad) or span.remedy or span.message.code != "files.span_form"
    return span if is_meant else time


def written(span: Session) -> str:
    """A span as it can be written, such as 07:00-11:00."""
    return "-".join(map(clock, span))


def part_of(span: Session) -> str:
    """The part of the day that holds at least two thirds of a span; empty where none does."""
    shares = {part: _share(span, part) for part in ("night", "morning", "afternoon", "evening")}
    part = max(shares, key=shares.__getitem__)
    return part if shares[part] >= _MOST else ""


def _bad(message: str, **facts: object) -> Bad:
    return Bad("not_a_time", Message(message, **facts), Message("files.write_hours"))


def _no_span(text: str = "") -> Bad:
    """Why a text is no span; two bare numbers are most likely hours."""
    found = _TWO_BARE.fullmatch(text)
    if found is None or not int(found[1]) < int(found[2]) <= 24:
        return Bad("not_a_time", Message("files.span_form"))
    meant = written((int(found[1]) * _HOUR, int(found[2]) * _HOUR))
    return Bad("not_a_time", Message("files.span_form"), Message("files.meant", text=meant))


def _of_part(text: str) -> str | None:
    """The part of the day that a text is a word for; None where it is none."""
    word, names = fold(text), parts_of_day()
    return names.get(word) or names.get(_BEFORE_PART.sub("", word, count=1))


def _named_part(text: str) -> tuple[str | None, str]:
    """The part of the day that stands before hours or in brackets behind them, and the hours."""
    before, behind = _WORD_BEFORE.match(text), _WORD_BEHIND.search(text)
    if before is not None and (part := _of_part(before[1])) is not None:
        return part, text[before.end() :].strip(_AROUND)
    if behind is not None and (part := _of_part(behind[1])) is not None:
        return part, text[: behind.start()].strip(_AROUND)
    return None, text


def _hours(text: str, part: str | None, sessions: Collection[Session]) -> Session | Bad:
    """Read the hours of a span, of which a part of the day may say more."""
    sides = _BETWEEN.split(_FROM.sub("", text, count=1))
    if len(sides) != 2:
        return _no_span(text)
    halves = [_HALF_NAMED.search(side) is not None for side in sides]
    if part is not None or halves[1] or any(map(_OF_HOURS.match, sides)):
        sides = [f"{side}h" if _BARE.fullmatch(side) else side for side in sides]
    start, end = map(read_time, sides)
    if isinstance(start, Bad) or isinstance(end, Bad):
        return _no_span(text)
    if start == _DAY:
        return _bad("files.starts_at_the_end")
    found = _meanings(start, end, halves, part)
    if not found:
        return _bad("files.span_contradicts")
    if len(found) > 1:
        found = [span for span in found if span in sessions] or found
    elif part is None and not any(halves) and not sides[0].startswith("0"):
        found += _after_noon(found[0], sessions)
    return found[0] if len(found) == 1 else _unclear(found)


def _meanings(
    start: timedelta, end: timedelta, halves: list[bool], part: str | None
) -> list[Session]:
    """All spans that two times may mean, by a clock of 24 or of 12 hours.

    `halves`: whether a half of the day is told of each; `part`: that of the whole span.
    """
    starts, ends, turns = [start], [end], end <= start
    of_twelve = halves[1] and (turns or end >= _HALF)
    if not halves[0] and start < _HALF and (part is not None or of_twelve):
        starts.append(start + _HALF)
    if not halves[1] and end < _HALF and (part is not None or halves[0] or turns):
        ends.append(end + _HALF)
    found = list(product(starts, ends))
    if part is not None:
        return [s for s in found if _length(s) <= _HALF and _share(s, part) >= _SOME]
    forward = [(one, other) for one, other in found if one < other]
    if halves[1]:
        return forward or found
    return found if halves[0] else [(start, end), *(forward if turns else [])]


def _after_noon(span: Session, sessions: Collection[Session]) -> list[Session]:
    """The hours after noon that 1h-5h means where nobody works before dawn; empty for others."""
    start, end = span
    later = (start + _HALF, end + _HALF)
    if not _HOUR <= start < min(end, 6 * _HOUR) or end > _HALF or _touches(span, sessions):
        return []
    return [later] if _touches(later, sessions) else []


def _touches(span: Session, sessions: Collection[Session]) -> bool:
    """Whether a span within one day shares time with a session."""
    days = (timedelta(), _DAY)
    return any(
        start < span[1] + later and span[0] + later < start + _length((start, end))
        for start, end in sessions
        for later in days
    )


def _unclear(found: list[Session]) -> Bad:
    one, other, *_ = map(written, found)
    remedy = Message("files.write_either", one=one, other=other)
    return Bad("not_a_time", Message("files.two_spans", one=one, other=other), remedy)


def _sessions_of(part: str, sessions: Collection[Session]) -> Session | Bad:
    """The sessions that a word for a part of the day stands for, as one span."""
    shares = {session: _share(session, part) for session in sorted(sessions)}
    whole = [session for session, share in shares.items() if share >= _MOST]
    half = [session for session, share in shares.items() if _LEAST < share < _MOST]
    half = [longer for longer in half if not any(_holds(longer, one) for one in whole)]
    if half:
        return _bad("files.half_in_part", span=written(half[0]))
    found = _joined(whole, sessions)
    if isinstance(found, Bad) or part not in _NARROW:
        return found
    other = _sessions_of(_NARROW[part], sessions)  # `pm` where there are evening shifts too
    if isinstance(other, Bad):
        return found if other.message.code == "files.nothing_in_part" else other
    return found if other == found else _unclear([other, found])


def _joined(found: list[Session], sessions: Collection[Session]) -> Session | Bad:
    """One span of several sessions, where none of them runs into the next day."""
    if not sessions:
        return _bad("files.no_sessions")
    if not found:
        return _bad("files.nothing_in_part")
    if len(found) > 1 and any(end <= start for start, end in found):
        return _bad("files.part_over_midnight")
    return min(start for start, _ in found), max(end for _, end in found)


def _holds(longer: Session, span: Session) -> bool:
    """Whether a shift of a whole day, say, has another one within its hours."""
    return longer[0] <= span[0] < span[1] <= longer[1]


def _length(span: Session) -> timedelta:
    start, end = span
    return end - start if end > start else end - start + _DAY


def _share(span: Session, part: str) -> float:
    """How much of a span lies in a part of the day."""
    first, last = (hour * _HOUR for hour in _PARTS[part])
    start, length = span[0], _length(span)
    none = timedelta()
    inside = (
        min(last, start + later + length) - max(first, start + later) for later in (none, _DAY)
    )
    return max(none, *inside) / length
