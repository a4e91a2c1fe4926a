"""The tokens of a text put in order before they are read: words without meaning, brackets, commas.

`Token`s -> those that say something -> chunks between commas.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from shiftplan.errors.message import Message
from shiftplan.files.answers.calendar import NotUnderstoodError
from shiftplan.files.answers.lexicon import Token
from shiftplan.files.answers.parts import MARKS, OF_DAYS, OF_HOURS, either, split, two_ways

_NAMING = (*OF_DAYS, "part", "and", "link", "unknown")
"""Kinds of words that may stand between a word that takes away and `or`."""
_BREAKS = ("comma", "stop", "colon", *MARKS)
_ENDS = (*_BREAKS, "open", "close", "rest")
_AND, _COMMA = Token("and", "", "và"), Token("comma", "", ",")
_DAYS = ("weekday", "days", "date")
_AS_ONE = (("weekday", "date"), ("part", "span"))
"""Kinds of words side by side of which the second makes the first exact."""
_LIST, _PAIRS = re.compile("(h+|w)d+|d+w|dh+"), re.compile("(hd){2,}|(dh){2,}")
"""Orders of days (d), hours (h) and whole days (w) in lists with one meaning."""


def clean(found: Sequence[Token]) -> list[Token]:
    """The tokens that say something; labels such as `ca 1` only stand before hours.

    Words such as `rảnh` say something only beside a colon, and beside what is said otherwise.

    NotUnderstoodError: a word is not known, or means two things, or nothing is said.
    """
    kept = [t for t in _all_free(_nor(found)) if t.kind != "link" or t.text == "on"]
    kept = _bare([t for t in map(_onward, kept, [*kept[1:], None]) if t.kind != "link"])
    kinds = ["", *(token.kind for token in kept), ""]
    if not set(kinds) & {*MARKS, "state", "rest"}:
        beside = [kinds[i] == "colon" or kinds[i + 2] == "colon" for i in range(len(kept))]
        kept = [t for t, is_label in zip(kept, beside, strict=True) if t.kind != "free" or is_label]
    said = named_hours(kept)
    for token in said:
        if token.kind in ("unknown", "label"):
            raise NotUnderstoodError(Message("answers.unknown_word", text=token.text))
        if token.kind == "unclear":
            raise either(token.text, *token.value.split("|"))
    said = [*_listed(_opened(said))]
    if all(token.kind in ("stop", "comma", "free", "colon") for token in said):
        raise NotUnderstoodError(Message("answers.says_nothing"))
    return [_any_time(said, i) if token.kind == "always" else token for i, token in enumerate(said)]


def _nor(found: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens; `or` between days that are all taken away joins them: `not Mon or Tue`.

    Between days that are given it leaves a choice, and is not understood.
    """
    is_away = False
    for token in found:
        is_away = token.kind in MARKS or (is_away and token.kind in _NAMING)
        is_or = (token.kind, token.text) == ("unknown", "or")
        yield token._replace(kind="and") if is_or and is_away else token


def _all_free(found: Iterable[Token]) -> list[Token]:
    """The tokens; words such as `rảnh hết` mean all days where no other word names a time."""
    said = list(found)
    if {t.kind for t in said} & {*OF_DAYS, *OF_HOURS, *MARKS, "always", "never", "rest", "state"}:
        return said
    is_all = [(t.kind, t.value) == ("free", "all") for t in said]
    return [t._replace(kind="days") if i else t for t, i in zip(said, is_all, strict=True)]


def _listed(said: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens with the signs that are left out where they can only be meant.

    These are `and` in lists such as `sáng T2 T4`, `T2 sáng chiều` and `sáng T2 chiều T3`, and the
    comma before `còn lại`. In `T2 T4 sáng` the morning may be of one day or of both; in `bận sáng
    T2 chiều T3` the afternoon may be given or taken away.
    """
    ends = [-1, *(i for i, t in enumerate(said) if t.kind in _ENDS), len(said)]
    for first, last in pairwise(ends):
        run, around = said[first + 1 : last], {t.kind for t in said[max(first, 0) : last + 1]}
        yield from _with_and(run, is_away=not around.isdisjoint(MARKS))
        if "rest" in [t.kind for t in said[last : last + 1]] and run and run[-1].kind != "and":
            yield _COMMA
        yield from said[last : last + 1]


def _with_and(run: Sequence[Token], *, is_away: bool) -> Sequence[Token]:
    """Words between two signs, with `and` between those that stand side by side in a list."""
    units = _units(run)
    if units is None:
        return run
    kinds = "".join(_kind_of(unit[0]) for unit in units)
    if _LIST.fullmatch(kinds):
        ends = [i for i in range(1, len(units)) if kinds[i - 1] == kinds[i]]
    elif _PAIRS.fullmatch(kinds.replace("w", "h")) and not is_away:
        ends = [*range(2, len(units), 2)]
    else:
        return run
    found: list[Token] = []
    for i, unit in enumerate(units):
        is_apart = i in ends and found[-1].kind != "and"
        found += [_AND, *unit] if is_apart else unit
    return found


def _units(run: Sequence[Token]) -> list[list[Token]] | None:
    """Days, ranges of days and hours that stand side by side; None where there is anything else."""
    units: list[list[Token]] = []
    for token in run:
        last = units[-1][-1] if units else None
        kinds = (last.kind if last else "", token.kind)
        if last and (kinds in _AS_ONE or "dash" in kinds or "and" in kinds[1:]):
            units[-1].append(token)
        elif (token.kind, token.value) == ("days", "all") or not _kind_of(token):
            return None
        else:
            units.append([token])
    for unit in units:
        if len({_kind_of(token) for token in unit} - {""}) > 1:
            return None
    return units


def _kind_of(token: Token) -> str:
    """Whether a token names days or hours, or the hours of whole days; empty for other ones."""
    if token.kind == "whole":
        return "w"
    return "d" if token.kind in _DAYS else "h" if token.kind in ("part", "span") else ""


def without_whole(said: Sequence[Token]) -> list[Token]:
    """Tokens without `cả ngày` beside a day, which means the whole day, if all hours are such."""
    if not all(token.kind == "whole" for token in said if token.kind in OF_HOURS):
        return list(said)
    breaks = [-1, *(i for i, t in enumerate(said) if t.kind in (*_BREAKS, "open")), len(said)]
    found: list[Token] = []
    for first, last in pairwise(breaks):
        part = said[first + 1 : last + 1]
        has_days = any(token.kind in OF_DAYS for token in part)
        found += (token for token in part if token.kind != "whole" or not has_days)
    return found


def _any_time(said: Sequence[Token], place: int) -> Token:
    """What a word such as `anytime` means: all hours of the days beside it, or else all days."""
    breaks = [i for i, token in enumerate(said) if token.kind in _BREAKS]
    first = max((i for i in breaks if i < place), default=-1) + 1
    last = min((i for i in breaks if i > place), default=len(said))
    has_days = any(token.kind in OF_DAYS for token in said[first:last])
    if has_days and said[place].value == "time":
        return said[place]._replace(kind="whole")
    return said[place]._replace(kind="days", value="all")


def _bare(said: Sequence[Token]) -> list[Token]:
    """Without brackets around a single word, as in `T2 (bận), T3 (rảnh)`."""
    found = list(said)
    for i in reversed(range(1, len(found) - 2)):
        kinds = [token.kind for token in found[i : i + 3]]
        if kinds in (["open", "not", "close"], ["open", "free", "close"]):
            found[i : i + 3] = [found[i + 1]]
    return found


def _onward(token: Token, behind: Token | None) -> Token:
    """A token; the last `on` of `from Wednesday on` says how far the days reach."""
    is_last = behind is None or behind.kind in ("comma", "stop", "colon", "close")
    return token._replace(kind="onward") if token.text == "on" and is_last else token


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


def text_of(said: Sequence[Token]) -> str:
    """Tokens as they may be written."""
    return re.sub(r" (?=[,:)])|(?<=\() ", "", " ".join(token.text for token in said))


def and_of(said: Sequence[Token]) -> str:
    """The word for `and` in the language of a text."""
    of_days = [token.text for token in said if token.kind == "weekday"]
    is_english = all(t.text.isascii() for t in said) and not any(d[-1].isdigit() for d in of_days)
    return "and" if is_english else "và"


def refuse_shared(words: Sequence[Token]) -> None:
    """Refuse days taken away of which one alone may have the hours, as in `bận T2 và T4 sáng`.

    Where such days are given, hours that are meant for one alone cost the others too much at most;
    where they are taken away, too little would be.
    """
    said = [t for t in words if t.kind not in MARKS]
    mark = "".join(f"{t.text} " for t in words if t.kind in MARKS)
    groups = list(split(said, "and"))
    kinds = [({t.kind for t in g} & {*OF_DAYS}, {t.kind for t in g} & {*OF_HOURS}) for g in groups]
    with_hours = [i for i, (days, hours) in enumerate(kinds) if days and hours]
    if len(with_hours) != 1 or not any(days and not hours for days, hours in kinds):
        return
    whole = groups[with_hours[0]]
    told = text_of([t for t in whole if t.kind not in OF_DAYS])
    texts = [text_of(group) for group in groups]
    shared = list(texts)
    for i, (days, hours) in enumerate(kinds):
        if days and not hours:
            shared[i] = " ".join([texts[i], told] if whole[0].kind in OF_DAYS else [told, texts[i]])
    link = f" {and_of(said)} "
    apart = "; ".join(mark + text for text in texts)
    raise either(mark + link.join(texts), mark + link.join(shared), apart)


def readings_of(segment: Sequence[Token]) -> tuple[str, str] | None:
    """Two ways to take what stands between commas: together, or apart; None without commas."""
    parts = list(split(segment, "comma"))
    if len(parts) < 2:
        return None
    together = f" {and_of(segment)} ".join(map(text_of, parts))
    if len(parts[-1]) > 1 and parts[-1][-1].kind in ("state", "not"):
        parts[-1] = [parts[-1][-1], *parts[-1][:-1]]  # `T2; bận T3`
    return together, "; ".join(map(text_of, parts))


def reach_of(label: Sequence[Token], said: Sequence[Token]) -> tuple[str, str, str]:
    """What stands behind a label, which may be meant for it too; and the two readings of that."""
    place = next((i for i, token in enumerate(label) if token.kind == "colon"), 1)
    head, before, here = map(text_of, (label[:place], label, said))
    return f"{before}; {here}", f"{before}; {head}: {here}", f"{here}; {before}"


class Chunk(NamedTuple):
    """What stands between commas, or from a word that takes away on."""

    tokens: list[Token]
    is_inner: bool
    """Whether no comma stands between it and what is said before."""


def chunks_of(segment: Sequence[Token]) -> list[Chunk]:
    """What stands between commas, and from a word that takes away on.

    NotUnderstoodError: a word such as `bận` may belong to what stands before or behind it.
    """
    found: list[Chunk] = []
    parts = list(split(segment, "comma"))
    for i in reversed(range(1, len(parts))):  # `Thứ Hai, 7/12` is one day
        if parts[i][0].kind == "date" and [t.kind for t in parts[i - 1]][-1:] == ["weekday"]:
            parts[i - 1 : i + 1] = [[*parts[i - 1], *parts[i]]]
    for part in parts:
        own: list[Token] = []
        is_inner = False
        for i, token in enumerate(part):
            if token.kind in MARKS and own and not _ends(own, token, part[i + 1 :]):
                if token.kind == "not" and token.text != "not" and own[-1].kind != "and":
                    raise two_ways(segment)  # `T2 bận T3 rảnh`
                found.append(
                    Chunk([t for t in own if t is not own[-1] or t.kind != "and"], is_inner)
                )
                own, is_inner = [], True
            own.append(token)
        found.append(Chunk(own, is_inner))
    return [chunk for chunk in found if chunk.tokens]


def _ends(own: Sequence[Token], token: Token, behind: Sequence[Token]) -> bool:
    """Whether a word stands behind the days that it takes away, as in `T3 bận`."""
    is_alone = own[0].kind not in MARKS and own[-1].kind != "and"
    return token.kind == "not" and token.text != "not" and not behind and is_alone
