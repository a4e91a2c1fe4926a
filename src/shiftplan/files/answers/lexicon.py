"""The words of free text about when somebody can come, in Vietnamese and English.

Text -> `Token`s. There is no list of spelling mistakes and no guess: a word that is not here is
unknown, and so is one that means two things when its accents are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple

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
    "link",
    "label",
    "unknown",
]


class Token(NamedTuple):
    """A word or sign of a sentence, or some words that mean one thing."""

    kind: Kind
    value: str
    """What it means: weekdays by number with Monday as 0, joined by bars; of dates and clock times
    their text."""
    text: str
    """As it is written."""


_WEEKDAYS = (
    ("thứ hai", "monday", "mondays", "mon"),
    ("thứ ba", "tuesday", "tuesdays", "tue", "tues"),
    ("thứ tư", "wednesday", "wednesdays", "wed"),
    ("thứ năm", "thursday", "thursdays", "thu", "thur", "thurs"),
    ("thứ sáu", "friday", "fridays", "fri"),
    ("thứ bảy", "thứ bẩy", "saturday", "saturdays", "sat"),
    ("chủ nhật", "chúa nhật", "cn", "sunday", "sundays", "sun"),
)
_MONTHS = (
    "january|jan",
    "february|feb",
    "march|mar",
    "april|apr",
    "may",
    "june|jun",
    "july|jul",
    "august|aug",
    "september|sept|sep",
    "october|oct",
    "november|nov",
    "december|dec",
)
_PHRASES: dict[tuple[Kind, str], tuple[str, ...]] = {
    ("days", "all"): (
        "cả tuần",
        "mọi ngày",
        "mỗi ngày",
        "hàng ngày",
        "hằng ngày",
        "tất cả các ngày",
        "all week",
        "the whole week",
        "whole week",
        "every day",
        "everyday",
        "daily",
        "all days",
        "any day",
    ),
    ("days", "working"): ("ngày thường", "weekdays", "every weekday"),
    ("days", "weekend"): ("cuối tuần", "weekend", "weekends", "the weekend"),
    ("part", "morning"): ("sáng", "morning", "mornings"),
    ("part", "afternoon"): ("chiều", "afternoon", "afternoons"),
    ("part", "evening"): ("tối", "evening", "evenings"),
    ("whole", ""): ("cả ngày", "nguyên ngày", "all day", "the whole day", "whole day", "full day"),
    ("from", ""): ("từ", "sau", "from", "after"),
    ("until", ""): ("trước", "before", "until", "till"),
    ("dash", ""): ("đến", "tới", "to", "through"),
    ("and", ""): ("và", "and"),
    ("except", ""): ("trừ", "ngoại trừ", "except", "except for", "but not", "excluding"),
    ("not", ""): (
        "không",
        "không rảnh",
        "không đi được",
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
        "vào",
        "lúc",
        "chỉ",
        "em",
        "mình",
        "rảnh",
        "đi được",
        "có thể đi",
        "tham gia được",
        "ạ",
        "nhé",
        "nha",
        "on",
        "in the",
        "at",
        "the",
        "only",
        "of",
        "i can come",
        "i am available",
        "i'm available",
        "available",
        "free",
        "please",
    ),
}
_ONLY_WITH_ACCENTS = {"tối", "bận", "nghỉ", "cả ngày", "sau", "tới", "em", "vào", "lúc"}
_ONLY_WITH_ACCENTS |= {"thích"}
"""Without accents they are other words too: `toi` is also "I", `ca ngay` also "day shift"."""


def _bare(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _spellings() -> Iterator[tuple[str, Kind, str]]:
    for day, names in enumerate(_WEEKDAYS):
        for name in names:
            yield name, "weekday", str(day)
            yield _bare(name), "weekday", str(day)
    for (kind, value), words in _PHRASES.items():
        for word in words:
            yield word, kind, value
            if word not in _ONLY_WITH_ACCENTS:
                yield _bare(word), kind, value


_MEANING: dict[str, tuple[Kind, str]] = {}
for _word, _kind, _value in _spellings():
    _MEANING.setdefault(_word, (_kind, _value))
_MONTH_OF = {name: i for i, names in enumerate(_MONTHS, start=1) for name in names.split("|")}
_MONTH = "(?:" + "|".join(sorted(_MONTH_OF, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?:,?\s+(?:năm\s+)?(?:19|20)[0-9]{2}(?![0-9:]))?"
_CLOCK = (
    r"[0-9]{1,2}(?::[0-9]{2}|\s?(?:h|g|giờ)(?:[0-9]{2}(?![0-9/.])|\s[0-9]{2}(?=\s?p))?)(?::00)?"
    r"(?:\s?(?:p|phút)(?!\w))?(?:\s?(?:am|pm|a\.m\.|p\.m\.)(?!\w))?"
    r"|[0-9]{1,2}\s?(?:am|pm|a\.m\.|p\.m\.)(?!\w)"
)
_HALF = r"(?:\s?(?:giờ\s)?(?:sáng|chiều|tối)(?!\w))?"
_BETWEEN = r"\s*(?:-|đến|tới|to|until|till)\s*"
_NUMBER = rf"[2-7](?![0-9]|\s?(?:h|g|giờ|am|pm)(?!\w)|/|[:.][0-9]|\s(?:of\s)?{_MONTH}(?!\w))"
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    ("date", r"(?:19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}(?![0-9])"),
    ("date", r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{4}|[0-9]{2})(?![0-9])"),
    ("date", r"[0-9]{1,2}/[0-9]{1,2}(?![0-9/])"),
    ("date", r"(?:ngày\s)?[0-9]{1,2}\s(?:tháng|thg|th)\.?\s?[0-9]{1,2}(?![0-9])" + _YEAR),
    ("date", rf"[0-9]{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}(?!\w){_YEAR}"),
    ("date", rf"{_MONTH}\s[0-9]{{1,2}}(?:st|nd|rd|th)?(?![0-9:h]){_YEAR}"),
    ("date", r"ngày\s[0-9]{1,2}(?![0-9]|\s?(?:h|g|giờ)|[/:.-])"),
    ("weekday", rf"(?:t|th|thứ|thu)\.?\s?{_NUMBER}(?:\s?(?:,|và|&)\s?{_NUMBER})*"),
    (
        "span",
        rf"(?:từ\s|from\s)?(?:(?:{_CLOCK}){_HALF}|[0-9]{{1,2}}){_BETWEEN}(?:{_CLOCK}){_HALF}(?![0-9])",
    ),
    ("clock", rf"(?:{_CLOCK}){_HALF}(?![0-9])"),
    ("label", r"(?:ca|kíp|shift|slot)\s?[0-9]{1,2}"),
)
_WORDS = "|".join(
    re.escape(word).replace(r"\ ", r"\s+") for word in sorted(_MEANING, key=len, reverse=True)
)
_SIGNS: dict[str, Kind] = {",": "comma", ";": "stop", "\n": "stop", ":": "colon", "-": "dash"}
_SIGNS |= {
    ".": "stop",
    "!": "link",
    "(": "open",
    ")": "close",
    "[": "open",
    "]": "close",
    "&": "and",
    "+": "and",
}
_TOKEN = re.compile(
    "|".join(
        [
            *(rf"(?<!\w)(?P<p{i}>{pattern})(?!\w)" for i, (_, pattern) in enumerate(_PATTERNS)),
            rf"(?<!\w)(?P<word>{_WORDS})(?!\w)",
            r"(?P<sign>[,;.!\n:\-()\[\]&+])",
            r"(?P<blank>[^\S\n]+)",
            r"(?P<other>\w+|.)",
        ]
    ),
    re.IGNORECASE,
)
_DASHES = str.maketrans("–—−‒‐‑~→／", "-------" + "-/")


def normal(text: str) -> str:
    """Text as words are looked up: composed, lower case, one kind of dash and of blank."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_DASHES).replace("’", "'")
    return re.sub(r"[^\S\n]+", " ", plain).strip()


def tokens(text: str) -> list[Token]:
    """The words and signs of a text; what is not known is `unknown`."""
    found: list[Token] = []
    for match in _TOKEN.finditer(normal(text)):
        name, written = match.lastgroup or "", match[0]
        if name == "blank":
            continue
        if name[:1] == "p" and name[1:].isdigit():
            kind = _PATTERNS[int(name[1:])][0]
            value = written
            if kind == "weekday":  # numbers of days as in `thứ 2, 4 và 6`, Monday is 0
                value = "|".join(str(int(day) - 2) for day in re.findall("[2-7]", written))
            found.append(Token(kind, value, written))
        elif name == "word":
            kind, value = _MEANING[re.sub(r"\s+", " ", written)]
            found.append(Token(kind, value, written))
        elif name == "sign":
            found.append(Token(_SIGNS[written], "", written))
        else:
            found.append(Token("unknown", "", written))
    return found


def without_dates(text: str) -> str:
    """A text with `{date}` in place of each of its dates."""
    plain = unicodedata.normalize("NFC", text)
    return _TOKEN.sub(lambda m: "{date}" if _is_date(m) else m[0], plain)


def dates_in(text: str) -> list[str]:
    """The dates in a text, as they are written."""
    return [m[0] for m in _TOKEN.finditer(unicodedata.normalize("NFC", text)) if _is_date(m)]


def _is_date(match: re.Match[str]) -> bool:
    name = match.lastgroup or ""
    return name[1:].isdigit() and _PATTERNS[int(name[1:])][0] == "date"
