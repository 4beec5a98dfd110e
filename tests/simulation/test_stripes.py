"""Columns: gains that undo the published corrections, backgrounds, ghosts."""

import numpy as np
import pytest

from hotspots.simulation.camera_ranges import ColumnRanges
from hotspots.simulation.ranges import Range
from hotspots.simulation.stripes import Stripes, draw_stripes


def stripes(**changes):
    values = {
        "background_dn": np.zeros(432),
        "drift_dn": 0.0,
        "gain": 0.0,
        "power": 0.0,
        "ghost_fraction": 0.0,
        "ghost_length_px": 50.0,
        "ghost_width_px": 0.5,
    }
    return Stripes(**(values | changes))


def even_radiance(level):
    return np.full((128, 432), level, np.float32)


def test_published_corrections_of_short_exposures_are_undone():
    # Perry: dark columns f * 1.018 * f**-0.08, bright columns f * 0.9686 * f**0.0891
    source = stripes(gain=0.05, power=0.084)
    for truth in (0.05, 0.3, 2.0):
        measured = truth * source.gains(even_radiance(truth), 0.001)[0]
        dark, bright = measured[1], measured[0]
        assert 1.018 * dark**0.92 == pytest.approx(truth, rel=0.05)
        assert 0.9686 * bright**1.0891 == pytest.approx(truth, rel=0.06)


def test_gains_part_less_at_longer_exposures():
    source = stripes(power=0.08)
    ratio = [np.divide(*source.gains(even_radiance(0.05), t)[0, :2]) for t in (1e-3, 2e-3, 0.1)]
    np.testing.assert_allclose(np.log(ratio), [2 * 0.08 * np.log(20), 0.08 * np.log(20), 0.0048],
                               rtol=0.01)  # fmt: skip
    assert stripes().gains(even_radiance(0.05), 1e-3).max() == 1.0


def test_a_ghost_fades_along_the_column_of_its_spot():
    light = np.zeros((128, 432), np.float32)
    light[40, 100] = 10_000.0
    ghost = stripes(ghost_fraction=1e-3).ghosts(light)
    assert ghost[40].sum() == pytest.approx(10.0, rel=1e-3)
    assert ghost[90].sum() == pytest.approx(10.0 * np.exp(-1.0), rel=1e-3)
    assert ghost[:, 110:].max() < 1e-6
    assert not stripes().ghosts(light).any()


def test_backgrounds_keep_their_pattern_and_drift_about_it():
    pattern = np.linspace(-5.0, 20.0, 432)
    rng = np.random.default_rng(1)
    drawn = np.stack([stripes(background_dn=pattern, drift_dn=3.0).background(rng)
                      for _ in range(200)])  # fmt: skip
    np.testing.assert_allclose(drawn.mean(axis=0), pattern, atol=1.0)
    assert drawn.std(axis=0).mean() == pytest.approx(3.0, rel=0.05)


def test_drawn_backgrounds_reach_what_is_published():
    ranges = ColumnRanges()
    sizes = []
    for seed in range(60):
        drawn = draw_stripes(ranges, np.random.default_rng(seed), 432, calibrated=True)
        # the median of 1 ms frames, in W m-2 sr-1
        sizes.append(np.abs(drawn.background_dn).max() / 2000.0)
    assert min(sizes) < 4e-3
    assert max(sizes) > 1.6e-2


def test_raw_frames_have_no_background_of_their_own():
    drawn = draw_stripes(ColumnRanges(), np.random.default_rng(1), 432, calibrated=False)
    assert not drawn.background_dn.any()
    odd_even = ColumnRanges(odd_even_offset_dn=Range.fixed(8.0), background_dn=Range.fixed(0.0))
    drawn = draw_stripes(odd_even, np.random.default_rng(1), 432, calibrated=True)
    np.testing.assert_allclose(drawn.background_dn[:4], [-4.0, 4.0, -4.0, 4.0])
