"""What the name of a week becomes in a later one: the number of the week and its dates move.

(Name, old horizon, new first date) -> name.
"""

from __future__ import annotations

import datetime as dt
import re

from shiftplan.errors.message.catalogue import words_for
from shiftplan.week.horizon import Horizon

_ISO = r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"
_DAY_FIRST = (
    r"(?:(?P<first>\d\d?)(?P<to>\s?[-–]\s?))?"
    r"(?P<day>\d\d?)(?P<sign>[/.])(?P<month>\d\d?)(?:(?P=sign)(?P<year>\d{4}))?"
)
_DATE = re.compile(rf"(?<![\d/.])(?:{_ISO}|{_DAY_FIRST})(?![\d/])")


def renamed(name: str, horizon: Horizon, start: dt.date) -> str:
    """The name of a week with the number and dates of the one that begins on `start`.

    Numbers and dates that are not of this week stay as they are: `Phường 5`.
    """
    delta, (year, week, _) = start - horizon.start, horizon.start.isocalendar()
    later = start.isocalendar()

    def numbered(found: re.Match[str]) -> str:
        n = int(found["n"])
        n = later.week if n == week else n + delta.days // 7  # such as the third of a campaign
        text = f"{n:0{len(found['n'])}d}"
        before = found["before"] and found["before"].replace(str(year), str(later.year))
        after = found["after"] and found["after"].replace(str(year), str(later.year))
        return f"{before or ''}{found['word']}{text}{after or ''}"

    def dated(found: re.Match[str]) -> str:
        numbers = found["y"] or found["year"], found["m"] or found["month"], found["d"]
        day = _of(horizon, numbers[0], numbers[1], numbers[2] or found["day"])
        if day is None:
            return found[0]
        new = day + delta
        if found["y"]:
            return new.isoformat()
        sign, padded = found["sign"], {"day": len(found["day"]), "month": len(found["month"])}
        text = f"{new.day:0{padded['day']}d}{sign}{new.month:0{padded['month']}d}"
        text += f"{sign}{new.year}" if found["year"] else ""
        first = next((d for d in horizon.dates if d.day == int(found["first"] or 0)), None)
        if first is None:
            return (found["first"] or "") + (found["to"] or "") + text
        begin = first + delta
        month = "" if begin.month == new.month else f"{sign}{begin.month:0{padded['month']}d}"
        return f"{begin.day:0{len(found['first'])}d}{month}{found['to']}{text}"

    words = "|".join(map(re.escape, words_for("marks.week")))
    number = rf"(?P<before>\d{{4}}-)?(?<!\w)(?P<word>(?:{words})\s*)(?P<n>\d\d?)(?!\d)"
    after = r"(?P<after>(?:\s*[/,-]\s*|\s+\w+\s+)\d{4})?"
    return _DATE.sub(dated, re.sub(number + after, numbered, name, flags=re.IGNORECASE))


def _of(horizon: Horizon, year: str | None, month: str, day: str) -> dt.date | None:
    """The date of a week with such numbers."""
    asked = int(month), int(day)
    own = (d for d in horizon.dates if (d.month, d.day) == asked and int(year or d.year) == d.year)
    return next(own, None)
