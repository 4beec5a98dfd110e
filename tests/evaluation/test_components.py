"""Total powers of lists of components, by hand."""

import pytest

from hotspots.evaluation.components import total_power_gw

# sigma T^4 of 1 km2 at 400 K: 5.670374e-8 * 2.56e10 W m-2 * 1e6 m2
AT_400_K = 1.451616


def test_components_are_summed():
    assert total_power_gw("400K:2km2") == pytest.approx(2 * AT_400_K, rel=1e-6)
    # 800 K radiates sixteen times as much
    mixed = total_power_gw("400K:2.5km2; 800K:0.1km2;400K:1e-1km2")
    assert mixed == pytest.approx((2.5 + 1.6 + 0.1) * AT_400_K, rel=1e-6)


@pytest.mark.parametrize("text", ["", "0", "400K", "400K:2km2;", "-400K:2km2", "0K:1km2", "nan"])
def test_other_texts_are_no_components(text):
    assert total_power_gw(text) is None
