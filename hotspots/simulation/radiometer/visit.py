"""`simulate_flyby`: from one seed to the tables that a flyby would have left, and the truth."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spiceypy
from numpy.typing import NDArray

from hotspots.archive.kernels import KernelPool
from hotspots.simulation.plan import day_of_orbit
from hotspots.simulation.radiometer.antenna import AntennaTemperature, antenna_temperature
from hotspots.simulation.radiometer.column_names import INSTRUMENT_NAMES
from hotspots.simulation.radiometer.faults import BadRow, draw_faults
from hotspots.simulation.radiometer.geolocation import geolocation_columns
from hotspots.simulation.radiometer.geometry import RowGeometry, row_geometry
from hotspots.simulation.radiometer.ground import MicrowaveGround, draw_ground
from hotspots.simulation.radiometer.hourly_table import HourlyTable
from hotspots.simulation.radiometer.lava_fields import LavaCover
from hotspots.simulation.radiometer.passage import (
    Passage,
    draw_passage,
    radiometer_text_kernels,
)
from hotspots.simulation.radiometer.patterns import Pattern, draw_patterns
from hotspots.simulation.radiometer.receiver import RECEIVERS, ReceiverRecord, record
from hotspots.simulation.radiometer.settings import FlybyRanges
from hotspots.simulation.radiometer.surroundings import draw_surroundings
from hotspots.simulation.radiometer.tables import (
    hourly_tables,
    instrument_columns,
    time_texts,
    with_spikes,
)

__all__ = ["SimulatedFlyby", "simulate_flyby"]

Float64 = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class SimulatedFlyby:
    """One flyby: its tables and what went into them.

    Parameters
    ----------
    seed : int
    orbit : int
    passage : Passage
    rows : RowGeometry
    utc : tuple of n str
    ground : MicrowaveGround
    lava : LavaCover
    patterns : tuple of 6 Pattern
    antenna : AntennaTemperature
    receivers : ReceiverRecord
    bad : tuple of BadRow
    tables : tuple of HourlyTable
    """

    seed: int
    orbit: int
    passage: Passage
    rows: RowGeometry
    utc: tuple[str, ...]
    ground: MicrowaveGround
    lava: LavaCover
    patterns: tuple[Pattern, ...]
    antenna: AntennaTemperature
    receivers: ReceiverRecord
    bad: tuple[BadRow, ...]
    tables: tuple[HourlyTable, ...]

    @property
    def name(self) -> str:
        """Such as ``PJ57``."""
        return self.passage.name


def simulate_flyby(ranges: FlybyRanges, seed: int, folder: Path, *, orbit: int) -> SimulatedFlyby:
    """Simulate one flyby.

    Parameters
    ----------
    ranges : FlybyRanges
    seed : int
        The same seed, ranges and orbit give the same flyby.
    folder : Path
        Text kernels are written into it; it must exist.
    orbit : int

    Returns
    -------
    SimulatedFlyby

    Raises
    ------
    ProductError
        If the text kernels cannot be written.
    """
    streams = _streams(seed)
    ground, lava = draw_ground(ranges.ground, ranges.lava, ranges.side, next(streams))
    surroundings = draw_surroundings(ranges.surroundings, next(streams))
    patterns = draw_patterns(ranges.patterns, next(streams))
    with KernelPool(radiometer_text_kernels(folder)):
        rng = next(streams)
        day = spiceypy.str2et(f"{day_of_orbit(orbit):%Y-%m-%d}")
        passage = draw_passage(ranges.passage, f"PJ{orbit:02d}", day, rng)
        rows = row_geometry(passage)
        utc = time_texts(rows.et)
    rng = next(streams)
    polarisation = np.radians(ranges.polarisation_deg.draw(rng))
    antenna = antenna_temperature(
        rows, ground, surroundings, patterns, float(polarisation), passage.spin.rate
    )
    rng = next(streams)
    bad = draw_faults(ranges.faults, len(rows), len(INSTRUMENT_NAMES) - 2, len(RECEIVERS), rng)
    without_geolocation = rng.random() < ranges.faults.no_table_fraction
    rng = next(streams)
    receivers = with_spikes(record(ranges.receiver, rows.et, rows.turn, antenna.total, rng), bad)
    tables = hourly_tables(
        orbit,
        rows.et,
        utc,
        instrument_columns(receivers, rng),
        None if without_geolocation else geolocation_columns(rows),
        bad,
    )
    return SimulatedFlyby(
        seed=seed,
        orbit=orbit,
        passage=passage,
        rows=rows,
        utc=utc,
        ground=ground,
        lava=lava,
        patterns=patterns,
        antenna=antenna,
        receivers=receivers,
        bad=bad,
        tables=tables,
    )


def _streams(seed: int) -> Iterator[np.random.Generator]:
    """Independent generators, so that one more draw in one place changes no other."""
    root = np.random.SeedSequence(seed)
    while True:
        yield np.random.default_rng(root.spawn(1)[0])
