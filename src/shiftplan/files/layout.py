"""The tables of a planning week: which columns they have and what those hold.

Read by the reader, the writer and the documentation; tests hold it equal to the input models.
"""

from __future__ import annotations

import datetime as dt
import types
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from shiftplan.rules import RULES
from shiftplan.week.demand import Demand, LanguageShare, Service, Setting
from shiftplan.week.fields import Frozen, Id, Text
from shiftplan.week.horizon import Horizon
from shiftplan.week.records import (
    Availability,
    Center,
    History,
    Pin,
    Preference,
    Published,
    Requirement,
    Shift,
    Skill,
    SkillGrant,
    Volunteer,
)

Kind = Literal["text", "whole", "decimal", "flag", "date", "time", "names", "moment"]


class DatedGrant(SkillGrant):
    """A row of the table `grants`: a level of a skill, and whose it is."""

    volunteer_id: Id
    """Who holds it."""


class NamedHorizon(Horizon):
    """The row of the table `horizon`."""

    name: Text = ""
    """Name of the problem."""


@dataclass(frozen=True)
class Table:
    """One table of the format."""

    model: type[Frozen]
    """What a row becomes."""
    columns: dict[str, Kind]
    """Columns in the order in which they are written."""
    needed: tuple[str, ...]
    """Columns that must be there, without blanks."""
    rare: tuple[str, ...] = ()
    """Columns that are written only when a row needs them."""

    @property
    def interval(self) -> bool:
        """Whether rows hold an interval: date, start, end and perhaps end_date."""
        return "end_date" in self.columns


_INTERVAL: dict[str, Kind] = {"date": "date", "start": "time", "end": "time"}

TABLES: dict[str, Table] = {
    "horizon": Table(
        NamedHorizon,
        {"name": "text", "start": "date", "days": "whole", "zone": "text"},
        ("start", "days"),
    ),
    "centers": Table(
        Center,
        {
            "center_id": "text",
            "name": "text",
            "type": "text",
            "lat": "decimal",
            "lon": "decimal",
            "population": "whole",
            "minority_area": "flag",
            "remote_area": "flag",
            "priority": "decimal",
            "capacity": "whole",
            "groups": "names",
        },
        ("center_id",),
        ("groups",),
    ),
    "skills": Table(
        Skill,
        {"skill_id": "text", "name": "text", "kind": "text", "max_level": "whole"},
        ("skill_id",),
    ),
    "services": Table(
        Service,
        {
            "service_id": "text",
            "name": "text",
            "skill_id": "text",
            "min_level": "whole",
            "minutes_per_citizen": "decimal",
            "cv": "decimal",
        },
        ("service_id", "minutes_per_citizen"),
        ("cv",),
    ),
    "volunteers": Table(
        Volunteer,
        {
            "volunteer_id": "text",
            "name": "text",
            "home_center_id": "text",
            "group": "names",
            "max_shifts": "whole",
            "min_shifts": "whole",
            "max_distance_km": "decimal",
            "show_rate": "decimal",
            "mobile": "flag",
        },
        ("volunteer_id",),
        ("mobile",),
    ),
    "grants": Table(
        DatedGrant,
        {
            "volunteer_id": "text",
            "skill_id": "text",
            "level": "whole",
            "valid_from": "date",
            "valid_to": "date",
        },
        ("volunteer_id", "skill_id"),
    ),
    "availability": Table(
        Availability,
        {"volunteer_id": "text", **_INTERVAL, "state": "text", "end_date": "date"},
        ("volunteer_id", *_INTERVAL),
        ("end_date",),
    ),
    "shifts": Table(
        Shift,
        {
            "shift_id": "text",
            "center_id": "text",
            **_INTERVAL,
            "end_date": "date",
            "type": "text",
            "tags": "names",
            "skill_id": "text",
            "min_level": "whole",
        },
        ("shift_id", "center_id", *_INTERVAL),
        ("end_date", "type", "tags", "skill_id", "min_level"),
    ),
    "demand": Table(
        Demand,
        {
            "center_id": "text",
            **_INTERVAL,
            "service_id": "text",
            "arrivals": "decimal",
            "arrivals_low": "decimal",
            "arrivals_high": "decimal",
            "arrivals_cv": "decimal",
            "end_date": "date",
        },
        ("center_id", *_INTERVAL, "service_id", "arrivals"),
        ("arrivals_low", "arrivals_high", "arrivals_cv", "end_date"),
    ),
    "languages": Table(
        LanguageShare,
        {"center_id": "text", "skill_id": "text", "share": "decimal"},
        ("center_id", "skill_id", "share"),
    ),
    "policy": Table(
        Setting,
        {"setting": "text", "where": "text", "value": "decimal", "note": "text"},
        ("setting", "value"),
    ),
    "requirements": Table(
        Requirement,
        {
            "shift_id": "text",
            "skill_id": "text",
            "min_level": "whole",
            "minimum": "whole",
            "target": "whole",
            "reason": "text",
        },
        ("shift_id", "target"),
        ("reason",),
    ),
    "history": Table(
        History,
        {
            "volunteer_id": "text",
            "weeks": "decimal",
            "shifts_offered": "decimal",
            "shifts_worked": "decimal",
            "undesired_worked": "decimal",
            "hours_offered": "decimal",
            "hours_worked": "decimal",
            "last_worked": "date",
            "last_shift_type": "text",
            "last_shift_end": "moment",
            "worked_in_a_row": "whole",
            "off_in_a_row": "whole",
            "same_type_in_a_row": "whole",
            "counted_shifts": "whole",
            "counted_minutes": "whole",
            "counted_weekends": "whole",
            "mentored_worked": "whole",
        },
        ("volunteer_id",),
        (
            "hours_offered",
            "hours_worked",
            "last_shift_type",
            "last_shift_end",
            "worked_in_a_row",
            "off_in_a_row",
            "same_type_in_a_row",
            "counted_shifts",
            "counted_minutes",
            "counted_weekends",
            "mentored_worked",
        ),
    ),
    "pins": Table(
        Pin,
        {"volunteer_id": "text", "shift_id": "text", "state": "text"},
        ("volunteer_id", "shift_id", "state"),
    ),
    "preferences": Table(
        Preference,
        {
            "volunteer_id": "text",
            "shift_id": "text",
            "date": "date",
            "shifts": "names",
            "state": "text",
            "weight": "whole",
        },
        ("volunteer_id", "state"),
    ),
    "published": Table(
        Published,
        {"shift_id": "text", "volunteer_id": "text", "told": "flag"},
        ("shift_id", "volunteer_id"),
        ("told",),
    ),
}
"""All tables but `rules`, which has a form of its own."""
TABLE_NAMES = (*TABLES, "rules")

REQUIRED = ("centers", "volunteers", "availability", "shifts", "rules")
"""Tables without which there is no problem."""


def kind_of(annotation: Any) -> Kind:
    """What the column of a rule's parameter holds, from the parameter's type."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return kind_of(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return kind_of(next(a for a in get_args(annotation) if a is not type(None)))
    if origin is tuple:
        return "names"
    kinds: dict[Any, Kind] = {bool: "flag", int: "whole", float: "decimal", dt.date: "date"}
    return kinds.get(annotation, "text")


def rule_columns() -> dict[str, Kind]:
    """Columns of the table `rules`: rule, level, weight, value, note, then other parameters.

    Last come those that may also be given in the column `value`, by their own names.
    """
    columns: dict[str, Kind] = {"rule": "text", "level": "text", "weight": "whole"}
    columns |= {"value": "whole", "note": "text"}
    for own_names in (False, True):
        for model in RULES.values():
            for column, name in model.columns().items():
                kind = kind_of(model.model_fields[name].annotation)
                columns.setdefault(name if own_names else column, kind)
    return columns


def columns_of(table: str) -> dict[str, Kind]:
    """Columns of a table, `rules` among them, but for those of skills."""
    return TABLES[table].columns if table in TABLES else rule_columns()


def needed_of(table: str) -> tuple[str, ...]:
    """Columns that a table, `rules` among them, cannot do without."""
    return TABLES[table].needed if table in TABLES else ("rule", "level")
