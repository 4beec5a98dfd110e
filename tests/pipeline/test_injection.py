"""Injection and recovery where the answer is known: even noise, a plain threshold."""

import numpy as np
import pytest

from hotspots.pipeline.injection import limits_of_group
from hotspots.retrieval.limits.completeness import limit_here
from hotspots.retrieval.limits.sensitivity import sensitivity_of
from hotspots.retrieval.limits.stamps import CORE_LIGHT
from tests.pipeline.made_search import first_look, made_search

THRESHOLD = 8.0


@pytest.fixture(scope="module")
def told():
    search, group = made_search(THRESHOLD, injections=400, rounds=12, step_px=9.0)
    looked = first_look(search, group)
    return looked, limits_of_group(looked, search, np.random.default_rng(2))


def test_half_of_the_sources_are_found_at_the_threshold(told):
    """A source is found if its signal and unit noise exceed the threshold: at it, half are."""
    looked, limits = told
    assert not looked.regions  # eight standard deviations: noise alone gives none
    assert limits.fitted.trials >= 300
    # off the cells' centres, and not quite Gaussian, sources stand out a few percent less
    assert limits.fitted.snr_of_half * CORE_LIGHT == pytest.approx(1.05 * THRESHOLD, rel=0.08)
    assert limits.fitted.on_blends == 0


def test_the_limit_is_the_threshold_over_the_sensitivity(told):
    looked, limits = told
    sensitivity = sensitivity_of(looked.grid_map, ())
    middle = tuple(n // 2 for n in looked.grid_map.grid.shape)
    here = limits.completeness.log_middle[middle].reshape(1, 1)
    wanted = THRESHOLD / CORE_LIGHT / sensitivity.snr_per_gw_um[middle]
    assert limit_here((limits.completeness,), here, 0.5)[0] == pytest.approx(wanted, rel=0.12)
    # unit noise on a threshold of eight: nine tenths at 9.3
    most = limit_here((limits.completeness,), here, 0.9)[0]
    assert most / wanted == pytest.approx(9.28 / 8.0, rel=0.15)


def test_the_same_random_numbers_give_the_same_limits():
    planes = []
    for _ in range(2):
        search, group = made_search(THRESHOLD, injections=1, rounds=1)
        limits = limits_of_group(first_look(search, group), search, np.random.default_rng(2))
        planes.append(limits.completeness.log_middle)
    np.testing.assert_array_equal(*planes)


def test_without_the_m_band_there_is_nothing_to_say():
    search, group = made_search(THRESHOLD)
    looked = first_look(search, group)
    planes = {n: p for n, p in looked.grid_map.planes.items() if not n.startswith("m_")}
    bare = type(looked)(group, type(looked.grid_map)(looked.grid_map.grid, planes), ())
    assert limits_of_group(bare, search, np.random.default_rng(1)) is None
