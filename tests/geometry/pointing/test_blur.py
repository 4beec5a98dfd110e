"""Blur: variances and sums of what it makes of a point."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotspots.geometry.pointing.blur import Blur

OVERSAMPLE = 4


def moments(blur):
    point = np.zeros((161, 161), np.float32)
    point[80, 80] = 1.0
    image = blur.spread(point, OVERSAMPLE).astype(np.float64)
    place = (np.arange(161) - 80) / OVERSAMPLE
    lines, samples = image.sum(axis=1), image.sum(axis=0)
    return image.sum(), lines @ place**2, samples @ place**2


@given(line=st.floats(0.4, 1.2), sample=st.floats(0.4, 1.2), smear=st.floats(0.5, 4.0))
@settings(max_examples=25, deadline=None)
def test_variances_add_up(line, sample, smear):
    total, along_lines, along_samples = moments(Blur(line**2, sample**2, smear))
    assert total == pytest.approx(1.0, abs=1e-5)
    assert along_lines == pytest.approx(line**2 + smear**2 / 12, rel=0.02)
    assert along_samples == pytest.approx(sample**2, rel=0.02)


def test_smear_follows_from_the_widths():
    blur = Blur.of((np.sqrt(0.36 + 3.0**2 / 12), 0.6))
    assert blur.smear_px == pytest.approx(3.0)
    assert blur.line_variance == blur.sample_variance == pytest.approx(0.36)
    assert Blur.of((0.6, 0.6)).smear_px == 0.0


def test_changes_stay_within_what_is_possible():
    blur = Blur(0.36, 0.36).changed(np.array([-1.0, 0.1]))
    assert blur.line_variance == pytest.approx(0.09)
    assert blur.sample_variance == pytest.approx(0.46)
