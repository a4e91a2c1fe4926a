"""Public holidays of a country, by the package holidays.

Country and dates -> names of days off, and days of weekends on which people work instead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shiftplan.errors import Fault, InputError, MissingExtraError
from shiftplan.errors.message import Message


@dataclass(frozen=True)
class PublicDays:
    """Days that are off for everybody, and days that are worked instead."""

    names: dict[dt.date, str]
    """Date -> name of the holiday."""
    worked: frozenset[dt.date]
    """Days of weekends that are worked in place of days off."""


def public_days(
    country: str, years: Iterable[int], languages: Sequence[str], table: str
) -> PublicDays:
    """Look up the holidays of a country.

    Parameters
    ----------
    country
        Code of the country, such as VN.
    years
        Years looked up; the days around them that belong to them are included.
    languages
        Codes of languages for the names; the first that the country has counts.
    table
        Table that a fault is about.

    Raises
    ------
    InputError
        There is no such country.
    MissingExtraError
        The package holidays is not installed.
    """
    try:
        import holidays
    except ModuleNotFoundError as error:
        raise MissingExtraError("holidays", "calendar") from error
    try:
        known = holidays.country_holidays(country).supported_languages
        language = next((name for name in languages if name in known), None)
        found = holidays.country_holidays(country, years=years, language=language)
    except NotImplementedError:
        message, remedy = Message("seasons.no_such_country"), Message("seasons.country_meant")
        fault = Fault("not_one_of", table, "country", country, message, remedy=remedy)
        raise InputError([fault]) from None
    return PublicDays(dict(found.items()), frozenset(found.weekend_workdays))
