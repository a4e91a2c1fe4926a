"""How a simulation is written.

`citizens.simulate.as_json` -> form.
"""

from __future__ import annotations

from typing import Literal

from shiftplan.files.schemas.base import Amount, Quantity, Written


class EstimateForm(Written):
    """A figure of a simulation with its 95% confidence interval."""

    value: float | None
    """The estimate."""
    low: float | None
    """Lower end of the interval; null where too few runs say anything."""
    high: float | None
    """Upper end of the interval."""


class CitizensForm(Written):
    """What some citizens experience; null where there are no such citizens."""

    arrivals: EstimateForm | None
    """Citizens in the whole horizon."""
    served_share: EstimateForm | None
    """Share served."""
    within_target_share: EstimateForm | None
    """Share served within the time promised."""
    own_language_share: EstimateForm | None
    """Of those who need a language, share served in it."""
    gave_up_share: EstimateForm | None
    """Share who gave up waiting."""
    cut_share: EstimateForm | None
    """Share sent away at the end of a day."""
    wait_p50_minutes: EstimateForm | None
    """Median wait, minutes."""
    wait_p90_minutes: EstimateForm | None
    """90th percentile of waits, minutes."""
    utilization: EstimateForm | None
    """Share of time at work spent on citizens."""


class CitizensOfAreaForm(CitizensForm):
    """Citizens of a class of area."""

    area: str
    """The class."""
    name: str
    """Its name."""


class CitizensOfServiceForm(CitizensForm):
    """Citizens of a service."""

    service_id: str
    """The service."""
    name: str
    """Its name."""


class CitizensOfCenterForm(CitizensForm):
    """Citizens of a center."""

    center_id: str
    """The center."""
    name: str
    """Its name."""


class ConductForm(Written):
    """How citizens wait, how volunteers come, and how the day ends."""

    patience_minutes: Quantity | None
    """Mean minutes after which waiting citizens give up; null for never."""
    everybody_comes: bool
    """Whether all who are assigned come."""
    closing: Literal["finish", "cut"]
    """What the end of a person's time at work means for who waits then."""
    without_language_factor: Quantity
    """Factor on the minutes of help without the language needed."""


class SimulationForm(Written):
    """The form of what `shiftplan simulate --out` writes."""

    schema_version: Literal[1]
    """Version of this form."""
    runs: Amount
    """How often the whole horizon was simulated."""
    seed: Amount
    """Random seed."""
    conduct: ConductForm
    """The options."""
    overall: CitizensForm
    """All citizens."""
    areas: list[CitizensOfAreaForm]
    """By class of area, the worst first; a center counts in every class it belongs to."""
    services: list[CitizensOfServiceForm]
    """By service, the worst first."""
    centers: list[CitizensOfCenterForm]
    """By center, the worst first."""
