"""The tables of a planning week: which columns they have and what those hold.

Read by the reader, the writer and the documentation; tests hold it equal to the input models.
"""

from __future__ import annotations

import datetime as dt
import types
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import NaiveDatetime

from shiftplan.rules import RULES, Rule
from shiftplan.seasons.opening.rows import Hours, StandardNeed
from shiftplan.seasons.rollover.workdays import Day
from shiftplan.week import (
    demand,
    history,
    occupied,
    records,
    requirements,
    shift_types,
    travel,
    visits,
    wishes,
)
from shiftplan.week.days import Days
from shiftplan.week.fields import Frozen, Id, Text
from shiftplan.week.horizon import Horizon

Kind = Literal["text", "whole", "decimal", "flag", "date", "time", "names", "moment", "days"]
_KINDS: dict[Any, Kind] = {bool: "flag", int: "whole", float: "decimal"}
_KINDS |= {dt.date: "date", dt.time: "time", NaiveDatetime: "moment", Days: "days"}
_INTERVAL: dict[str, Kind] = {"date": "date", "start": "time", "end": "time"}


class DatedGrant(records.SkillGrant):
    """A level of a skill that a volunteer holds, and the dates on which it counts."""

    volunteer_id: Id
    """Who holds it."""


class NamedHorizon(Horizon):
    """What is planned: first date, number of days, time zone and kind of work."""

    name: Text = ""
    """Name of the problem."""


def kind_held(annotation: Any) -> Kind:
    """What the column of a field holds, from the type of the field."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return kind_held(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return kind_held(next(a for a in get_args(annotation) if a is not type(None)))
    if origin is tuple:
        return "names"
    return _KINDS.get(annotation, "text")


@dataclass(frozen=True)
class TableLayout:
    """One table of the format; its columns are the fields of its model."""

    model: type[Frozen]
    """What a row becomes; fields without a default are columns that must be there."""
    usual: str = ""
    """Columns that are always written, beside those that must be there; others only where a row
    needs them."""
    first: str = ""
    """Columns that stand before those of the other fields."""
    last: str = ""
    """Column that stands last; a row that was cut off is noticed by it."""
    without: str = ""
    """Field that the table does not hold."""
    whole_days: bool = False
    """Whether a row without times is about whole days."""

    @cached_property
    def keeps_others(self) -> bool:
        """Whether rows keep what stands in columns that the format does not know."""
        return "extra" in self.model.model_fields

    @property
    def interval(self) -> bool:
        """Whether rows hold an interval: date, start, end and perhaps end_date."""
        return "end_date" in self.columns

    @cached_property
    def columns(self) -> dict[str, Kind]:
        """Columns in the order in which they are written, and what they hold."""
        columns = columns_of_model(self.model, self.first, self.last)
        return {name: kind for name, kind in columns.items() if name != self.without}

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """Columns that must be there, without blanks."""
        must = {name for name, field in self.model.model_fields.items() if field.is_required()}
        must |= {"date"} if self.interval and "start" in must else set()
        must -= {"start", "end"} if self.whole_days else set()
        return tuple(name for name in self.columns if name in must)

    @cached_property
    def rare(self) -> tuple[str, ...]:
        """Columns that are written only when a row needs them."""
        return tuple(n for n in self.columns if n not in (*self.needed, *self.usual.split()))


def columns_of_model(model: type[Frozen], first: str = "", last: str = "") -> dict[str, Kind]:
    """The columns of a table whose rows become a model; a start and an end become dates and times.

    Levels of skills, and what `extra` holds, have columns of their own. `first`, `last`: columns
    that stand there.
    """
    kinds = {name: kind_held(info.annotation) for name, info in model.model_fields.items()}
    for apart in ("skills", "extra"):
        kinds.pop(apart, None)
    columns = {name: kinds.pop(name) for name in first.split()}
    is_interval = kinds.get("start") == kinds.get("end") == "moment"
    for name, kind in kinds.items():
        if is_interval and name == "start":
            columns |= _INTERVAL
        elif not is_interval or name != "end":
            columns[name] = kind
        elif model is records.Shift:
            columns["end_date"] = "date"
    if last:
        columns[last] = columns.pop(last)
    return columns | ({"end_date": "date"} if is_interval else {})


TABLES: dict[str, TableLayout] = {
    "horizon": TableLayout(NamedHorizon, "name zone", first="name"),
    "centers": TableLayout(
        records.Center, "name type lat lon population minority_area remote_area priority capacity"
    ),
    "skills": TableLayout(records.Skill, "name kind max_level"),
    "services": TableLayout(demand.Service, "name skill_id min_level"),
    "volunteers": TableLayout(
        records.Volunteer,
        "name home_center_id group max_shifts min_shifts max_distance_km show_rate",
    ),
    "grants": TableLayout(DatedGrant, "level valid_from valid_to", first="volunteer_id"),
    "availability": TableLayout(records.Availability, "state"),
    "stand_by": TableLayout(records.StandBy, "date start end"),
    "occupied": TableLayout(
        occupied.Occupied,
        "volunteer_id group start end what",
        first="volunteer_id group",
        whole_days=True,
    ),
    "shifts": TableLayout(records.Shift),
    "demand": TableLayout(demand.Demand, "service_id"),
    "languages": TableLayout(demand.LanguageShare),
    "journeys": TableLayout(visits.Journey, "where"),
    "citizen_kinds": TableLayout(visits.CitizenKind, "where"),
    "officials": TableLayout(visits.Official, "where days", first="where days"),
    "travel": TableLayout(travel.Way, "origin destination mode", first="origin destination"),
    "shift_types": TableLayout(shift_types.ShiftType, "type where days step"),
    "breaks": TableLayout(shift_types.Break, "type earliest latest after"),
    "policy": TableLayout(demand.Setting, "where note"),
    "requirements": TableLayout(requirements.Requirement, "shift_id skill_id min_level minimum"),
    "history": TableLayout(
        history.History, "weeks shifts_offered shifts_worked undesired_worked last_worked"
    ),
    "pins": TableLayout(wishes.Pin),
    "preferences": TableLayout(wishes.Preference, "shift_id date shifts weight"),
    "published": TableLayout(history.Published, first="shift_id"),
    "opening": TableLayout(Hours, "where days session", first="where days"),
    "needs": TableLayout(
        StandardNeed, "where days shifts skill_id min_level minimum", first="where days"
    ),
    "days": TableLayout(Day, "date weekdays where note", first="date weekdays"),
}
"""All tables but `rules`, which has a form of its own."""
TABLE_NAMES = (*TABLES, "rules")
MAKING = {"opening": "shifts", "needs": "requirements", "days": "shifts"}
"""Table that a problem does not hold -> the one that it helps to make."""

REQUIRED = ("centers", "volunteers", "availability", "shifts", "rules")
"""Tables without which there is no problem."""


def rule_columns() -> dict[str, Kind]:
    """Columns of the table `rules`: rule, level, weight, value, note, then other parameters.

    Last come those that may also be given in the column `value`, by their own names.
    """
    return dict(_columns_of_rules(tuple(RULES.values())))


@cache
def _columns_of_rules(models: tuple[type[Rule], ...]) -> dict[str, Kind]:
    columns: dict[str, Kind] = {"rule": "text", "level": "text", "weight": "whole"}
    columns |= {"value": "whole", "note": "text"}
    for own_names in (False, True):
        for model in models:
            for column, name in model.columns().items():
                kind = kind_held(model.model_fields[name].annotation)
                columns.setdefault(name if own_names else column, kind)
    return columns


def columns_of(table: str) -> dict[str, Kind]:
    """Columns of a table, `rules` among them, but for those of skills."""
    return TABLES[table].columns if table in TABLES else rule_columns()


def needed_of(table: str) -> tuple[str, ...]:
    """Columns that a table, `rules` among them, cannot do without."""
    return TABLES[table].needed if table in TABLES else ("rule", "level")


def filled_of(table: str) -> tuple[str, ...]:
    """Columns whose cells may not be blank; a rule without a level takes its recommended one."""
    return needed_of(table) if table in TABLES else ("rule",)
