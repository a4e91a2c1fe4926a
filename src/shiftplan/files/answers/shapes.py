"""Tables whose head is more than one row, or whose rows are no people: brought to one form.

`TableText` of When2meet, Framadate, Nextcloud Polls or an availability grid -> the same with a
header in its first row and a row for each answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Literal, NamedTuple

from shiftplan.files.answers.lexicon import tokens
from shiftplan.files.answers.parts import OF_DAYS, OF_HOURS
from shiftplan.files.answers.source import Row, TableText, padded
from shiftplan.files.cells import read_time, written
from shiftplan.files.headings import bare, column_named, is_example
from shiftplan.files.sheet import is_total

Shape = Literal["when2meet", "framadate", "nextcloud_polls", "grid"]
_LABELS = ("date", "start", "end")
_HEAD_ROWS = 20
_TIME = re.compile(r"(?P<day>.*?)\s*\b(?P<time>[0-9]{1,2}:[0-9]{2})(?::[0-9]{2})?\s*"
                   r"(?P<half>am|pm)?(?:\s+[A-Z]{2,5})?", re.IGNORECASE)  # fmt: skip
_TIME_FIRST = re.compile(r"(?P<time>[0-9]{1,2}:[0-9]{2})\s+(?P<day>\D.*)(?P<half>)")
"""A moment as browsers write it in Vietnamese."""
_TITLE_ROWS = 3
_SYMBOLS = {"✔": "yes", "❔": "maybe", "❌": "no", "": ""}
"""Answers in workbooks of Nextcloud Polls -> the words of its CSV files."""
_UNCHOSEN = {"unkown": ""}
"""What Framadate writes, in PHP 8, where nothing is chosen."""
_PARTICIPANTS = ("participants", "nguoi tham gia")
_ADDRESSES = ("email address", "dia chi thu dien tu")
"""Its headings of people, as `bare` gives them."""
_QUARTER = timedelta(minutes=15)


def shaped(table: TableText) -> tuple[Shape | None, TableText]:
    """Which of these programs wrote a table, and the table with a plain header; else as it is."""
    readers: dict[Shape, Callable[[list[Row]], list[Row] | None]] = {
        "when2meet": _when2meet,
        "framadate": _framadate,
        "nextcloud_polls": _nextcloud,
        "grid": _grid,
    }
    for shape, reader in readers.items():
        found = reader(table.rows)
        if found is not None:
            return shape, replace(table, rows=found)
    found = _two_heads(table.rows)
    return None, table if found is None else replace(table, rows=found)


def _two_heads(rows: list[Row]) -> list[Row] | None:
    """Days above hours, or hours above days, merged or repeated to the right -> one header."""
    if len(rows) < 2 or rows[0][0] + 1 != rows[1][0]:
        return None
    width = max(len(rows[0][1]), len(rows[1][1]))
    top, below = (padded(cells, width) for _, cells in rows[:2])
    kinds = [_kinds(text) for text in below]
    sorts = {kind for kind in kinds if kind}
    if (
        len(sorts) != 1
        or not sorts <= {"days", "hours"}
        or any(text and kind is None for text, kind in zip(below, kinds, strict=True))
    ):
        return None
    wanted = "days" if sorts == {"hours"} else "hours"
    header, last = [], ""
    for text, under in zip(top, below, strict=True):
        last = text or (last if under else "")
        if under and _kinds(last) != wanted:
            return None
        header.append(f"{last} {under}".strip() if under else text)
    return [(rows[1][0], header), *rows[2:]]


def _kinds(text: str) -> str | None:
    """Whether a text is days alone, or hours alone; empty for a blank, None for anything else."""
    kinds = {t.kind for t in tokens(text)} - {
        "link",
        "free",
        "dash",
        "and",
        "comma",
        "open",
        "close",
    }
    if not text or not kinds:
        return "" if not text else None
    if kinds <= {*OF_DAYS}:
        return "days"
    return "hours" if kinds <= {*OF_HOURS} else None


class _Slot(NamedTuple):
    day: str
    start: timedelta
    cells: Sequence[str]


def _when2meet(rows: list[Row]) -> list[Row] | None:
    """A row for each slot, and a column for each person with 1 or 0 -> a row for each person."""
    (number, header), slots = rows[0], []
    titles = [title.casefold() for title in header[:2]]
    first = 2 if titles == ["day", "time"] else 1 if titles[:1] == ["time"] else 0
    if not first or len(rows) < 2:
        return None
    for _, cells in rows[1:]:
        found = _TIME.fullmatch(" ".join(cells[:first]))
        if found is None:
            return None
        hour, minute = found["time"].split(":")
        start = read_time(f"{int(hour) % 24}:{minute} {found['half'] or ''}".strip())
        if not isinstance(start, timedelta):
            return None
        slots.append(_Slot(found["day"], start, cells[first:]))
    length = _length(slots)
    heads = [f"{s.day} {written((s.start, s.start + length))}" for s in slots]
    people = range(len(header) - first)
    told = [[slot.cells[i] if i < len(slot.cells) else "" for slot in slots] for i in people]
    return [
        (number, ["name", *heads]),
        *((number, [header[first + i], *told[i]]) for i in people),
    ]


def _length(slots: Sequence[_Slot]) -> timedelta:
    """How long a slot is: the least time between two of a day; a quarter of an hour for one."""
    gaps = (b.start - a.start for a, b in pairwise(slots) if a.day == b.day and a.start < b.start)
    return min(gaps, default=_QUARTER)


def _framadate(rows: list[Row]) -> list[Row] | None:
    """Dates above moments, both beginning with a blank -> one header."""
    if len(rows) < 2 or rows[0][1][:1] != [""] or rows[0][0] + 1 != rows[1][0]:
        return None
    (number, days), (_, moments) = rows[0], rows[1]
    named = [any(t.kind == "date" for t in tokens(day)) for day in days[1:]]
    if not named or not all(named):
        return None
    if moments[:1] != [""]:  # days without moments: the second row is blank, and so left out
        return [(number, ["name", *days[1:]]), *_worded(rows[1:], 1, _UNCHOSEN)]
    width = max(len(days), len(moments))
    pairs = zip(padded(days, width)[1:], padded(moments, width)[1:], strict=True)
    return [
        (number, ["name", *(f"{day} {at}".strip() for day, at in pairs)]),
        *_worded(rows[2:], 1, _UNCHOSEN),
    ]


def _nextcloud(rows: list[Row]) -> list[Row] | None:
    """Title, description, rows of starts and ends, or of texts, and symbols -> one header."""
    for i, (number, cells) in enumerate(rows[:_TITLE_ROWS]):
        first = 2 if cells[1:2] == [""] else 1
        ends = rows[i + 1][1] if i + 1 < len(rows) else []
        pairs = list(zip(cells[first:], ends[first:], strict=False))
        heads = [_between(*pair) for pair in pairs]
        if heads and all(heads) and len(cells) == len(ends):
            people = ["name", "email"][:first]
            return [
                (number, [*people, *filter(None, heads)]),
                *_worded(rows[i + 2 :], first, _SYMBOLS),
            ]
        first = 2 if len(cells) > 1 and bare(cells[1]) in _ADDRESSES else 1
        below = [told for _, row in rows[i + 1 :] for told in row[first:]]
        if bare(cells[0]) in _PARTICIPANTS and not set(below) - _SYMBOLS.keys():
            return [rows[i], *_worded(rows[i + 1 :], first, _SYMBOLS)]
    return None


def _between(start: str, end: str) -> str | None:
    """The heading of an option from a moment to another; None where a text is no moment."""
    found = [_TIME_FIRST.fullmatch(text) or _TIME.fullmatch(text) for text in (start, end)]
    if None in found:
        return None
    days = [match["day"].strip(" ,") for match in found if match]
    times = [f"{match['time']} {match['half'] or ''}".strip() for match in found if match]
    if not days[0] or start == end:  # an option without hours
        return days[0] or None
    if days[0] != days[1] and read_time(times[1]) == timedelta():
        times[1] = "24:00"
    return f"{days[0]} {times[0]}-{times[1]}"


def _worded(rows: Sequence[Row], first: int, words: Mapping[str, str]) -> Iterator[Row]:
    """Yield rows with other words for some of their answers."""
    for number, cells in rows:
        yield number, [*cells[:first], *(words.get(cell, cell) for cell in cells[first:])]


def _grid(rows: list[Row]) -> list[Row] | None:
    """Labels date, start and end below each other, sessions to their right -> one header."""
    places: dict[int, dict[str, int]] = {}
    roles: dict[int, str] = {}
    for i, (_, cells) in enumerate(rows[:_HEAD_ROWS]):
        for place, text in enumerate(cells):
            name = column_named("availability", text) if text else ""
            if name in _LABELS:
                places.setdefault(place, {}).setdefault(name, i)
            elif name == "volunteer_id":
                roles.setdefault(place, name)
            elif text and column_named("volunteers", text) in ("name", "home_center_id"):
                roles.setdefault(place, text)
    labels = next((p for p, found in places.items() if len(found) == len(_LABELS)), None)
    if labels is None:
        return None
    head = [rows[places[labels][name]][1] for name in _LABELS]
    width = max(len(cells) for _, cells in rows)
    date, start, end = (padded(cells, width) for cells in head)
    header = [
        " ".join(filter(None, (date[i], "-".join(filter(None, (start[i], end[i]))))))
        if i > labels and any((date[i], start[i], end[i]))
        else roles.get(i, "")
        for i in range(width)
    ]
    last = max(places[labels].values())
    below = [
        (number, ["" if is_example(cell) else cell for cell in cells])
        for number, cells in rows[last + 1 :]
        if not is_example(cells[0]) and not any(map(is_total, cells[: labels + 1]))
    ]
    return [(rows[last][0], header), *below]
