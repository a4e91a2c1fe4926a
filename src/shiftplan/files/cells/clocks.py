"""Times of day as people write them.

Text of a cell -> time since midnight, or `Bad` with the reason.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta

from shiftplan.errors.message import Message
from shiftplan.files.cells.bad import Bad

PARTS = "sáng|trưa|chiều|tối|đêm"
"""Vietnamese parts of the day that may follow a time, as a pattern."""
_CLOCK = re.compile(
    rf"([0-9]{{1,2}}):([0-9]{{2}})(?::00(?:\.0+)?)?(?:\s*(am|pm|a\.m\.|p\.m\.|sa|ch|{PARTS}))?",
    re.IGNORECASE,
)
_HOUR = re.compile(
    rf"([0-9]{{1,2}})\s*(?:h|g|giờ)(?:\s*([0-9]{{2}})(?:\s*(?:p|phút))?)?(?:\s*({PARTS}))?",
    re.IGNORECASE,
)
_TWELVE = re.compile(r"([0-9]{1,2})()\s?(am|pm|a\.m\.|p\.m\.)", re.IGNORECASE)
"""A full hour of a clock of 12, the minutes empty."""
_NOON = re.compile(r"(?:12(?::00)?\s*)?noon", re.IGNORECASE)
_HOURS = {
    "sáng": {hour: hour for hour in range(1, 12)},
    "trưa": {10: 10, 11: 11, 12: 12, 1: 13, 13: 13},
    "chiều": {hour % 12: hour for hour in range(13, 24)} | {hour: hour for hour in range(13, 20)},
    "tối": {hour % 12: hour for hour in range(17, 24)} | {hour: hour for hour in range(17, 24)},
    "đêm": {10: 22, 11: 23, 22: 22, 23: 23},
}
"""Vietnamese part of the day -> hour as it can be told, by a clock of 12 or of 24 -> hour meant.

Twelve at night is left out, as it may be the beginning or the end of a day."""
_OF_TWELVE = {
    "a": {hour: hour % 12 for hour in range(1, 13)},
    "p": {hour: hour % 12 + 12 for hour in range(1, 13)},
}
"""The same of the two halves of the day, by the first letter of AM and PM."""
_OF_TWELVE |= {"s": _OF_TWELVE["a"], "c": _OF_TWELVE["p"]}
_NUMBER_OF_HOURS = re.compile(r"([0-9]{1,2})([0-9]{2})?")
_POINT = re.compile(r"([0-9]{1,2})\.(00)()")
"""A full hour with a point; groups as of the other two, the part of the day empty."""


def read_time(cell: str) -> timedelta | Bad:
    """Read a time of day: 07:00, 7:00:00, 7:00 AM, 8h, 8g30 sáng, 8.00, 8 am, noon; 24:00."""
    text = unicodedata.normalize("NFC", cell)
    forms = (_CLOCK, _HOUR, _TWELVE, _POINT)
    found = next((found for form in forms if (found := form.fullmatch(text))), None)
    if _NOON.fullmatch(text):
        return timedelta(hours=12)
    if found is None and not cell[:1].isdigit():
        return Bad("not_a_time", Message("files.no_time"))
    if found is None:
        return Bad("not_a_time", Message("files.time_form"), _time_meant(cell))
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3] or ""
    if half:
        meant = _HOURS.get(half.casefold()) or _OF_TWELVE[half[0].casefold()]
        if hour not in meant:
            return Bad("not_a_time", Message("files.time_form"))
        hour = meant[hour]
    if minute > 59 or hour * 60 + minute > 24 * 60:
        return Bad("not_a_time", Message("files.time_range"))
    return timedelta(hours=hour, minutes=minute)


def _time_meant(cell: str) -> str | Message:
    """What to write instead of a time that cannot be read; a bare number is most likely hours."""
    found = _NUMBER_OF_HOURS.fullmatch(cell)
    if found is not None and int(found[1]) < 24 and int(found[2] or 0) < 60:
        return Message("files.meant", text=f"{int(found[1]):02d}:{found[2] or '00'}")
    return Message("files.half_past_eight")


def clock(passed: timedelta) -> str:
    """A time since midnight as it can be written, such as 07:00."""
    minutes = passed // timedelta(minutes=1)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def read_start(cell: str) -> timedelta | Bad:
    """Read the time at which something starts: 24:00 is an end only."""
    passed = read_time(cell)
    if passed == timedelta(days=1):
        remedy = Message("files.meant", text="00:00")
        return Bad("not_a_time", Message("files.starts_at_the_end"), remedy)
    return passed
