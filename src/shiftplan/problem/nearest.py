"""Guesses at what a person meant by an id or a name that nobody knows.

A wrong name and the known ones -> a remedy for a `Fault`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cached_property
from itertools import zip_longest
from operator import ne

from shiftplan.errors.faults import sign_name
from shiftplan.errors.message import Message, is_unseen

SCIENTIFIC = re.compile(r"[0-9]([.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)
"""A number as spreadsheet programs show it where a cell is narrow; they may save it so."""
_GUESSES, _MOST_COMPARED = 25, 500_000
"""Wrong names for which similar spelling is looked for, and names that they are compared with."""
_NEAREST = 5
"""Nearest names among which one is looked for that has the same number."""
CUTOFF = 0.7
"""Least similarity, 0 to 1, of a known name to the wrong one."""
_MOST_DIGITS = 15
"""Digits after the point that a spreadsheet shows of a number at most."""
_FOREIGN = "АВЕЅІЈКМНОРСТУХаеорсухѕіјһԁԛԝӏҮΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρÐƉðʼ’‘‐‑‒–—−"
_LATIN = "ABESIJKMHOPCTYXaeopcyxsijhdqwlYABEZHIKMNOPTYXovpĐĐđ'''------"
_AS_LATIN = str.maketrans(_FOREIGN, _LATIN)
"""Letters of other alphabets, and signs, that look like one of this one."""


def look(name: str) -> str:
    """What a name looks like: letters of other alphabets as the ones they are taken for.

    Two names with the same look cannot be told apart on a screen or on paper.
    """
    if name.isascii():
        return name
    parts = unicodedata.normalize("NFKD", name).translate(_AS_LATIN)
    seen = "".join(" " if sign.isspace() else sign for sign in parts if not is_unseen(sign))
    return unicodedata.normalize("NFC", seen)


def apart(one: str, other: str) -> Message:
    """At which character two names differ that have the same look, and what it is in each."""
    pairs = enumerate(zip_longest(one, other, fillvalue=""), start=1)
    place, signs = next((place, pair) for place, pair in pairs if pair[0] != pair[1])
    missing = Message("problem.sign_missing")
    here, there = (sign_name(sign) if sign else missing for sign in signs)
    return Message("problem.apart", place=place, here=here, there=there)


def plain(name: str) -> str:
    """What stays of an id when case, accents' spelling, blanks and leading zeros are ignored."""
    text = look(name).casefold()
    text = "".join(text.split()).lstrip("'")
    if re.fullmatch(r"[0-9]+[.,]0+", text):
        text = re.split("[.,]", text)[0]
    return text.lstrip("0") or "0"


def _bare(name: str) -> str:
    """The letters and digits of a name, without accents and in lower case."""
    parts = unicodedata.normalize("NFD", look(name).casefold().replace("đ", "d"))
    return "".join(sign for sign in parts if sign.isalnum())


def _with_a_gap(name: str) -> Iterator[str]:
    """Yield a name, and what is left of it without one of its letters."""
    yield name
    yield from (name[:i] + name[i + 1 :] for i in range(len(name)))


def _is_a_slip(one: str, other: str) -> bool:
    """Whether of two names that are the same but for one letter, one is the other misspelt."""
    ends = one[:-1] == other[:-1] or one[1:] == other[1:]
    digits = [[sign for sign in name if sign.isdigit()] for name in (one, other)]
    return max(len(one), len(other)) > 3 and not ends and digits[0] == digits[1]


def _is_another_number(one: str, other: str) -> bool:
    """Whether two names have different numbers, as V001 and V030, and not one mistyped.

    In codes of digits alone two may have changed places, and some may be missing.
    """
    digits = ["".join(filter(str.isdigit, name)) for name in (one, other)]
    if digits[0].lstrip("0") == digits[1].lstrip("0") or not all(digits):
        return False
    swapped = sorted(digits[0]) == sorted(digits[1]) and sum(map(ne, *digits)) == 2
    is_code = one.isdigit() and other.isdigit()
    return not (is_code and (swapped or len(one) != len(other)))


class Nearest:
    """The known names of one kind, and how to find the one that a wrong name is near to.

    Similar spelling is looked for of the first wrong names only, since it is slow; what
    spreadsheets do to ids is recognised in all of them.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.names = list(dict.fromkeys(names))
        self._remedies: dict[str, str | Message] = {}
        self._by_digits: dict[int, dict[str, list[str]]] = {}
        self._guesses = self._compared = 0

    @cached_property
    def _by_plain(self) -> dict[str, str]:
        return {plain(name): name for name in reversed(self.names)}

    def remedy(self, wrong: str) -> str | Message:
        """What may be meant; empty when no known name is near."""
        if wrong not in self._remedies:
            self._remedies[wrong] = self._find(wrong)
        return self._remedies[wrong]

    def _find(self, wrong: str) -> str | Message:
        if not self.names or len(wrong) > 200:
            return ""
        if SCIENTIFIC.fullmatch(wrong) is not None:
            return self._of_scientific(wrong)
        same = self._by_plain.get(plain(wrong))
        if same is not None:
            if unicodedata.normalize("NFC", wrong) == same != wrong:
                return Message("problem.meant_by_accents", name=same)
            if look(same) == look(wrong) and same != wrong:
                return Message("problem.meant_by_look", name=same, apart=apart(wrong, same))
            if same.lstrip("0") == wrong and same != wrong:
                return Message("problem.meant_with_zeros", name=same)
            return Message("files.meant_quoted", text=same)
        near = self.guess(wrong)
        return Message("files.meant_quoted", text=near) if near else ""

    def guess(self, wrong: str) -> str:
        """The known name that is spelled most like a wrong one; empty for none, and after many."""
        names, most = self.names, _MOST_COMPARED
        if self._guesses >= _GUESSES or self._compared + len(names) > most or len(wrong) > 200:
            return ""
        self._guesses += 1
        self._compared += len(names)
        near = get_close_matches(wrong, names, n=_NEAREST, cutoff=CUTOFF)
        return next((name for name in near if not _is_another_number(wrong, name)), "")

    def same(self, wrong: str) -> str:
        """The known name that differs only in case, blanks or leading zeros; empty for none."""
        return self._by_plain.get(plain(wrong), "") if len(wrong) <= 200 else ""

    def slip(self, wrong: str) -> str:
        """The known name of which a wrong one is a slip of the pen; empty for none.

        Accents, case and blanks make no difference, and one letter may be missing, too many, wrong
        or beside its place. A last or first letter, or a digit, tells names apart: nobody means
        `team a` by `team b`, or `zone 1` by `zone 2`.
        """
        bare = _bare(wrong)
        for part in _with_a_gap(bare):
            for name in self._by_gap.get(part, ()):
                other = _bare(name)
                if bare == other or _is_a_slip(bare, other):
                    return name
        return ""

    @cached_property
    def _by_gap(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self.names:
            for part in _with_a_gap(_bare(name)):
                found.setdefault(part, []).append(name)
        return found

    def _shortened(self, digits: int) -> dict[str, list[str]]:
        """Numbers among the names, by what a spreadsheet that shows so many digits shows."""
        if digits not in self._by_digits:
            found: dict[str, list[str]] = {}
            for name in self.names:
                if name.isascii() and name.isdigit() and len(name) < 300:
                    found.setdefault(f"{float(name):.{digits}E}", []).append(name)
            self._by_digits[digits] = found
        return self._by_digits[digits]

    def _of_scientific(self, wrong: str) -> Message:
        mantissa, _, exponent = wrong.upper().replace(",", ".").partition("E")
        digits = len(mantissa.partition(".")[2])
        shown = f"{mantissa}E+{int(exponent):02d}"
        near = self._shortened(digits).get(shown, []) if digits <= _MOST_DIGITS else []
        if len(near) == 1:
            return Message("problem.meant_in_full", name=near[0])
        return Message("problem.longer_number_meant")
