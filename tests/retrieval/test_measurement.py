"""The dataclasses of a measured source."""

import math

import pytest

from hotspots.errors import RetrievalError
from hotspots.retrieval.measurement import ErrorEllipse, Power


@pytest.mark.parametrize("sigma", [-1.0, math.nan])
def test_a_power_without_a_believable_error_is_refused(sigma):
    with pytest.raises(RetrievalError, match="wanted sigma >= 0"):
        Power.gaussian(1.0, sigma, saturated=False)


def test_a_power_may_be_negative_and_its_error_zero():
    assert Power.gaussian(-0.2, 0.0, saturated=False).value == -0.2


def test_a_gaussian_power_has_symmetric_intervals_and_a_saturated_one_is_open_above():
    power = Power.gaussian(5.0, 1.0)
    assert (power.lo, power.hi) == (4.0, 6.0)
    assert power.hi95 - power.lo95 == pytest.approx(2 * 1.96, abs=1e-3)
    open_above = Power.gaussian(5.0, 1.0, saturated=True)
    assert open_above.hi is None
    assert open_above.hi95 is None
    assert open_above.lo == 4.0


def test_ends_of_intervals_are_in_order():
    with pytest.raises(RetrievalError, match="wanted order"):
        Power(value=1.0, sigma=1.0, lo=0.0, hi=2.0, lo95=0.5, hi95=3.0, saturated=False)


def test_an_ellipse_has_the_axes_of_its_covariance():
    # 3 km along north-east (azimuth 45 degrees), 1 km across
    ellipse = ErrorEllipse.of_covariance(5.0, 4.0, 5.0)
    assert (ellipse.major_km, ellipse.minor_km) == pytest.approx((3.0, 1.0))
    assert ellipse.azimuth_deg == pytest.approx(45.0)
    assert ellipse.sigma_km == pytest.approx(math.sqrt(3.0))
    assert ErrorEllipse.of_covariance(4.0, 0.0, 1.0).azimuth_deg == pytest.approx(90.0)


def test_what_is_no_covariance_is_no_ellipse():
    with pytest.raises(RetrievalError, match="no covariance"):
        ErrorEllipse.of_covariance(1.0, 2.0, 1.0)
    with pytest.raises(RetrievalError, match="major >= minor"):
        ErrorEllipse(1.0, 2.0, 0.0)
