"""The names of tables, columns and values that a workbook shows, in sentences about it.

(`Fault`, Vietnamese sentence with the names of the format) -> the same with those of the sheets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from shiftplan.faults import Fault
from shiftplan.texts import TEXTS, Lang


def _named(kind: str, lang: Lang) -> Mapping[str, str]:
    """Name in the format -> name in workbooks."""
    found = (key.partition(" ") for key in TEXTS[lang])
    return {name: TEXTS[lang][f"{kind} {name}"] for first, _, name in found if first == kind}


_LANGUAGES: Mapping[str, Lang] = {
    name: lang for lang in TEXTS for name in _named("sheet", lang).values()
}
"""Name of a sheet -> language of the workbook."""
_TABLES = re.compile(rf"bảng ({'|'.join(_named('sheet', 'en'))})\b")
_COLUMNS = re.compile(
    rf"(?<!quy định )\b({'|'.join(n for n in _named('column', 'en') if '_' in n)})\b"
)
"""Names of columns that are no words of Vietnamese; rules may have the same names."""
_VALUES = re.compile(rf"'({'|'.join(_named('word', 'en'))})'")


def as_shown(fault: Fault, sentence: str) -> str:
    """A sentence with the names that its reader sees, where the fault is in a sheet of ours."""
    lang = _LANGUAGES.get(fault.sheet)
    if lang is None:
        return sentence
    words = TEXTS[lang]
    text = _TABLES.sub(lambda found: f"trang {words[f'sheet {found[1]}']}", sentence)
    text = _COLUMNS.sub(lambda found: f"“{words[f'column {found[1]}']}”", text)
    return _VALUES.sub(lambda found: f"'{words[f'word {found[1]}']}'", text)
