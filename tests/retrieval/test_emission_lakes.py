"""Sizes of lakes: around a measured one, below what would have been seen otherwise."""

import math

import numpy as np
import pytest

from hotspots.errors import RetrievalError
from hotspots.retrieval.emission_lakes import FLOOR_SCATTER, LakeSizes, lake_sizes
from hotspots.retrieval.emission_priors import EmissionPriors, LogNormal

NAN = float("nan")


def sizes(diameter, km_per_px=20.0, probability=0.0, saturated=False):
    found = lake_sizes(*(np.array([x]) for x in (diameter, km_per_px, probability, saturated)))
    return found.diameters_km[0], found.probability[0]


def test_a_resolved_source_has_about_its_diameter():
    diameters, probability = sizes(50.0)
    logarithm = np.log(diameters)
    assert logarithm.mean() == pytest.approx(math.log(50.0))
    assert logarithm.std() == pytest.approx(FLOOR_SCATTER, rel=0.1)
    assert probability == EmissionPriors().lake_share
    assert sizes(50.0, probability=0.9)[1] == 0.9
    # less than 1.5 pixels of 40 km is no measured size
    np.testing.assert_array_equal(sizes(50.0, km_per_px=40.0)[0], sizes(NAN, km_per_px=40.0)[0])


def test_an_unresolved_source_is_a_small_lake_or_none():
    far, share = sizes(NAN, km_per_px=100.0)
    assert np.all(np.diff(far) > 0)
    assert far.max() < 250.0
    # nearly all lakes of the prior are that small
    assert share == pytest.approx(EmissionPriors().lake_share, abs=0.01)
    nearer, fewer = sizes(NAN, km_per_px=9.0)
    assert nearer.max() < 22.5
    # 22.5 km is 0.49 standard deviations below the middle of 10..100 km: 31 % are smaller
    small = 0.313 * EmissionPriors().lake_share
    assert fewer == pytest.approx(small / (1 - EmissionPriors().lake_share + small), rel=0.01)
    close, none = sizes(NAN, km_per_px=0.3)
    assert np.isnan(close).all()
    assert none == 0.0


def test_a_plateau_is_as_wide_as_a_lake_at_most():
    narrow = sizes(60.0, km_per_px=8.0, probability=0.9, saturated=True)
    assert 50.0 < narrow[0].max() < 60.0
    assert narrow[0].min() < 20.0
    assert narrow[1] < EmissionPriors().lake_share
    unseen = sizes(NAN, km_per_px=8.0, saturated=True)
    np.testing.assert_array_equal(unseen[0], sizes(NAN, km_per_px=8.0)[0])


def test_shapes_must_belong_together():
    with pytest.raises(RetrievalError, match=r"\(n, sizes\)"):
        LakeSizes(np.ones((2, 3)), np.ones(3))


def test_nodes_of_a_prior_are_its_quantiles():
    prior = LogNormal(10.0, 1000.0)
    assert prior.nodes(1) == pytest.approx([100.0])
    # the middles of ten parts: the first lies at 5 %, the last at 95 %
    nodes = prior.nodes(10)
    assert (nodes[0], nodes[-1]) == pytest.approx((10.0, 1000.0), rel=1e-5)


@pytest.mark.parametrize("ends", [(0.0, 1.0), (2.0, 1.0)])
def test_priors_are_checked(ends):
    with pytest.raises(RetrievalError, match="low < high"):
        LogNormal(*ends)
    with pytest.raises(RetrievalError, match="shares"):
        EmissionPriors(lake_share=1.5)
