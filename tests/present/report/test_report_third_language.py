"""A language is one file: the report is in it, in words, plurals, numbers and dates."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from reporting import hostile_week, written

from shiftplan.errors.message import LOCALE

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "count.centers"
msgid_plural "count.centers"
msgstr[0] "{n:,} sidejo"
msgstr[1] "{n:,} sidejoj"

msgid "form.day"
msgstr "{dd}a de {month}"

msgid "reports.map_alt"
msgid_plural "reports.map_alt"
msgstr[0] "{name}: unu sidejo"
msgstr[1] "{name}: {n:,} sidejoj"

msgid "reports.mark"
msgstr "{name}: {filled:,} el {seats:,} sidlokoj ({share:.1%})"

msgid "reports.title"
msgstr "Deĵoroj de {first:date} ĝis {last:date}"
"""


def test_a_report_is_in_any_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Esperanto where the file has words, English elsewhere; commas in numbers come from CLDR."""
    folder = tmp_path / "locale"
    shutil.copytree(LOCALE, folder)
    (folder / "eo.po").write_text(CATALOGUE, encoding="utf-8")
    monkeypatch.setattr(sys.modules["shiftplan.errors.message"], "LOCALE", folder)

    text = written(tmp_path, *hostile_week(), lang="eo")

    assert '<html lang="eo">' in text
    assert "<title>Deĵoroj de 2026-Dec-07 ĝis 2026-Dec-13</title>" in text
    assert "5 sidejoj · 16 volunteers" in text
    assert "Đảo Xa: 0 el 4 sidlokoj (0,0%)" in text
    assert text.count(": unu sidejo") == 1
    assert text.count(": 4 sidejoj") == 1
    assert ">07a de Dec</th>" in text
    assert "Map of the centers" in text
