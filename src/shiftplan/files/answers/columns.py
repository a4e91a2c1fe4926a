"""What the columns of a table of answers hold, by their headings and, where need be, their cells.

Headings, cells and the days of a week -> roles, and what all cells of a column mean. A heading that
asks when people can *not* come is refused, since a yes below it is a no.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from shiftplan.errors.message import Message
from shiftplan.files.answers.calendar import OPEN, Calendar, DayHours, NotUnderstoodError, Within
from shiftplan.files.answers.chunks import clean, named_hours
from shiftplan.files.answers.lexicon import Token, normal, tokens
from shiftplan.files.answers.parts import OF_DAYS, OF_HOURS, confused, parts_of
from shiftplan.files.answers.sentence import read_sentence
from shiftplan.files.headings import bare, column_named

Role = Literal["id", "name", "center", "email", "phone", "time", "answer", "aside"]
ROLES: tuple[Role, ...] = ("id", "name", "center", "email", "phone", "time")
"""What says who answered and when; beside these are answers and what is left aside."""
_WORDS: tuple[tuple[Role, str], ...] = (
    ("time", r"timestamp|dau thoi gian|completion time|thoi gian hoan (thanh|tat)|submitted( at)?"
             r"|submission (time|date)|(thoi gian|ngay( gio)?) (gui|nop|tra loi|phan hoi)\b.*"
             r"|date (submitted|sent|answered)|submitted on|date of (submission|response)"
             r"|responded on\b.*|answered( at)?"),
    ("aside", r"(?:ghi chu|note|comment|remark|gop y|y kien|thac mac|suggestion)s?\b.*"),
    ("aside", r"((ngay )?(thang )?nam |ngay |noi )?sinh( nhat)?\b.*|(date of )?birth( ?da(y|te))?"
              r"|dob|ngay (cap|tao|cap nhat)\b.*|date of issue|date (created|updated|modified)"),
    ("email", r".*\b(e-?mail[12]?|thu dien tu)\b.*"),
    ("phone", r".*\b(sdt|so dien thoai|dien thoai|phone|mobile|zalo)\b.*"),
    ("phone", r"contact( details| info)?|(thong tin )?lien (he|lac)"),
    ("id", r"id|ma|ma so|ma tnv|ma tinh nguyen vien|volunteer id"),
    ("name", r"(.* )?(ho (va )?ten|full name)( (cua )?(ban|em|anh chi|tnv|tinh nguyen vien))?"
             r"|(ten|name)( (cua )?(ban|em|anh chi|tnv|tinh nguyen vien))?|your (full )?name"
             r"|name[12]|participants?|nguoi tham (du|gia)|tinh nguyen vien|volunteer"
             r"|[0-9]+ (participants?|nguoi tham du)"),
    ("center", r"(ten )?(trung tam|xa|phuong|xa ?/ ?phuong|phuong ?/ ?xa|xa,? phuong|don vi"
               r"|diem truc|noi truc|dia diem)( .*)?"
               r"|(home )?(center|centre|commune|ward|site|team)"),
)  # fmt: skip
"""What a heading says that is written so, without accents."""
_OF_PROGRAMS = re.compile(
    r"(start|last modified) time|thoi gian (bat dau|sua doi lan cuoi)|(total )?points|quiz feedback"
)
"""Columns that programs add, and nobody misses."""
_ROLE = [(role, re.compile(pattern)) for role, pattern in _WORDS]
_ASKS = re.compile(
    r"ranh|available|availability|(buoi|khi|ngay|luc|ca) nao|when|thoi gian|lich|free"
    r"|\b(den|di|truc|tham gia)( truc)? duoc|co the (den|di|truc|tham gia)"
    r"|can (you )?(come|help|work|volunteer|make it)"
)
_INVITES = re.compile(
    r"\b(can|could|will|would|may) (you|u) (be able to )?(also )?"
    r"(come|do|help|work|volunteer|make|cover|manage|take|be (there|here|around|in|free)\b)"
    r"|\bare you (around|coming|in|able to (come|help|work|volunteer|make it))\b"
    r"|\b(which|what) (session|shift|slot)s?\b|\bsuits? you\b"
)
"""Words of a question that names a day, in which yes or hours say that somebody can come then."""
_SIGNS_UP = re.compile(r"\b(dang k[iy]|dk|ghi danh|regist\w*|sign(ed|ing)?[ -]?up|enroll?\w*)\b")
"""Words of a heading that asks when people signed up, or for what."""
_DENIES = re.compile(
    r"(?<!\w)(?:không|khong|ko|k|hok|not|cannot|can't|unable|unavailable|busy|off|absent|away"
    r"|except|bận|nghỉ|vắng|vướng|kẹt|trừ|ngoại trừ)(?!\w)"
)
_BUSY_WITH = re.compile(
    r"(?<!\w)(?:(?:lịch|lich|thời gian|thoi gian|giờ|gio) (?:đi |di )?"
    r"(?:học|hoc|thi|(?:làm|lam)(?! (?:tình nguyện|tinh nguyen|tnv)))"
    r"|(?:thời|thoi) (?:khóa|khoá|khoa) (?:biểu|bieu)|tkb"
    r"|(?:khi nào|khi nao|buổi nào|buoi nao|ngày nào|ngay nao)\b.* (?:học|hoc|thi)"
    r"|(?:class|classes|course|exam|lecture|school|study|work)"
    r" (?:schedules?|timetables?|times?|hours?)"
    r"|when\b.* (?:class|classes|exams?|lectures?))(?!\w)"
)
"""A heading that asks when people have classes or work: they are busy then."""
_FREE_OF = re.compile(
    r"(?<!\w)(?:rảnh|ranh|ngoài|ngoai|trống|trong lich|free|available|availability|outside"
    r"|(?:đến|đi|trực|tham gia|làm|den|di|truc|lam) (?:được|duoc)"
    r"|(?:có thể|co the) (?:đến|đi|trực|tham gia|làm|den|di|truc|lam)"
    r"|can (?:you )?(?:come|help|work))(?!\w)"
)
"""Words with which it asks for other times all the same, such as `Rảnh ngoài giờ học`."""
_ASKS_AT_END = re.compile(r"(?<!\w)(?:không|khong|ko|k)\s*\??\s*(?=\[|\(|$)")
"""`Bạn có đến được không?` asks whether, and denies nothing."""
_ASKS_WHETHER = re.compile(r"(được|duoc|đc|rảnh|ranh)\s+(?:không|khong|ko|k)\s*\??\s*(?=[\[(]|$)")
"""The end of a question such as `Thứ 2 em đến được không`, whose `không` denies nothing."""
_BRACKETS = re.compile(r"(.*)\[([^\[\]]+)\]\s*", re.DOTALL)
_MOMENT = r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+-][0-9]{2}:[0-9]{2}))"
_INTERVAL = re.compile(rf"{_MOMENT}\s*(?:-|/)\s*{_MOMENT}")
_EXAMPLE = re.compile(
    r"\((?:vd|ví dụ|eg|e\.g|example|for example|such as)\b[^()]*\)", re.IGNORECASE
)
_OR = ("or", "hoặc", "hay")
_TIMES = (*OF_DAYS, "span", "part", "whole")
_TRIED = 200
"""Cells that are looked at to see whether a column holds answers."""


@dataclass(frozen=True)
class FormColumn:
    """A column of a table of answers."""

    heading: str
    """As it is written."""
    role: Role
    within: Within = OPEN
    """What it says of all answers in it."""
    meaning: str = ""
    """What a mapping file says, or can say, of it; empty where it need not."""


def is_of_program(heading: str) -> bool:
    """Whether a program adds a column with this heading, which says nothing about the answer."""
    return _OF_PROGRAMS.fullmatch(bare(heading)) is not None


def role_of(heading: str) -> Role | None:
    """What a heading says beside answers; None where it says nothing of the kind."""
    text = re.sub(r"\s*\([^()]*\)$", "", re.sub(r"\s+", " ", bare(heading)).strip(" *:?"))
    if column_named("availability", heading) == "volunteer_id":
        return "id"
    if column_named("volunteers", heading) == "name":
        return "name"
    if is_of_program(heading):
        return "aside"
    return next((role for role, pattern in _ROLE if pattern.fullmatch(text)), None)


def within_of(
    heading: str, calendar: Calendar, zone: str, *, strict: bool = False
) -> Within | None:
    """The days and hours that a heading names; None where it names none.

    `Question [Thứ 2]` says what stands in the brackets, and what else the question names. A
    heading in whole sentences counts only where it names a day; if `strict`, none does.

    NotUnderstoodError: it names a day that is none of the week, or denies.
    """
    found = _INTERVAL.fullmatch(heading.strip())
    if found is not None:
        return _interval(found[1], found[2], calendar, zone)
    if strict:
        return _named(heading, calendar, strict=True)
    bracket = _BRACKETS.fullmatch(heading)
    parts = [heading] if bracket is None else [bracket[2], bracket[1]]
    found_parts = [p for text in parts if (p := _named(text, calendar)) is not None]
    if not found_parts:
        return None
    if denies(heading):
        raise NotUnderstoodError(Message("answers.denies", text=heading))
    days, hours = found_parts[0]
    for other in found_parts[1:]:
        if days is None:
            days = other.days
        elif other.days is not None and not days <= other.days:
            raise NotUnderstoodError(Message("answers.heading_two_days", text=heading))
        hours = hours or other.hours
    return Within(days, hours)


def within_or_none(heading: str, calendar: Calendar, zone: str) -> Within | None:
    """What a heading names; None also where it is not understood."""
    try:
        return within_of(heading, calendar, zone)
    except NotUnderstoodError:
        return None


def _named(text: str, calendar: Calendar, *, strict: bool = False) -> Within | None:
    """What a text names: all of it, or the days and hours among other words."""
    asked = _ASKS_WHETHER.sub(r"\1", normal(_EXAMPLE.sub(" ", text)))
    found = named_hours(tokens(asked))
    is_strict = strict or all(token.kind not in ("unknown", "label") for token in found)
    kept = found if is_strict else _only_times(found)
    if not any(t.kind in _TIMES for t in kept):
        return None
    if any(t.kind in ("except", "not", "state", "never") for t in kept):
        raise NotUnderstoodError(Message("answers.denies", text=text))
    said = [t for t in clean(kept) if t.kind not in ("comma", "stop", "colon")]
    part, *others = parts_of(said, calendar, by_start=True)
    if others:
        raise confused(said)
    return Within(part.days, part.hours)


def _only_times(found: Sequence[Token]) -> list[Token]:
    """The tokens of days and hours, and what joins them, without other words.

    NotUnderstoodError: what is left out tells more of these times, such as `after Wednesday`.
    """
    times = [i for i, t in enumerate(found) if t.kind in _TIMES]
    if not times:
        return []
    inner = found[times[0] : times[-1] + 1]
    before = (
        token
        for token in reversed(found[: times[0]])
        if token.kind not in ("link", "clock") and not token.text.isdecimal()
    )
    opens = next(before, None)
    is_range = opens is not None and opens.value == "" and any(t.kind == "dash" for t in inner)
    is_open = opens is not None and opens.kind in ("from", "until") and not is_range
    if is_open or any(t.kind == "onward" for t in found[times[-1] + 1 :]):
        raise confused(found)
    if any(t.kind in ("unknown", "label") for t in inner):
        if any(_joins_days(inner, place) for place in range(len(inner))):
            raise confused(found)
        return [t for t in inner if t.kind in _TIMES]
    return [t for t in inner if t.kind not in ("comma", "colon", "stop", "open", "close")]


def _joins_days(said: Sequence[Token], place: int) -> bool:
    """Whether a word among others joins times in a way that the times alone do not tell."""
    token = said[place]
    if token.kind in ("from", "until", "onward"):
        return True
    if token.kind != "dash" and token.text not in _OR:
        return False
    sides = [t for t in reversed(said[:place]) if t.kind in _TIMES][:1]
    sides += [t for t in said[place:] if t.kind in _TIMES][:1]
    return all(t.kind in OF_DAYS for t in sides) or (token.kind == "dash" and token.text != "-")


def _interval(first: str, last: str, calendar: Calendar, zone: str) -> Within:
    """An interval between two moments of any time zone, as Nextcloud Polls writes them."""
    try:
        start, end = (
            datetime.fromisoformat(text).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
            for text in (first, last)
        )
    except (ValueError, OverflowError):
        raise NotUnderstoodError(Message("answers.no_interval", text=first)) from None
    midnight = datetime.combine(start.date(), datetime.min.time())
    if start.date() not in calendar.days:
        raise NotUnderstoodError(Message("answers.outside", text=f"{start.date()}"))
    if end == start:  # an option without hours
        return Within(frozenset({start.date()}))
    hours = DayHours(start - midnight, end - midnight)
    return Within(frozenset({start.date()}), (hours,))


def asks(heading: str) -> bool:
    """Whether a heading asks when somebody can come, without naming a day."""
    return _ASKS.search(bare(heading)) is not None


def invites(heading: str) -> bool:
    """Whether a heading that names a day asks if somebody can come then."""
    return asks(heading) or _INVITES.search(bare(heading)) is not None


def names_day(heading: str, calendar: Calendar) -> bool:
    """Whether a heading names a weekday or date that is planned."""
    for token in tokens(heading):
        if token.kind in ("weekday", "date", "dates"):
            try:
                calendar.days_of(token)
            except NotUnderstoodError:
                continue
            return True
    return False


def denies(heading: str) -> bool:
    """Whether a heading seems to ask when somebody can not come."""
    text = _ASKS_AT_END.sub("", normal(heading))
    is_busy = _BUSY_WITH.search(text) is not None and _FREE_OF.search(text) is None
    return is_busy or _DENIES.search(text) is not None


def is_plain(heading: str) -> bool:
    """Whether a heading, or what stands in its brackets, consists of days and hours alone."""
    if _INTERVAL.fullmatch(heading.strip()):
        return True
    bracket = _BRACKETS.fullmatch(heading)
    found = named_hours(tokens(heading if bracket is None else bracket[2]))
    return all(token.kind not in ("unknown", "label") for token in found)


def holds_answers(cells: Sequence[str], calendar: Calendar, within: Within) -> bool:
    """Whether at least half of the cells of a column are understood, and some name time.

    Below a heading that names a day these are hours, else days.
    """
    wanted: tuple[str, ...] = (*OF_DAYS, "always")
    if within.days is not None:
        wanted = OF_HOURS
    texts = [text for text in dict.fromkeys(cells) if text][:_TRIED]
    understood, named = 0, False
    for text in texts:
        try:
            read_sentence(text, calendar, within)
        except NotUnderstoodError:
            continue
        understood += 1
        named |= any(t.kind in wanted for t in tokens(text))
    return named and understood * 2 >= len(texts)


def holds_dates(cells: Sequence[str], calendar: Calendar) -> bool:
    """Whether most cells of a column are a single date each, and half of these are planned.

    They may be days on which people can come, or on which they signed up, or were born.
    """
    texts = [text for text in dict.fromkeys(cells) if text][:_TRIED]
    beside = ("link", "weekday", "open", "close", "comma")
    kinds = [[t.kind for t in tokens(text) if t.kind not in beside] for text in texts]
    are_single = kinds.count(["date"]) * 2 > len(texts)
    return are_single and holds_answers(texts, calendar, OPEN)


def asks_for_days(heading: str) -> bool:
    """Whether a heading asks on which days somebody can come, and not when they signed up."""
    return asks(heading) and not signs_up(heading)


def signs_up(heading: str) -> bool:
    """Whether a heading has a word of signing up."""
    return _SIGNS_UP.search(bare(heading)) is not None


def holds_hours(cells: Sequence[str]) -> bool:
    """Whether the cells of a column are hours alone, such as `Sáng`, of days told elsewhere."""
    texts = [text for text in dict.fromkeys(cells) if text][:_TRIED]
    kinds = [{t.kind for t in tokens(text)} for text in texts]
    named = [k for k in kinds if not k.isdisjoint(OF_HOURS) and k.isdisjoint(OF_DAYS)]
    return bool(texts) and len(named) * 2 >= len(texts)
