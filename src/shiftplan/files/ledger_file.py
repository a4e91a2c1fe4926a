"""A ledger as a file: JSON, or the table of its entries as CSV.

Path -> `Ledger`, and back.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from shiftplan.errors import InputError
from shiftplan.files.json_file import read_json
from shiftplan.files.ledger_csv import ledger_from_csv, ledger_to_csv
from shiftplan.files.text import file_fault, read_text
from shiftplan.files.whole import write_texts
from shiftplan.seasons.ledger import Ledger


def read_ledger(path: str | os.PathLike[str]) -> Ledger:
    """Read a ledger from a .json file, or its entries from a .csv file.

    Parameters
    ----------
    path
        The file; its name tells the form.

    Raises
    ------
    InputError
        With every fault of the file.

    """
    file = Path(path)
    try:
        if file.suffix.lower() == ".csv":
            return ledger_from_csv(read_text(file), file)
        return read_json(Ledger, file)
    except InputError as error:
        raise InputError(replace(f, file=file.name) for f in error.faults) from None


def write_ledger(ledger: Ledger, path: str | os.PathLike[str]) -> None:
    """Write a ledger; the file is replaced whole, or stays as it was.

    As CSV when the path ends in .csv: then only entries are written, without who taught whom and
    without the training log.

    Parameters
    ----------
    ledger
        The ledger.
    path
        The file; its name tells the form.

    Raises
    ------
    InputError
        The file cannot be written, or its name ends in neither .json nor .csv.

    """
    write_texts({Path(path): ledger_text(ledger, Path(path))})


def ledger_text(ledger: Ledger, path: Path) -> str:
    """Text of the file that a ledger becomes at a path."""
    kind = path.suffix.lower()
    if kind == ".csv":
        return ledger_to_csv(ledger)
    if kind == ".json":
        return ledger.to_json() + "\n"
    message = "a ledger is written as .json, or its entries as .csv"
    raise file_fault("not_one_of", path, message, value=path.suffix)
