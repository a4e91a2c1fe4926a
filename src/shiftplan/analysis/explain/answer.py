"""What it takes to do the opposite of what a roster does.

`explain_why_not`, `explain_why_here` -> `Answer` -> sentences, JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from shiftplan.analysis.explain.sentences import answer_lines
from shiftplan.options import check_options, lang_option
from shiftplan.present.texts import Lang
from shiftplan.present.texts.wording import in_both
from shiftplan.problem import Problem
from shiftplan.solving.result import ConflictMember
from shiftplan.week.roster import Change

Question = Literal["why_not", "why_here"]
Verdict = Literal["so_already", "possible", "impossible", "no_roster", "not_known"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What it takes to do the opposite of what a roster does."""

    question: Question
    """`why_not`: the person shall work the shift; `why_here`: the person shall not."""
    volunteer_id: str
    """The person."""
    shift_id: str
    """The shift."""
    verdict: Verdict
    """`so_already`: the roster is as asked for; `impossible`: hard rules and pins contradict it, in
    the whole problem; `no_roster`: they contradict each other whatever is asked, so that the week
    has no roster at all; `not_known`: no roster was found near this one in time, one may exist."""
    problem: Problem = field(repr=False, compare=False)
    """The problem the roster is for."""
    because: tuple[ConflictMember, ...] = ()
    """When impossible: the hard rules and pins that stand against it. Either each of them does by
    itself (`each_alone`), and all that do are here; or they do only together, and where they are
    `minimal`, none of them can be left out."""
    each_alone: bool = False
    """Whether each of `because` forbids it by itself, whatever the rest of the roster is."""
    minimal: bool = True
    """Whether it is proven that none of `because`, or of `conflict`, can be left out where they
    stand against it only together."""
    conflict: tuple[ConflictMember, ...] = ()
    """When the week has no roster: hard rules and pins of its own that cannot all hold."""
    total: int | None = None
    """When possible: total of such a roster, less that of the roster given. The one found is the
    cheapest when each changed assignment counts `stay`, or by levels where their order is strict;
    `proven` says how certain that is."""
    costs: Mapping[str, int] | None = None
    """Soft rule -> cost more (or less) than now; rules whose cost stays are left out."""
    levels: Mapping[int, int] | None = None
    """Level -> cost more (or less) than now."""
    changes: tuple[Change, ...] = ()
    """What such a roster takes away and adds, the assignment asked about included."""
    proven: bool = False
    """Whether no such roster is cheaper, changes priced, in which only the people of `freed` are
    moved."""
    stay: int = 0
    """Price of each assignment that changes, in the search only."""
    freed: frozenset[str] = frozenset()
    """Ids of the people whose shifts could change."""

    def lines(self, lang: Lang = "en") -> list[str]:
        """What it takes to do otherwise: the price, and who would move; or what stands against it.

        Where the week has no roster at all, the rules and pins that contradict each other instead.
        """
        check_options(lang_option(lang))
        return answer_lines(self, lang)

    def as_dict(self) -> dict[str, Any]:
        """The answer for JSON."""
        return {
            "question": self.question,
            "volunteer_id": self.volunteer_id,
            "shift_id": self.shift_id,
            "verdict": self.verdict,
            "because": [member.as_dict() for member in self.because],
            "each_alone": self.each_alone,
            "minimal": self.minimal,
            "conflict": [member.as_dict() for member in self.conflict],
            "total": self.total,
            "costs": None if self.costs is None else dict(self.costs),
            "levels": None if self.levels is None else {str(k): c for k, c in self.levels.items()},
            "changes": [
                {**change.assignment._asdict(), "added": change.added} for change in self.changes
            ],
            "proven": self.proven,
            "stay": self.stay,
            "freed": sorted(self.freed),
            "sentences": in_both(self.lines),
        }
