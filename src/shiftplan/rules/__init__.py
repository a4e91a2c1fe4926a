"""All rules: the one list that input, check, model, documentation and tests read."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from shiftplan.rules.always import Available, Input, Pins
from shiftplan.rules.balance import BalanceFar, BalanceHours, BalanceShifts, BalanceUndesired
from shiftplan.rules.base import Rule, Violation
from shiftplan.rules.counts import MaxMinutes, MaxShiftCount, MinMinutes, MinShiftCount
from shiftplan.rules.coverage import Capacity, Coverage, MinimumCoverage, Shortage, Surplus
from shiftplan.rules.days import (
    MaxConsecutiveDays,
    MaxConsecutiveDaysOff,
    MinConsecutiveDays,
    MinConsecutiveDaysOff,
)
from shiftplan.rules.equity import AreaFloor, WorstCenterFirst
from shiftplan.rules.evenness import Fairness, Leximin, MaxMin
from shiftplan.rules.learning import Mentored
from shiftplan.rules.place import (
    Continuity,
    MaxCenters,
    MaxDistance,
    OneCenterPerDay,
    OnePlace,
    Travel,
)
from shiftplan.rules.placement import SkillPlacement
from shiftplan.rules.rest import CompleteWeekends, ForbiddenSuccession, MaxWeekends, MinRest
from shiftplan.rules.share import Floor, FullDay, MaxShifts, MinShifts
from shiftplan.rules.show_up import ShowUp
from shiftplan.rules.stability import Stability
from shiftplan.rules.team import Apart, Mentor, NeverAlone, Qualified, Together
from shiftplan.rules.wishes import Preferences, Wish, WishEquality

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

ALWAYS: tuple[Rule, ...] = (Input(), Available(), Pins())
"""Rules that hold in every problem without being named."""

__all__ = [
    "ALWAYS",
    "AnyRule",
    "Apart",
    "AreaFloor",
    "Available",
    "BalanceFar",
    "BalanceHours",
    "BalanceShifts",
    "BalanceUndesired",
    "Capacity",
    "CompleteWeekends",
    "Continuity",
    "Coverage",
    "Fairness",
    "Floor",
    "ForbiddenSuccession",
    "FullDay",
    "Input",
    "Leximin",
    "MaxCenters",
    "MaxConsecutiveDays",
    "MaxConsecutiveDaysOff",
    "MaxDistance",
    "MaxMin",
    "MaxMinutes",
    "MaxShiftCount",
    "MaxShifts",
    "MaxWeekends",
    "Mentor",
    "Mentored",
    "MinConsecutiveDays",
    "MinConsecutiveDaysOff",
    "MinMinutes",
    "MinRest",
    "MinShiftCount",
    "MinShifts",
    "MinimumCoverage",
    "NeverAlone",
    "OneCenterPerDay",
    "OnePlace",
    "Pins",
    "Preferences",
    "Qualified",
    "Rule",
    "Shortage",
    "ShowUp",
    "SkillPlacement",
    "Stability",
    "Surplus",
    "Together",
    "Travel",
    "Violation",
    "Wish",
    "WishEquality",
    "WorstCenterFirst",
]
