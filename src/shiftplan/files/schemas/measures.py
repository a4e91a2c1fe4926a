"""How fairness and equity are written, in `result.json` and by `check --json`.

`FairnessMeasures.as_dict`, `EquityMeasures.as_dict` -> forms.
"""

from __future__ import annotations

from shiftplan.files.schemas.base import Amount, Quantity, SentenceForm, Share, Written


class SpreadForm(Written):
    """How some numbers of 0 or more are spread; null where there are none."""

    count: Amount
    """How many numbers there are."""
    mean: Quantity | None
    """Their mean."""
    lowest: Quantity | None
    """The lowest."""
    p10: Quantity | None
    """The 10th percentile, by nearest rank."""
    p50: Quantity | None
    """The 50th percentile."""
    p90: Quantity | None
    """The 90th percentile."""
    highest: Quantity | None
    """The highest."""
    gini: Share | None
    """Gini coefficient: 0 when all are equal."""
    jain: Share | None
    """Jain's index: 1 when all are equal."""


class BandForm(SpreadForm):
    """Loads of people who offered about as many shifts."""

    offered_from: Amount
    """Fewest shifts offered."""
    offered_to: Amount | None
    """Most shifts offered; null for no limit."""


class GroupForm(SpreadForm):
    """Loads of the people of a group."""

    group: str
    """The group."""


class PersonForm(Written):
    """What one person works, offered and wished."""

    volunteer_id: str
    """The person."""
    name: str
    """Name, or the id when there is none."""
    load: Quantity
    """Shifts worked by shifts offered, earlier ones included."""
    shifts: Amount
    """Shifts worked now."""
    offered: Amount
    """Shift times offered now."""
    shifts_before: Quantity
    """Shifts worked before."""
    offered_before: Quantity
    """Shifts offered before."""
    undesired: Quantity
    """Shifts worked in undesired windows, now and before."""
    km: Quantity | None
    """Kilometres from home to all shifts, each once and one way; null when unknown."""
    wishes: Amount
    """Wishes for now."""
    wishes_refused: Amount
    """Of these, wishes refused."""
    reason: SentenceForm
    """What the load comes from."""


class WithoutShiftForm(Written):
    """People who offered something and work nothing now."""

    count: Amount
    """How many."""
    volunteer_ids: list[str]
    """Who."""


class WishesForm(Written):
    """How far wishes are met."""

    people: Amount
    """People who have any wish."""
    met: Share | None
    """Mean of the shares met of each of them; null when nobody has any, or nobody works."""
    count: Amount
    """Wishes in all."""
    refused: Amount
    """Of these, wishes refused."""


class FairnessForm(SpreadForm):
    """How the work is shared: the spread of loads, and more about it."""

    gini_within_bands: Share | None
    """Mean of the bands' Gini coefficients, weighted by people; null without any."""
    worst: list[PersonForm]
    """People of the highest loads, the highest first."""
    bands: list[BandForm]
    """Loads among people who offered about as many shifts."""
    groups: list[GroupForm]
    """Loads by group."""
    shares: SpreadForm
    """Shares of what was offered now, without what was before."""
    without_shift: WithoutShiftForm
    """Who offered something and works nothing now."""
    not_offering: Amount
    """People who offered no shift time."""
    wishes: WishesForm
    """How far wishes are met."""


class SeatsForm(Written):
    """Seats, and the work of citizens behind them."""

    target: Amount
    """Seats."""
    filled: Amount
    """Seats filled."""
    minimum: Amount
    """Seats needed at least."""
    minimum_filled: Amount
    """Of these, seats filled."""
    hours: Quantity
    """Forecast hours of citizens' work in the shifts of the seats."""


class FillsForm(Written):
    """Seats of people and of skilled people; shares are null where there are no seats."""

    fill_people: Share | None
    """Share of the seats of requirements without a skill that are filled."""
    fill_skilled: Share | None
    """Share of the seats of requirements with one that are filled."""
    weighted_fill_people: Share | None
    """The same, each shift weighted by its forecast hours."""
    weighted_fill_skilled: Share | None
    """The same of skilled people."""
    people: SeatsForm
    """Seats of requirements without a skill."""
    skilled: SeatsForm
    """Seats of requirements with one."""


class AreaForm(FillsForm):
    """A class of area; classes may overlap."""

    area: str
    """`minority`, `remote`, `other`, a name in the groups of centers, or `all`."""
    centers: Amount
    """Centers of it."""


class CenterForm(FillsForm):
    """A center."""

    center_id: str
    """The center."""
    name: str
    """Name, or the id when there is none."""


class EquityForm(Written):
    """How well centers and areas are served."""

    overall: AreaForm
    """All centers."""
    areas: list[AreaForm]
    """By class of area."""
    centers: list[CenterForm]
    """By center, the lowest share of seats filled first."""
    spread_people: SpreadForm | None
    """How the centers' shares of people are spread; null without seats."""
    spread_skilled: SpreadForm | None
    """The same of skilled people."""
