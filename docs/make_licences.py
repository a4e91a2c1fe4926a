"""Write docs/licences.md from the metadata of the installed packages.

    python docs/make_licences.py

A test compares the file with what this makes of them, in an environment with the versions of
constraints.txt.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path
from typing import Any

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

EXTRAS = (
    *("batch", "calendar", "cli", "excel", "frames", "mcp"),
    *("plots", "polars", "postgres", "report", "server", "web"),
)
"""Extras for users; `all` is some of them, and `forecast` needs another pandas."""
PROJECT: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
)["project"]
OWN = [
    *PROJECT["dependencies"],
    *(
        f"{row} ; extra == '{extra}'"
        for extra, rows in PROJECT["optional-dependencies"].items()
        for row in rows
    ),
]
"""What shiftplan itself needs; the metadata of an editable installation may be older."""
WINDOWS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}
NAMES = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "3-Clause BSD License": "BSD-3-Clause",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
"""Names in older metadata, as SPDX has them."""
HEAD = """<!-- Made by `python docs/make_licences.py` from the metadata of installed packages. -->

# Licences

shiftplan has the [MIT licence](../LICENSE). Its wheel contains one library of others, lit-html
(BSD-3-Clause), with [its licence](../src/shiftplan/web/page/vendor/lit-html/LICENSE).

Everything else is installed as separate packages. The table lists all packages that the library
and its extras need on Linux, directly or through other packages, with the licence that each one
states, in the versions of `constraints.txt`. `bash .ci/release` writes a bill of materials
(CycloneDX) with their versions.

| package | licence | needed for |
|---|---|---|
"""


def licence(name: str) -> str:
    """The licence that a package states: SPDX where it does, else the first line of its own."""
    facts = metadata(name)
    stated = facts.get("License-Expression") or ""
    if not stated:
        classes = (c for c in facts.get_all("Classifier") or () if c.startswith("License :: "))
        found = [c.rpartition(" :: ")[2] for c in classes]
        given = (facts.get("License") or "").strip().partition("\n")[0]
        named = [NAMES.get(one, one) for one in found if one != "OSI Approved"]
        exact = NAMES.get(given, given)
        stated = exact if _is_spdx(exact) or not named else ", ".join(named)
    try:
        return str(canonicalize_license_expression(stated))
    except InvalidLicenseExpression:
        return stated


def _is_spdx(text: str) -> bool:
    try:
        return bool(canonicalize_license_expression(text))
    except InvalidLicenseExpression:
        return False


def needed(
    name: str, extras: frozenset[str], **system: str
) -> Iterator[tuple[str, frozenset[str]]]:
    """Packages that a package needs, with the extras of them that it asks for."""
    for line in OWN if name == "shiftplan" else requires(name) or ():
        row = Requirement(line)
        given = ({"extra": extra, **system} for extra in extras or {""})
        if row.marker is None or any(row.marker.evaluate(one) for one in given):
            yield canonicalize_name(row.name), frozenset(row.extras)


def all_needed(extra: str) -> tuple[set[str], set[str]]:
    """All packages behind an extra, "" for the library: installed ones, and those not installed."""
    found, missing = set[str](), set[str]()
    tasks = [("shiftplan", frozenset({extra} if extra else ()))]
    seen = set[tuple[str, frozenset[str]]]()
    while tasks:
        name, extras = tasks.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        for other, asked in needed(name, extras):
            try:
                metadata(other)
            except PackageNotFoundError:
                missing.add(other)
                continue
            found.add(other)
            tasks.append((other, asked))
    return found - {"shiftplan"}, missing


def make() -> str:
    """The text of the page."""
    core, _ = all_needed("")
    by_extra = {extra: all_needed(extra)[0] for extra in EXTRAS}
    rows = []
    for name in sorted(core.union(*by_extra.values())):
        users = ", ".join(f"`{extra}`" for extra, has in by_extra.items() if name in has)
        rows.append(f"| `{name}` | {licence(name)} | {'the library' if name in core else users} |")
    names = core.union(*by_extra.values())
    here = {other for name in names for other, _ in needed(name, frozenset())}
    there = {other for name in names for other, _ in needed(name, frozenset(), **WINDOWS)}
    own = {other for other, _ in needed("shiftplan", frozenset(), **WINDOWS)}
    more = ", ".join(f"`{name}`" for name in sorted((there | own) - here - names))
    return (
        HEAD
        + "\n".join(rows)
        + f"\n\nOn Windows, these are added: {more}. The extra `forecast` (`statsforecast`,"
        + "\nApache-2.0) has an environment of its own, with the packages of `.ci/forecast.txt`.\n"
    )


if __name__ == "__main__":
    (Path(__file__).parent / "licences.md").write_text(make(), encoding="utf-8")
