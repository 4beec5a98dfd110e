"""Sensitivity: a map of even noise by hand, and what sources on it change."""

import math

import numpy as np
import pytest

from hotspots.detection.detector import Region
from hotspots.planck import M_BAND, hemispheric_power_gw_um
from hotspots.retrieval.limits.sensitivity import sensitivity_of
from tests.retrieval.limits.made_map import SPREAD, made_map

NOISE = 2e-3


def region(row, column, cells=None):
    return Region(row, column, 50.0, ((row, column),), 1.0, 0.0, cells)


def test_even_noise_gives_the_signal_of_the_textbook():
    """A matched Gaussian of unit flux stands out by 1 / (2 sqrt(pi) s sigma)."""
    grid_map = made_map(noise=NOISE)
    found = sensitivity_of(grid_map, ())
    middle = (slice(40, 80), slice(40, 80))
    width = math.sqrt(SPREAD[0, 0])
    flux = grid_map["cos_emission"] / hemispheric_power_gw_um(M_BAND, grid_map.grid.cell_km**2)
    wanted = flux / (2 * math.sqrt(math.pi) * width * NOISE)
    ratio = found.snr_per_gw_um[middle] / wanted[middle]
    assert np.median(ratio) == pytest.approx(1.0, abs=0.06)  # the scatter of tiles is measured
    assert found.searched.all()
    assert not found.light.any()
    assert not found.beside.any()
    assert found.widening == 1.0


def test_twice_the_noise_is_half_the_sensitivity():
    one, two = (sensitivity_of(made_map(noise=n, seed=3), ()) for n in (NOISE, 2 * NOISE))
    np.testing.assert_allclose(one.snr_per_gw_um, 2 * two.snr_per_gw_um, rtol=1e-9)


def test_a_source_blinds_its_neighbourhood_and_nothing_else():
    bright = 5000 * NOISE
    grid_map = made_map(noise=NOISE, place=[(60.5, 40.5)], flux=[bright])
    found = sensitivity_of(grid_map, (region(40.5, 60.5),))
    peak_snr = bright / (2 * math.sqrt(math.pi) * math.sqrt(SPREAD[0, 0]) * NOISE)
    assert found.light.max() == pytest.approx(peak_snr, rel=0.1)
    assert found.beside[40, 60] == 1.0
    assert found.light[80, 60] == 0.0
    assert found.beside[80, 60] < 1e-6
    bare = sensitivity_of(made_map(noise=NOISE), ())
    # the source is taken off before the noise is measured
    far = (slice(70, 110), slice(20, 100))
    ratio = found.snr_per_gw_um[far] / bare.snr_per_gw_um[far]
    assert np.abs(ratio - 1).max() < 0.1
    assert not found.alone().light.any()


def test_inside_an_outlined_lake_nothing_is_searched():
    lake = tuple(axis.ravel() for axis in np.mgrid[50:60, 50:65])
    found = sensitivity_of(made_map(noise=NOISE), (region(55.0, 57.0, lake),))
    assert not found.searched[50:60, 50:65].any()
    assert found.beside[55, 57] == 1.0
    assert found.searched[20, 20]


@pytest.mark.parametrize("widen", [0.85, 1.0, 1.25])
def test_the_width_of_bright_sources_is_measured(widen):
    place = [(c + 0.37, r + 0.61) for c in (25, 60, 95) for r in (25, 60, 95)]
    grid_map = made_map(noise=NOISE, place=place, flux=[800 * NOISE] * 9, widen=widen)
    found = sensitivity_of(grid_map, tuple(region(r, c) for c, r in place))
    held = 1 + 9 / 12 * (widen - 1)  # nine sources against a prior worth three
    assert found.widening == pytest.approx(held, abs=0.02)
