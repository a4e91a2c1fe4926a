"""The file of a week to take along.

Path -> its name, as addresses write it, and its bytes.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from shiftplan.files.mending import files_of_week
from shiftplan.files.text import read_fault


def content_of(week: Path) -> tuple[str, bytes]:
    """Name and bytes of the file of a week; of a folder, a zip of its tables.

    InputError: a file cannot be read.
    """
    try:
        if not week.is_dir():
            return quote(week.name, safe=""), week.read_bytes()
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in files_of_week(week):
                archive.write(file, file.name)
        return quote(f"{week.name}.zip", safe=""), packed.getvalue()
    except OSError as error:
        raise read_fault(week, error) from None
