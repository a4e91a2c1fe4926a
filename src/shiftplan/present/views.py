"""What notebooks show of rows: tables of pandas, imported here only and late, and HTML.

Columns -> `DataFrame`; sentences and rows -> HTML that needs nothing else, all text escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any

from shiftplan.errors import MissingExtraError
from shiftplan.present.texts import Lang
from shiftplan.present.words import Words

if TYPE_CHECKING:
    from pandas import DataFrame

_ROWS = 10
_CELL = "text-align:left;padding:0.2em 1em 0.2em 0"


def make_frame(columns: Mapping[str, Sequence[Any]]) -> DataFrame:
    """A DataFrame of columns of equal length; without pandas a clear `MissingExtraError`."""
    try:
        import pandas
    except ModuleNotFoundError:
        raise MissingExtraError("pandas", "frames") from None
    return pandas.DataFrame({name: list(values) for name, values in columns.items()})


def as_html(
    lines: Iterable[str], heads: Sequence[str], rows: Sequence[Sequence[str]], lang: Lang = "en"
) -> str:
    """Sentences, then the first rows of a table, then how many more there are."""
    parts = [f"<p>{'<br>'.join(escape(line) for line in lines)}</p>"]
    if rows:
        head = "".join(f'<th scope="col" style="{_CELL}">{escape(text)}</th>' for text in heads)
        body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in islice(rows, _ROWS))
        parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
    if len(rows) > _ROWS:
        more = Words(lang)("form.more", n=len(rows) - _ROWS)
        parts.append(f"<p>{escape(more)}</p>")
    return f"<div>{''.join(parts)}</div>"


def _cell(text: str) -> str:
    return f'<td style="{_CELL}">{escape(text)}</td>'
