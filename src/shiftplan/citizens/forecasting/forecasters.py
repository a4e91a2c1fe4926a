"""Forecasters by name, those of other packages included; the door to all of them.

(`VisitCounts`, dates, events, name or function) -> `Forecast`.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.metadata import entry_points
from typing import Any, Literal

import numpy as np

from shiftplan.citizens.forecasting.engine import embedded
from shiftplan.citizens.forecasting.events import KnownEvent
from shiftplan.citizens.forecasting.forecast import Forecast, Forecaster
from shiftplan.citizens.forecasting.simple import four_week_mean, seasonal_naive
from shiftplan.citizens.forecasting.statistical import by_model
from shiftplan.citizens.visits.counts import VisitCounts
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.errors.options import check_options

log = logging.getLogger(__name__)

GROUP = "shiftplan.forecasters"
"""Group of the entry points by which packages add forecasters."""
_OWN: Mapping[str, Forecaster] = {
    "embedded": embedded,
    "seasonal_naive": seasonal_naive,
    "four_week_mean": four_week_mean,
    "auto_ets": by_model("AutoETS"),
    "mstl": by_model("MSTL"),
    "auto_theta": by_model("AutoTheta"),
}


def forecasters() -> Mapping[str, Forecaster]:
    """Name -> forecaster: those of shiftplan, then those of installed packages.

    Packages add forecasters as entry points of the group `shiftplan.forecasters`. One that fails to
    load is skipped with a warning in the log, and whoever asks for it gets the reason. Names of
    built-in forecasters cannot be replaced.
    """
    return _loaded()[0]


@lru_cache(maxsize=1)
def _loaded() -> tuple[Mapping[str, Forecaster], Mapping[str, str]]:
    """Name -> forecaster, and name -> why it cannot be loaded."""
    found = dict(_OWN)
    broken: dict[str, str] = {}
    for entry in entry_points(group=GROUP):
        try:
            loaded: Any = entry.load()
        except Exception as error:  # another's code: the rest of the forecasters still works
            broken[entry.name] = f"{type(error).__name__}: {error}"
            log.warning("cannot load the forecaster %s: %s", entry.value, error)
        else:
            found.setdefault(entry.name, loaded)
    return found, broken


def forecaster_of(forecaster: str | Forecaster) -> Forecaster:
    """Find a forecaster by its name, or take a function, and check what it returns.

    The forecaster found raises `InputError` if its forecast is not for the counts and dates that
    it was given, or contains impossible numbers.

    Raises
    ------
    InputError
        The name is unknown, or the forecaster cannot be loaded.
    """
    if not callable(forecaster):
        known, broken = _loaded()
        if isinstance(forecaster, str) and forecaster in broken.keys() - known.keys():
            message = Message("forecasts.broken", name=forecaster, error=broken[forecaster])
            raise InputError([Fault("invalid_value", "options", "forecaster", message=message)])
        check_options(("forecaster", forecaster, Literal[*known]))
        made, name = known[forecaster], forecaster
    else:
        made, name = forecaster, getattr(forecaster, "__name__", type(forecaster).__name__)

    def checked(
        counts: VisitCounts, dates: Sequence[dt.date], events: Sequence[KnownEvent]
    ) -> Forecast:
        found = made(counts, dates, events)
        if wrong := _wrong_with(found, counts, dates):
            message = Message("forecasts.invalid", name=name, detail=wrong)
            raise InputError([Fault("invalid_value", "options", "forecaster", message=message)])
        return found

    return checked


def _wrong_with(found: object, counts: VisitCounts, dates: Sequence[dt.date]) -> str:
    """What is wrong with a forecast, in the words of programmers; empty for nothing."""
    if not isinstance(found, Forecast):
        return f"{type(found).__name__} instead of Forecast"
    wanted = {
        "centers": counts.centers,
        "dates": tuple(dates),
        "slots": counts.slots,
        "services": counts.services,
    }
    for name, value in wanted.items():
        if tuple(getattr(found, name)) != value:
            return f"other {name} than asked for"
    centers, days, *cells = map(len, wanted.values())
    shapes = {
        "mean": (centers, days, *cells),
        "province_level": (days,),
        "province_day": (days,),
        "center_level": (centers, days),
        "center_day": (centers, days),
        "cell": (centers,),
    }
    for name, shape in shapes.items():
        values = getattr(found, name)
        if not isinstance(values, np.ndarray):
            return f"{name} is {type(values).__name__} instead of ndarray"
        if values.shape != shape:
            return f"{name} has shape {values.shape} instead of {shape}"
        if not (np.isfinite(values) & (values >= 0)).all():
            return f"{name} has negative or infinite values, or nan"
    return ""


def forecast(
    counts: VisitCounts,
    dates: Sequence[dt.date],
    *,
    events: Sequence[KnownEvent] = (),
    forecaster: str | Forecaster = "embedded",
) -> Forecast:
    """Forecast the citizens of some dates.

    Parameters
    ----------
    counts
        What came so far.
    dates
        Dates on which centers are open, in ascending order, after those of `counts`. A center that
        is closed on one of them has an event there with factor 0.
    events
        What changes the number of citizens, before and on these dates.
    forecaster
        Name, one of `forecasters()`, or a function of counts, dates and events.

    Raises
    ------
    InputError
        The name is unknown, or what the forecaster returns is no forecast of these dates.
    ValueError
        No date is recorded, or the dates do not ascend or do not follow those with counts.
    MissingExtraError
        The forecaster needs a package that is not installed.
    """
    return forecaster_of(forecaster)(counts, dates, events)
