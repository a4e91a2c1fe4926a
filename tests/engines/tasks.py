"""Tasks for single engines."""

from __future__ import annotations

import numpy as np

from shiftplan.engines.task import Task


def task_of(engine: str, model, program, **changes) -> Task:
    options = {"start": None, "seed": 0, "seconds": np.inf, "work_limit": None} | changes
    return Task(engine, program, model.pairs.layout(), **options)
