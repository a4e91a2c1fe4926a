"""Versions of shiftplan and of the packages that it solves with.

Metadata of installed packages -> text. The version of shiftplan stands in pyproject.toml only.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as _installed


def version_of(package: str) -> str:
    """Version of a package; "unknown" when it is imported without being installed."""
    try:
        return _installed(package)
    except PackageNotFoundError:
        return "unknown"


def versions() -> str:
    """Versions of shiftplan and of the solvers."""
    return ", ".join(f"{name} {version_of(name)}" for name in ("shiftplan", "ortools", "highspy"))


__version__ = version_of("shiftplan")
