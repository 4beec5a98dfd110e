"""Tiles leave no seams, cover each cell once, and turns are turned back."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from hotspots.errors import ModelError
from hotspots.nets.calibration import Calibration
from hotspots.nets.folder import Model
from hotspots.nets.tiling import predict_logits, predict_probabilities, windows
from tests.nets.made_nets import drawn_inputs, made_net

NET = made_net()


@settings(max_examples=40)
@given(st.integers(1, 90), st.integers(1, 90), st.integers(1, 40))
def test_each_cell_is_kept_once_and_seen_with_its_surroundings(rows, columns, tile):
    kept = torch.zeros(rows, columns)
    for window in windows(NET, (rows, columns), tile):
        kept[window.rows, window.columns] += 1
        part = torch.zeros(rows, columns)[window.wide_rows, window.wide_columns][window.inner]
        assert part.shape == kept[window.rows, window.columns].shape
        for wide, inner, size in (
            (window.wide_rows, window.rows, rows),
            (window.wide_columns, window.columns, columns),
        ):
            assert wide.start % NET.stride == 0
            assert wide.start == 0 or inner.start - wide.start >= NET.receptive_radius
            assert wide.stop == size or wide.stop - inner.stop >= NET.receptive_radius
    assert (kept == 1).all()


def test_tiles_give_what_the_whole_map_gives():
    planes, present, scale = drawn_inputs(NET, 150, 133)
    with torch.inference_mode():
        whole = NET(planes[None], present[None], scale[None])[0]
    tiled = predict_logits(NET, planes, present, scale, tile=24)
    torch.testing.assert_close(tiled, whole, rtol=1e-4, atol=1e-4)


def test_probabilities_sum_to_one_with_and_without_symmetries():
    model = Model(NET, Calibration((1.0, 1.2, 0.9), (0.0, 0.1, -0.1)))
    planes, present, scale = drawn_inputs(NET, 20, 37)
    for symmetries in (False, True):
        answer = predict_probabilities(model, planes, present, scale, symmetries=symmetries)
        assert answer.shape == (3, 20, 37)
        torch.testing.assert_close(answer.sum(dim=0), torch.ones(20, 37))


def test_mean_over_symmetries_turns_with_the_map():
    # A map of a whole number of coarsest cells, so that a turned one is padded alike.
    model = Model(NET, Calibration.identity(3))
    planes, present, scale = drawn_inputs(NET, 24, 24)
    turned = torch.rot90(planes, 1, (1, 2)).flip(2)
    answer = predict_probabilities(model, planes, present, scale, symmetries=True)
    of_turned = predict_probabilities(model, turned, present, scale, symmetries=True)
    torch.testing.assert_close(
        torch.rot90(answer, 1, (1, 2)).flip(2), of_turned, rtol=1e-4, atol=1e-5
    )


def test_network_in_training_mode_is_refused():
    net = made_net().train()
    with pytest.raises(ModelError, match="training mode"):
        predict_logits(net, *drawn_inputs(net, 8, 8))
