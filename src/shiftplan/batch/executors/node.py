"""A job on a machine of a cluster, which shares no disk with the one that sent it.

The job as bytes -> a process for it here, in a folder of this machine -> `Outcome` and its files as
bytes.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from shiftplan.batch.executors.parcel import pack_folder, unpack_job
from shiftplan.batch.executors.process import JobProcess
from shiftplan.batch.job import Outcome
from shiftplan.solving.versions import versions

_LOOK_SECONDS = 0.1


def do_job(parcel: bytes, wanted: str) -> tuple[str, bytes]:
    """Do a job in a process of its own; nothing of it stays on this machine.

    Parameters
    ----------
    parcel
        The job with its files.
    wanted
        Versions of shiftplan and the solvers that the batch has: others could decide otherwise.

    Returns
    -------
    The outcome as JSON, and the files that were made.

    """
    if versions() != wanted:
        message = f"this machine of the cluster has {versions()}; the batch has {wanted}"
        return Outcome(failure="internal", message=message).model_dump_json(), b""
    with tempfile.TemporaryDirectory(prefix="shiftplan-") as place:
        inputs, made = Path(place, "inputs"), Path(place, "made")
        for folder in (inputs, made):
            folder.mkdir()
        process = JobProcess(unpack_job(parcel, inputs), made, doomed=Path(place))
        try:
            while (outcome := process.poll()) is None:
                time.sleep(_LOOK_SECONDS)
        except BaseException:  # cancelled: the one who asked for it is gone
            process.end()
            raise
        return outcome.model_dump_json(), pack_folder(made)
