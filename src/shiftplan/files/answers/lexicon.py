"""The words of free text about when somebody can come, in Vietnamese and English.

Text -> `Token`s; text of a cell -> how welcome a shift is then, `stand_by`, `no`, or None for other
words.
There is no list of spelling mistakes and no guess: a word that is not here is unknown, and so is
one that means two things when its accents are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from shiftplan.files.answers.vocabulary import MEANING, MONTHS, Kind
from shiftplan.files.cells.clocks import PARTS
from shiftplan.files.workbook.marks import means_stand_by, state_of


class Token(NamedTuple):
    """A word or sign of a sentence, or some words that mean one thing."""

    kind: Kind
    value: str
    """What it means: weekdays by number with Monday as 0, joined by bars; of dates and clock times
    their text."""
    text: str
    """As it is written."""


_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?:,?\s+(?:năm\s+)?(?:19|20)[0-9]{2}(?![0-9:]))?"
_CLOCK = (
    r"[0-9]{1,2}(?::[0-9]{2}|\s?(?:h|g|giờ)(?:[0-9]{2}(?![0-9/.])|\s[0-9]{2}(?=\s?p))?)(?::00)?"
    r"(?:\s?(?:p|phút)(?!\w))?(?:\s?(?:am|pm|a\.m\.|p\.m\.)(?!\w))?"
    r"|[0-9]{1,2}\s?(?:am|pm|a\.m\.|p\.m\.)(?!\w)|(?:12\s)?noon(?!\w)"
)
_HALF = rf"(?:\s?(?:giờ\s)?(?:{PARTS})(?!\w))?"
_BETWEEN = r"\s*(?:-|đến|tới|to|until|till)\s*"
_DAY_OF = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_MONTH_OF = (
    r"(?:/[0-9]{1,2}(?:/(?:19|20)?[0-9]{2})?(?![0-9/])"
    rf"|\s(?:tháng|thg|th)\.?\s?[0-9]{{1,2}}(?![0-9])|\s(?:of\s)?{_MONTH}(?!\w))"
)
"""The month that several days share, as in `8-10/12`."""
_OF_DAYS = r"(?<!at\s)(?<!lúc\s)(?:(?:từ\s(?:ngày\s)?|ngày\s|from\s))?"
_NUMBER = (
    r"[2-7](?![0-9]|\s?(?:h|g|giờ|am|pm)(?!\w)|/[0-9]|[:.][0-9]"
    rf"|\s(?:of\s)?(?:{_MONTH}|tháng|thg|th)(?!\w))"
)
_SHARED = re.compile(_MONTH_OF)
_DAY_WORD = r"(?:t|th|thứ|thu)\.?"
_NAMES = {"hai": "2", "ba": "3", "tư": "4", "năm": "5", "sáu": "6", "bảy": "7", "bẩy": "7"}
"""Weekdays by their numbers in words."""
_NAME = rf"(?:{'|'.join(_NAMES)})(?!\w)"
_NAMES_END = (
    r"(?=\s?(?:\Z|[,;.:()!\n]|(?:sáng|chiều|tối|cả ngày|được|đc|rảnh|bận|ạ|nhé|nha)(?!\w)))"
)
"""What may follow them; `thứ ba, tư vấn` and `thứ hai, năm 2026` are no lists."""
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    ("dates", rf"{_OF_DAYS}{_DAY_OF}(?:{_BETWEEN}(?:ngày\s)?){_DAY_OF}{_MONTH_OF}"),
    ("dates", rf"{_OF_DAYS}{_DAY_OF}(?:\s?(?:,|và|&|and)\s?{_DAY_OF}){{1,6}}{_MONTH_OF}"),
    (
        "dates",
        rf"{_MONTH}\s[0-9]{{1,2}}\s?-\s?[0-9]{{1,2}}(?!\w|[:/.-]|\s?(?:h|g|giờ|am|pm)(?!\w))",
    ),
    ("date", r"(?:19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}(?![0-9])"),
    (
        "date",
        r"[0-9]{1,2}(?:/[0-9]{1,2}/|-[0-9]{1,2}-|\.[0-9]{1,2}\.)(?:[0-9]{4}|[0-9]{2})(?![0-9])",
    ),
    ("date", r"[0-9]{1,2}/[0-9]{1,2}(?![0-9/])"),
    ("date", r"(?:ngày\s)?[0-9]{1,2}\s(?:tháng|thg|th)\.?\s?[0-9]{1,2}(?![0-9])" + _YEAR),
    ("date", rf"[0-9]{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}(?!\w){_YEAR}"),
    ("date", rf"{_MONTH}\s[0-9]{{1,2}}(?:st|nd|rd|th)?(?![0-9:h]){_YEAR}"),
    ("date", r"ngày\s[0-9]{1,2}(?![0-9]|\s?(?:h|g|giờ)|[/:.-])"),
    ("weekday", rf"{_DAY_WORD}\s?{_NUMBER}-{_NUMBER}(?:-{_NUMBER})*"),
    ("weekday", rf"{_DAY_WORD}\s?(?=[2-7]{{3}})2?3?4?5?6?7?(?![0-9:/.]|\s?(?:h|g|giờ)(?!\w))"),
    ("weekday", rf"{_DAY_WORD}\s?{_NUMBER}(?:\s{_NUMBER}){{2,}}(?!-)"),
    ("weekday", rf"{_DAY_WORD}\s?{_NUMBER}(?:\s?(?:,|và|&)\s?{_NUMBER})*"),
    ("weekday", rf"thứ\s{_NAME}(?:(?:\s?(?:,|và|&)\s?|\s){_NAME}){{1,5}}{_NAMES_END}"),
    (
        "weekday",
        r"(?:(?<=sáng\s)|(?<=sang\s)|(?<=chiều\s)|(?<=chieu\s)|(?<=tối\s))"
        rf"{_NUMBER}(?:(?:\s?(?:,|và|&)\s?|\s|-){_NUMBER}){{2,}}(?!-)",
    ),
    (
        "span",
        rf"(?:từ\s|from\s)?(?:(?:{_CLOCK}){_HALF}|[0-9]{{1,2}}){_BETWEEN}(?:{_CLOCK}){_HALF}(?![0-9])",
    ),
    ("span", rf"between\s(?:{_CLOCK})\sand\s(?:{_CLOCK})(?![0-9])"),
    ("clock", rf"(?:{_CLOCK}){_HALF}(?![0-9])"),
    ("label", r"(?:ca|kíp|shift|slot)\s?[0-9]{1,2}"),
)


def _any_of(words: Iterable[str]) -> str:
    """A pattern of words, the longest first; by their first letters, so that it fails early."""
    ends: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        ends.setdefault(word[0], []).append(re.escape(word[1:]).replace(r"\ ", r"\s+"))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in ends.items())


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
    "/": "and",
}
_SIGNS |= dict.fromkeys("😊🙂😄😀😁😆😍🥰😘😉🤗☺❤💕🙏👍👌💪✨", "link")
_SIGNS |= dict.fromkeys("✅✔✓☑", "free")


@cache
def _token() -> re.Pattern[str]:
    """What matches a word or sign; it takes long to make, and few commands read sentences."""
    return re.compile(
        "|".join(
            [
                *(rf"(?<!\w)(?P<p{i}>{pattern})(?!\w)" for i, (_, pattern) in enumerate(_PATTERNS)),
                rf"(?<!\w)(?P<word>{_any_of(MEANING)})(?!\w|'\w)",
                rf"(?P<sign>[{re.escape(''.join(_SIGNS))}])",
                r"(?P<blank>[^\S\n]+)",
                r"(?P<other>\w+|.)",
            ]
        ),
        re.IGNORECASE,
    )


_TIMES: frozenset[Kind] = frozenset(
    ("weekday", "days", "dates", "clock", "span", "whole", "except", "always", "never")
)
_WITH_DATES: frozenset[Kind] = frozenset(("not", "free", "from", "until", "onward"))
"""What makes a date in a remark one on which somebody can come, or cannot."""
_BEFORE_PART = ("buổi", "các buổi", "ca", "các ca", "cả", "mỗi", "chỉ")
_LASTS = ("not", "from", "until", "dash")
"""What makes a word for a length of time one of when somebody cannot come, or how long."""
_LENGTH = re.compile(r"(?<!\w)(?:tuần|tháng|ngày|buổi|giờ|weeks?|months?|days?|hours?)(?!\w)")
_SESSION = r"(?:buổi|ca|kíp|lần|ngày|shifts?|sessions?|times|days?)"
_HOW_OFTEN = re.compile(
    rf"(?<!\w)(?:[0-9]{{1,2}}|một|hai|ba|one|two|three|once|twice)(?:\s?-\s?[0-9]{{1,2}})?"
    rf"\s?{_SESSION}?\s?(?:/|(?:mỗi|một|trong|a|per|each|every)\s|1\s)\s?(?:1\s)?(?:tuần|tháng|week|month)"
    rf"|(?<!\w)(?:tuần|tháng|tối đa|nhiều nhất|không quá|chỉ|max|only|at most|no more than|up to)"
    rf"(?:\s\w+){{0,2}}\s?(?:[0-9]{{1,2}}|một|hai|ba|one|two|three|nửa|half)\s{_SESSION}(?!\w)"
    r"|(?<!\w)(?:về|ra) sớm|(?<!\w)(?:đến|tới|vào) (?:muộn|trễ)|leav\w+ early|com\w+ late"
)
"""How often somebody can come, or that they miss part of a shift."""
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_BUT = re.compile(
    r"\b((?:any|every|all) (?:day|morning|afternoon|evening|time|week)s?),? but "
    rf"(?={_DAY}(?:(?:\s?[,&]\s?|\s(?:and|or)\s){_DAY})*[.!]?$)"
)
"""`any day but Tuesday`; `Mon but only mornings` means something else."""
_DASHES = str.maketrans("–—−‒‐‑~→／", "-------" + "-/", "\ufe0e\ufe0f🏻🏼🏽🏾🏿")
_ARROW = re.compile(r"[-=]{1,2}>")
_SMILE = re.compile(r"[:=]-?\){1,9}|(?<!\w):d(?!\w)|\^_{0,3}\^")


def normal(text: str) -> str:
    """Text as words are looked up: composed, lower case, one kind of dash and of blank."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_DASHES).replace("’", "'")
    plain = _ARROW.sub("-", plain)
    plain = plain if "(" in plain else _SMILE.sub(" ", plain)
    return re.sub(r"[^\S\n]+", " ", plain).strip()


def tokens(text: str) -> list[Token]:
    """The words and signs of a text; what is not known is `unknown`."""
    found: list[Token] = []
    for match in _token().finditer(_BUT.sub(r"\1 except ", normal(text))):
        name, written = match.lastgroup or "", match[0]
        if name == "blank":
            continue
        if name[:1] == "p" and name[1:].isdigit():
            found.append(_of_pattern(_PATTERNS[int(name[1:])][0], written))
        elif name == "word":
            # A dotless i matches i, and is no word.
            meant = MEANING.get(re.sub(r"\s+", " ", written), ("unknown", ""))
            found.append(Token(*meant, written))
        elif name == "sign":
            found.append(Token(_SIGNS[written], "", written))
        else:
            found.append(Token("unknown", "", written))
    return found


def says_when(text: str) -> bool:
    """Whether a remark speaks of days or hours, or of how often somebody can come.

    A date alone may be a birthday, and a part of the day a name unless a word such as `buổi` stands
    before it.
    """
    found = tokens(text)
    kinds, plain = {token.kind for token in found}, normal(text)
    if "date" in kinds and not kinds.isdisjoint(_WITH_DATES):
        return True
    is_part = any(
        other.kind == "part" and one.text in _BEFORE_PART for one, other in pairwise(found)
    )
    is_long = not kinds.isdisjoint(_LASTS) and _LENGTH.search(plain) is not None
    is_time = not kinds.isdisjoint(_TIMES) or ("part" in kinds and "unknown" not in kinds)
    return is_time or is_part or is_long or _HOW_OFTEN.search(plain) is not None


def _of_pattern(kind: Kind, text: str) -> Token:
    """The token of a text that has the form of its kind."""
    if kind == "weekday":  # numbers of days as in `thứ 2, 4 và 6`, Monday is 0
        days = [int(_NAMES.get(day, day)) for day in re.findall(rf"[2-7]|{_NAME}", text)]
        if "-" in text and len(days) == 2 and days[1] - days[0] != 1:
            one, other = (f"T{days[0]}{sign}T{days[1]}" for sign in ("-", " & "))
            return Token("unclear", f"{one}|{other}", text)
        return Token(kind, "|".join(str(day - 2) for day in days), text)
    if kind == "dates":
        month = _SHARED.search(text)
        days_of = re.findall(
            r"(?<![0-9/])[0-9]{1,2}(?![0-9])", text[: month.start()] if month else text
        )
        shared = month[0] if month else f" {text.split()[0]}"
        sign = "|" if re.search(r",|và|&|and", text) else ">"
        return Token(kind, sign.join(f"{day}{shared}" for day in days_of), text)
    if text.startswith("between"):
        return Token(kind, text, re.sub(r"^between\s(.*)\sand\s", r"\1-", text))
    return Token(kind, text, text)


def without_dates(text: str) -> str:
    """A text with `{date}` in place of each of its dates."""
    plain = unicodedata.normalize("NFC", text)
    return _token().sub(lambda m: "{date}" if _is_date(m) else m[0], plain)


def dates_in(text: str) -> list[str]:
    """The dates in a text, as they are written."""
    return [m[0] for m in _token().finditer(unicodedata.normalize("NFC", text)) if _is_date(m)]


def _is_date(match: re.Match[str]) -> bool:
    name = match.lastgroup or ""
    return name[1:].isdigit() and _PATTERNS[int(name[1:])][0] == "date"


Said = Literal["available", "preferred", "undesired", "stand_by", "no"]
_POLLS: Mapping[Said, str] = {
    "available": "yes|oui|ja|sí|si|sì|òc|ya|có",
    "undesired": "maybe|if need be|ifneedbe|under reserve|si nécessaire|si besoin|unter vorbehalt"
    "|wenn nötig|en caso de ser necesario|si es necesario|nếu cần thiết",
    "no": "no|non|nein|không|nee",
}
"""Words of Rallly, Framadate and Nextcloud Polls in the languages that they have."""
_BY_WORD: dict[str, Said] = {
    normal(word): said for said, words in _POLLS.items() for word in words.split("|")
}
_NOT_IN_FORMS = ("-", "+", "++")
"""Marks of the availability grid that mean nothing certain elsewhere."""


def said_by(text: str, own: Mapping[str, Said], *, in_grid: bool = False) -> Said | None:
    """What a word says; None where it says nothing of the kind.

    `own`: words of a mapping file, as `normal` gives them, which come first.
    """
    word = normal(text)
    if word in own:
        return own[word]
    if not in_grid and word in _NOT_IN_FORMS:
        return None
    return "stand_by" if means_stand_by(text) else _BY_WORD.get(word) or state_of(text)
