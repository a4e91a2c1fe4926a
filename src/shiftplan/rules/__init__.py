"""All rules: the one list that input, check, model, documentation and tests read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, get_args

from pydantic import Field

from shiftplan.rules.always import Available as Available
from shiftplan.rules.always import Input as Input
from shiftplan.rules.always import Pins as Pins
from shiftplan.rules.balance import BalanceFar as BalanceFar
from shiftplan.rules.balance import BalanceHours as BalanceHours
from shiftplan.rules.balance import BalanceShifts as BalanceShifts
from shiftplan.rules.balance import BalanceUndesired as BalanceUndesired
from shiftplan.rules.base import Rule as Rule
from shiftplan.rules.base import Violation as Violation
from shiftplan.rules.counts import MaxMinutes as MaxMinutes
from shiftplan.rules.counts import MaxShiftCount as MaxShiftCount
from shiftplan.rules.counts import MinMinutes as MinMinutes
from shiftplan.rules.counts import MinShiftCount as MinShiftCount
from shiftplan.rules.coverage import Coverage as Coverage
from shiftplan.rules.coverage import MinimumCoverage as MinimumCoverage
from shiftplan.rules.coverage import Shortage as Shortage
from shiftplan.rules.coverage import Surplus as Surplus
from shiftplan.rules.days import MaxConsecutiveDays as MaxConsecutiveDays
from shiftplan.rules.days import MaxConsecutiveDaysOff as MaxConsecutiveDaysOff
from shiftplan.rules.days import MinConsecutiveDays as MinConsecutiveDays
from shiftplan.rules.days import MinConsecutiveDaysOff as MinConsecutiveDaysOff
from shiftplan.rules.equity import AreaFloor as AreaFloor
from shiftplan.rules.equity import WorstCenterFirst as WorstCenterFirst
from shiftplan.rules.evenness import Fairness as Fairness
from shiftplan.rules.evenness import Leximin as Leximin
from shiftplan.rules.evenness import MaxMin as MaxMin
from shiftplan.rules.learning import Mentored as Mentored
from shiftplan.rules.place import Continuity as Continuity
from shiftplan.rules.place import MaxCenters as MaxCenters
from shiftplan.rules.place import MaxDistance as MaxDistance
from shiftplan.rules.place import OneCenterPerDay as OneCenterPerDay
from shiftplan.rules.place import OnePlace as OnePlace
from shiftplan.rules.place import Travel as Travel
from shiftplan.rules.placement import SkillPlacement as SkillPlacement
from shiftplan.rules.rest import CompleteWeekends as CompleteWeekends
from shiftplan.rules.rest import ForbiddenSuccession as ForbiddenSuccession
from shiftplan.rules.rest import MaxWeekends as MaxWeekends
from shiftplan.rules.rest import MinRest as MinRest
from shiftplan.rules.room import Capacity as Capacity
from shiftplan.rules.share import Floor as Floor
from shiftplan.rules.share import FullDay as FullDay
from shiftplan.rules.share import MaxShifts as MaxShifts
from shiftplan.rules.share import MinShifts as MinShifts
from shiftplan.rules.show_up import ShowUp as ShowUp
from shiftplan.rules.stability import Stability as Stability
from shiftplan.rules.team import Apart as Apart
from shiftplan.rules.team import Mentor as Mentor
from shiftplan.rules.team import NeverAlone as NeverAlone
from shiftplan.rules.team import Qualified as Qualified
from shiftplan.rules.team import Together as Together
from shiftplan.rules.wishes import Preferences as Preferences
from shiftplan.rules.wishes import Wish as Wish
from shiftplan.rules.wishes import WishEquality as WishEquality

AnyRule = Annotated[
    Coverage
    | MinimumCoverage
    | Shortage
    | Surplus
    | ShowUp
    | WorstCenterFirst
    | AreaFloor
    | SkillPlacement
    | Capacity
    | MaxShifts
    | MaxDistance
    | Qualified
    | OnePlace
    | OneCenterPerDay
    | MaxCenters
    | MaxShiftCount
    | MinShiftCount
    | MaxMinutes
    | MinMinutes
    | MinRest
    | ForbiddenSuccession
    | MaxConsecutiveDays
    | MinConsecutiveDays
    | MaxConsecutiveDaysOff
    | MinConsecutiveDaysOff
    | MaxWeekends
    | CompleteWeekends
    | Mentor
    | Mentored
    | NeverAlone
    | Together
    | Apart
    | Fairness
    | Leximin
    | MaxMin
    | Floor
    | MinShifts
    | BalanceHours
    | BalanceUndesired
    | BalanceShifts
    | BalanceFar
    | Wish
    | Preferences
    | WishEquality
    | Travel
    | Continuity
    | FullDay
    | Stability,
    Field(discriminator="rule"),
]
"""Any rule a problem may name, told apart by `rule`."""

RULES: Mapping[str, type[Rule]] = {
    rule.model_fields["rule"].default: rule for rule in get_args(get_args(AnyRule)[0])
}
"""Kind -> class, for every rule that a problem may name."""

ALWAYS: tuple[Rule, ...] = (Input(), Available(), Pins())
"""Rules that hold in every problem and cannot be named."""
UNLESS_NAMED: tuple[Rule, ...] = (OnePlace(), Capacity())
"""Rules that hold in a problem which names none of their kind, as nobody can be in two places."""


def without(rules: Iterable[AnyRule], is_gone: Callable[[AnyRule], bool]) -> tuple[AnyRule, ...]:
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
