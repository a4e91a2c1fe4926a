"""Which weeks of a province follow which, and what one carries on of those before it.

(`ProvinceWeek`s, `RunFolder`) -> `Before`s of a week, or why it cannot follow.
"""

from __future__ import annotations

from collections.abc import Sequence

from shiftplan.batch.job import Before
from shiftplan.batch.keys import is_intact, safe_digest
from shiftplan.batch.places import PLANNED_WITH, ProvinceWeek, histories_before
from shiftplan.batch.run_folder import RunFolder


class Succession:
    """The weeks of each province in order of time, and what is known of them.

    Weeks that are not `chosen` are carried on where they were planned, else passed over.
    """

    def __init__(
        self, every: Sequence[ProvinceWeek], chosen: Sequence[ProvinceWeek], run: RunFolder
    ) -> None:
        self._run = run
        self._chosen = {place.name for place in chosen}
        self._earlier: dict[str, list[ProvinceWeek]] = {}
        seen: dict[str, list[ProvinceWeek]] = {}
        for place in sorted(place for place in every if place.fault is None):
            before = seen.setdefault(place.province, [])
            self._earlier[place.name] = list(before)
            before.append(place)

    def previous(self, place: ProvinceWeek) -> ProvinceWeek | None:
        """The week that it follows: the last one before it that is asked for too or was planned."""
        for week in reversed(self._earlier[place.name]):
            if week.name in self._chosen or self._run.manifest.entry(week.name).state == "done":
                return week
        return None

    def hindrance(self, place: ProvinceWeek) -> str:
        """Why a week cannot follow the one before, which is settled; empty where it can."""
        previous = self.previous(place)
        if previous is None:
            return ""
        entry = self._run.manifest.entry(previous.name)
        if entry.state != "done":
            return f"the week before, {previous.week}, was not planned"
        if previous.name in self._chosen:  # its result was looked at in its turn
            return ""
        if is_intact(self._run.final(previous.name), entry.contents):
            return ""
        return f"the result of the week before, {previous.week}, is not as it was written"

    def told(self, place: ProvinceWeek) -> dict[str, str]:
        """Week before -> digest of how it turned out, as far as that is told by now."""
        done = self._done_before(place)
        return {w.name: safe_digest(w.attendance) for w in done if w.attendance.exists()}

    def carried(self, place: ProvinceWeek) -> tuple[Before, ...]:
        """The weeks to go on from.

        They begin with the last one before which the history is known with all that is told by now:
        that which it was planned with, or one that the last week has of it.
        """
        done, now = self._done_before(place), self.told(place)
        if not done:
            return ()
        told = [self._run.manifest.entry(week.name).told for week in done]
        kept = histories_before(self._run.final(done[-1].name))

        def knows(i: int) -> bool:
            """Whether there is a history before the week which is right, as is the last ledger."""
            planned_with = self._run.final(done[i].name) / PLANNED_WITH
            if str(done[i].week) in kept:
                sources = [told[-1]]
            elif planned_with.exists():
                sources = [told[i], told[-1]]
            else:
                return False
            return all(
                now.get(week.name) in (None, known.get(week.name))
                for week in done[:i]
                for known in sources
            )

        first = next((i for i in reversed(range(len(done))) if knows(i)), 0)
        return tuple(
            Before(
                source=week.source,
                folder=self._run.final(week.name),
                attendance=week.attendance if week.name in now else None,
            )
            for week in done[first:]
        )

    def _done_before(self, place: ProvinceWeek) -> list[ProvinceWeek]:
        """The weeks before that were planned, in order of time."""
        entry = self._run.manifest.entry
        return [week for week in self._earlier[place.name] if entry(week.name).state == "done"]
