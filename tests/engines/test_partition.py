"""Regions of centers: whole centers, sizes alike, and few people between them."""

from __future__ import annotations

import numpy as np
from towns import town

from shiftplan.engines.params import DEFAULTS
from shiftplan.engines.partition import Places
from shiftplan.model import Layout
from shiftplan.solving.building import build


def test_regions_keep_centers_whole_and_sizes_alike():
    """Each center is in one region; none is empty, and all are about as large."""
    layout = build(town(24, 200)).pairs.layout()

    region = Places(layout, DEFAULTS.decomposition).regions(4)

    pairs = np.bincount(region)
    of_center = {(c, r) for c, r in zip(layout.center, region, strict=True)}
    assert len(pairs) == 4
    assert len(of_center) == len(np.unique(layout.center))
    assert pairs.min() > 0
    assert pairs.max() < 1.5 * pairs.mean()


def test_regions_do_not_cut_what_hangs_together():
    """Two groups of centers that share nobody are the two regions."""
    group = np.repeat([0, 1], 200)
    rng = np.random.default_rng(0)
    center = 2 * rng.integers(5, size=400) + group
    volunteer = 2 * rng.integers(30, size=400) + group

    layout = Layout(volunteer, center, np.zeros(400, dtype=int))
    region = Places(layout, DEFAULTS.decomposition).regions(2)

    assert len(set(zip(group.tolist(), region.tolist(), strict=True))) == 2
