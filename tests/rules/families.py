"""Families of rules, which are the modules of `shiftplan.rules`, and where each is tried.

A family has three legs in modules of its name: tables by hand, grounds for the agreement of check
and model, and mutants.
"""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from types import ModuleType
from typing import Any

from shiftplan.rules import ALWAYS, RULES
from shiftplan.testing.pictures import CENTERS, MONDAY

Fields = dict[str, Any]

FAMILIES: dict[str, set[str]] = {}
"""Module of rules -> kinds of the rules in it."""
for _kind, _cls in [*RULES.items(), *((rule.rule, type(rule)) for rule in ALWAYS)]:
    FAMILIES.setdefault(_cls.__module__.rpartition(".")[2], set()).add(_kind)
FAMILIES["given"].remove("input")  # it speaks of assignments that no model knows


def family_of(kind: str) -> str:
    """The family of a kind of rule, by which its modules are named."""
    return next((family for family, kinds in FAMILIES.items() if kind in kinds), "given")


def leg(package: str, family: str) -> ModuleType:
    """The module of a family in `tables`, `grounds` or `mutants`."""
    return import_module(f"{package}.{family}")


def legs(package: str, *others: str) -> list[ModuleType]:
    """The modules of all families in a package, and then others of it."""
    return [leg(package, family) for family in (*FAMILIES, *others)]


def moment(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """Wall-clock time on a day number."""
    return dt.datetime.combine(MONDAY, dt.time(hour, minute)) + dt.timedelta(day)


def in_areas(home: Fields, far: Fields, hill: Fields | None = None) -> Fields:
    """A ground's centers, with these fields of three of them."""
    own = {"home": home, "far": far, "hill": hill or {}}
    return {"centers": tuple(c.model_copy(update=own.get(c.center_id, {})) for c in CENTERS)}
