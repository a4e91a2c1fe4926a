"""What the project is made of: ranges of packages, versions that are tested, licences, files."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import version as installed
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from test_docs import load

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = SETTINGS["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
TRIED = (ROOT / "docs" / "compatibility.md").read_text(encoding="utf-8")


def needed(*extras: str) -> dict[str, Requirement]:
    """Name -> requirement of the core and of extras, without the project itself."""
    rows = [*PROJECT["dependencies"], *(row for extra in extras for row in EXTRAS[extra])]
    found = (Requirement(row) for row in rows)
    return {canonicalize_name(r.name): r for r in found if r.name != "shiftplan"}


def pinned(path: str) -> dict[str, Version]:
    """Name -> version that continuous integration installs."""
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    rows = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): Version(version) for name, version in rows}


def test_every_package_has_a_range() -> None:
    """From the oldest that may do to below the next that may break; never any version."""
    for name, requirement in needed(*EXTRAS).items():
        signs = {clause.operator for clause in requirement.specifier}
        assert ">=" in signs, name
        if "sys_platform" not in str(requirement.marker):  # tzdata is data, and has years
            assert "<" in signs, name


def test_every_package_is_tested_in_one_version() -> None:
    """A list of versions pins each package of each extra, inside its range.

    The extra forecast needs another pandas than the others, and has a list of its own.
    """
    alone = {"forecast"}
    for path, extras in (("constraints.txt", {*EXTRAS} - alone), (".ci/forecast.txt", alone)):
        versions = pinned(path)
        for name, requirement in needed(*extras).items():
            if requirement.marker is None or requirement.marker.evaluate():
                assert requirement.specifier.contains(versions[name]), name


def tried() -> list[dict[str, str]]:
    """Rows of the table of Pythons and packages that tests ran on."""
    table = TRIED.split("\n| Python | packages |", 1)[1].split("\n\n", 1)[0]
    head, _, *rows = [
        line.strip("| ").split(" | ") for line in f"Python | packages |{table}".splitlines()
    ]
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_lower_bounds_are_those_that_were_tried() -> None:
    """The row of the lowest packages has the lower bound of each; a new bound is tried first."""
    lowest = next(row for row in tried() if row["packages"] == "lowest")
    requirements = needed(*EXTRAS)
    told = {name: Version(lowest[name]) for name in lowest.keys() & requirements.keys()}

    later = {"babel", "lazy-loader"}
    assert set(needed()) - {"tzdata", *later} <= set(told)
    for name in later:  # required since that run: their lowest versions are those of every run
        (bound,) = (c.version for c in needed()[name].specifier if c.operator == ">=")
        assert str(pinned("constraints.txt")[name]).startswith(bound), name
    for name, version in told.items():
        (bound,) = (c.version for c in requirements[name].specifier if c.operator == ">=")
        assert version.release[: len(Version(bound).release)] == Version(bound).release, name


def test_the_page_of_licences_is_up_to_date() -> None:
    """docs/licences.md is what docs/make_licences.py makes of the packages that are tested."""
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([a-z0-9-]+)` \|", page, re.M)
    extras = {*EXTRAS} - {"dev", "docs", "benchmarks", "release", "all", "forecast"}
    there = {n: v for n, v in pinned("constraints.txt").items() if n in listed}

    assert {*needed(*extras)} <= {*listed}
    assert [name for name in listed if name not in there] == []
    if sys.platform != "linux" or any(Version(installed(n)) != v for n, v in there.items()):
        pytest.skip("other versions may state other licences, or need other packages")
    made = load(ROOT / "docs" / "make_licences.py").make()
    assert page == made, "docs/licences.md is out of date: run `python docs/make_licences.py`"
