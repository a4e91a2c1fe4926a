"""Faults in the language of who reads them.

`Fault` -> where it is, what is wrong, and a way out; details known in English only in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from shiftplan.errors import Fault, OtherRow
from shiftplan.errors.faults import as_sentence
from shiftplan.errors.message import Message
from shiftplan.options import check_options, lang_option
from shiftplan.present.texts import (
    FAULTS_VI,
    GENERAL_REMEDIES,
    PLACES_VI,
    REASONS_VI,
    RELATIONS_VI,
    REMEDIES_VI,
    VALUES_VI,
    Lang,
)
from shiftplan.present.texts.workbook_names import OfSheet, as_shown, columns_as_shown
from shiftplan.present.words import Words

_CHOICES = re.compile(r"must be ((?:'[^']*', )*'[^']*')(?: or ('[^']*'))?")
_NAMES = re.compile(r"must be one of (\S+(?:, \S+)*)")
_OF_SYSTEM = re.compile(
    "((?:cannot be written|cannot be removed|a planning week is a folder of CSV files): )(.*)",
    re.DOTALL,
)
"""A sentence with what the system says of a file."""
_MESSAGES_VI = {**VALUES_VI, **RELATIONS_VI}


class _Details(Formatter):
    """Puts details into a Vietnamese sentence; marks of numbers are those of Vietnamese."""

    def format_field(self, value: Any, format_spec: str) -> Any:
        text = super().format_field(value, "")
        is_number = format_spec == "," and _NUMBER.fullmatch(text)
        return text.translate(_MARKS) if is_number else text


_NUMBER = re.compile(r"-?[0-9]+(,[0-9]{3})*(\.[0-9]+)?")
_MARKS = str.maketrans(",.", ".,")
_DETAILS = _Details()
_OF_COLUMNS = {
    "{} has no {}; its columns are {}": (1, 2),
}
"""Sentence -> details that are names of columns."""
_FEW, _LONGEST = 3, 500
"""Sentences that are longer are compared with those of few details only: each detail is looked for
at every place, and there are as many ways as places to the power of details."""


def fault_text(fault: Fault, lang: Lang = "en") -> str:
    """A fault as one or two lines; in English the same as `str(fault)`.

    Raises
    ------
    InputError
        For another language than `en` and `vi`.
    """
    check_options(lang_option(lang))
    if lang != "vi":
        return str(_said_in(fault, lang))
    fault = fault.seen()
    place = (fault_place(fault, lang), repr(fault.value) if fault.value else "")
    between = ". " if fault.sheet else "\n    "
    what = [part for part in (_message(fault), _remedy(fault)) if part]
    return ": ".join([*filter(None, place), between.join(what)])


def _said_in(fault: Fault, lang: Lang) -> Fault:
    """A fault with its messages said in a language; sentences stay as they are."""
    if lang == "en":
        return fault
    say = Words(lang, OfSheet(fault))
    message, remedy = (
        text if isinstance(text, str) else say(text) for text in (fault.message, fault.remedy)
    )
    return replace(fault, message=message, remedy=remedy)


def fault_advice(fault: Fault, lang: Lang) -> str:
    """What is wrong and a way out, for who sees the place and the value already."""
    fault = (_said_in(fault, lang) if lang != "vi" else fault).seen()
    parts = [fault.sentence + fault.rest, str(fault.remedy)]
    if lang == "vi":
        parts = [_message(fault), _remedy(fault)]
    return ". ".join(part for part in parts if part)


def fault_place(fault: Fault, lang: Lang) -> str:
    """OtherRow of a fault, as a person would look it up."""
    fault = fault.seen()
    if lang != "vi":
        return fault.where
    if fault.sheet:
        row = None if fault.cell else fault.row
        column = "" if fault.cell or row is None else columns_as_shown(fault, fault.column)
        place = {"file": fault.file, "sheet": fault.sheet, "cell": fault.cell, "row": row}
        return _place(place | {"column": column})
    if fault.file and fault.row is not None:
        return _place({"file": fault.file, "row": fault.row, "column": fault.column})
    if fault.table == "options":
        return _place({"options": fault.column})
    entry = None if fault.index is None else fault.index + 1
    if fault.file and Path(fault.file).stem == fault.table:
        return _place({"file": fault.file})
    inside = {"table": fault.table, "entry": entry, "column": fault.column}
    return _place({"file": fault.file, **inside})


def system_reason(reason: str | None, lang: Lang) -> str:
    """What the system says of a file; in brackets where only English is known."""
    text = reason or ""
    return text if lang != "vi" else REASONS_VI.get(text, f"[{text}]")


def _place(parts: Mapping[str, object]) -> str:
    said = [PLACES_VI[part].format(name) for part, name in parts.items() if name not in ("", None)]
    return ", ".join(said)


def _message(fault: Fault) -> str:
    """What is wrong, in Vietnamese, with the place of the other row."""
    other = f" ({_other(fault, fault.other)})" if fault.other is not None else ""
    more = f"{fault.more:,}".replace(",", ".")
    return _what(fault) + other + (f"; còn {more} lỗi như vậy" if fault.more else "")


def _other(fault: Fault, other: OtherRow) -> str:
    """OtherRow of another row than that of the fault."""
    if other.cell:
        return _place({"sheet": other.sheet, "cell": other.cell})
    if other.row is not None:
        return _place({"file": "" if other.file == fault.file else other.file, "row": other.row})
    return _place({"entry": other.index + 1})


def _what(fault: Fault) -> str:
    sentence = fault.message
    if isinstance(sentence, Message):
        return _rendered(fault, sentence)
    if found := _OF_SYSTEM.fullmatch(sentence):
        return VALUES_VI[found[1] + "{}"].format(system_reason(found[2], "vi"))
    if said := _said(fault, sentence, _MESSAGES_VI) or as_shown(fault, _choices(sentence)):
        return said
    general = as_shown(fault, FAULTS_VI[fault.code][0])
    return f"{general} [{fault.message}]" if fault.message else general


def _rendered(fault: Fault, message: Message) -> str:
    """A message, with the names that the reader's sheets have."""
    return as_sentence(Words("vi", OfSheet(fault))(message))


def _choices(sentence: str) -> str:
    """The values that are allowed, where a sentence tells nothing else."""
    if found := _CHOICES.fullmatch(sentence):
        return f"phải là {found[1]}" + (f" hoặc {found[2]}" if found[2] else "")
    if found := _NAMES.fullmatch(sentence):
        return f"phải là một trong: {found[1]}"
    return ""


def _remedy(fault: Fault) -> str:
    """A way out, in Vietnamese."""
    if isinstance(fault.remedy, Message):
        return _rendered(fault, fault.remedy)
    general = as_shown(fault, FAULTS_VI[fault.code][1])
    if not fault.remedy or fault.remedy in GENERAL_REMEDIES:
        return general
    return _said(fault, fault.remedy, REMEDIES_VI) or f"{general} [{fault.remedy}]".strip()


def _said(fault: Fault, sentence: str, known: Mapping[str, str]) -> str:
    """A sentence as the catalogue says it; empty when it is not there."""
    if sentence in known:
        return as_shown(fault, known[sentence])
    for template, said in known.items():
        details = template.count("{}")
        if details and (details <= _FEW or len(sentence) <= _LONGEST):
            found = _pattern(template).fullmatch(sentence)
            if found is not None:
                given = list(found.groups())
                for place in _OF_COLUMNS.get(template, ()):
                    given[place] = columns_as_shown(fault, given[place])
                return _DETAILS.format(as_shown(fault, said), *given)
    return ""


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """How sentences with the details of a template look."""
    return re.compile("(.+?)".join(map(re.escape, template.split("{}"))), re.DOTALL)
