"""What is known about an instance: its cheapest roster, its highest bound, and whose they are.

`Entry` -> `with_roster`, `with_bound` -> `Entry`. Nothing but Python is needed.

A roster is a fact: whoever has the file can score it. A bound is a claim until somebody runs its
command again. So a roster that is cheaper than a bound takes the bound away, and a bound above a
roster is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256

from benchmarks.family.validator import Pairs


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from."""

    by: str
    """Who found it."""
    date: str
    """When, as 2030-01-07."""
    version: str
    """Of the programs that found it."""
    command: str
    """How to get it again. Blank for a bound that nobody can repeat, which stays a claim."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known about an instance."""

    instance: str
    digest: str
    """Of the instance that cost and bound belong to."""
    cost: int | None = None
    """Lowest cost of a roster; None without one."""
    cost_source: Source | None = None
    roster: str = ""
    """SHA-256 of `roster_text` of that roster."""
    bound: int | None = None
    """Highest bound; None without one."""
    bound_source: Source | None = None

    @property
    def gap(self) -> float | None:
        """(cost - bound) / cost; None when unknown."""
        return gap(self.cost, self.bound)

    def with_roster(self, pairs: Pairs, cost: int, source: Source) -> Entry:
        """With a roster of a cost that the validator found; the same entry if it is no cheaper."""
        if self.cost is not None and self.cost <= cost:
            return self
        found = replace(self, cost=cost, cost_source=source, roster=roster_digest(pairs))
        return found.refuted_by(cost)

    def refuted_by(self, cost: int) -> Entry:
        """Without the bound, if a roster costs less."""
        if self.bound is None or self.bound <= cost:
            return self
        return replace(self, bound=None, bound_source=None)

    def with_bound(self, bound: int, source: Source) -> Entry:
        """With a bound; the same entry if it is no higher.

        Raises
        ------
        ValueError
            A roster costs less.

        """
        if self.cost is not None and bound > self.cost:
            raise ValueError(f"{self.instance}: bound {bound:,}, but a roster costs {self.cost:,}")
        if self.bound is not None and bound <= self.bound:
            return self
        return replace(self, bound=bound, bound_source=source)


def gap(cost: int | None, bound: int | None) -> float | None:
    """(cost - bound) / cost; None when one of them is unknown."""
    if cost is None or bound is None:
        return None
    return (cost - bound) / cost if cost else 0.0


def roster_text(pairs: Pairs) -> str:
    """A roster as CSV: two columns, sorted, so that equal rosters have equal texts."""
    lines = sorted(f"{shift_id},{volunteer_id}\n" for shift_id, volunteer_id in pairs)
    return "".join(["shift_id,volunteer_id\n", *lines])


def roster_digest(pairs: Pairs) -> str:
    """SHA-256 of the text of a roster."""
    return sha256(roster_text(pairs).encode("utf-8")).hexdigest()
