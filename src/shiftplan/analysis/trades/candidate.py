"""What is found of everybody who might take a shift.

Effects and breaches -> `Suggestion` of `Candidate`s -> JSON and sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from shiftplan.analysis.trades.sentences import Sentences, reasons
from shiftplan.analysis.trades.trade import effect_dict
from shiftplan.options import check_options, lang_option
from shiftplan.present.texts import TEXTS, Lang
from shiftplan.present.texts.wording import in_both, why
from shiftplan.problem import Problem
from shiftplan.rules import Violation
from shiftplan.rules.base import kinds_of
from shiftplan.scoring.costs import cost_change
from shiftplan.scoring.moves import Effect

Standing = Literal["possible", "after_leaving", "blocked", "barred"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A shift of their own that somebody may leave for the one in question."""

    shift_id: str
    """The shift left, which then needs somebody else."""
    effect: Effect
    """What both changes do together; it breaks nothing."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What it does when one person takes the shift."""

    volunteer_id: str
    """The person."""
    standing: Standing
    """`possible`; `after_leaving` one of their other shifts; `blocked` by what they or the team
    work; `barred` from this shift whatever they work, such as by the hours they offered."""
    effect: Effect | None
    """The exact change of costs; None unless it is possible."""
    broken: tuple[Violation, ...]
    """Breaches of hard rules that it makes or makes worse; none when it is possible, and of the
    barred only those that bar them."""
    exchanges: tuple[Exchange, ...]
    """Ways to come on leaving another shift, cheapest first."""
    reserve: int | None
    """Place on the stand-by list of the shift; None when the person is not on it."""

    @property
    def is_possible(self) -> bool:
        """Whether the person can take the shift as the roster stands."""
        return self.effect is not None


@dataclass(frozen=True)
class Suggestion:
    """Everybody who is not in a shift, the best to take it first."""

    shift_id: str
    """The shift."""
    leaving: str | None
    """Id of the person who is replaced; None when somebody comes in addition."""
    team: tuple[str, ...]
    """Ids of the people in the shift who stay."""
    candidates: tuple[Candidate, ...]
    """Everybody else, in order of rank: the first has rank 1."""
    problem: Problem = field(repr=False, compare=False)
    """The problem the roster is for."""

    @property
    def possible(self) -> tuple[Candidate, ...]:
        """Those who can take the shift, the cheapest first."""
        return tuple(c for c in self.candidates if c.is_possible)

    @cached_property
    def barred(self) -> Mapping[str, tuple[str, ...]]:
        """Rule -> ids of barred people who break it, most people first; some stand at several."""
        found: dict[str, list[str]] = {}
        for candidate in self.candidates:
            if candidate.standing == "barred":
                for rule in kinds_of(candidate.broken):
                    found.setdefault(rule, []).append(candidate.volunteer_id)
        most_first = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
        return {rule: tuple(who) for rule, who in most_first}

    @cached_property
    def sentences(self) -> Sentences:
        """Names and sentences of the problem."""
        return Sentences(self.problem)

    def sentence(self, candidate: Candidate, lang: Lang) -> str:
        """Whether a candidate can take the shift, and what it costs or what is against it."""
        check_options(lang_option(lang))
        words = TEXTS[lang]
        who = self.sentences.names[lang].person(candidate.volunteer_id)
        if candidate.effect is not None:
            text = words["can take"].format(who, cost_change(candidate.effect.total, lang))
        else:
            text = words["cannot take"].format(who, reasons(candidate.broken, lang)) + "."
        if candidate.exchanges:
            text += " " + self.exchange_sentence(candidate, lang)
        if candidate.reserve is not None:
            text += " " + words["on stand-by"].format(candidate.reserve)
        return text

    def exchange_sentence(self, candidate: Candidate, lang: Lang) -> str:
        """The cheapest way for a candidate to come on leaving another shift."""
        check_options(lang_option(lang))
        best = candidate.exchanges[0]
        names = self.sentences.names[lang]
        left, who = names.shift(best.shift_id), names.person(candidate.volunteer_id)
        return TEXTS[lang]["if they leave"].format(who, left, cost_change(best.effect.total, lang))

    def as_dict(self) -> dict[str, Any]:
        """For JSON: each candidate who is not barred, and the barred by the rules they break."""
        return {
            "shift_id": self.shift_id,
            "leaving": self.leaving,
            "team": list(self.team),
            "people": len(self.candidates),
            "possible": len(self.possible),
            "candidates": [
                self._candidate(rank, candidate)
                for rank, candidate in enumerate(self.candidates, start=1)
                if candidate.standing != "barred"
            ],
            "barred": [
                {
                    "rule": rule,
                    "people": len(who),
                    "volunteer_ids": list(who),
                    "sentence": in_both(lambda lang, rule=rule: why(rule, lang)),  # type: ignore[misc]
                }
                for rule, who in self.barred.items()
            ],
        }

    def _candidate(self, rank: int, candidate: Candidate) -> dict[str, Any]:
        effect = candidate.effect
        nothing: dict[str, Any] = {"costs": None, "levels": None, "total": None}
        costs = nothing if effect is None else effect_dict(effect, self.sentences)
        return {
            "volunteer_id": candidate.volunteer_id,
            "rank": rank,
            "possible": candidate.is_possible,
            "standing": candidate.standing,
            "reserve": candidate.reserve,
            **costs,
            "broken": [self.sentences.breach_dict(found) for found in candidate.broken],
            "after_leaving": [
                {"shift_id": e.shift_id, **effect_dict(e.effect, self.sentences)}
                for e in candidate.exchanges
            ],
            "sentence": in_both(lambda lang: self.sentence(candidate, lang)),
        }
