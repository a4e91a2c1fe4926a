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
    shutil.copytree(source, copy)
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


def test_a_language_brings_the_words_that_are_read(house: Path) -> None:
    """Headings, words of totals and of changes, from its one file."""
    words = {"also.volunteers.name": "Plena nomo", "marks.total": "sumo", "change.absent": "for"}
    file = house / "shiftplan" / "present" / "locale" / "eo.po"
    entries = "".join(f'\nmsgid "{code}"\nmsgstr "{word}"\n' for code, word in words.items())
    file.write_text(CATALOGUE + entries, encoding="utf-8")
    code = """
from shiftplan.files.headings import column_named
from shiftplan.files.lists.changes import kinds_by_word
from shiftplan.files.sheet import is_total
print(column_named("volunteers", "plena nomo"), is_total("Sumo:"), kinds_by_word()["for"])
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(house)},
        capture_output=True, encoding="utf-8",
    )  # fmt: skip

    assert done.stdout.split() == ["name", "True", "absent"], done.stderr
