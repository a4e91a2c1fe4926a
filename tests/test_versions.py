"""The version of shiftplan stands in one place."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import shiftplan

ROOT = Path(__file__).parents[1]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def test_the_version_stands_in_one_place() -> None:
    """pyproject.toml has it; the package tells that of its metadata, and no module writes it."""
    assert shiftplan.__version__ == version("shiftplan") == VERSION
    for path in (ROOT / "src").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert f'"{VERSION}"' not in text, path
        reads = re.search(r"metadata import .*version|metadata\.version", text)
        assert reads is None or path.name == "versions.py", path


def test_the_changelog_begins_with_this_version() -> None:
    """The first section is that of the version, below what is not released yet; each has one."""
    sections = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)

    released = sections[1:] if sections[0] == "Unreleased" else sections
    assert released[0] == VERSION
    assert len(sections) == len(set(sections))
