"""Numbers as people and spreadsheet programs write them.

Text of a cell -> number, or `Bad` with the reason. What could mean two numbers is refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection

from shiftplan.errors.message import Message
from shiftplan.files.cells.bad import Bad, Read
from shiftplan.problem.validation import meant_share

_NOT_WHOLE = Bad("not_a_whole_number", Message("files.whole_needed"))
_DIGITS = re.compile(r"[+-]?[0-9]+")
_PLAIN = re.compile(r"[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_GROUPED = re.compile(
    r"([+-]?[0-9]{1,3})((?P<sign>[., \u00a0\u202f])[0-9]{3}((?P=sign)[0-9]{3})*)(.*)"
)
_LIKE_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
_FRACTION = re.compile(r"([+-]?[0-9]+)[.,]([0-9]+)")
_ZEROS = re.compile(r"[.,]?0+\Z")
_PERCENT = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,4})?)\s*%")
_MOST_DIGITS = 600
"""Length up to which a whole number is read; Python may be told to refuse 640 digits and more."""


def read_whole(cell: str) -> int | Bad:
    """Read a whole number, also `8.00`, `1 234` and `1,234,567`; `1,234` is refused."""
    if _DIGITS.fullmatch(cell) is not None:
        return int(cell) if len(cell) <= _MOST_DIGITS else _beyond(cell[0] == "-")
    if len(cell) > _MOST_DIGITS:
        return _NOT_WHOLE
    grouped = _ungrouped(cell)
    if grouped is not None:
        whole, rest, sign, sure, number = grouped
        zeros = re.fullmatch(r"[.,]0{1,2}", rest) is not None and rest[0] != sign
        if zeros or (sure and not rest):
            return int(whole)
        if not rest and not cell.lstrip("+-").startswith("0"):
            value = float(number)
            remedy = Message("files.whole_or_number", whole=whole, sign=sign, number=value)
            return _two_ways(remedy, whole, sign, value)
    fraction = _FRACTION.fullmatch(cell)
    if fraction is not None and set(fraction[2]) == {"0"} and len(fraction[2]) < 3:
        return int(fraction[1])
    return _NOT_WHOLE


def decimal_reader(cells: Collection[str], decimal_comma: bool, most: float = math.inf) -> Read:
    """Make the reader of decimal numbers of one column.

    A point is the decimal point, also in `1.125`, unless the column writes commas for it. A comma
    is one when it cannot set off thousands, or when fields end at semicolons (`decimal_comma`).
    In such a file `1.250` is refused, unless the column has points that set off no thousands, such
    as `10.5`. Neither is refused where 1250 is more than the `most` that the column may hold, as it
    is of a latitude: then the sign can only be that of decimals.
    """
    commas = any("," in c and "." not in c and _comma(c, decimal_comma) for c in cells)
    points = any(
        "." in c and _PLAIN.fullmatch(c) and not _LIKE_THOUSANDS.fullmatch(c) for c in cells
    )

    def read(cell: str) -> float | Bad:
        text = cell
        if _LIKE_THOUSANDS.fullmatch(cell) is not None:
            whole, number = cell.replace(".", ""), cell.replace(".", ",")
            if commas and abs(int(whole)) <= most:
                message, remedy = Message("files.decimal_commas"), Message("files.without_point")
                return Bad("ambiguous_number", message, remedy)
            if decimal_comma and not points and abs(int(whole)) <= most:
                return _two_ways(_either(whole, number), whole, ".", float(cell))
        if _comma(cell, decimal_comma):
            text = cell.replace(",", ".")
        elif _PLAIN.fullmatch(cell) is None:
            grouped = _ungrouped(cell)
            if grouped is None or re.fullmatch(r"([.,][0-9]+)?", grouped[1]) is None:
                share = _PERCENT.fullmatch(cell)
                meant = meant_share(float(share[1].replace(",", "."))) if share else ""
                return Bad("not_a_number", Message("files.number_needed"), meant)
            whole, rest, sign, sure, number = grouped
            text = whole + rest.replace(",", ".")
            if rest[:1] == sign:
                return Bad("not_a_number", Message("files.number_needed"))
            if not (rest or sure):
                if abs(int(whole)) <= most:
                    return _two_ways(_either(whole, number), whole, sign, float(number))
                text = number
        value = float(text)
        return value if math.isfinite(value) else _beyond(value < 0)

    return read


def _ungrouped(cell: str) -> tuple[str, str, str, bool, str] | None:
    """A number whose thousands may be set off by a sign.

    Digits without it, what follows, the sign, whether it sets off thousands for sure, and the
    number that it is if not.
    """
    found = _GROUPED.fullmatch(cell)
    if found is None:
        return None
    sign = found["sign"]
    sure = sign not in ".," or found[2].count(sign) > 1
    whole = (found[1] + found[2]).replace(sign, "")
    return whole, found[5], sign, sure, f"{found[1]}.{found[2][1:]}"


def _two_ways(remedy: Message, whole: str, sign: str, number: float) -> Bad:
    message = Message("files.two_numbers", whole=whole, sign=sign, number=number)
    return Bad("ambiguous_number", message, remedy)


def _either(whole: str, number: str) -> Message:
    """Ways to write a whole number or one with decimals, without zeros that only look like it."""
    return Message("files.write_either", one=whole, other=_ZEROS.sub("", number))


def _beyond(negative: bool) -> Bad:
    """Why a number of too many digits cannot be read."""
    return Bad("out_of_range", Message("files.too_small" if negative else "files.too_large"))


def _comma(cell: str, decimal_comma: bool) -> bool:
    """Whether the only comma of a number is a decimal comma for sure."""
    fraction = _FRACTION.fullmatch(cell)
    if fraction is None or "," not in cell:
        return False
    return decimal_comma or len(fraction[2]) != 3 or fraction[1].lstrip("+-").startswith("0")
