"""What is known of an empty seat: who could fill it, and what keeps each of them.

`explain_seat` -> `SeatReasons` -> sentences, JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from shiftplan.analysis.explain.sentences import seat_lines
from shiftplan.options import check_options, lang_option
from shiftplan.present.texts import Lang
from shiftplan.present.texts.wording import in_both
from shiftplan.problem import Problem
from shiftplan.scoring.moves import Effect
from shiftplan.week.records import Requirement
from shiftplan.week.roster import Assignment

Kind = Literal["in_it", "forbidden", "broken", "too_dear", "free"]


@dataclass(frozen=True, slots=True)
class PersonReason:
    """Why one person whom a requirement counts does not fill its seat."""

    volunteer_id: str
    """The person."""
    kind: Kind
    """`in_it`: works the shift already. `forbidden`: rules bar the pair by itself. `broken`:
    coming breaks hard rules. `too_dear`: could simply come, but nothing is won by it. `free`: could
    come, and the roster would be cheaper: by its total, or by levels in their strict order."""
    rules: tuple[str, ...]
    """Kinds of the rules that forbid it or would be broken, each once."""
    effect: Effect | None
    """What coming does, with the change `instead`; None where nothing makes it possible."""
    instead: Assignment | None
    """An assignment to be taken away so that the person can come without breaking a hard rule: one
    of their own, or that of somebody in the team; the cheapest of them. None where none is needed
    or none is enough."""

    def as_dict(self) -> dict[str, Any]:
        """The reason for JSON."""
        effect, instead = self.effect, self.instead
        return {
            "volunteer_id": self.volunteer_id,
            "kind": self.kind,
            "rules": list(self.rules),
            "total": None if effect is None else effect.total,
            "costs": {} if effect is None else dict(effect.costs),
            "instead": None if instead is None else instead._asdict(),
        }


@dataclass(frozen=True, slots=True)
class SeatReasons:
    """What is known of the empty seats of one requirement."""

    requirement: Requirement
    """Whom the shift needs."""
    filled: int
    """People there whom it counts."""
    people: tuple[PersonReason, ...]
    """Everybody whom it counts, those nearest to filling the seat first."""
    problem: Problem = field(repr=False, compare=False)
    """The problem the roster is for."""

    @property
    def empty(self) -> int:
        """Seats empty, up to the target."""
        return max(0, self.requirement.target - self.filled)

    @property
    def groups(self) -> Mapping[tuple[Kind, str], tuple[PersonReason, ...]]:
        """(Kind, rule) -> people, in the order in which they first stand; no rule is "".

        Whoever several rules stand against is at each of them, as in `Suggestion.barred`.
        """
        groups: dict[tuple[Kind, str], list[PersonReason]] = {}
        for person in self.people:
            for rule in person.rules or ("",):
                groups.setdefault((person.kind, rule), []).append(person)
        return {key: tuple(group) for key, group in groups.items()}

    def lines(self, lang: Lang = "en", *, named: bool = True) -> list[str]:
        """A line about the seats, and a paragraph about those who could fill them, in groups.

        `named`: with the name of whoever is nearest to filling the seat, in each group.
        """
        check_options(lang_option(lang))
        return seat_lines(self, lang, named=named)

    def as_dict(self) -> dict[str, Any]:
        """All of it for JSON, with the number of people by reason; some have several."""
        need = self.requirement
        return {
            "shift_id": need.shift_id,
            "skill_id": need.skill_id,
            "min_level": need.min_level,
            "minimum": need.minimum,
            "target": need.target,
            "filled": self.filled,
            "empty": self.empty,
            "qualified": len(self.people),
            "reasons": [
                {"kind": kind, "rule": rule, "people": len(group)}
                for (kind, rule), group in self.groups.items()
            ],
            "people": [person.as_dict() for person in self.people],
            "sentences": in_both(self.lines),
        }
