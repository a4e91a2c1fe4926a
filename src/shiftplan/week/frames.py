"""Tables of pandas, which is imported here only, and late.

Columns -> `DataFrame`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shiftplan.errors import MissingExtraError

if TYPE_CHECKING:
    from pandas import DataFrame


def make_frame(columns: Mapping[str, Sequence[Any]]) -> DataFrame:
    """A DataFrame of columns of equal length; without pandas a clear `MissingExtraError`."""
    try:
        import pandas
    except ModuleNotFoundError:
        raise MissingExtraError("pandas", "frames") from None
    return pandas.DataFrame({name: list(values) for name, values in columns.items()})
