"""Who comes, as a log of visits tells it: kinds of citizens, and languages.

(`Problem`, `VisitLog`) -> rows of the tables citizen_kinds and languages, and what is unknown.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from shiftplan.citizens.forecasting.divisions import divide
from shiftplan.citizens.visits.counts import Bools, Floats, Ints
from shiftplan.citizens.visits.log import VisitLog
from shiftplan.citizens.visits.minutes import minutes_factors_of
from shiftplan.problem import Problem
from shiftplan.week.demand import LanguageShare
from shiftplan.week.fields import one_line
from shiftplan.week.visits import CitizenKind

OTHERS = "other"
"""The kind of citizens whose kind is rare or not logged."""
_LEAST_PART = 0.01
"""Least part of all visits that a kind of citizens has, to get rows of its own."""
_LONGEST_KIND = 200
"""Characters of the name of a kind."""
_PLACES = 4
"""Decimal places of shares."""


def kind_rows(
    problem: Problem, log: VisitLog, group: Ints, names: Sequence[str]
) -> tuple[tuple[CitizenKind, ...], tuple[str, ...]]:
    """Rows of kinds of citizens, and the kinds without a known factor."""
    known = _known_span(log, np.asarray(log.kind, dtype=np.int64))
    if not known.any():
        return (), ()
    number = np.bincount(log.kind[known & (log.kind >= 0)], minlength=len(log.kinds))
    named = [one_line(kind)[:_LONGEST_KIND].strip() for kind in log.kinds]
    frequent = {
        name: None
        for name, count in zip(named, number, strict=True)
        if name not in ("", OTHERS) and count >= _LEAST_PART * known.sum()
    }
    kinds = [*frequent, OTHERS]
    place = [kinds.index(name) if name in frequent else len(frequent) for name in named]
    code = np.array([*place, len(frequent)])[log.kind]  # the last place is that of blanks
    division = divide(code[known], log.center[known], log.age[known], group, len(kinds))
    ratio = minutes_factors_of(log, code, len(kinds))
    own = {row.kind: row.factor for row in reversed(problem.citizen_kinds)}
    told = np.array([own.get(kind, np.nan) for kind in kinds])
    factor = np.where(np.isnan(ratio), 1.0, ratio)
    factor /= (division.usual * factor).sum()
    factor = told if np.isnan(ratio).all() else factor
    factor = np.clip(np.where(np.isnan(factor), 1.0, factor), 0.1, 10)
    rows = [
        CitizenKind(kind=kind, where=where, share=share, factor=round(float(factor[k]), 3))
        for where, parts in division.places(names, log.centers)
        for k, (kind, share) in enumerate(zip(kinds, _rounded(parts), strict=True))
        if share > 0 or where
    ]
    there = {row.kind for row in rows if row.share}
    untimed = np.isnan(ratio) & np.isnan(told)
    lacking = (kind for kind, is_untimed in zip(kinds, untimed, strict=True) if is_untimed)
    return tuple(rows), tuple(kind for kind in lacking if kind in there and kind != OTHERS)


def language_rows(
    problem: Problem, log: VisitLog
) -> tuple[tuple[LanguageShare, ...], tuple[str, ...]]:
    """Rows of languages at the centers that log them, and languages that are no skill."""
    skills = {skill.skill_id for skill in problem.skills if skill.kind == "language"}
    known = _known_span(log, np.asarray(log.language, dtype=np.int64))
    spoken = [name for name in log.languages if name in skills]
    if not known.any() or not spoken:
        return (), tuple(name for name in log.languages if name not in skills)
    code_of = np.full(len(log.languages) + 1, len(spoken))
    for code, name in enumerate(spoken):
        code_of[log.languages.index(name)] = code
    codes, center = code_of[log.language[known]], log.center[known]
    group = np.zeros(len(log.centers), dtype=np.int64)
    division = divide(codes, center, log.age[known], group, len(spoken) + 1)
    has = np.zeros(division.centers.shape, dtype=bool)
    has[center, codes] = True
    rows = [
        LanguageShare(
            center_id=log.centers[c],
            skill_id=spoken[k],
            share=_rounded(division.centers[c])[k],
        )
        for c, k in np.argwhere(has[:, :-1]).tolist()
    ]
    return tuple(rows), tuple(name for name in log.languages if name not in skills)


def _known_span(log: VisitLog, code: Ints) -> Bools:
    """Visits between the first and the last that have a code, by center: blanks count there."""
    found = np.flatnonzero(code >= 0)
    first = np.full(len(log.centers), len(log))
    last = np.full(len(log.centers), -1)
    np.minimum.at(first, log.center[found], found)
    np.maximum.at(last, log.center[found], found)
    at = np.arange(len(log))
    return np.asarray((at >= first[log.center]) & (at <= last[log.center]))


def _rounded(parts: Floats) -> list[float]:
    """Parts rounded down, so that together they are never more than all."""
    scale = 10**_PLACES
    found: list[float] = (np.floor(parts * scale + 1e-6) / scale).tolist()
    return found
