"""The files of the week, edited by somebody while the workbench shows them.

Desk -> which changed; read again, and the record goes on with them.
"""

from __future__ import annotations

from fastapi import APIRouter

from shiftplan.web.desk import AtDesk
from shiftplan.web.visitor import Planner, Province
from shiftplan.week.fields import Frozen

router = APIRouter(tags=["files"])


class FilesChanged(Frozen):
    """What was edited since the week was read."""

    changed: tuple[str, ...]
    """Names of files."""


@router.get("/files")
def files(desk: AtDesk, _: Planner) -> FilesChanged:
    """Files of the week that changed since they were read."""
    return FilesChanged(changed=tuple(desk.changed_files()))


@router.post("/files")
def read_again(desk: AtDesk, visitor: Province) -> FilesChanged:
    """Read the files again; if they have faults, the week stays as it is, and 409 lists them."""
    desk.read_files()
    return files(desk, visitor)
