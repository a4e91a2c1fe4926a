"""The top of the report: large figures and the summary in sentences.

(`Facts`, `Score`, perhaps `Result`) -> `Figure`s and sentences.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from shiftplan.present.report.content import Figure
from shiftplan.present.report.facts import Facts
from shiftplan.present.summary import attendance_lines, finding, headline
from shiftplan.present.texts.wording import day, number, percent, rule_name
from shiftplan.rules.attendance import attendance_of
from shiftplan.scoring.check import Score
from shiftplan.scoring.equity import Seats
from shiftplan.solving.result import Result

_FINDINGS = 20


def title_of(facts: Facts) -> tuple[str, str]:
    """Title and subtitle: the days planned, and how much there is to do."""
    problem, lang, words = facts.problem, facts.lang, facts.words
    first, last = problem.horizon.start, problem.horizon.end - timedelta(1)
    title = words["report title"].format(day(first, lang), day(last, lang))
    counts = (len(problem.centers), len(problem.volunteers), len(problem.shifts))
    subtitle = words["report subtitle"].format(*(number(count, lang) for count in counts))
    return title, f"{problem.name} · {subtitle}" if problem.name else subtitle


def figures_of(facts: Facts, result: Result | None) -> tuple[Figure, ...]:
    """The large figures: seats filled, minimums, people at work, and how much better can be."""
    words, lang, overall = facts.words, facts.lang, facts.equity.overall
    both = Seats.sum([overall.people, overall.skilled])
    figures = []
    for name, seats in (("people", overall.people), ("skilled", overall.skilled)):
        if seats.target:
            figures.append(
                Figure(
                    words[f"report filled {name}"],
                    percent(seats.share, lang),
                    _of(facts, seats.filled, seats.target),
                )
            )
    if both.minimum:
        figures.append(
            Figure(
                words["report minimums"],
                percent(both.minimum_filled / both.minimum, lang),
                _of(facts, both.minimum_filled, both.minimum, "report minimums of"),
            )
        )
    found = facts.fairness
    working = sum(1 for person in found.people if person.shifts)
    asked = words["report offered"].format(number(len(found.offering), lang))
    figures.append(Figure(words["report working"], number(working, lang), asked))
    gap = None if result is None else result.total.gap
    if gap is not None and gap < 1:
        figures.append(
            Figure(
                words["report better"], percent(gap, lang, up=True), words["report better proven"]
            )
        )
    return tuple(figures)


def _of(facts: Facts, some: int, all_of_them: int, words: str = "report seats of") -> str:
    counts = number(some, facts.lang), number(all_of_them, facts.lang)
    return facts.words[words].format(*counts)


def sentences_of(facts: Facts, score: Score, result: Result | None) -> tuple[str, ...]:
    """The summary: whether it can be worked, what it costs, what is proven, who will come."""
    words, lang = facts.words, facts.lang
    lines = [words["feasible"]] if score.is_feasible else []
    if result is not None and result.poor is not None:
        lines = [*headline(result, lang), *lines]
    elif result is not None:
        lines += headline(result, lang)
    else:
        lines.append(words["total"].format(number(score.total, lang)) + ".")
        lines.append(words["report no result"])
    empty = [c for c in facts.equity.centers if c.both.filled < c.both.target]
    if empty:
        seats = sum(c.both.target - c.both.filled for c in empty)
        names = ", ".join(c.name for c in empty[:3])
        lines.append(
            words["report empty"].format(number(seats, lang), number(len(empty), lang), names)
        )
    elif facts.equity.overall.people.target or facts.equity.overall.skilled.target:
        lines.append(words["no empty seats"])
    elif not facts.is_asking:
        lines.append(words["report not asking"])
    return (*lines, *attendance_lines(attendance_of(facts.case), lang))


def problems_of(facts: Facts, score: Score) -> tuple[str, ...]:
    """Broken hard rules as sentences; in a public report only how often each is broken."""
    lang = facts.lang
    if facts.public:
        counts = Counter(found.rule.rule for found in score.broken)
        return tuple(f"{rule_name(kind, lang)}: {number(n, lang)}" for kind, n in counts.items())
    shown = [finding(found, facts.names, lang) for found in score.broken[:_FINDINGS]]
    more = len(score.broken) - len(shown)
    return (*shown, *([facts.words["more"].format(number(more, lang))] if more else []))
