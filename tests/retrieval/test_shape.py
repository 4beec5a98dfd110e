import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotspots.errors import RetrievalError
from hotspots.retrieval.shape import Shape, weigh_shapes, with_shape
from tests.retrieval.shape_cases import window_with

LARGEST = 34.0


def test_a_point_is_a_point_and_has_a_limit():
    shape = weigh_shapes(window_with(0.0), 5.0, LARGEST)
    assert shape is not None
    assert shape.kind == "point"
    assert shape.diameter_km is None
    assert shape.lo_km is None
    assert 2.0 < shape.hi_km < 25.0


@pytest.mark.parametrize(
    ("hole", "floor", "kind"), [(0.0, 0.0, "disc"), (0.7, 0.0, "annulus"), (0.95, 0.05, "annulus")]
)
def test_six_pixels_tell_disc_from_annulus(hole, floor, kind):
    """6 px of 1.67 cells are 10 cells, here of 5 km."""
    shape = weigh_shapes(window_with(10.0, hole, floor), 5.0, LARGEST)
    assert shape is not None
    assert shape.kind == kind
    assert shape.lo_km is not None
    assert shape.lo_km < 50.0 < shape.hi_km
    assert shape.diameter_km == pytest.approx(50.0, rel=0.1)
    assert shape.lake_factor == 10.0


def test_half_a_pixel_is_undecided():
    shape = weigh_shapes(window_with(0.8), 5.0, LARGEST)
    assert shape is not None
    assert shape.kind == "point"
    assert 0.1 < shape.p_point < 0.9
    assert shape.hi_km > 4.0


def test_what_is_proven_small_is_less_likely_a_lake():
    shape = weigh_shapes(window_with(0.0, noise=0.01), 1.0, LARGEST)
    assert shape is not None
    assert shape.hi_km < 10.0
    assert shape.lake_factor == pytest.approx(0.1)


def test_where_no_patera_fits_in_nothing_is_said():
    assert weigh_shapes(window_with(0.0), 0.05, LARGEST) is None


@settings(max_examples=12, deadline=None)
@given(unit=st.floats(1e-6, 1e6), cells=st.floats(7.0, 14.0))
def test_the_unit_of_the_map_does_not_matter(unit, cells):
    one = weigh_shapes(window_with(cells), 5.0, LARGEST)
    other = weigh_shapes(window_with(cells, unit=unit), 5.0, LARGEST)
    assert one is not None
    assert other is not None
    assert one.kind == other.kind
    assert other.diameter_km == pytest.approx(one.diameter_km, rel=1e-3)


@settings(max_examples=12, deadline=None)
@given(stretch=st.floats(0.6, 2.0))
def test_diameters_scale_with_the_map(stretch):
    one = weigh_shapes(window_with(9.0), 4.0, LARGEST)
    other = weigh_shapes(window_with(9.0), 4.0 * stretch, LARGEST)
    assert one is not None
    assert other is not None
    assert one.diameter_km is not None
    # the steps of the diameter fall on other places
    assert other.diameter_km == pytest.approx(one.diameter_km * stretch, rel=0.12)


@given(hotspot=st.floats(0, 1), share=st.floats(0, 1), factor=st.floats(0.1, 10.0))
def test_a_shape_moves_probability_from_one_class_to_the_other(hotspot, share, factor):
    lake = share * (1 - hotspot)
    shape = Shape("point", 0.6, 0.2, 0.2, None, None, 10.0, factor)
    after = with_shape(hotspot, lake, shape)
    assert sum(after) == pytest.approx(hotspot + lake)
    assert min(after) >= 0
    assert (after[1] >= lake - 1e-9) if factor >= 1 else (after[1] <= lake + 1e-9)


def test_without_a_shape_the_detector_is_believed():
    assert with_shape(0.3, 0.6, None) == (0.3, 0.6)


def test_equal_odds_times_four():
    shape = Shape("disc", 0.0, 0.9, 0.1, 30.0, 25.0, 35.0, 4.0)
    assert np.allclose(with_shape(0.5, 0.5, shape), (0.2, 0.8))


@pytest.mark.parametrize(
    "values", [("disc", 0.5, 0.6, 0.1, 30.0, 20.0, 40.0), ("disc", 0.0, 1.0, 0.0, 30.0, 35.0, 40.0)]
)
def test_what_cannot_be_is_refused(values):
    with pytest.raises(RetrievalError):
        Shape(*values)
