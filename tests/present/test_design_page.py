"""The page on designed shifts: what its pictures show, and its figures."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from browsing import AXE, needs_browser, open_browser

from shiftplan import Center, Horizon, Problem
from shiftplan.citizens import design, why
from shiftplan.citizens.shift_design.curve import NeedOver
from shiftplan.citizens.shift_design.figures import figures
from shiftplan.citizens.shift_design.judged import CenterCover
from shiftplan.present.designs import write_design_page
from shiftplan.present.designs.plots import BOTTOM, LEFT, RIGHT, TOP, plots_of
from shiftplan.present.designs.summary import ShownDesign
from shiftplan.present.designs.telling import worst_time
from shiftplan.present.naming import Names
from shiftplan.week.requirements import Requirement
from shiftplan.week.shift_types import Break, ShiftType

DAY = dt.datetime(2026, 12, 7)
SKILL = Requirement(skill_id="khmer", target=1).conditions
EMPTY = Problem(horizon=Horizon(start=DAY.date(), days=2), centers=(), volunteers=(), shifts=())


def piece(begin: float, end: float, needed: int, there: int, *, of=(), wanted: int = 0):
    """A time, in hours from the first midnight, and who is needed and there."""
    need = NeedOver((int(begin * 60), int(end * 60)), needed // 2, needed)
    return CenterCover("c0", of, need, there, 0, max(wanted, needed))


def boxes(path: str) -> list[tuple[float, float, float, float]]:
    """Left, right, lower and upper end of each area."""
    found = re.findall(r"M([\d.]+) ([\d.]+)V([\d.]+)H([\d.]+)V[\d.]+Z", path)
    return [(float(x), float(end), float(low), float(high)) for x, low, high, end in found]


def test_areas_are_drawn_to_scale():
    """Of four people needed from eight to ten, three are there, then five: one each is drawn."""
    ((day,),) = (c.days for c in plots_of(EMPTY, [piece(8, 10, 4, 3), piece(10, 12, 4, 5)]))

    middle, high = (LEFT + RIGHT) / 2, (BOTTOM - TOP) / 5
    near = partial(pytest.approx, abs=0.1)
    assert boxes(day.missing) == [near((LEFT, middle, BOTTOM - 3 * high, BOTTOM - 4 * high))]
    assert boxes(day.beyond) == [near((middle, RIGHT, BOTTOM - 4 * high, TOP))]
    assert boxes(day.covered) == [
        near((LEFT, middle, BOTTOM, BOTTOM - 3 * high)),
        near((middle, RIGHT, BOTTOM, BOTTOM - 4 * high)),
    ]


def test_the_line_is_what_is_needed():
    """It breaks where the center is closed, and goes up and down elsewhere."""
    pieces = [piece(8, 9, 2, 2), piece(9, 10, 1, 1), piece(13, 14, 1, 1)]
    ((day,),) = (c.days for c in plots_of(EMPTY, pieces))

    assert (day.needed.count("M"), day.needed.count("V"), day.needed.count("H")) == (2, 1, 3)


def test_times_alike_are_one_area():
    """However many shifts begin between."""
    ((day,),) = (c.days for c in plots_of(EMPTY, [piece(8, 9, 2, 2), piece(9, 10, 2, 2)]))

    assert len(boxes(day.covered)) == 1


def test_a_night_is_drawn_on_both_dates():
    """Until midnight, and from midnight on."""
    (curve,) = plots_of(EMPTY, [piece(22, 30, 1, 1)])

    assert [day.day for day in curve.days] == [DAY.date(), DAY.date() + dt.timedelta(1)]


def test_of_those_with_a_skill_nobody_is_too_many():
    """Heads come first; more people with the skill are no area."""
    heads, skilled = plots_of(EMPTY, [piece(8, 9, 1, 2, of=SKILL), piece(8, 9, 3, 3)])

    assert (heads.conditions, skilled.conditions) == ((), SKILL)
    assert skilled.days[0].beyond == ""


def test_figures_are_hours_of_people():
    """Two people missing for half an hour, one of them below the minimum; one too many for two."""
    found = figures([], [piece(8, 8.5, 2, 0), piece(9, 11, 1, 2), piece(8, 9, 1, 0, of=SKILL)])

    assert (found.needed, found.missing, found.beyond) == (3, 1, 2)
    assert (found.below_minimum, found.missing_with_skill) == (0.5, 1)


@pytest.fixture(scope="module")
def shown() -> ShownDesign:
    """A center that needs one or two people for four hours; who stays for three has a break."""
    hours = [
        Requirement(
            center_id="c0",
            start=DAY + dt.timedelta(hours=8 + n),
            end=DAY + dt.timedelta(hours=9 + n),
            target=target,
        )
        for n, target in enumerate([1, 2, 2, 1])
    ]
    week = EMPTY.model_copy(
        update={
            "centers": (Center(center_id="c0", name="Xã <b>Một</b>"),),
            "requirements": tuple(hours),
            "shift_types": (
                ShiftType(
                    earliest=dt.time(8),
                    latest=dt.time(9),
                    min_minutes=180,
                    max_minutes=240,
                    step=60,
                ),
            ),
            "breaks": (Break(minutes=30, earliest=60, after=30, min_shift=180),),
        }
    )
    found = design(week, offers=False, workers=1)
    return ShownDesign(found, (why(found, "c0", found.shifts[0].time, workers=1),))


@pytest.fixture(scope="module")
def page(shown: ShownDesign, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a small design."""
    path = tmp_path_factory.mktemp("design") / "design.html"
    write_design_page(shown, Names(shown.found.problem, "en"), path, most=1)
    return path


def test_the_page_names_shifts_breaks_and_reasons(page: Path, shown: ShownDesign):
    """Names from the week are escaped."""
    text = page.read_text(encoding="utf-8")

    assert "Xã &lt;b&gt;Một" in text
    assert all(shown.shift_id(shift) in text for shift in shown.found.shifts)
    assert re.search(r"\d\d:\d\d–\d\d:\d\d break: \d", text)
    assert "Why these times" in text


def test_where_most_is_missing(shown: ShownDesign):
    """The time in which most hours of people are missing: two are for half an hour, one for two."""
    found = shown.found
    cover = (piece(8, 8.5, 2, 0), piece(9, 10, 1, 0), piece(10, 11, 2, 1))
    other = ShownDesign(replace(found, score=replace(found.score, cover=cover)))

    worst = worst_time(other, "c0", Names(found.problem, "en"))

    assert worst == "Mon 07 Dec 09:00–11:00: 1 person"


@pytest.fixture(scope="module")
def browser(page: Path, tmp_path_factory: pytest.TempPathFactory):
    """A browser that shows the page."""
    started = open_browser(tmp_path_factory.mktemp("profile"))
    yield started
    started.quit()


@needs_browser
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_it_is_accessible_and_fits(page: Path, browser: Any, width: int, scheme: str):
    """On a wide screen and on a phone: axe-core finds nothing, and nothing sticks out."""
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.set_window_size(width, 900)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    browser.get(page.as_uri())
    browser.execute_script(AXE.read_text(encoding="utf-8"))

    broken = browser.execute_async_script(
        "const done = arguments[0]; axe.run().then(r => done(r.violations.map(v => v.id)))"
    )
    most, least = browser.execute_script(
        "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )

    assert broken == []
    assert browser.get_log("browser") == []
    assert most <= least
