from dataclasses import replace

import numpy as np
import pytest

from hotspots.retrieval.shape_evidence import pattern_evidence
from hotspots.retrieval.shape_models import Patterns
from tests.retrieval.shape_cases import window_with

SIZES = np.array([0.0, 5.0, 10.0, 15.0])
DISCS = Patterns(SIZES, np.zeros(4), np.zeros(4))


@pytest.mark.parametrize("which", range(4))
def test_the_true_size_has_the_highest_evidence(which):
    evidence = pattern_evidence(window_with(float(SIZES[which])), DISCS)
    assert np.argmax(evidence) == which


def test_evidence_does_not_depend_on_where_the_source_lies():
    here, there = (
        pattern_evidence(window_with(10.0, noise=1e-3, place=place), DISCS)
        for place in ((0.4, -0.7), (-1.3, 1.8))
    )
    np.testing.assert_allclose(there - there[2], here - here[2], rtol=0.2, atol=1.0)


def test_a_few_per_cent_of_width_are_forgiven():
    """A point as seen through a wider function than is believed is not a disc of 5 cells."""
    window = window_with(0.0)
    narrower = replace(window, spread=window.spread * 0.95**2)
    assert np.argmax(pattern_evidence(narrower, DISCS)) == 0


def test_cells_that_are_not_usable_say_nothing():
    window = window_with(10.0)
    usable = np.ones(window.image.shape, dtype=bool)
    usable[:20] = False
    part = replace(
        window,
        image=np.where(usable, window.image, 0.0),
        weight=np.where(usable, window.weight, 0.0),
    )
    evidence = pattern_evidence(part, DISCS)
    assert np.argmax(evidence) == 2
    spoilt = replace(part, image=part.image.copy())
    spoilt.image[0, 0] = -5.0
    np.testing.assert_allclose(pattern_evidence(spoilt, DISCS), evidence)


def test_darkness_is_no_source():
    window = window_with(10.0)
    dark = replace(window, image=-np.abs(window.image) - 1e-3)
    found = pattern_evidence(dark, DISCS)
    assert np.isneginf(found[0]) or found[0] < pattern_evidence(window, DISCS)[2]
