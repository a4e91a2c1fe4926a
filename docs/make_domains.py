"""Draw the rosters of the example domains as SVG, for the pages in docs/domains.

    python docs/make_domains.py
    python docs/make_domains.py --plan

Each folder of examples/domains holds a week and `roster.csv`, one of its best rosters; `--plan`
plans it again first. A test compares the pictures with what this makes of the rosters.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections import defaultdict
from collections.abc import Iterator
from html import escape
from pathlib import Path

import shiftplan as sp

ROOT = Path(__file__).parents[1]
WEEKS = ROOT / "examples" / "domains"
PICTURES = ROOT / "docs" / "domains"
FILLS = ("#b7d4ee", "#f9d59b", "#bfe3c0", "#e3c6e6")
"""Of the centers, or of the types of shifts where there is one center: all light, for dark text."""
INK, QUIET, AWAY = "#1a1a1a", "#555555", "#eeeeee"
NAME, CELL, LEGEND = 130, 22, 420
"""Widths of the column of names, of a box, and of the legend at least, in pixels."""
ROW, TOP = 20, 30
"""Heights of a row and of the heads, in pixels."""


def domains() -> list[str]:
    """The names of the folders, in order."""
    return sorted(folder.name for folder in WEEKS.iterdir() if folder.is_dir())


def _text(x: float, y: float, words: str, more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}"{more}>{escape(words)}</text>'


def _box(x: float, y: float, width: float, fill: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{ROW - 3}" fill="{fill}"/>'


def _dates_offered(problem: sp.Problem) -> set[tuple[str, dt.date]]:
    """Who can come on which dates."""
    return {
        (window.volunteer_id, window.start.date() + dt.timedelta(day))
        for window in problem.availability
        for day in range((window.end - window.start).days + 1)
    }


def _boxes(problem: sp.Problem, roster: sp.Roster, fills: dict[str, str]) -> Iterator[str]:
    """A row for each person: a box for each shift, grey where the person cannot come."""
    shifts = {shift.shift_id: shift for shift in problem.shifts}
    offered, most = _dates_offered(problem), _most_a_day(problem, roster)
    for row, person in enumerate(problem.volunteers):
        y = TOP + row * ROW
        yield _text(0, y + 13, person.name)
        of_date = defaultdict(list)
        for shift_id in roster.shifts_of.get(person.volunteer_id, ()):
            of_date[shifts[shift_id].start.date()].append(shifts[shift_id])
        for day in range(problem.horizon.days):
            date = problem.horizon.start + dt.timedelta(day)
            x = NAME + day * (most * CELL + 6)
            if (person.volunteer_id, date) not in offered:
                yield _box(x, y, most * CELL, AWAY)
            for place, shift in enumerate(sorted(of_date[date], key=lambda s: s.start)):
                yield _box(x + place * CELL, y, CELL - 2, fills[_kind(problem, shift)])
                sign = shift.type[0].upper()
                yield _text(x + place * CELL + 10, y + 13, sign, ' text-anchor="middle"')


def _kind(problem: sp.Problem, shift: sp.Shift) -> str:
    """What a color stands for."""
    return shift.center_id if len(problem.centers) > 1 else shift.type


def _most_a_day(problem: sp.Problem, roster: sp.Roster) -> int:
    dates = {shift.shift_id: shift.start.date() for shift in problem.shifts}
    counts = defaultdict[tuple[str, dt.date], int](int)
    for shift_id, who in roster.assignments:
        counts[who, dates[shift_id]] += 1
    return max(2, *counts.values())


def picture(problem: sp.Problem, roster: sp.Roster) -> str:
    """Draw who works when: people down, dates across, a legend below."""
    names = {center.center_id: center.name for center in problem.centers}
    kinds = dict.fromkeys(_kind(problem, shift) for shift in problem.shifts)
    fills = dict(zip(kinds, FILLS, strict=False))
    step = _most_a_day(problem, roster) * CELL + 6
    width = max(LEGEND, NAME + problem.horizon.days * step)
    bottom = TOP + len(problem.volunteers) * ROW
    height = bottom + 3 * ROW
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" role="img" font-family="sans-serif" font-size="12" fill="{INK}">',
        f"<title>{escape(problem.name)}: who works when</title>",
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    for day in range(problem.horizon.days):
        date = problem.horizon.start + dt.timedelta(day)
        head = f"{date:%a} {date.day}"
        lines.append(_text(NAME + day * step, 18, head, f' fill="{QUIET}"'))
    lines += _boxes(problem, roster, fills)
    x = 0.0
    types = dict.fromkeys(shift.type for shift in problem.shifts)
    for kind, fill in fills.items():
        word = names.get(kind, kind)
        lines += [_box(x, bottom + 12, CELL - 2, fill), _text(x + CELL, bottom + 25, word)]
        x += CELL + 12 + 7 * len(word)
    signs = ", ".join(f"{kind[0].upper()} {kind}" for kind in types)
    lines += [_text(0, bottom + 25 + ROW, f"{signs}; grey: cannot come", f' fill="{QUIET}"')]
    return "\n".join([*lines, "</svg>", ""])


def main() -> None:
    """Write all pictures, and the rosters if asked to."""
    for name in domains():
        problem = sp.read_week(WEEKS / name)
        place = WEEKS / name / "roster.csv"
        if "--plan" in sys.argv[1:]:
            found = sp.solve(problem, time_limit=None, workers=1)
            sp.write_roster(problem, found.require_roster(), place)
            print(f"{name}: {found.status}, {found.total}")
        text = picture(problem, sp.read_roster(place, of=problem))
        (PICTURES / f"{name}.svg").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
