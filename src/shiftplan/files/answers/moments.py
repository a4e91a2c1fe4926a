"""When answers were given, as the programs write it.

Texts of a column -> moments; none where day and month cannot be told apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise

_FORM = re.compile(
    r"(?P<a>[0-9]{1,4})(?P<sign>[-/.])(?P<b>[0-9]{1,2})(?P=sign)(?P<c>[0-9]{1,4})"
    r"(?:[ T,]+(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r"(?:\s*(?P<half>am|pm|sa|ch))?(?P<zone>\s*(?:Z|[A-Z]{2,5})?(?:[+-][0-9:]{1,5})?)?)?",
    re.IGNORECASE,
)
_ORDERS = ("ymd", "dmy", "mdy")
_CENTURY = 100


def moments(texts: Sequence[str], near: date) -> list[datetime | None]:
    """The moments of a column, wall-clock time of whoever wrote them.

    Programs write answers in the order in which they come, and so only orders of day and month by
    which the rows are in order are possible. Where several are, and bring the rows into the same
    order, the one with the moment that is nearest to a date counts; else all are None.
    """
    found = [_FORM.fullmatch(text) for text in texts]
    ways = []
    for order in _ORDERS:
        way = [None if form is None else _moment(form, order) for form in found]
        if all(moment is not None for moment, form in zip(way, found, strict=True) if form):
            ways.append(way)
    if len(ways) > 1:
        ways = [way for way in ways if _rises(way)]
    if not ways or len({_order_of(way) for way in ways}) > 1:
        return [None] * len(texts)
    there = datetime.combine(near, time())
    return min(ways, key=lambda way: min((abs(m - there) for m in way if m), default=timedelta.max))


def _order_of(way: Sequence[datetime | None]) -> tuple[int, ...]:
    """Places of the moments among each other, the same for those that are equal."""
    ranks = {moment: i for i, moment in enumerate(sorted({m for m in way if m is not None}))}
    return tuple(-1 if moment is None else ranks[moment] for moment in way)


def _rises(way: Sequence[datetime | None]) -> bool:
    given = [moment for moment in way if moment is not None]
    return all(one <= other for one, other in pairwise(given))


def _moment(form: re.Match[str], order: str) -> datetime | None:
    parts = dict(zip(order, (form["a"], form["b"], form["c"]), strict=True))
    year, month, day = (int(parts[key]) for key in "ymd")
    is_year = len(parts["y"]) == 4 or (len(parts["y"]) == 2 and order != "ymd")
    if not is_year or max(len(parts["m"]), len(parts["d"])) > 2:
        return None
    hour, half = int(form["hour"] or 0), (form["half"] or "").casefold()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half in ("pm", "ch") else 0)
    try:
        year += 2000 if year < _CENTURY else 0
        return datetime(year, month, day, hour, int(form["minute"] or 0), int(form["second"] or 0))
    except ValueError:
        return None
