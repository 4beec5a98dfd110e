"""Laws of shading: by hand, and found again in pixels that follow them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotspots.geometry.pointing.shading import NOMINAL, Shading, fit_shading


def test_radiance_by_hand():
    shading = Shading(2.0, lommel_seeliger=3.0, minnaert=4.0, constant=5.0)
    # i = 0.16, e = 0.64: 0.32 + 3 * 0.4 + 4 * 0.5 + 5
    found = shading.radiance(np.array([0.16, -0.1, np.nan]), np.array([0.64, 0.5, np.nan]))
    np.testing.assert_allclose(found, [8.52, 0.0, 0.0], rtol=1e-6)
    assert shading.overhead == 9.0


def test_laws_agree_overhead():
    for field in ("lambert", "lommel_seeliger", "minnaert"):
        law = Shading(**{"lambert": 0.0, field: 1.0})
        assert law.radiance(np.ones(1), np.ones(1))[0] == pytest.approx(1.0)


def test_expected_brightness_is_the_published_fit():
    np.testing.assert_allclose(
        NOMINAL["M"].radiance(np.array([1.0, 0.5]), np.array([0.3, 0.9])),
        [0.0097 + 0.0024, 0.0097 / 2 + 0.0024],
        rtol=1e-6,
    )


def disc_pixels(rng, count=4000):
    """Cosines over a disc that is lit from 60 degrees aside."""
    x, y = rng.uniform(-1, 1, (2, count))
    inside = x**2 + y**2 < 0.95
    x, y = x[inside], y[inside]
    z = np.sqrt(1 - x**2 - y**2)
    incidence = x * np.sin(np.pi / 3) + z * np.cos(np.pi / 3)
    lit = incidence > 0.05
    return incidence[lit], z[lit]


@given(
    seed=st.integers(0, 1000),
    exponent=st.floats(0.5, 1.0),
    constant=st.floats(0.0, 0.003),
)
@settings(max_examples=15, deadline=None)
def test_minnaert_laws_are_met_to_a_few_percent(seed, exponent, constant):
    rng = np.random.default_rng(seed)
    incidence, emission = disc_pixels(rng)
    truth = 0.02 * incidence**exponent * emission ** (exponent - 1) + constant
    patchy = truth * np.exp(rng.normal(0, 0.1, len(truth)))
    hot = rng.random(len(truth)) < 0.01
    patchy[hot] += 0.5
    shading = fit_shading(incidence, emission, patchy, np.full(len(truth), 1e-4))
    assert shading is not None
    ratio = shading.radiance(incidence, emission) / truth
    steep = incidence > 0.3
    assert np.abs(ratio[steep] - 1).max() < 0.1


def test_too_few_or_dark_pixels_give_no_law():
    few = np.full(20, 0.5)
    assert fit_shading(few, few, few, few) is None
    many = np.full(100, 0.5)
    assert fit_shading(many, many, np.zeros(100), many) is None
