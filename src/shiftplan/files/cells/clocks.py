"""Times of day as people write them.

Text of a cell -> time since midnight, or `Bad` with the reason.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta

from shiftplan.errors.message import Message
from shiftplan.files.cells.bad import Bad

_CLOCK = re.compile(
    r"([0-9]{1,2}):([0-9]{2})(?::00(?:\.0+)?)?(?:\s*(am|pm|a\.m\.|p\.m\.|sáng|sa|chiều|ch|tối))?",
    re.IGNORECASE,
)
_HOUR = re.compile(
    r"([0-9]{1,2})\s*(?:h|g|giờ)(?:\s*([0-9]{2})(?:\s*(?:p|phút))?)?(?:\s*(sáng|chiều|tối))?",
    re.IGNORECASE,
)
_TWELVE = re.compile(r"([0-9]{1,2})()\s?(am|pm|a\.m\.|p\.m\.)", re.IGNORECASE)
"""A full hour of a clock of 12, the minutes empty."""
_HOURS = {
    "sáng": range(1, 12),
    "chiều": (*range(1, 12), *range(13, 20)),
    "tối": (*range(5, 12), *range(17, 24)),
}
"""Vietnamese part of the day -> hours that can be meant, by a clock of 12 or of 24."""
_NUMBER_OF_HOURS = re.compile(r"([0-9]{1,2})([0-9]{2})?")
_POINT = re.compile(r"([0-9]{1,2})\.(00)()")
"""A full hour with a point; groups as of the other two, the part of the day empty."""


def read_time(cell: str) -> timedelta | Bad:
    """Read a time of day: 07:00, also 7:00, 07:00:00, 7:00 AM, 8h, 8g30 sáng, 8.00, 8 am; 24:00."""
    text = unicodedata.normalize("NFC", cell)
    forms = (_CLOCK, _HOUR, _TWELVE, _POINT)
    found = next((found for form in forms if (found := form.fullmatch(text))), None)
    if found is None and not cell[:1].isdigit():
        return Bad("not_a_time", Message("files.no_time"))
    if found is None:
        return Bad("not_a_time", Message("files.time_form"), _time_meant(cell))
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3] or ""
    if half:
        hours = _HOURS.get(half.casefold(), range(1, 13))
        if hour not in hours:
            return Bad("not_a_time", Message("files.time_form"))
        hour = hour % 12 + (12 if half[0].casefold() in "pct" else 0)
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
