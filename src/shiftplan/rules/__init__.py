"""Rules: one class a kind, in the module of its family; `registry` knows them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from shiftplan.rules.alternatives import *
from shiftplan.rules.alternatives import OneAlternative
from shiftplan.rules.around import *
from shiftplan.rules.attendance import *
from shiftplan.rules.balance import *
from shiftplan.rules.base import Rule as Rule
from shiftplan.rules.base import Violation as Violation
from shiftplan.rules.combined import *
from shiftplan.rules.company import *
from shiftplan.rules.counts import *
from shiftplan.rules.coverage import *
from shiftplan.rules.days import *
from shiftplan.rules.equity import *
from shiftplan.rules.evenness import *
from shiftplan.rules.given import *
from shiftplan.rules.given import Input, NotOccupied, Pins
from shiftplan.rules.hours import *
from shiftplan.rules.last_week import *
from shiftplan.rules.mentors import *
from shiftplan.rules.money import *
from shiftplan.rules.often import *
from shiftplan.rules.one_place import *
from shiftplan.rules.one_place import OnePlace
from shiftplan.rules.optional import *
from shiftplan.rules.optional import OptionalMinimum
from shiftplan.rules.patterns import *
from shiftplan.rules.place import *
from shiftplan.rules.placement import *
from shiftplan.rules.ratio import *
from shiftplan.rules.registry import RULES as RULES
from shiftplan.rules.registry import AnyRule as AnyRule
from shiftplan.rules.registry import rule as rule
from shiftplan.rules.regular import *
from shiftplan.rules.rest import *
from shiftplan.rules.room import *
from shiftplan.rules.room import Capacity
from shiftplan.rules.rotation import *
from shiftplan.rules.share import *
from shiftplan.rules.strain import *
from shiftplan.rules.team import *
from shiftplan.rules.travel import *
from shiftplan.rules.weekends import *
from shiftplan.rules.wishes import *
from shiftplan.rules.workers import *

ALWAYS: tuple[Rule, ...] = (Input(), NotOccupied(), Pins(), OneAlternative(), OptionalMinimum())
"""Rules that hold in every problem and cannot be named."""
UNLESS_NAMED: tuple[Rule, ...] = (OnePlace(), Capacity())
"""Rules that hold in a problem which names none of their kind, as nobody can be in two places."""


def without(rules: Iterable[Rule], is_gone: Callable[[Rule], bool]) -> tuple[Rule, ...]:
    """The rules without some of them; one that would hold without a row is switched off instead."""
    kinds = {rule.rule for rule in UNLESS_NAMED}
    return tuple(
        rule.model_copy(update={"level": "off"}) if is_gone(rule) else rule
        for rule in rules
        if not is_gone(rule) or rule.rule in kinds
    )


def is_priced(rule: Rule) -> bool:
    """Whether a rule costs at some level, neither hard nor off."""
    return isinstance(rule.level, int)
