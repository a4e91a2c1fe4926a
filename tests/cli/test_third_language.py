"""A language is one file: the command takes it, and says with it what the file has words for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import shiftplan

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "template.there"
msgstr "la dosiero jam estas"
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the package with one file more."""
    source = Path(shiftplan.__file__).parent
    copy = tmp_path / "house" / "shiftplan"
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "present" / "locale" / "eo.po").write_text(CATALOGUE, encoding="utf-8")
    return copy.parent


@pytest.mark.parametrize(
    ("lang", "said"), [("eo", "la dosiero jam estas"), ("en", "the file exists")]
)
@pytest.mark.parametrize("way", ["option", "environment"])
def test_the_command_takes_any_language(lang: str, said: str, way: str, house: Path) -> None:
    """By its option and by the environment, as the name of a language or of a locale."""
    book = house / "week.xlsx"
    book.touch()
    given = ["--lang", lang] if way == "option" else []
    named = {} if way == "option" else {"SHIFTPLAN_LANG": f"{lang.upper()}_XX.UTF-8"}

    done = subprocess.run(
        [sys.executable, "-m", "shiftplan", "template", "--out", str(book), *given],
        env=os.environ | named | {"PYTHONPATH": str(house), "PYTHONIOENCODING": "utf-8"},
        capture_output=True, encoding="utf-8",
    )  # fmt: skip

    assert done.returncode == 2
    assert said in done.stderr
