"""What was before: what people did in earlier weeks, and the roster that was published."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, NonNegativeFloat

from shiftplan.week.fields import (
    SPARED,
    Count,
    Date,
    Frozen,
    Id,
    Moment,
    Sparing,
    StartSet,
    Tallies,
    Text,
)

Sum = Annotated[float, Field(ge=0, le=1_000_000)]
"""What adds up over weeks; the limit keeps powers of it in range."""


class History(Sparing):
    """What a volunteer did before the horizon: shares for fairness, and the border of streaks.

    The border fields say how the days just before the horizon looked. None means unknown: then a
    run of days that touches the horizon's first day is never too short, and nothing is added to
    it. With 0 it is known that the run starts inside the horizon.

    Rules read each field by itself and derive none from another. `last_worked` alone says nothing
    about runs or rest. `last_shift_type` alone says which type was worked on the day before the
    horizon, but the lengths of the run of that type and of the run of days worked stay unknown.
    """

    volunteer_id: Id
    """Whose history it is."""
    weeks: NonNegativeFloat = 0
    """Weeks the shares cover."""
    shifts_offered: Sum = 0
    """Shifts offered in those weeks."""
    shifts_worked: Sum = 0
    """Shifts worked in those weeks."""
    undesired_worked: Sum = 0
    """Of these, shifts in undesired windows."""
    hours_offered: Sum = 0
    """Hours of the shifts offered in those weeks, which `balance_hours` reads."""
    hours_worked: Sum = 0
    """Hours of the shifts worked in those weeks."""
    last_worked: Date | None = None
    """Last date worked; None when never."""
    last_shift_type: Text = ""
    """Type of the shift worked on the day before the horizon; empty when off or unknown."""
    last_shift_end: Moment | None = None
    """End of the last shift before the horizon, wall-clock time; None when it does not matter."""
    worked_in_a_row: Count | None = None
    """Days worked in a row right before the horizon; None when unknown."""
    off_in_a_row: Count | None = None
    """Days off in a row right before the horizon; None when unknown."""
    same_type_in_a_row: Count | None = None
    """Days of `last_shift_type` in a row right before the horizon; None when unknown."""
    weekends_in_a_row: Annotated[Count | None, SPARED] = None
    """Weekends with work in a row right before the horizon; None when unknown. Of a weekend that
    the horizon cuts, only the days before it count here."""
    last_center: Annotated[Id | None, SPARED] = None
    """Center of the last shift before the horizon of those that the rule `continuity` counts; None
    when unknown."""
    counted_shifts: Count = 0
    """Shifts that rules on the whole horizon's shift count add to it."""
    counted_minutes: Count = 0
    """Minutes that rules on the whole horizon's minutes add to it."""
    counted_weekends: Count = 0
    """Worked weekends that the rule on weekends adds to it."""
    mentored_worked: Count = 0
    """Shifts worked as a novice with a mentor in the same shift, of all skills together."""
    named_offered: Annotated[Tallies, SPARED] = ()
    """Shifts of a type or tag offered in those weeks, such as `night:4`, which `balance_shifts`
    reads."""
    named_worked: Annotated[Tallies, SPARED] = ()
    """Of these, shifts worked, such as `night:3`."""
    far_worked: Annotated[Sum, SPARED] = 0
    """Of the shifts worked, those that were far by the rule `balance_far`."""
    strain_worked: Annotated[Sum, SPARED] = 0
    """Strain of the shifts worked, added up, which `balance_strain` reads."""
    wishes: Annotated[Sum, SPARED] = 0
    """Wishes in those weeks, which `wish_equality` reads."""
    wishes_refused: Annotated[Sum, SPARED] = 0
    """Of these, wishes refused."""
    last_week: Annotated[StartSet, SPARED] = ()
    """Shifts of the last week with work, such as `mon 07:00 C12|wed 13:00 C05`: weekday, start and
    center of each, which `as_last_week` reads."""


class Published(Frozen):
    """An assignment of the roster that was published; the rule `stability` keeps to it."""

    volunteer_id: Id
    """Who."""
    shift_id: Id
    """Which shift."""
    told: bool = True
    """Whether the person has been told already."""
