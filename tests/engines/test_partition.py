"""Regions and pieces: whole centers, sizes alike, and pieces that fit together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import programs
from towns import town

from shiftplan.engines.greedy import greedy
from shiftplan.engines.highs import load
from shiftplan.engines.params import DEFAULTS
from shiftplan.engines.partition import Piece, Pieces, Places, at_home
from shiftplan.model import Layout
from shiftplan.solving.building import build


@given(programs, st.integers(0, 10**6))
def test_pieces_that_are_out_together_fit_together(program, seed):
    """Solved side by side, pieces hold in the whole, and what each saves adds up."""
    rng = np.random.default_rng(seed)
    values = greedy(program, DEFAULTS)
    if values is None:
        return
    number = np.arange(program.num_pairs)
    pieces = Pieces(program, Layout(number, number, number))
    region = rng.integers(3, size=program.num_pairs)
    cuts = [pieces.cut(np.flatnonzero(region == r), values) for r in range(3)]

    joined, saved = values.copy(), 0.0
    for piece in cuts:
        highs = load(piece.program, whole=True, seed=0)
        highs.run()
        if piece.program.num_columns:
            best = np.round(np.array(highs.getSolution().col_value))
            saved += piece.program.total(values[piece.columns]) - piece.program.total(best)
            joined[piece.columns] = best

    assert np.all(program.matrix @ joined <= program.row_upper + 1e-6)
    assert program.total(joined) == pytest.approx(program.total(values) - saved)
    assert saved >= -1e-6


def test_a_piece_given_back_frees_its_pairs():
    """Pairs are in one piece at a time, and can be cut again once it is back."""
    model = build(town(4, 30))
    program, pairs = model.program(), np.arange(len(model.pairs))
    values = greedy(program, DEFAULTS)
    pieces = Pieces(program, model.pairs.layout())

    def size(piece: Piece) -> int:
        return piece.program.num_pairs

    first = pieces.cut(pairs, values)
    assert (size(first), size(pieces.cut(pairs, values))) == (len(pairs), 0)
    pieces.give_back(first)
    assert size(pieces.cut(pairs, values)) == len(pairs)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_regions_keep_centers_whole_and_sizes_alike(number):
    """Each center is in one region; none is empty, and the first cut is even."""
    layout = build(town(24, 200)).pairs.layout()

    region = Places(layout, DEFAULTS.regions).regions(4, number)

    pairs = np.bincount(region)
    of_center = {(c, r) for c, r in zip(layout.center, region, strict=True)}
    assert len(pairs) == 4
    assert len(of_center) == len(np.unique(layout.center))
    assert pairs.min() > 0
    assert number or pairs.max() < 1.5 * pairs.mean()


def test_regions_do_not_cut_what_hangs_together():
    """Two groups of centers that share nobody are the two regions."""
    group = np.repeat([0, 1], 200)
    rng = np.random.default_rng(0)
    center = 2 * rng.integers(5, size=400) + group
    volunteer = 2 * rng.integers(30, size=400) + group

    layout = Layout(volunteer, center, np.zeros(400, dtype=int))
    region = Places(layout, DEFAULTS.regions).regions(2, 0)

    assert len(set(zip(group.tolist(), region.tolist(), strict=True))) == 2


def test_people_belong_where_they_are_used_most():
    """Use decides, and where there is none the number of pairs."""
    volunteer = np.array([0, 0, 0, 1, 1, 1])
    region = np.array([0, 0, 1, 0, 1, 1])
    layout = Layout(volunteer, region, np.zeros(6, dtype=int))

    own = at_home(layout, region, np.array([0.2, 0.2, 0.5, 0.0, 0.0, 0.0]))

    assert own.tolist() == [False, False, True, False, True, True]
