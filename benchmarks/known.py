"""Best known costs of public instances, from a table beside them.

`best_known.csv` -> instance -> lowest published cost. Columns whose head is `cost` or has `UB` or
`best_published` in it hold published costs.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from benchmarks.forms import of_form

FILE = "best_known.csv"


def best_known(table: Path | None, instance: Path) -> Mapping[str, int]:
    """Read a table, or the one in a folder right above the instance or one higher.

    Parameters
    ----------
    table
        The table; None to look for it.
    instance
        File or folder of an instance.

    Returns
    -------
    Mapping
        Empty when there is no table.

    Raises
    ------
    ValueError
        The table is not of the form.

    """
    if table is None:
        above = instance.resolve().parents[:2]
        table = next((p / FILE for p in above if (p / FILE).exists()), None)
    if table is None:
        return {}
    costs = {}
    with of_form(table.name), table.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            published = [
                int(cell)
                for head, cell in row.items()
                if (head == "cost" or "UB" in head or "best_published" in head) and cell.strip()
            ]
            if published:
                costs[row["instance"]] = min(published)
    return costs
