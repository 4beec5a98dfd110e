"""The dataclasses of a measured source."""

import math

import pytest

from hotspots.errors import RetrievalError
from hotspots.retrieval.measurement import Power


@pytest.mark.parametrize("sigma", [-1.0, math.nan])
def test_a_power_without_a_believable_error_is_refused(sigma):
    with pytest.raises(RetrievalError, match="wanted sigma >= 0"):
        Power(1.0, sigma, saturated=False)


def test_a_power_may_be_negative_and_its_error_zero():
    assert Power(-0.2, 0.0, saturated=False).value == -0.2
