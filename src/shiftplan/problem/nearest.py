"""Guesses at what a person meant by an id or a name that nobody knows.

A wrong name and the known ones -> a remedy for a `Fault`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cached_property

_SCIENTIFIC = re.compile(r"[0-9]([.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)
_GUESSES = 25


def _plain(name: str) -> str:
    """What stays of a name when case, accents' spelling, blanks and leading zeros are ignored."""
    text = unicodedata.normalize("NFC", name).casefold()
    text = "".join(text.split()).lstrip("'")
    if re.fullmatch(r"[0-9]+[.,]0+", text):
        text = re.split("[.,]", text)[0]
    return text.lstrip("0") or "0"


class Nearest:
    """The known names of one kind, and how to find the one that a wrong name is near to.

    Similar spelling is looked for in the first 25 wrong names only, since it is slow; what
    spreadsheets do to ids is recognised in all of them.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.names = list(dict.fromkeys(names))
        self._remedies: dict[str, str] = {}
        self._guesses = 0

    @cached_property
    def _by_plain(self) -> dict[str, str]:
        return {_plain(name): name for name in reversed(self.names)}

    def remedy(self, wrong: str) -> str:
        """A sentence that starts with "Maybe", or nothing when no known name is near."""
        if wrong not in self._remedies:
            self._remedies[wrong] = self._find(wrong)
        return self._remedies[wrong]

    def _find(self, wrong: str) -> str:
        if not self.names or len(wrong) > 200:
            return ""
        if _SCIENTIFIC.fullmatch(wrong) is not None:
            return self._of_scientific(wrong)
        same = self._by_plain.get(_plain(wrong))
        if same is not None:
            if same.lstrip("0") == wrong and same != wrong:
                return (
                    f"Maybe {same!r} is meant: a spreadsheet drops leading zeros unless the "
                    "column is formatted as text."
                )
            return f"Maybe {same!r} is meant."
        if self._guesses >= _GUESSES:
            return ""
        self._guesses += 1
        near = get_close_matches(wrong, self.names, n=1, cutoff=0.6)
        return f"Maybe {near[0]!r} is meant." if near else ""

    def _of_scientific(self, wrong: str) -> str:
        mantissa, _, exponent = wrong.upper().replace(",", ".").partition("E")
        digits = len(mantissa.partition(".")[2])
        shown = f"{mantissa}E+{int(exponent):02d}"
        numbers = [n for n in self.names if n.isascii() and n.isdigit() and len(n) < 300]
        near = [n for n in numbers if f"{float(n):.{digits}E}" == shown]
        meant = f"{near[0]!r}" if len(near) == 1 else "a longer number"
        return (
            f"Maybe {meant} is meant: a spreadsheet shortened it; format the column as text and "
            "write the id again."
        )
