"""Programs that rules of one's own could post: the verbs of the model, drawn at random.

The rules of shiftplan use a part of what the verbs allow; engines must be right about all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from hypothesis import strategies as st

from shiftplan.model import Layout, Model, Program
from shiftplan.model.linear import Linear
from shiftplan.solving.building import build
from shiftplan.testing import plan

_KEYS = ("volunteer", "day", "shift", "center", "person_day", "all")
_SHAPES = ("sum", "any", "exact", "below", "largest", "days")
_VERBS = ("at_most", "at_least", "avoid", "steps", "price_pairs")
_COEFS = ((1,), (1, 2), (1, 3, 2), (0, 1), (1, -1), (240, 480), (0.5, 1), (1 / 3, 1))
_LEVELS = ({"rule": "preferences", "level": 2}, {"rule": "wish", "level": 3})
"""Rules that cost nothing here, for the levels of those that are drawn."""


@dataclass(frozen=True)
class Statement:
    """One call of a verb: what it is about, and under which rule."""

    verb: Literal["at_most", "at_least", "avoid", "steps", "price_pairs"]
    shape: Literal["sum", "any", "exact", "below", "largest", "days"]
    key: str
    by: str | None
    """What the expressions are added up by; None for each by itself."""
    coef: tuple[float, ...]
    bound: float
    factor: float
    level: Literal["hard", 2, 3]
    weight: int
    rule: str = "drawn"

    @property
    def hard(self) -> bool:
        """As rules tell it."""
        return self.level == "hard"

    def post(self, model: Model) -> None:
        """State it in a model."""
        key, _ = _keys(model, self.key)
        if self.verb == "price_pairs":
            model.price_pairs(self, np.resize(np.array([self.weight, 0.0, 7.0]), len(key)))
            return
        linear = self._expressions(model) * self.factor
        if self.verb == "avoid":  # what it avoids is never negative, and costs are whole numbers
            whole = Linear(linear.matrix.astype(int).astype(float))
            model.avoid(self, whole.plus(np.maximum(0.0, model.greatest(-whole))))
        elif self.verb == "steps":
            counts = np.full(linear.size, 2)
            costs = np.tile([self.weight, 2.0 * self.weight + 1], linear.size)
            model.steps(self, linear, self.bound, counts, costs)
        else:
            getattr(model, self.verb)(self, linear, self.bound)

    def _expressions(self, model: Model) -> Linear:
        key, size = _keys(model, self.key)
        if self.shape == "days":
            return model.days_worked((), exact=self.by is not None)
        if self.shape in ("any", "exact"):
            linear = model.any_of(key, size, exact=self.shape == "exact", name=self.key)
        else:
            linear = model.sum_pairs(key, size, np.resize(np.array(self.coef), len(key)))
        name, is_sum = (self.shape, self.key, self.by, self.coef, self.bound), min(self.coef) >= 0
        if self.shape == "below" and is_sum:
            linear = model.below(linear, np.full(size, float(self.bound)), name=name)
        if self.shape == "largest" and is_sum:
            return model.largest(linear, *_groups(model, self.key, self.by or "all"), name=name)
        return linear.sum_by(*_groups(model, self.key, self.by)) if self.by else linear


def _keys(model: Model, name: str) -> tuple[np.ndarray, int]:
    """The key of each pair, and how many there are."""
    if name == "all":
        return np.zeros(len(model.pairs), dtype=int), 1
    key = getattr(model.pairs, name)
    return key, int(key.max(initial=-1)) + 1


def _groups(model: Model, first: str, second: str) -> tuple[np.ndarray, int]:
    """The group of each key: another key where that follows from it, else the same for all."""
    key, size = _keys(model, first)
    other, count = _keys(model, second)
    group = np.full(size, -1)
    group[key] = other
    if np.array_equal(group[key], other):
        return group, count
    return np.where(group >= 0, 0, -1), 1


_statements = st.builds(
    Statement,
    verb=st.sampled_from(_VERBS),
    shape=st.sampled_from(_SHAPES),
    key=st.sampled_from(_KEYS),
    by=st.none() | st.sampled_from(_KEYS),
    coef=st.sampled_from(_COEFS),
    bound=st.sampled_from([0, 1, 2, 3, 5, 1.5, 500]),
    factor=st.sampled_from([1, 1, 1, 2, -1, 0.5]),
    level=st.sampled_from(["hard", 2, 2, 2, 3]),
    weight=st.sampled_from([0, 1, 3, 10, 50]),
)


@st.composite
def posted(draw: st.DrawFn) -> tuple[Program, Layout]:
    """A program of a few people and days with one to five statements."""
    people = " ".join(("ana", "bob", "cho", "dan")[: draw(st.integers(1, 4))])
    kinds = st.sampled_from(["M", "MA", "Mm", "N", "MN", "ma", "Ex"])
    signs = {day: draw(kinds) for day in range(draw(st.integers(1, 5)))}
    rules = draw(st.sampled_from([(), ({"rule": "minimum_coverage"},), ({"rule": "coverage"},)]))
    needs = [{"shift_id": f"{of[0]}{day}", "minimum": 1, "target": 2} for day, of in signs.items()]
    rules += draw(st.sampled_from([(), ({"rule": "one_center_per_day"},)]))
    model = build(plan(signs, people, rules=[*rules, *_LEVELS], requirements=needs))
    for statement in draw(st.lists(_statements, min_size=1, max_size=5)):
        statement.post(model)
    return model.program(), model.pairs.layout()
