"""Whether a search in whole schedules opens with prices of everybody, or begins with parts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from links import Recorder
from wards import ward

from shiftplan.engines.params import SearchParams
from shiftplan.engines.params.engines import Manner
from shiftplan.engines.personal.blocks import TooManyError
from shiftplan.engines.personal.crew import Crew
from shiftplan.engines.schedules import search_schedules
from shiftplan.engines.task import Task
from shiftplan.model import Layout, Program

MANNER = Manner(nodes=1e7, gap=1e-4, share=0.4, held=0.1, whole_days=14)
NEVER = 1e9
"""Pricing for everybody never fits."""


def task(program: Program, layout: Layout, opening: float) -> Task:
    params = SearchParams(schedules={"opening_factor": opening})
    return Task("schedules", program, layout, None, 0, 1e6, None, params=params)


def searched(
    link: Recorder, monkeypatch: pytest.MonkeyPatch, opening: float, *, cut: bool = True
) -> list[Any]:
    """What first rosters came to, of a search that ends when it has asked for long.

    Its graphs hold all schedules; `cut` says otherwise.
    """
    program, layout = ward(3, people=5, days=8, minima=False)
    came, first = [], Crew.first_roster

    def watched(crew: Crew, *given: Any) -> Any:
        came.append(first(crew, *given))
        return came[-1]

    with monkeypatch.context() as patch:
        patch.setattr(Crew, "first_roster", watched)
        if cut:
            patch.setattr(Crew, "cut", True)
        given = task(program, layout, opening)
        search_schedules(given, link, MANNER, instead=lambda *_: "left")
    return came


def test_an_opening_that_would_not_fit_is_left_out(monkeypatch):
    """Parts begin at once, without prices of the whole, from the search's own first roster."""
    soon, slow = Recorder(400), Recorder(400)

    searched(soon, monkeypatch, 0)
    (first,) = searched(slow, monkeypatch, NEVER)

    assert "rounds" in soon.notes
    assert "rounds" not in slow.notes
    assert first is not None
    assert slow.notes["parts"] > 0


def test_an_opening_that_proves_something_is_kept(monkeypatch):
    """Where graphs hold all schedules there is a bound to find, however long it takes."""
    link = Recorder(400)

    searched(link, monkeypatch, NEVER, cut=False)

    assert "rounds" in link.notes
    assert link.bounds


def test_a_slow_first_roster_is_left_to_others(monkeypatch):
    """Where another search has one, parts begin with that; where none has, it is finished."""
    known, link = Recorder(400), Recorder(400)
    searched(known, monkeypatch, 0)
    link.found = known.solutions[0]

    (first,) = searched(link, monkeypatch, NEVER)

    assert first is None
    assert "rounds" not in link.notes
    assert link.notes["parts"] > 0
    program, _ = ward(3, people=5, days=8, minima=False)
    costs = [program.total(values) for values in [link.found, *link.solutions]]
    assert costs == sorted(costs, reverse=True)
    assert len(costs) > 1


def test_too_many_schedules_are_left_to_another_engine(monkeypatch):
    """Also where the first roster is slow, and another search has one."""
    program, layout = ward(3, people=5, days=8, minima=False)
    link = Recorder(400)
    link.found = np.zeros(program.num_columns)

    def refused(*_: Any) -> Any:
        raise TooManyError

    monkeypatch.setattr(Crew, "first_roster", refused)
    monkeypatch.setattr(Crew, "cut", True)
    given = task(program, layout, NEVER)

    assert search_schedules(given, link, MANNER, instead=lambda *_: "left") == "left"
