"""The days that are planned, with their time zone and country.

Local dates and wall-clock times -> day numbers and minutes since the horizon's first midnight.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from pkgutil import get_data
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, field_validator

from shiftplan.errors.message import Message
from shiftplan.week.fields import FIRST_DATE, LAST_DATE, Frozen, Id
from shiftplan.week.kinds import KINDS, USUAL_KIND

PROFILES: Mapping[str, Mapping[str, str]] = tomllib.loads(
    (get_data("shiftplan.week", "profiles.toml") or b"").decode()
)
"""Name -> zone, country and mentor_skill."""
PROFILE = "vietnam"
"""The profile of weeks that say nothing else, as from the first version on."""
USUAL = PROFILES[PROFILE]

NO_COUNTRY = "none"
_CUT = re.compile(
    r"(^|[,;/|\n])(\s*)(?:84[ .\-\xa0]?)?"
    r"([35789](?:[ .\-\xa0]?\d){8}|2(?:[ .\-\xa0]?\d){9})(?=\s*(?:$|[,;/|\n]))"
)
"""A phone of Vietnam from which a spreadsheet took the zero, or the plus of `+84`; alone or among
others."""
_OWN = {"localtime", "posixrules", "Factory"}
"""Names beside those of zones: what a computer is set to, which differs from one to the next."""


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones() - _OWN)


def dialled(phone: str, country: str) -> str:
    """A phone as it is dialled in a country: with its zero, also where 84 stands instead."""
    return _CUT.sub(r"\1\g<2>0\3", phone) if country == USUAL["country"] else phone


class Horizon(Frozen):
    """The days planned, from the first date on, in one time zone."""

    start: date = Field(ge=FIRST_DATE, lt=LAST_DATE)
    """First date, in the years 1970 to 2199."""
    days: int = Field(ge=1, le=3660)
    """Number of dates, from a day to ten years."""
    zone: str = USUAL["zone"]
    """IANA time zone in which all dates and times of the problem are wall-clock time."""
    country: str = USUAL["country"]
    """Code of the country whose public holidays `new-week` leaves out, such as PL; `none` for no
    holidays."""
    mentor_skill: Id = USUAL["mentor_skill"]
    """Skill that tells novices and mentors in rules that name none."""
    kind: str = USUAL_KIND
    """What sort of work it is, as in `shiftplan template --kind`, such as `food-bank`. The words of
    workbooks, reports and messages follow it, such as site for center."""

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in _zones():
            city = "/" + value.strip().replace(" ", "_").casefold()
            near = min((z for z in _zones() if f"/{z}".casefold().endswith(city)), default="")
            code = "week.no_zone_but" if near else "week.no_zone"
            raise ValueError(Message(code, zone=value, such=near or USUAL["zone"]))
        return value

    @field_validator("country")
    @classmethod
    def _code_of_country(cls, value: str) -> str:
        if value.casefold() == NO_COUNTRY:
            return NO_COUNTRY
        if not re.fullmatch("[A-Za-z]{2}", value):
            raise ValueError(Message("week.no_country", country=value))
        return value.upper()

    @field_validator("kind")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        if value.casefold() not in KINDS:
            raise ValueError(Message("week.no_kind", kind=value, known=KINDS))
        return value.casefold()

    @cached_property
    def end(self) -> date:
        """The first date after the horizon."""
        return self.start + timedelta(self.days)

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """All dates, in order."""
        return tuple(self.start + timedelta(i) for i in range(self.days))

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def day(self, moment: datetime) -> int:
        """Day number of a wall-clock moment: 0 on the first date, negative before it."""
        return (moment.date() - self.start).days

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @cached_property
    def _midnight(self) -> datetime:
        return datetime.combine(self.start, time(), self._zone).astimezone(UTC)

    def minutes(self, moment: datetime) -> int:
        """Minutes that pass from the horizon's first midnight to a wall-clock moment.

        Clock changes count as the time that really passes, so a night in which clocks are put
        back is an hour longer. An ambiguous time is the earlier one unless `fold` is 1.
        """
        return (self.utc(moment) - self._midnight) // timedelta(minutes=1)

    def moment(self, minutes: float) -> datetime:
        """Wall-clock moment, a whole minute, so many minutes after the first midnight."""
        return self.local(self._midnight + timedelta(minutes=int(minutes)))

    def exists(self, moment: datetime) -> bool:
        """Whether the clocks of the zone show this wall-clock moment; False in a spring gap."""
        return self.local(self.utc(moment)) == moment.replace(tzinfo=None)

    def utc(self, moment: datetime) -> datetime:
        """Wall-clock moment in UTC; an ambiguous time is the earlier one unless `fold` is 1."""
        return moment.replace(tzinfo=self._zone).astimezone(UTC)

    def shown(self, moment: datetime) -> datetime:
        """Wall-clock moment as clocks show it: one that a change of clocks leaves out is later."""
        return self.local(self.utc(moment))

    def local(self, moment: datetime) -> datetime:
        """Wall-clock moment at which a moment with a time zone falls."""
        return moment.astimezone(self._zone).replace(tzinfo=None)
