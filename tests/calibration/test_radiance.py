"""Counts and radiance, one into the other."""

import array_api_strict
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.calibration.radiance import counts_to_radiance, radiance_to_counts, sample_sigma
from hotspots.config import InstrumentSettings
from hotspots.errors import CalibrationError

JIRAM = InstrumentSettings()


@pytest.mark.parametrize(
    ("exposure_s", "radiance"), [(1e-3, 5e-4), (2e-3, 2.5e-4), (5e-3, 1e-4), (0.1, 5e-6)]
)
def test_one_count_is_what_the_archive_shows(exposure_s, radiance):
    assert counts_to_radiance(1.0, exposure_s, JIRAM) == pytest.approx(radiance)


@given(dn=st.floats(-100, 16000), exposure_s=st.floats(1e-4, 2))
def test_there_and_back(dn, exposure_s):
    radiance = counts_to_radiance(dn, exposure_s, JIRAM)
    assert radiance_to_counts(radiance, exposure_s, JIRAM) == pytest.approx(dn, abs=1e-9)


@pytest.mark.parametrize("exposure_s", [0.0, -1.0, float("nan")])
def test_exposure_must_be_a_time(exposure_s):
    with pytest.raises(CalibrationError, match="positive time"):
        counts_to_radiance(1.0, exposure_s, JIRAM)


def test_sigma_by_hand():
    # 12,000 DN are 1.644e6 electrons, 1,282 of scatter, 9.36 DN.
    sigma = sample_sigma(np.array([-50.0, 0.0, 12000.0]), 17.5, JIRAM)
    np.testing.assert_allclose(sigma[:2], 17.5)
    assert sigma[2] == pytest.approx(np.hypot(17.5, 9.36), abs=0.01)


def test_sigma_is_the_scatter_of_electrons():
    rng = np.random.default_rng(0)
    dn = rng.poisson(4000 * 137.0, 20_000) / 137.0 + rng.normal(0, 17.5, 20_000)
    assert dn.std() == pytest.approx(sample_sigma(np.array(4000.0), 17.5, JIRAM), rel=0.02)


def test_sigma_on_another_device():
    place = array_api_strict.Device("device1")
    dn = array_api_strict.asarray([0.0, 1000.0], device=place)
    assert sample_sigma(dn, 17.5, JIRAM).device == place
