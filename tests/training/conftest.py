"""One small simulated visit, for all tests that look at one."""

import pytest

from hotspots.simulation.ranges import Range
from hotspots.simulation.settings import FlybySettings, ObservingSettings, SimulationSettings
from hotspots.simulation.visit import simulate_visit


@pytest.fixture(scope="session")
def tiny_simulation() -> SimulationSettings:
    """Four frames of both bands, all of Io in the field of most."""
    return SimulationSettings(
        flyby=FlybySettings(
            altitude_km=Range(50_000, 80_000),
            altitude_despun_km=Range(90_000, 120_000),
            eclipse_fraction=0.0,
            departure=Range(1.0, 1.2),
        ),
        observing=ObservingSettings(
            minimum_frames=4,
            maximum_frames=4,
            raw_fraction=0.0,
            second_turn_fraction=0.0,
            second_exposure_fraction=0.0,
            both_bands=1.0,
            m_band_only=0.0,
        ),
    )


@pytest.fixture(scope="session")
def tiny_visit(tiny_simulation, tmp_path_factory):
    """Mirror parked, so that the scene is hundreds of lines from its prediction."""
    return simulate_visit(tiny_simulation, 5, tmp_path_factory.mktemp("kernels"), orbit=57)
