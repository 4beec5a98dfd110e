"""Compression of evidence: finite, of order one, noise kept linear."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.errors import ModelError
from hotspots.nets.inputs import PLANES, SCALES, network_planes, network_scales


def test_noise_stays_linear_and_the_bright_end_is_logarithmic():
    planes = network_planes({"m_snr": np.array([[0.1, -0.1, 1e4, 1e5]])})
    low, negative, bright, brighter = planes["m_snr"][0]
    assert low == pytest.approx(0.05, rel=0.01)
    assert negative == -low
    assert brighter - bright == pytest.approx(np.log(10) / 2, rel=1e-3)


def test_what_is_no_number_becomes_zero():
    planes = network_planes({"m_chi2": np.array([[np.nan, np.inf, 0.0]])})
    assert planes["m_chi2"].tolist() == [[0.0, 8.0, 0.0]]


def test_unknown_planes_are_left_out():
    assert network_planes({"m_mean": np.zeros((2, 2))}) == {}


@given(st.sampled_from(sorted(PLANES)), st.floats(-1e30, 1e30))
def test_every_plane_is_finite_single_precision(name, value):
    plane = network_planes({name: np.full((2, 3), value)})[name]
    assert plane.dtype == np.float32
    assert np.isfinite(plane).all()


def test_scales_are_of_order_one_over_the_instruments_range():
    for km_per_px in (0.36, 150.0):
        numbers = {name: middle for name, (middle, _) in SCALES.items()}
        numbers["log_km_per_px"] = float(np.log(km_per_px))
        scaled = network_scales(numbers)
        assert abs(scaled["log_km_per_px"]) < 3
        assert all(scaled[name] == 0 for name in SCALES if name != "log_km_per_px")


def test_a_missing_scale_is_named():
    with pytest.raises(ModelError, match="sunlit"):
        network_scales({name: 0.0 for name in SCALES if name != "sunlit"})
