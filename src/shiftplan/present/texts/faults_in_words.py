"""Faults in the language of who reads them, with the names that their workbook shows.

`Fault` -> where it is, what is wrong, and a way out.
"""

from __future__ import annotations

from shiftplan.errors import Fault
from shiftplan.errors.faults import advice_of, line_of, place_of
from shiftplan.errors.options import check_options, lang_option
from shiftplan.present.texts.workbook_names import OfSheet
from shiftplan.present.words import Words


def fault_text(fault: Fault, lang: str = "en") -> str:
    """A fault as one or two lines.

    In English it is `str(fault)`, but for a fault in a workbook, which is told with the names of
    the sheets.

    Raises
    ------
    InputError
        For an unsupported language.
    """
    check_options(lang_option(lang))
    return line_of(fault, _words(fault, lang))


def fault_advice(fault: Fault, lang: str) -> str:
    """What is wrong and a way out, for who sees the place and the value already."""
    return advice_of(fault, _words(fault, lang))


def fault_place(fault: Fault, lang: str) -> str:
    """Place of a fault, as a person would look it up."""
    return place_of(fault, _words(fault, lang))


def _words(fault: Fault, lang: str) -> Words:
    return Words(lang, OfSheet(fault))
