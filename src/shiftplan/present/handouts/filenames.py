"""File names that are safe on every system, whatever ids are.

Owners -> name of the file of each, without its ending.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from shiftplan.present.handouts.owners import Owner

_LONGEST = 60
_CENTER = "center-"
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_LOOKS_MARKED = re.compile(r"-[0-9a-f]{12}$")
_RESERVED = re.compile(r"(con|prn|aux|nul|clock|com\d|lpt\d)$")


def file_names(owners: Iterable[Owner]) -> dict[Owner, str]:
    """Name of the file of each owner: the id, for a center with `center-` before it.

    Signs that some system does not take are replaced. A name that is not just the id, that Windows
    reserves, or that differs from another one only in case gets a mark made of the id at its end,
    so that no two names are the same and the name of an id stays what it is from week to week.
    """
    plain = {owner: _readable(owner) for owner in owners}
    taken = Counter(name.casefold() for owner, name in plain.items() if name == _wanted(owner))
    return {
        owner: name if name == _wanted(owner) and _is_free(owner, name, taken) else _marked(owner)
        for owner, name in plain.items()
    }


def _wanted(owner: Owner) -> str:
    return owner.id if owner.kind == "volunteer" else _CENTER + owner.id


def _is_free(owner: Owner, name: str, taken: Counter[str]) -> bool:
    folded = name.casefold()
    if _LOOKS_MARKED.search(folded) or _RESERVED.match(folded) or taken[folded] > 1:
        return False
    return owner.kind == "center" or not folded.startswith(_CENTER)


def _readable(owner: Owner) -> str:
    """The id in plain letters, digits, `-` and `_`."""
    text = unicodedata.normalize("NFKD", owner.id.replace("đ", "d").replace("Đ", "D"))
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    name = _UNSAFE.sub("_", text)[:_LONGEST]
    if owner.kind == "center":
        return _CENTER + name
    return "_" + name[1:] if name.startswith("-") or not name else name


def _marked(owner: Owner) -> str:
    mark = hashlib.sha256(f"{owner.kind} {owner.id}".encode()).hexdigest()[:12]
    return f"{_readable(owner)}-{mark}"
