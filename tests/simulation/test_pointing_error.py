import numpy as np
import pytest

from hotspots.simulation.observing_settings import ObservingSettings
from hotspots.simulation.pointing_error import draw_offsets

IFOV = 237.767e-6


def visits(*, despun, count=40):
    return np.array(
        [
            draw_offsets(
                ObservingSettings(),
                despun=despun,
                count=200,
                ifov_rad=IFOV,
                rng=np.random.default_rng(seed),
            )
            for seed in range(count)
        ]
    )


def test_parked_mirror_looks_seven_degrees_away():
    offsets = visits(despun=False)
    degrees = np.degrees(-offsets[..., 1].mean(axis=1) * IFOV)
    assert degrees == pytest.approx(7.28, abs=0.056)
    assert offsets[..., 0].mean(axis=1) == pytest.approx(3.5, abs=2.3)
    scatter = offsets.std(axis=1)
    assert (scatter[:, 0] < 1.8).all()
    assert (scatter[:, 1] < 2.9).all()
    assert scatter[:, 1].max() > 2.0


def test_mirror_in_use_leaves_a_few_pixels():
    offsets = visits(despun=True)
    middle = offsets.mean(axis=1)
    assert middle[:, 0] == pytest.approx(2.0, abs=2.2)
    assert middle[:, 1] == pytest.approx(-5.0, abs=3.2)
    assert (offsets.std(axis=1) < 0.95).all()
