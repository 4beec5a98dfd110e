"""Recovery: what was there before is not found anew."""

import numpy as np
import pytest

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.retrieval.limits.recovery import match_radius_km, recovered


def km(*places):
    return np.array([(x, 0.0, 1821.0) for x in places]).reshape(-1, 3)


@pytest.mark.parametrize(
    ("km_per_px", "wanted"),
    # three pixels near by, one degree further away, 1.5 pixels where that is more
    [(1.0, 3.0), (20.0, np.pi / 180 * IO_MEAN_RADIUS_KM), (100.0, 150.0)],
)
def test_match_radius(km_per_px, wanted):
    assert match_radius_km(np.array([km_per_px]))[0] == pytest.approx(wanted)


def test_a_source_is_found_if_something_new_is_reported_near_it():
    found = recovered(km(0, 100), km(50), km(2, 50, 140), np.array([30.0, 30.0]))
    assert found.tolist() == [True, False]


def test_a_report_beside_a_known_source_belongs_to_that():
    assert not recovered(km(10), km(0), km(1), np.array([30.0]))[0]
    assert recovered(km(10), km(0), km(0, 9), np.array([30.0]))[0]


def test_of_two_sources_with_one_report_the_nearer_is_found():
    assert recovered(km(0, 10), km(), km(8), np.array([30.0, 30.0])).tolist() == [False, True]


def test_nothing_in_or_nothing_out():
    assert recovered(km(), km(1), km(1), np.zeros(0)).shape == (0,)
    assert not recovered(km(0), km(1), km(), np.array([30.0]))[0]
