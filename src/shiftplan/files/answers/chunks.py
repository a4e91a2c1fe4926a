"""The tokens of a text put in order before they are read: words without meaning, brackets, commas.

`Token`s -> those that say something -> chunks between commas.
"""

from __future__ import annotations

from collections.abc import Sequence

from shiftplan.errors.message import Message
from shiftplan.files.answers.calendar import NotUnderstoodError
from shiftplan.files.answers.lexicon import Token
from shiftplan.files.answers.parts import OF_DAYS, OF_HOURS, split, two_ways


def clean(found: Sequence[Token]) -> list[Token]:
    """The tokens that say something; labels such as `ca 1` only stand before hours.

    Words such as `rảnh` say something only beside what is taken away.

    NotUnderstoodError: a word is not known, or nothing is said.
    """
    takes_away = any(token.kind in ("except", "not") for token in found)
    idle = ("link",) if takes_away else ("link", "free")
    said = named_hours([token for token in found if token.kind not in idle])
    for token in said:
        if token.kind in ("unknown", "label"):
            raise NotUnderstoodError(Message("answers.unknown_word", text=token.text))
    said = _opened(said)
    if all(token.kind in ("stop", "comma", "free") for token in said):
        raise NotUnderstoodError(Message("answers.says_nothing"))
    return [t._replace(kind="days", value="all") if t.kind == "always" else t for t in said]


def named_hours(found: Sequence[Token]) -> list[Token]:
    """Tokens without the labels of hours, as of `ca 1 (7h-11h)`."""
    left, said = list(found), list[Token]()
    while left:
        token = left.pop(0)
        kinds = [other.kind for other in left[:3]]
        if token.kind == "label" and kinds == ["open", "span", "close"]:
            token, left = left[1], left[3:]
        elif token.kind == "label" and kinds[:2] in (["colon", "span"], ["dash", "span"]):
            token, left = left[1], left[2:]
        said.append(token)
    return said


def _opened(said: list[Token]) -> list[Token]:
    """Without brackets around hours of a day, or days of hours, as in `T2 (sáng, chiều)`."""
    found: list[Token] = []
    rest = list(said)
    while rest:
        token = rest.pop(0)
        end = next((i for i, t in enumerate(rest) if t.kind == "close"), None)
        if token.kind == "open" and found and end is not None:
            inner, before = rest[:end], found[-1].kind
            kinds = {t.kind for t in inner} - {"comma", "and", "dash"}
            is_list = (before in OF_DAYS and kinds <= {*OF_HOURS}) or (
                before in OF_HOURS and kinds <= {*OF_DAYS}
            )
            if kinds and is_list and kinds != {"date"}:
                found += (t._replace(kind="and") if t.kind == "comma" else t for t in inner)
                rest = rest[end + 1 :]
                continue
        found.append(token)
    return found


def chunks_of(segment: Sequence[Token]) -> list[list[Token]]:
    """What stands between commas, and from a word that takes away on.

    NotUnderstoodError: a word such as `bận` may belong to what stands before or behind it.
    """
    found: list[list[Token]] = []
    parts = list(split(segment, "comma"))
    for i in reversed(range(1, len(parts))):  # `Thứ Hai, 7/12` is one day
        if parts[i][0].kind == "date" and [t.kind for t in parts[i - 1]][-1:] == ["weekday"]:
            parts[i - 1 : i + 1] = [[*parts[i - 1], *parts[i]]]
    for chunk in parts:
        own: list[Token] = []
        for i, token in enumerate(chunk):
            if token.kind in ("except", "not") and own:
                is_between = token.kind == "not" and token.text != "not" and i < len(chunk) - 1
                if is_between and own[-1].kind != "and":  # `T2 bận T3 rảnh`
                    raise two_ways(segment)
                found.append([t for t in own if t is not own[-1] or t.kind != "and"])
                own = []
            own.append(token)
        found.append(own)
    return [chunk for chunk in found if chunk]
