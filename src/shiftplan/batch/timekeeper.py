"""The time of a batch while it goes on: what has passed, what files take, and what is left.

Weeks that begin and end -> planning time of the next one.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from statistics import fmean

from shiftplan.batch.job import Outcome
from shiftplan.batch.places import ProvinceWeek
from shiftplan.batch.sizes import Sizes
from shiftplan.batch.timing import Allowance, file_seconds


class Timekeeper:
    """Shares the time of a batch out to its weeks; the time begins when this is made."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._sizes = Sizes()
        self._began = time.monotonic()
        self._files: list[float] = []
        self._ends: dict[str, tuple[float, float]] = {}

    @property
    def passed(self) -> float:
        """Seconds since the batch began."""
        return time.monotonic() - self._began

    @property
    def is_over(self) -> bool:
        """Whether a budget is used up."""
        budget = self._allowance.budget
        return budget is not None and self.passed >= budget

    @property
    def files(self) -> float | None:
        """Seconds that a week takes beside planning, on average; None until one is planned."""
        return fmean(self._files) if self._files else None

    def begin(self, place: ProvinceWeek, waiting: Iterable[ProvinceWeek], slots: int) -> float:
        """Planning time of a week that begins now, in seconds.

        Parameters
        ----------
        place
            The week.
        waiting
            All that are to be planned after it; looked at only where there is a budget.
        slots
            Jobs that run at a time.

        """
        passed, seconds = self.passed, self._allowance.usual
        if self._allowance.budget is not None:
            size = self._sizes.of(place.source)
            every = {p: self._sizes.of(p.source) for p in waiting}
            same = [s for p, s in every.items() if p.province == place.province]
            seconds = self._allowance.share(
                size,
                [size, *same],
                [size, *every.values()],
                passed=passed,
                slots=slots,
                busy=self._busy(passed),
                files=self.files,
            )
        self._ends[place.name] = passed + seconds, seconds
        return seconds

    def end(self, place: ProvinceWeek, outcome: Outcome) -> None:
        """Note that a week has ended, and how long its files took."""
        del self._ends[place.name]
        if outcome.failure is None and "plan" in outcome.phases:
            self._files.append(outcome.seconds - outcome.phases["plan"])

    def _busy(self, passed: float) -> float:
        """Seconds that the weeks which are at work will still take, added up."""
        files = self.files
        ends = (end + file_seconds(seconds, files) for end, seconds in self._ends.values())
        return sum(max(0.0, end - passed) for end in ends)
