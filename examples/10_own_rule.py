"""A rule of your own: a group that shares a vehicle works at one center on a date.

It is stated twice, by `check` on a roster and by `post` on a model; all else then knows its kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import numpy as np

import shiftplan as sp
from shiftplan.rules import rule
from shiftplan.rules.base import Findings, Priced, in_value
from shiftplan.testing import parse, plan, prove
from shiftplan.week.fields import Positive, SomeNames

if TYPE_CHECKING:
    from shiftplan.case.case import Case
    from shiftplan.model import Model


@rule
class SharedVehicle(Priced):
    """A group that shares a vehicle works at one center on a date, or at few.

    Amount: centers beyond `max_centers`, for each group and date.
    """

    rule: Literal["shared_vehicle"] = "shared_vehicle"
    group: SomeNames
    """Groups concerned, each with a vehicle of its own."""
    max_centers: Annotated[Positive, in_value("max_centers")] = 1
    """Most centers on a date."""
    unit = "centers"
    sees = "groups"  # what it finds depends on what the others of the group work
    words: ClassVar = {"en": {"rules.shared_vehicle": "{group}: {n:centers} too many on {where}"}}

    def check(self, case: Case) -> Findings:
        for name in self.group:
            shifts = [s for person in case.members((name,)) for s in case.worked(person)]
            for day in sorted({s.day for s in shifts}):
                beyond = len({s.center_id for s in shifts if s.day == day}) - self.max_centers
                if beyond > 0:
                    yield self.violation("", day, beyond, group=name)

    def post(self, model: Model) -> None:
        days, centers = model.arrays.num_days, model.arrays.num_centers
        for name in self.group:
            of_group = model.arrays.in_group((name,))[model.pairs.volunteer]
            visit = np.where(of_group, model.pairs.day * centers + model.pairs.center, -1)
            visited = model.any_of(visit, days * centers, exact=False)
            number = visited.sum_by(np.arange(days * centers) // centers, days)
            model.at_most(self, number, self.max_centers, where=np.arange(days), place="day")


BLUE = {"group": "blue motorbike"}
PAIR: dict[str, Any] = {"people": "ana bob", "each": {"ana": BLUE, "bob": BLUE}}
PAIR |= {"signs": "Mm", "days": 2}  # each day a shift M at home, and m far away
ROWS = [("ana M .\nbob M .", 0), ("ana M m\nbob m .", 1), ("ana M m\nbob m M", 2)]
WRONG = [("post", "self.max_centers", "9"), ("check", "beyond > 0", "beyond > 1")]
SEATS = [{"shift_id": name, "minimum": 1, "target": 1} for name in ("M0", "m0", "M1")]

if __name__ == "__main__":
    from pathlib import Path
    from tempfile import TemporaryDirectory

    print(prove(SharedVehicle, BLUE, [PAIR], ROWS, WRONG), "rosters: check and post agree")
    soft = SharedVehicle(group=("blue motorbike",), level=1, weight=500)
    with TemporaryDirectory() as folder:
        sp.write_week(plan(**PAIR, requirements=SEATS, rules=[sp.rules.Coverage(), soft]), folder)
        print(Path(folder, "rules.csv").read_text(encoding="utf-8"), end="")
        week = sp.read_week(folder)
    print(*(v.message for v in sp.check(week, parse("ana M .\nbob m .")).priced), sep="\n")
    roster = sp.solve(week, time_limit=5).require_roster()
    print(*sp.present.lines(sp.explain_why_not(week, roster, "m0", "ana")), sep="\n")
    hard = [sp.rules.MinimumCoverage(), soft.model_copy(update={"level": "hard"})]
    conflict = sp.solving.find_conflict(plan(**PAIR, requirements=SEATS, rules=hard))
    print(*(str(member.message) for member in (conflict.members if conflict else ())), sep="\n")
