import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from hotspots.retrieval.frames.optics import BandOptics
from hotspots.retrieval.spectra.share import SlitOptics, slit_share


def image_of(width, wing=0.0, error=0.1):
    return SlitOptics(BandOptics(width, 1.0, wing, 3.0), error)


def share_of(along, across, width=0.6, place=0.0, wing=0.0):
    return slit_share(
        np.array([[along]]),
        np.array([[across]]),
        image_of(width, wing),
        np.array([0.0]),
        np.array([place]),
    )


def test_point_in_the_middle_of_a_pixel():
    found = share_of(100.0, 0.0, width=1e-3)
    assert found.total[0] == pytest.approx(1.0)
    assert found.profile[100, 0] == pytest.approx(1.0)
    assert found.sigma[0] == pytest.approx(0.0, abs=1e-6)


def test_share_of_a_sharp_place_is_the_mean_of_a_gaussian():
    found = share_of(100.0, 0.3)
    inside = norm.cdf((0.5 - 0.3) / 0.6) - norm.cdf((-0.5 - 0.3) / 0.6)
    assert found.total[0] == pytest.approx(inside, rel=0.02)  # the width has an error
    assert 0.02 < found.sigma[0] / found.total[0] < 0.15


def test_uncertain_place_makes_an_uncertain_share():
    sharp, vague = share_of(100.0, 1.0, place=0.1), share_of(100.0, 1.0, place=1.0)
    assert vague.sigma[0] > 2 * sharp.sigma[0]


def test_moving_scene_is_the_mean_over_its_moments():
    along, across = np.array([[99.0], [101.0]]), np.array([[0.0], [2.0]])
    zero = np.array([0.0])
    both = slit_share(along, across, image_of(0.6), zero, zero).profile
    each = [share_of(along[i, 0], across[i, 0]).profile for i in range(2)]
    np.testing.assert_allclose(both, np.mean(each, axis=0), atol=1e-12)


def test_light_in_the_wing_is_not_in_the_slit():
    core, both = share_of(100.0, 0.0).total[0], share_of(100.0, 0.0, wing=0.1).total[0]
    in_wing = norm.cdf(0.5 / 3) - norm.cdf(-0.5 / 3)
    assert both == pytest.approx(0.9 * core + 0.1 * in_wing)


def test_extent_adds_to_the_width_and_what_is_measured_is_known_better():
    zero, along = np.array([0.0]), np.array([[100.0]])
    wide = slit_share(along, np.array([[0.0]]), image_of(0.6, error=0.0), np.array([0.8]), zero)
    assert wide.total[0] == pytest.approx(norm.cdf(0.5) - norm.cdf(-0.5))
    measured = SlitOptics.of_camera(BandOptics(0.6, 1.0, 0.0, 3.0), 0.03)
    assert measured.relative_sigma < SlitOptics.unmeasured().relative_sigma


def test_point_out_of_view_gives_no_light():
    assert share_of(np.nan, np.nan).total[0] == 0.0


@given(st.floats(-3, 260), st.floats(-4, 4), st.floats(0.3, 1.5), st.floats(0, 1))
def test_share_is_a_share(along, across, width, place):
    found = share_of(along, across, width, place)
    assert (found.profile >= -1e-12).all()
    assert 0 <= found.total[0] <= 1 + 1e-9
    assert found.total[0] == pytest.approx(found.profile.sum())
