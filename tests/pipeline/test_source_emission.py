"""Measurements as arrays: what is missing stays missing, what is known is used."""

import numpy as np
import pytest

from hotspots.config import PhotometrySettings
from hotspots.pipeline.source_emission import emission_of
from hotspots.retrieval.emission_models import EmissionModel
from hotspots.retrieval.measurement import Power
from tests.pipeline.test_merging import seen
from tests.pipeline.test_sources import both


def emission(*measurements):
    return emission_of(measurements, PhotometrySettings())


def test_errors_that_go_together_sharpen_the_temperature():
    found = emission(
        seen(powers=both(500.0)), seen(powers=both(500.0), power_correlation=0.9)
    ).body.temperature_k
    alone, together = np.log(found.hi / found.lo)
    # the error of a ratio: sqrt(2 (1 - 0.9)) instead of sqrt(2)
    assert together == pytest.approx(alone * np.sqrt(0.1), rel=0.02)


def test_bands_of_neighbours_do_not_mix():
    found = emission(seen(), seen(powers=both(700.0)), seen(lat=9.0))
    np.testing.assert_array_equal(np.isnan(found.body.temperature_k.value), [True, False, True])
    assert [model is EmissionModel.M_BAND_ONLY for model in found.emission.model] == [
        True,
        False,
        True,
    ]


def test_an_open_lower_end_is_bounded_by_the_error():
    power = Power(value=1.0, sigma=0.2, lo=None, hi=1.2, lo95=None, hi95=1.4, saturated=False)
    odd, plain = emission(
        seen(powers={"M": power}), seen(powers={"M": Power.gaussian(1.0, 0.2)})
    ).emission.total_gw.lo
    assert odd == pytest.approx(plain, rel=0.05)


def test_the_detector_speaks_for_a_lake_only_where_it_is_resolved():
    lake = {"p_hotspot": 0.02, "p_lava_lake": 0.98}
    as_point, as_disc, unsure = (
        emission(seen(powers=both(450.0), km_per_px=10.0, **facts)).emission.total_gw.value[0]
        for facts in (lake, {"diameter_km": 45.0, **lake}, {"diameter_km": 45.0})
    )
    assert as_point < unsure <= as_disc
