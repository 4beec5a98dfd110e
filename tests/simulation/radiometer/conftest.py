"""One small flyby that the tests of this folder share: few rows, coarse facets."""

from pathlib import Path

import pytest

from hotspots.simulation.radiometer.faults import FaultRanges
from hotspots.simulation.radiometer.ground_ranges import LavaRanges
from hotspots.simulation.radiometer.passage import PassageRanges
from hotspots.simulation.radiometer.settings import FlybyRanges
from hotspots.simulation.radiometer.visit import SimulatedFlyby, simulate_flyby
from hotspots.simulation.ranges import Range

SMALL = FlybyRanges(
    side=16,
    passage=PassageRanges(
        altitude_km=Range.fixed(2000.0), minutes=Range.fixed(0.6), row_spacing_s=0.36
    ),
    lava=LavaRanges(none_fraction=0.0, covered_fraction=Range.fixed(0.1)),
    faults=FaultRanges(
        blank=Range.fixed(2),
        nan=Range.fixed(1),
        duplicate=Range.fixed(1),
        swapped=Range.fixed(1),
        spikes=Range.fixed(1),
        no_geolocation=Range.fixed(2),
        truncated_fraction=1.0,
        no_table_fraction=0.0,
    ),
)


@pytest.fixture(scope="session")
def kernel_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("radiometer_kernels")


@pytest.fixture(scope="session")
def flyby(kernel_folder: Path) -> SimulatedFlyby:
    return simulate_flyby(SMALL, 5, kernel_folder, orbit=57)
