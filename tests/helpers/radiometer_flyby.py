"""One small simulated flyby of the radiometer as an archive: tables and kernels."""

from pathlib import Path

from hotspots.observer import SilentObserver
from hotspots.simulation.radiometer.archive import simulate_radiometer_archive
from hotspots.simulation.radiometer.faults import FaultRanges
from hotspots.simulation.radiometer.ground_ranges import LavaRanges
from hotspots.simulation.radiometer.passage import PassageRanges
from hotspots.simulation.radiometer.settings import SimulateRadiometerSettings
from hotspots.simulation.ranges import Range

ORBIT = 57


def write_flyby(out: Path, *, minutes: float = 1.0, spacing_s: float = 0.36) -> Path:
    """Simulate a flyby at 2000 km, ``minutes`` to either side; its archive folder."""
    settings = SimulateRadiometerSettings(
        out=out,
        visits=1,
        seed=5,
        first_orbit=ORBIT,
        last_orbit=ORBIT,
        side=16,
        passage=PassageRanges(
            altitude_km=Range.fixed(2000.0), minutes=Range.fixed(minutes), row_spacing_s=spacing_s
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
    return simulate_radiometer_archive(settings, SilentObserver()).archive
