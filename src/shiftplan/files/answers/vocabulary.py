"""The words that free text about time may have, in Vietnamese and English, and what each means.

Nothing -> `MEANING`: word or words -> kind and value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from shiftplan.files.cells.names import ALL_DAY, EVERY_DAY
from shiftplan.problem.by_name import unaccented

Kind = Literal[
    "weekday",
    "days",
    "date",
    "clock",
    "span",
    "part",
    "whole",
    "from",
    "until",
    "dash",
    "and",
    "comma",
    "stop",
    "colon",
    "open",
    "close",
    "except",
    "not",
    "state",
    "always",
    "never",
    "free",
    "link",
    "label",
    "unknown",
]
_WEEKDAYS = (
    ("thứ hai", "monday", "mondays", "mon"),
    ("thứ ba", "tuesday", "tuesdays", "tue", "tues"),
    ("thứ tư", "wednesday", "wednesdays", "wed"),
    ("thứ năm", "thursday", "thursdays", "thu", "thur", "thurs"),
    ("thứ sáu", "friday", "fridays", "fri"),
    ("thứ bảy", "thứ bẩy", "saturday", "saturdays", "sat"),
    ("chủ nhật", "chúa nhật", "cn", "sunday", "sundays", "sun"),
)
MONTHS = (
    *("january", "jan", "february", "feb", "march", "mar", "april", "apr", "may", "june", "jun"),
    *("july", "jul", "august", "aug", "september", "sept", "sep", "october", "oct"),
    *("november", "nov", "december", "dec"),
)
"""Names of months in English; in Vietnamese they are numbers."""
_PHRASES: dict[tuple[Kind, str], tuple[str, ...]] = {
    ("days", "all"): EVERY_DAY,
    ("days", "working"): ("ngày thường", "weekday", "weekdays"),
    ("days", "weekend"): ("cuối tuần", "weekend", "weekends", "the weekend"),
    ("part", "morning"): ("sáng", "morning", "mornings"),
    ("part", "afternoon"): ("chiều", "afternoon", "afternoons"),
    ("part", "evening"): ("tối", "evening", "evenings"),
    ("part", "am"): ("am",),
    ("part", "pm"): ("pm",),
    ("whole", ""): ALL_DAY,
    ("from", ""): ("từ", "sau", "from", "after"),
    ("until", ""): ("trước", "before", "until", "till"),
    ("dash", ""): ("đến", "tới", "to", "through"),
    ("and", ""): ("và", "and"),
    ("except", ""): ("trừ", "ngoại trừ", "except", "except for", "but not", "excluding"),
    ("not", ""): (
        "không",
        "không rảnh",
        "không đi được",
        "không được",
        "bận",
        "nghỉ",
        "not",
        "not available",
        "unavailable",
        "busy",
        "cannot",
        "can not",
        "can't",
        "cannot come",
        "can't come",
    ),
    ("state", "preferred"): ("ưu tiên", "thích", "prefer", "preferred", "preferably", "ideally"),
    ("state", "undesired"): (
        "nếu cần",
        "nếu cần thiết",
        "khi cần",
        "if need be",
        "if needed",
        "if necessary",
        "in an emergency",
    ),
    ("always", ""): (
        "lúc nào cũng được",
        "khi nào cũng được",
        "bất cứ lúc nào",
        "bất kỳ lúc nào",
        "ngày nào cũng được",
        "buổi nào cũng được",
        "tất cả các buổi",
        "tất cả",
        "any time",
        "anytime",
        "always",
        "whenever",
    ),
    ("never", ""): (
        "bận cả tuần",
        "nghỉ cả tuần",
        "không tham gia",
        "không tham gia được",
        "không đi được ngày nào",
        "no",
        "none",
        "never",
        "busy all week",
        "not this week",
    ),
    ("link", ""): (
        "buổi",
        "các buổi",
        "ca",
        "các ca",
        "ngày",
        "các ngày",
        "các",
        "cả",
        "mỗi",
        "mọi",
        "đều",
        "every",
        "each",
        "vào",
        "lúc",
        "chỉ",
        "em",
        "mình",
        "ạ",
        "nhé",
        "nha",
        "on",
        "in the",
        "at",
        "the",
        "only",
        "of",
        "please",
    ),
    ("free", ""): (
        "rảnh",
        "được",
        "đc",
        "ok",
        "đi được",
        "có thể đi",
        "tham gia được",
        "i can come",
        "i am available",
        "i'm available",
        "available",
        "free",
    ),
}
_ONLY_WITH_ACCENTS = {"tối", "bận", "nghỉ", "cả ngày", "sau", "tới", "em", "vào", "lúc"}
_ONLY_WITH_ACCENTS |= {"thích"}
"""Without accents they are other words too: `toi` is also "I", `ca ngay` also "day shift"."""


def _spellings() -> Iterator[tuple[str, Kind, str]]:
    for day, names in enumerate(_WEEKDAYS):
        for name in names:
            yield name, "weekday", str(day)
            yield unaccented(name), "weekday", str(day)
    for (kind, value), words in _PHRASES.items():
        for word in words:
            yield word, kind, value
            if word not in _ONLY_WITH_ACCENTS:
                yield unaccented(word), kind, value


MEANING: dict[str, tuple[Kind, str]] = {}
"""Word or words, in lower case -> kind and value; the first of several in this order counts."""
for _word, _kind, _value in _spellings():
    MEANING.setdefault(_word, (_kind, _value))
