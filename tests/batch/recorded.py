"""A run of a batch, and the record that it keeps of each week."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from batches import FIRST, SECOND, plan

from shiftplan import Roster, read_roster
from shiftplan.record import LiveWeek, open_week

BY_HAND = Roster.of((f"A{day}", f"V{v}") for day in range(3) for v in (day, day + 3))
WEEK, AFTER = f"an/{FIRST}", f"an/{SECOND}"


@dataclass(frozen=True)
class Place:
    """A ROOT and a run."""

    root: Path
    run: Path

    def live(self, name: str = WEEK) -> LiveWeek:
        """A week with what the run recorded of it, as `SHIFTPLAN_RECORD` would name it."""
        return open_week(self.root / name, f"{self.run / 'record.db'}#{name}")

    def beside(self, name: str = WEEK) -> LiveWeek:
        """A week with the record that people keep beside it."""
        return open_week(self.root / name)

    def roster(self, name: str = WEEK) -> Roster:
        return read_roster(self.run / name / "roster.csv")

    def plan(self, **options: Any) -> bool:
        return plan(self.root, self.run, **options).is_complete

    def texts(self) -> dict[str, str]:
        """Messages to people, by their ids."""
        folder = self.run / WEEK / "messages"
        return {path.stem: path.read_text("utf-8") for path in folder.glob("V*.txt")}

    def kinds(self, name: str = WEEK) -> list[str]:
        return [entry.body.kind for entry in self.live(name).entries]


def publish(live: LiveWeek, roster: Roster) -> None:
    live.draft(roster)
    live.publish()
