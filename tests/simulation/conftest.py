"""Small simulated visits that several tests look at."""

from dataclasses import replace
from pathlib import Path

import pytest

from hotspots.archive.kernels import KernelPool
from hotspots.simulation.kernels import write_text_kernels
from hotspots.simulation.ranges import Range
from hotspots.simulation.settings import FlybySettings, ObservingSettings, SimulationSettings
from hotspots.simulation.visit import simulate_visit

SHARED = Path(__file__).parents[3] / "shared"


@pytest.fixture
def text_kernels(tmp_path):
    """Leap seconds, clock, constants and frames, loaded."""
    with KernelPool(write_text_kernels(tmp_path / "kernels")) as pool:
        yield pool


@pytest.fixture(scope="session")
def small_settings() -> SimulationSettings:
    """Few frames from a distance at which all of Io is in the field."""
    return SimulationSettings(
        flyby=FlybySettings(
            altitude_km=Range(50_000, 80_000),
            altitude_despun_km=Range(90_000, 120_000),
            eclipse_fraction=0.0,
            departure=Range(1.0, 1.2),
        ),
        observing=ObservingSettings(
            minimum_frames=4, maximum_frames=5, raw_fraction=0.0, second_turn_fraction=0.0
        ),
    )


@pytest.fixture(scope="session")
def rdr_visit(small_settings, tmp_path_factory):
    """Calibrated frames of both bands, old labels, mirror in use."""
    observing = replace(small_settings.observing, both_bands=1.0, m_band_only=0.0)
    settings = replace(small_settings, observing=observing)
    return simulate_visit(settings, 11, tmp_path_factory.mktemp("rdr"), orbit=25)


@pytest.fixture(scope="session")
def raw_visit(small_settings, tmp_path_factory):
    """Raw frames of the M band and mixed modes, mirror parked."""
    observing = replace(small_settings.observing, raw_fraction=1.0, log_fraction=1.0)
    settings = replace(small_settings, observing=observing)
    return simulate_visit(settings, 5, tmp_path_factory.mktemp("raw"), orbit=62)


@pytest.fixture
def shared_data():
    """Folder of real frame lists and kernels, where it lies beside the repository."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("needs ../shared/data, real frame lists and kernels")
    return folder
