"""A small town, and what its best roster costs."""

from __future__ import annotations

import pytest
from links import Recorder
from tasks import task_of
from towns import town

from shiftplan.engines.worker import run_engine
from shiftplan.solving.building import build


@pytest.fixture(scope="module")
def small():
    model = build(town(2, 14))
    return model, model.program()


@pytest.fixture(scope="module")
def optimum(small):
    model, program = small
    link = Recorder()
    assert run_engine(task_of("mip", model, program), link) == "proven"
    return round(link.bounds[-1])
