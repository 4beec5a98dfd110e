from dataclasses import dataclass

import numpy as np
import pytest

from hotspots.pipeline.pointing import Pointed
from hotspots.pipeline.slit_pointing import ALIGNMENT_PX, slit_pointing
from hotspots.pipeline.spectra import slit_optics
from hotspots.retrieval.spectra.share import SlitOptics

OFFSETS = {"a": (2.0, -5.0), "b": (3.0, -6.0), "c": (2.5, -20.0)}


@dataclass
class Times:
    """As much of a swath as the slit's pointing asks for."""

    product_ids: tuple[str, ...]
    et: np.ndarray


def pointed():
    swath = Times(tuple(OFFSETS), np.array([100.0, 130.0, 160.0]))
    offsets = {name: np.array(offset) for name, offset in OFFSETS.items()}
    return Pointed({"M": swath}, {}, {}, dict.fromkeys(OFFSETS, 0.3), (), offset_px=offsets)


def test_image_of_the_same_start_tells():
    found = slit_pointing(130.0005, pointed())
    np.testing.assert_array_equal(found.offset_px, OFFSETS["b"])
    assert found.sigma_px == pytest.approx(np.hypot(0.3, ALIGNMENT_PX))


def test_without_it_the_median_tells_less():
    found = slit_pointing(145.0, pointed())
    np.testing.assert_array_equal(found.offset_px, (2.5, -6.0))
    assert found.sigma_px > 3.0  # one of the three is 14 px off


def test_no_image_no_pointing():
    assert slit_pointing(130.0, Pointed({}, {}, {}, {}, ())) is None


def test_without_photometry_the_optics_are_those_of_the_design():
    assert slit_optics(None) == SlitOptics.unmeasured()
