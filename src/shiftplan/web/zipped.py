"""Files made for a visitor, as one zip that leaves nothing behind.

What writes files into a folder -> a response with their zip.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from fastapi import Response


class Zip(Response):
    """Files packed together; those of An Giang are some megabytes."""

    media_type = "application/zip"

    @classmethod
    def of(cls, name: str, fill: Callable[[Path], object]) -> Zip:
        """A zip of what `fill` writes into a folder that exists, and is removed afterwards.

        `name`: the name of the zip, in plain letters.
        """
        packed = BytesIO()
        with TemporaryDirectory(prefix="shiftplan-") as place:
            fill(Path(place))
            with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
                for path in sorted(Path(place).rglob("*")):
                    if path.is_file():
                        archive.write(path, path.relative_to(place).as_posix())
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Encoding": "identity",  # it is packed already
        }
        return cls(packed.getvalue(), headers=headers)
