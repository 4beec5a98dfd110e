from pathlib import Path

import numpy as np
import pytest

from hotspots.archive.radiometer.units import (
    boresights_in_degrees,
    juno_from_jupiter,
    jupiter_angles_in_degrees,
)
from hotspots.errors import ArchiveError

FILE = Path("table.csv")


def boresights():
    longitude = np.array([60.0] + 5 * [300.0]) + np.array([[0.0], [1.44], [2.88]])
    return np.stack([longitude, np.zeros((3, 6)), np.full((3, 6), 90.0)], axis=-1)


def test_degrees_stay_and_radians_become_degrees():
    degrees = boresights()
    np.testing.assert_array_equal(boresights_in_degrees(degrees, FILE), degrees)
    np.testing.assert_allclose(boresights_in_degrees(np.radians(degrees), FILE), degrees)


def test_missing_boresights_decide_nothing():
    missing = np.full((3, 6, 3), np.nan)
    np.testing.assert_array_equal(boresights_in_degrees(missing, FILE), missing)


def test_other_boresights_are_refused():
    with pytest.raises(ArchiveError, match="120 degrees"):
        boresights_in_degrees(boresights() * [0.7, 1.0, 1.0], FILE)


def test_angles_are_in_the_unit_of_their_cosines():
    degrees = np.array([[10.0, 20, 30, 40, 50, 60], [170, 160, 150, 140, 130, 120]])
    cosines = np.cos(np.radians(degrees))
    np.testing.assert_allclose(
        jupiter_angles_in_degrees(np.radians(degrees), cosines, FILE), degrees
    )
    np.testing.assert_array_equal(jupiter_angles_in_degrees(degrees, cosines, FILE), degrees)
    with pytest.raises(ArchiveError, match="cosines"):
        jupiter_angles_in_degrees(degrees + 30, cosines, FILE)


def test_sub_juno_point_decides_the_sign():
    position = np.array([[-3e5, 1e3, 2e4]])
    below = np.array([[179.809, 3.8140]])
    np.testing.assert_array_equal(juno_from_jupiter(position, below, FILE), position)
    np.testing.assert_array_equal(juno_from_jupiter(-position, below, FILE), position)
    with pytest.raises(ArchiveError, match="disagree"):
        juno_from_jupiter(position, below - [90.0, 0.0], FILE)
