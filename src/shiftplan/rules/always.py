"""What always holds: known ids, nobody twice, windows of availability, pins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from shiftplan.errors.message import AtShift
from shiftplan.rules.base import DECISION, PROMISE, BoolArray, Rule, Violation

if TYPE_CHECKING:
    from shiftplan.case.arrays import Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model


class Input(Rule):
    """A roster names only known shifts and volunteers, and nobody twice in one shift.

    Amount: assignments that are unknown or repeated.
    """

    rule: Literal["input"] = "input"
    level: Literal["hard"] = "hard"
    sees = "part"
    worth = None
    unit: ClassVar[str] = "assignments"

    def check(self, case: Case) -> Iterator[Violation]:
        for shift, who in case.unknown:
            yield self.violation(who, AtShift(shift), 1, "rules.input_unknown")
        for shift, who in case.repeated:
            yield self.violation(who, AtShift(shift), 1, "rules.input_repeated")

    def post(self, model: Model) -> None:
        """Nothing to post: the model knows only known pairs, each once."""


class Available(Rule):
    """A shift lies inside one of the person's windows of availability.

    Amount: shifts outside all windows.
    """

    rule: Literal["available"] = "available"
    level: Literal["hard"] = "hard"
    sees = "part"
    worth = PROMISE
    unit: ClassVar[str] = "shifts"

    def check(self, case: Case) -> Iterator[Violation]:
        for volunteer in case.week.volunteers:
            for shift in case.worked(volunteer):
                if case.offers.state(volunteer, shift) is None:
                    who, where = volunteer.volunteer_id, AtShift(shift.shift_id)
                    yield self.violation(who, where, 1, "rules.available")

    def forbid(self, arrays: Arrays) -> BoolArray:
        return arrays.state[:, arrays.span] < 0

    def post(self, model: Model) -> None:
        """Nothing to post: pairs outside all windows are not in the model."""


class Pins(Rule):
    """What a person pinned is kept: who must work a shift does, who must not does not.

    Amount: pins that are not kept.
    """

    rule: Literal["pins"] = "pins"
    level: Literal["hard"] = "hard"
    sees = "part"
    worth = DECISION
    unit: ClassVar[str] = "pins"

    def check(self, case: Case) -> Iterator[Violation]:
        for pin in case.week.pins:
            who = pin.volunteer_id
            works = any(v.volunteer_id == who for v in case.people_in[pin.shift_id])
            if works == (pin.state == "must_not"):
                yield self.violation(who, AtShift(pin.shift_id), 1, f"rules.pins_{pin.state}")

    def forbid(self, arrays: Arrays) -> BoolArray:
        forbidden = np.zeros((arrays.num_volunteers, arrays.num_shifts), dtype=bool)
        for pin in arrays.week.pins:
            if pin.state == "must_not":
                who = arrays.volunteer_index[pin.volunteer_id]
                forbidden[who, arrays.shift_index[pin.shift_id]] = True
        return forbidden

    def post(self, model: Model) -> None:
        arrays = model.arrays
        pins = [p for p in arrays.week.pins if p.state == "must"]
        who = np.array([arrays.volunteer_index[p.volunteer_id] for p in pins], dtype=np.int64)
        where = np.array([arrays.shift_index[p.shift_id] for p in pins], dtype=np.int64)
        pin_of = {pair: i for i, pair in enumerate(zip(who.tolist(), where.tolist(), strict=True))}
        pairs = zip(model.pairs.volunteer.tolist(), model.pairs.shift.tolist(), strict=True)
        key = np.array([pin_of.get(pair, -1) for pair in pairs] if pins else [], dtype=np.int64)
        if pins:
            works = model.sum_pairs(key, len(pins))
            model.at_least(self, works, 1, who=who, where=where, place="shift")
