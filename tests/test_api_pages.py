"""The pages of the Python interface: what a name returns is described, and found as it is told."""

from __future__ import annotations

import re
from importlib import import_module
from inspect import ismodule
from pathlib import Path

import pytest

from docs import make_api
from shiftplan.solving import Result

API = Path(__file__).parents[1] / "docs" / "api"


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("scoring", "scoring.fairness.PersonLoad"),
        ("scoring", "scoring.check.CostChange"),
        ("solving", "solving.result.Cost"),
        ("solving", "solving.trouble.ConflictMember"),
        ("solving", "solving.result.HintUse"),
        ("batch", "batch.manifest.Figures"),
        ("analysis", "analysis.tradeoff.points.PointFigures"),
    ],
)
def test_what_public_names_hold_is_described(page: str, name: str):
    """Also what is returned and exported nowhere has its fields on a page."""
    assert name in make_api.parts()[page]
    assert f".. autoclass:: shiftplan.{name}\n" in (API / f"{page}.md").read_text(encoding="utf-8")


def test_each_class_that_a_result_holds_is_on_a_page():
    """Score, cost, fairness, equity, conflict: none is left out."""
    on_pages = "".join(page.read_text(encoding="utf-8") for page in API.iterdir())

    names = {cls.__name__ for cls in make_api.held_by(Result)}

    assert {"Score", "Cost", "FairnessMeasures", "ConflictMember"} <= names
    missing = [n for n in names if not re.search(rf"autoclass:: \S+\.{n}\n", on_pages)]
    assert missing == []


@pytest.mark.parametrize("room", make_api.PAGES)
def test_no_function_hides_what_its_package_exports(room: str):
    """`shiftplan.analysis.tradeoff` is a function: the names beside it are at the room's door."""
    door = import_module(f"shiftplan.{room}")
    for package in make_api.PAGES[room].packages:
        names = make_api.exported(import_module(f"shiftplan.{package}"))
        if not ismodule(getattr(door, package.removeprefix(f"{room}."))):
            at_the_door = make_api.exported(door)
            assert [n for n in names if n in at_the_door or n == n.lower()] == [*names]
