"""A forecast as JSON: days of all centers together, what was found in the log, and accuracy.

(`WeekForecast`, `VisitHistory`, perhaps a backtest) -> `ForecastReport`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from shiftplan.analysis.served import ServedForecast
from shiftplan.citizens.forecasting.ahead import WeekForecast
from shiftplan.citizens.forecasting.comparison import ForecasterComparison
from shiftplan.citizens.visits.history import VisitHistory
from shiftplan.present.words import Words
from shiftplan.week.json_form import Amount, Figure, Written, rounded

_QUANTILES = (0.1, 0.5, 0.9)


@dataclass(frozen=True, slots=True)
class ForecastDay(Written):
    """Visits or requests at all centers together on one date."""

    date: str
    """The date, as 2026-12-07."""
    mean: Figure
    """The expected number."""
    p10: Amount
    """Quantile 10%."""
    p50: Amount
    """Quantile 50%."""
    p90: Amount
    """Quantile 90%."""


@dataclass(frozen=True, slots=True)
class ForecastReport(Written):
    """What `forecast` prints as JSON."""

    json_keys = (
        "schema_version counts log province outside_shifts unlearned correlation backtest served"
    )

    counts: Literal["visits", "requests"]
    """What is counted."""
    log: tuple[str, ...]
    """What was read, and what was found in the log, in the language asked for."""
    province: tuple[ForecastDay, ...]
    """Dates with shifts, in order."""
    outside_shifts: Figure
    """Those that are expected at times without a shift, and left out."""
    unlearned: tuple[str, ...]
    """Names of events that no earlier date teaches."""
    correlation: Annotated[float, rounded(3)]
    """Correlation of days of different centers, 0 to 1; 0 if nothing is uncertain."""
    backtest: ForecasterComparison | None
    """How good forecasts of past weeks would have been; None unless asked for."""
    served: tuple[ServedForecast, ...]
    """What forecasts are worth to citizens; empty unless asked for."""

    @property
    def schema_version(self) -> Literal[1]:
        """Version of this form."""
        return 1


def forecast_report(
    found: WeekForecast,
    history: VisitHistory,
    say: Words,
    compared: ForecasterComparison | None = None,
    served: Sequence[ServedForecast] = (),
) -> ForecastReport:
    """Gather what `forecast` prints as JSON."""
    forecast = found.forecast
    quantiles = [forecast.quantile(share, "province").tolist() for share in _QUANTILES]
    days = zip(forecast.dates, forecast.expected("province").tolist(), *quantiles, strict=True)
    return ForecastReport(
        "visits" if forecast.counts_visits else "requests",
        tuple(say(message) for message in history.report.messages),
        tuple(ForecastDay(str(day), mean, *ends) for day, mean, *ends in days),
        found.outside,
        tuple(forecast.unlearned),
        forecast.correlation,
        compared,
        tuple(served),
    )
