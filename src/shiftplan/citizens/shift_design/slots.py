"""The time of a center cut into slots in which nothing changes.

(`CenterDemand`, `CandidateShift`s) -> `CenterSlots`: what is needed in each, and where a time
begins and ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from shiftplan.citizens.shift_design.candidates import CandidateShift
from shiftplan.citizens.shift_design.curve import CenterDemand, Curve, NeedOver, Span, turns

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class CenterSlots:
    """Stretches of a center's opening hours in which nothing begins or ends, in order of time."""

    start: Array
    """First minute from the horizon's first midnight, int of shape (slots,)."""
    end: Array
    """First minute after it, of the same shape."""
    total: int
    """Minutes of the horizon."""
    cyclic: bool

    @classmethod
    def of(
        cls, demand: CenterDemand, candidates: Iterable[CandidateShift], total: int, *, cyclic: bool
    ) -> CenterSlots:
        """Those of a center, whose candidates may begin and end, and have breaks."""
        hours = [*demand.open, *(need.span for c in demand.curves for need in c.needs)]
        ends = {0, total, *(end for span in hours for end in span)}
        for candidate in candidates:
            moments = {0, candidate.time.length}
            moments |= {m for own in candidate.breaks for one in own for s in one for m in s}
            ends |= {candidate.span(day)[0] + m for day in candidate.days for m in moments}
        edges = np.array(sorted({end % total for end in ends} | {total} if cyclic else ends))
        inside = np.zeros(len(edges) - 1, dtype=bool)
        for begin, end in hours:
            for a, b in _parts((begin, end), total, cyclic=cyclic):
                first, last = np.searchsorted(edges, [a, b])
                inside[first:last] = True
        return cls(edges[:-1][inside], edges[1:][inside], total, cyclic)

    def __len__(self) -> int:
        return len(self.start)

    @property
    def minutes(self) -> Array:
        """Length of each slot."""
        return self.end - self.start

    @property
    def linked(self) -> Array:
        """Whether each slot begins where the one before it ends, bool of shape (slots,)."""
        return np.concatenate([[False], self.start[1:] == self.end[:-1]])[: len(self)]

    def inside(self, span: Span) -> list[slice]:
        """The slots of a time, which may go on at the start of a cyclic horizon."""
        parts = _parts(span, self.total, cyclic=self.cyclic)
        found = (np.searchsorted(self.start, part) for part in parts)
        return [slice(int(first), int(last)) for first, last in found if first < last]

    def needs(self, curve: Curve) -> list[NeedOver]:
        """What a curve asks for in each slot."""
        found = [NeedOver((a, b), 0, 0) for a, b in zip(self.start, self.end, strict=True)]
        for need in curve.needs:
            for part in self.inside(need.span):
                for number in range(part.start, part.stop):
                    span = found[number].span
                    found[number] = NeedOver(span, need.minimum, need.target)
        return found


def _parts(span: Span, total: int, *, cyclic: bool) -> Iterator[Span]:
    """Yield a time, or what of it lies before and after the end of a cyclic horizon."""
    yield from turns(span, total) if cyclic else (span,)
