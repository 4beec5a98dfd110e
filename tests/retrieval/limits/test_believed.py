"""Believed regions: bright ground in sunlight is left out, lava is not."""

import numpy as np

from hotspots.detection.detector import Region
from hotspots.grid import Plane
from hotspots.retrieval.limits.believed import believed_regions
from tests.retrieval.limits.made_map import made_map

NOISE = 1e-3
FLUX = 60 * NOISE


def region(row, column, snr=12.0):
    return Region(row, column, snr, ((row, column),), 1.0, 0.0)


def lit_map(blue):
    """A source of 12 sigma in M with ``blue`` times its spectral power in L, in sunlight."""
    place = [(60.5, 60.5)]
    both = made_map(noise=NOISE, place=place, flux=[FLUX])
    # W is 0.29 um in L and 0.4975 um in M
    second = made_map(noise=NOISE, place=place, flux=[blue * FLUX * 0.29 / 0.4975], seed=7)
    planes = {
        name.replace("m_", "l_", 1): plane
        for name, plane in second.planes.items()
        if name.startswith("m_")
    }
    planes["cos_incidence"] = Plane(np.full(both.grid.shape, 0.6), "1", "")
    lit = both.with_planes(planes)
    attributes = both.attributes | {"l_spread": both.attributes["m_spread"]}
    return type(lit)(lit.grid, dict(lit.planes), attributes)


def test_lava_is_believed_and_the_colour_of_sunlight_is_not():
    found = (region(60.5, 60.5),)
    assert believed_regions(lit_map(0.6), found, 0.06) == found
    assert believed_regions(lit_map(4.4), found, 0.06) == ()


def test_at_night_every_colour_is_believed():
    night = lit_map(4.4).with_planes({"cos_incidence": Plane(np.full((120, 120), -0.5), "1", "")})
    found = (region(60.5, 60.5),)
    assert believed_regions(night, found, 0.06) == found


def test_what_the_map_does_not_cover_is_left_out():
    grid_map = made_map(noise=NOISE)
    frames = np.full((120, 120), 6)
    frames[:, :20] = 0
    hidden = grid_map.with_planes({"m_frames": Plane(frames, "1", "")})
    inside, outside = region(60.5, 60.5), region(60.5, 5.5)
    assert believed_regions(hidden, (outside, inside), 0.06) == (inside,)
    assert believed_regions(hidden, (), 0.06) == ()
