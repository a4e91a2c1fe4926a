"""The heat map: centers by sessions, with what is missing; and seats by area.

`Facts` -> `Grid`; `Facts` -> `Areas`.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from shiftplan.present.report.content import AreaRow, Areas, Cell, Grid, GridRow, Share
from shiftplan.present.report.facts import Facts
from shiftplan.present.texts.wording import number, percent
from shiftplan.scoring.equity import AreaSeats, area_classes
from shiftplan.scoring.fill import step
from shiftplan.week.records import Requirement

_NOBODY = Cell(-1, 0, "")


def grid_of(facts: Facts) -> Grid:
    """The heat map of coverage, the center with the lowest share of seats filled first."""
    days = tuple(
        (facts.names.day(day), len(list(group)))
        for day, group in groupby(facts.sessions, key=lambda session: session[0].date())
    )
    hours = tuple(f"{start:%H:%M}–{end:%H:%M}" for start, end in facts.sessions)
    cells = _cells(facts)
    rows = []
    for center in facts.equity.centers:
        place, both = facts.center_place[center.center_id], center.both
        share = percent(both.share, facts.lang) if both.target else ""
        empty = both.target - both.filled
        rows.append(GridRow(place, center.name, share, empty, tuple(cells[center.center_id])))
    return Grid(days, hours, tuple(rows))


def _cells(facts: Facts) -> dict[str, list[Cell]]:
    """Center id -> a cell for each session; shifts of one center and time share a cell."""
    counts: dict[tuple[str, int], tuple[int, int, str]] = {}
    for shift in facts.problem.shifts:
        key = shift.center_id, facts.session_place[shift.start, shift.end]
        filled, wanted, told = counts.get(key, (0, 0, ""))
        more_filled, more_wanted = facts.seats(shift)
        missing = ", ".join(part for part in (told, facts.missing(shift)) if part)
        counts[key] = filled + more_filled, wanted + more_wanted, missing
    return {
        center.center_id: [
            _cell(facts, *counts[key]) if (key := (center.center_id, place)) in counts else _NOBODY
            for place in range(len(facts.sessions))
        ]
        for center in facts.problem.centers
    }


def _cell(facts: Facts, filled: int, wanted: int, missing: str) -> Cell:
    if not wanted:
        return _NOBODY
    words = facts.words
    counts = words["of"].format(number(filled, facts.lang), number(wanted, facts.lang))
    told = words["report cell"].format(counts)
    if missing:
        told = words["report cell missing"].format(counts, missing)
    return Cell(step(filled, wanted), wanted - filled, told)


def areas_of(facts: Facts) -> Areas:
    """Seats of people, and of each skill and language that is asked for, by class of area."""
    problem = facts.problem
    asked = {need.skill_id for need in problem.requirements if need.skill_id is not None}
    skills = [s for s in problem.skills if s.skill_id in asked]
    skills.sort(key=lambda s: s.kind == "language")
    columns = [None, *(skill.skill_id for skill in skills)]
    classes = {c.center_id: area_classes(c) for c in problem.centers}
    shift_center = {s.shift_id: s.center_id for s in problem.shifts}
    needs: dict[tuple[str, str | None], list[Requirement]] = {}
    everywhere: dict[str | None, list[Requirement]] = {}
    for need in problem.requirements:
        everywhere.setdefault(need.skill_id, []).append(need)
        for area in classes[shift_center[need.shift_id]]:
            needs.setdefault((area, need.skill_id), []).append(need)

    def of(row: AreaSeats, parts: Iterable[list[Requirement]]) -> AreaRow:
        shares = tuple(_share(facts, part) for part in parts)
        return AreaRow(row.name(facts.lang), number(row.centers, facts.lang), shares)

    rows = [
        of(row, (needs.get((row.area, skill), []) for skill in columns))
        for row in facts.equity.areas
    ]
    rows.append(of(facts.equity.overall, (everywhere.get(skill, []) for skill in columns)))
    names = tuple(skill.name or skill.skill_id for skill in skills)
    return Areas((facts.words["people seats"], *names), tuple(rows))


def _share(facts: Facts, needs: Iterable[Requirement]) -> Share | None:
    """Seats filled of some requirements; None when they ask for nobody."""
    pairs = [(min(facts.case.coverage(need), need.target), need.target) for need in needs]
    filled, wanted = sum(f for f, _ in pairs), sum(w for _, w in pairs)
    if not wanted:
        return None
    lang = facts.lang
    return Share(
        text=percent(filled / wanted, lang),
        counts=facts.words["of"].format(number(filled, lang), number(wanted, lang)),
        per_cent=round(100 * filled / wanted, 1),
    )
