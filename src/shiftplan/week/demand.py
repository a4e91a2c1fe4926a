"""What citizens come for, how many come, and what they are promised.

Tables services, demand, languages and policy -> staffing and simulation.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from pydantic import Field, NonNegativeFloat

from shiftplan.week.fields import Count, Frozen, Id, Moment, Positive, Text
from shiftplan.week.where import closeness

if TYPE_CHECKING:
    from shiftplan.week.records import Center

MOST_ARRIVALS = 1_000_000
"""Requests for a service in an interval, or visits, at most."""
MOST_SPREAD = 10
"""Standard deviation of a forecast over its mean, at most."""
_WIDTH = 2 * 1.2815515655446004
"""Standard deviations between the 10th and the 90th percentile of a normal distribution."""


class Service(Frozen):
    """Something citizens come for."""

    service_id: Id
    """Unique id."""
    name: Text = ""
    """Name people know it by."""
    skill_id: Id | None = None
    """Skill needed to help with it; None when everybody can."""
    min_level: Positive = 1
    """Level of the skill needed; who holds more can help too."""
    minutes_per_citizen: float = Field(ge=0.01, le=1440)
    """Mean minutes to help one citizen, at most a day; the factors of the table `citizen_kinds`
    multiply them."""
    cv: NonNegativeFloat = Field(default=1.0, le=10)
    """Standard deviation of these minutes over their mean: 0 if always alike, 1 if exponential."""


class Demand(Frozen):
    """Forecast of citizens who need help at a center in an interval."""

    center_id: Id
    """Where they come."""
    start: Moment
    """First minute, wall-clock time; on a date of the horizon."""
    end: Moment
    """First minute after it."""
    service_id: Id | None = None
    """Service that the row counts requests for; empty if it counts visits, whose services are in
    the table `journeys`."""
    arrivals: NonNegativeFloat = Field(le=MOST_ARRIVALS)
    """Mean number of requests in the interval, or of visits where no service is named."""
    arrivals_low: NonNegativeFloat | None = None
    """Number that one forecast in ten is below; goes with `arrivals_high`."""
    arrivals_high: NonNegativeFloat | None = None
    """Number that one forecast in ten is above; goes with `arrivals_low`."""
    arrivals_cv: NonNegativeFloat | None = Field(default=None, le=MOST_SPREAD)
    """Standard deviation of the forecast mean as a share of its value, instead of low and high."""

    @property
    def spread(self) -> float:
        """Standard deviation of the forecast mean over its value; 0 when none is told.

        Between low and high lie eight forecasts of ten: 2.563 standard deviations, if normal.
        """
        if self.arrivals_cv is not None:
            return self.arrivals_cv
        if self.arrivals_low is None or self.arrivals_high is None:
            return 0.0
        deviation = (self.arrivals_high - self.arrivals_low) / _WIDTH
        return deviation / self.arrivals if self.arrivals else math.inf if deviation else 0.0


class LanguageShare(Frozen):
    """The part of a center's citizens who need to be helped in a language."""

    center_id: Id
    """Center concerned."""
    skill_id: Id
    """The language: a skill of kind language."""
    share: float = Field(ge=0, le=1)
    """Part of all citizens, 0 to 1."""


class Policy(Frozen):
    """What citizens of one center are promised, and how careful its teams are planned."""

    within_minutes: NonNegativeFloat = Field(default=10.0, le=1440)
    """Minutes that a citizen may wait at most to be served in time."""
    target_level: float = Field(default=0.8, gt=0, lt=1)
    """Share of a service's citizens in a shift to be served in time when the target is met."""
    minimum_level: float = Field(default=0.5, gt=0, lt=1)
    """Share of a service's citizens in a shift served in time when only the minimum is met."""
    most_utilization: float = Field(default=0.9, gt=0, le=1)
    """Most share of their time that a target's people are busy, in the busiest interval."""
    tolerance: float = Field(default=0.0, ge=0, lt=1)
    """Rounding: share by which a level may be missed before one more person is asked for."""
    patience_minutes: float | None = Field(default=None, ge=0.1, le=1440)
    """Mean minutes after which waiting citizens give up; None plans as if nobody did."""
    presence: Count = Field(default=2, le=1000)
    """People at least in a shift with citizens, whatever the forecast."""
    least_citizens: NonNegativeFloat = Field(default=1.0, le=1000)
    """Citizens a shift must expect before somebody with just their skill or language is needed."""
    language_share: float = Field(default=0.0, ge=0, le=1)
    """Part of citizens who need the area's language, where the table languages does not say it.

    0.3 in minority areas, unless it is set.
    """
    quantile: float | None = Field(default=None, gt=0, lt=1)
    """Quantile of the forecast to plan for, if it has a spread: 0.8 is exceeded one time in five.
    None plans for the whole distribution, so that the promise is kept on average."""
    show_rates: bool = False
    """Whether teams are large enough to keep the promise despite absences, at the mean show rate of
    the people who could work there; in the table 1 for yes, 0 for no."""


class DesignPolicy(Frozen):
    """What a design of shifts weighs at one center; only the proportions of prices matter."""

    short_price: Count = 100
    """Price of each hour for which one person is missing, times the priority of the center."""
    short_rise: Count = 25
    """Added to this price for each further person who is missing at the same time."""
    minimum_factor: Positive = 4
    """Factor on these prices for people who are missing below the minimum."""
    surplus_price: Count = 20
    """Price of each hour of each person beyond the target and beyond what each skill needs. Without
    a target for heads: beyond the sum of what skills need."""
    surplus_rise: Count = 5
    """Added to this price for each further person beyond the target at the same time, up to the
    tenth."""
    hour_price: Count = 0
    """Price of each hour that a person is in a shift, breaks included."""
    skill_price: Count = 1
    """Price of each hour of a seat for somebody with a skill, for each skill asked for, so that
    seats ask for skills only where that helps."""
    time_price: Count = 200
    """Price of each pair of start and length that shifts of the design have."""
    new_time_price: Count = 0
    """Price on top of it where no shift of the center has that start and length now."""
    change_price: Count = 0
    """Price of each person more who starts at a time of day than on the date before."""
    most_times: Positive | None = None
    """Most pairs of start and length that shifts of a center have; None for any number."""
    most_on_break: float = Field(default=1.0, gt=0, le=1)
    """Largest share of the people in shifts of a center who are on a break together; one person
    always may be."""


class Setting(Frozen):
    """A setting of staffing or of the design of shifts that differs from its default.

    It is a field of `Policy` or of `DesignPolicy`, and holds everywhere, or at some centers.

    The setting that is meant most closely for a center holds there, as `closeness` tells; of two
    for groups of the same center the later one.
    """

    setting: Literal[
        "within_minutes",
        "target_level",
        "minimum_level",
        "most_utilization",
        "tolerance",
        "patience_minutes",
        "presence",
        "least_citizens",
        "language_share",
        "quantile",
        "show_rates",
        "short_price",
        "short_rise",
        "minimum_factor",
        "surplus_price",
        "surplus_rise",
        "hour_price",
        "skill_price",
        "time_price",
        "new_time_price",
        "change_price",
        "most_times",
        "most_on_break",
    ]
    """Name of the setting."""
    where: Text = ""
    """A center_id, a name in the column groups of centers, `minority`, `remote`, or a type such as
    xã; empty for all centers."""
    value: float
    """Its value there, in the unit of the setting."""
    note: Text = ""
    """A remark for people."""


_MINORITY_SHARE = 0.3
"""Part of a minority area's citizens who need its language, where nothing else is told."""


def policy_at(center: Center, settings: Iterable[Setting], base: Policy | None = None) -> Policy:
    """What a center's citizens are promised.

    Parameters
    ----------
    center
        The center.
    settings
        Rows of the table policy.
    base
        Values where no setting is for the center; None for the defaults of `Policy`.
    """
    policy = base or Policy()
    values = policy.model_dump()
    if center.minority_area and "language_share" not in policy.model_fields_set:
        values["language_share"] = _MINORITY_SHARE
    return Policy(**values | _set_at(center, settings, Policy))


def design_policy_at(
    center: Center, settings: Iterable[Setting], base: DesignPolicy | None = None
) -> DesignPolicy:
    """What a design weighs at a center: as `policy_at`, of the fields of `DesignPolicy`."""
    values = (base or DesignPolicy()).model_dump()
    return DesignPolicy(**values | _set_at(center, settings, DesignPolicy))


def _set_at(center: Center, settings: Iterable[Setting], of: type[Frozen]) -> dict[str, float]:
    """The values of settings that hold at a center, for the fields of a model."""
    ranked = [(closeness(s.where, center), s) for s in settings if s.setting in of.model_fields]
    return {s.setting: s.value for rank, s in sorted(ranked, key=itemgetter(0)) if rank}
