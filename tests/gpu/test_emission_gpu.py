"""Total powers on the GPU agree with those on the CPU."""

import numpy as np
import pytest

from hotspots import backend
from hotspots.backend import Backend
from hotspots.retrieval.emission import SourcePowers, retrieve_emission
from hotspots.retrieval.emission_lakes import LakeSizes, lake_sizes
from hotspots.retrieval.emission_likelihood import BandPowers
from tests.retrieval.emission_cases import band, grey

pytestmark = pytest.mark.gpu


def test_totals_agree_with_the_cpu():
    l_power, m_power, _ = grey(np.linspace(300.0, 1100.0, 20))
    sizes = np.where(np.arange(20) % 2 == 0, 40.0, np.nan)
    lakes = lake_sizes(sizes, np.full(20, 10.0), np.full(20, 0.3), np.zeros(20, bool))
    host = SourcePowers(band(l_power), band(m_power), np.linspace(-0.5, 0.8, 20), lakes)

    def there(array):
        return backend.to_device(array, Backend.GPU)

    def powers(one):
        ends = (one.value, one.lo, one.hi, one.lo95, one.hi95)
        return BandPowers(*map(there, ends))

    device = SourcePowers(
        powers(host.l_power),
        powers(host.m_power),
        there(host.correlation),
        LakeSizes(there(lakes.diameters_km), there(lakes.probability)),
    )
    here, far = retrieve_emission(host), retrieve_emission(device)
    assert far.model == here.model
    assert backend.is_gpu_array(far.total_gw.value)
    for part in ("value", "lo", "hi"):
        np.testing.assert_allclose(
            backend.to_host(getattr(far.total_gw, part)), getattr(here.total_gw, part), rtol=6e-3
        )
