"""A mutant: one change in the text of a method, and how rows of them are written."""

from __future__ import annotations

from typing import NamedTuple


class Mutant(NamedTuple):
    """One wrong statement of a rule."""

    kind: str
    where: str  # method of the class, or function of its module
    old: str
    new: str


def table(text: str) -> list[Mutant]:
    """Rows `kind where: old -> new`; `kind` and `where` stand once for the rows below them."""
    mutants, kind, where = [], "", ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.endswith(":") and "->" not in line:
            kind, where = line[:-1].split()
            continue
        old, new = line.split(" -> ")
        mutants.append(Mutant(kind, where, old, new.replace("NOTHING", "")))
    return mutants
