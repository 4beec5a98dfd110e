"""The `Product` of a simulated frame: what its label, name and LOG table will say."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
import spiceypy
from numpy.typing import NDArray

from hotspots.archive import quirks
from hotspots.archive.clock import JUNO_CLOCK_ID, clock_et
from hotspots.archive.layout import BAND_LINES, SAMPLES
from hotspots.archive.products import Product
from hotspots.simulation.aiming import FrameKind
from hotspots.simulation.log_rows import make_log_row
from hotspots.simulation.plan import FramePlan, Plan

__all__ = ["Clock", "clock_at", "image_bytes", "image_folder", "make_product", "name_lags"]

MODES = {("L", "M"): "SCI_I1_S1", ("M",): "SCI_I2_S1", ("L",): "SCI_I3_S1"}

LAST_ORBIT_WITH_TARGET = 42
"""From the next on, labels of Io frames name no target."""

LAG_OF_RAW_S = 15
"""Names of the raw frames of orbits 62 and 64 are that much later than START_TIME."""


@dataclass(frozen=True)
class Clock:
    """A count of the spacecraft clock.

    Parameters
    ----------
    seconds, subcounts : int
        Sub-counts are 1/65536 s.
    """

    seconds: int
    subcounts: int

    @classmethod
    def of_label(cls, text: str) -> "Clock":
        """The count that a label states, such as ``5/744050859:55818``."""
        return cls(*quirks.clock_counts(text))

    @property
    def et(self) -> float:
        """TDB seconds past J2000, as a reader takes it; needs the clock kernel."""
        return clock_et(f"{self.seconds}:{self.subcounts:05d}")

    def later(self, seconds: float) -> "Clock":
        """The count that is nearest to some seconds later."""
        total = self.seconds * quirks.SUBCOUNTS_PER_SECOND + self.subcounts
        total += round(seconds * quirks.SUBCOUNTS_PER_SECOND)
        return Clock(*divmod(total, quirks.SUBCOUNTS_PER_SECOND))

    def label(self, orbit: int) -> str:
        """Text of a label; the partition is as little to be trusted as in the archive."""
        return f"{1 if orbit <= 31 else 5}/{self.seconds}:{self.subcounts:05d}"


def clock_at(et: float) -> Clock:
    """Clock count nearest to a time (TDB s past J2000); needs the clock kernel."""
    ticks = round(spiceypy.sce2c(JUNO_CLOCK_ID, et))
    return Clock(*divmod(ticks, quirks.SUBCOUNTS_PER_SECOND))


def image_folder(orbit: int, level: str) -> Path:
    """Folder of an orbit's images inside the archive, such as ``jnojir_2057/DATA``."""
    return Path(f"jnojir_{1 if level == 'EDR' else 2}{orbit:03d}") / "DATA"


def image_bytes(image: NDArray[np.generic], level: str) -> bytes:
    """Content of the image file: little-endian at both levels, whatever the label says."""
    return image.astype(quirks.stored_dtype(level)).tobytes()


def name_lags(level: str, rng: np.random.Generator) -> Iterator[int]:
    """Seconds by which the names of a visit's products are later than their start."""
    while True:
        yield LAG_OF_RAW_S if level == "EDR" else int(rng.integers(2, 4))


def make_product(
    visit: Plan,
    frame: FramePlan,
    kind: FrameKind,
    clock: Clock,
    image: NDArray[np.generic],
    *,
    sequence_number: int,
    lag_s: int,
    background_subtracted: bool,
    complete: bool,
    with_log: bool,
) -> Product:
    """Facts of a product, equal to those that a reader finds once its files are written.

    Parameters
    ----------
    visit : Plan
    frame : FramePlan
    kind : FrameKind
    clock : Clock
        Start of exposure.
    image : array (lines, samples)
        Its MD5 sum is taken.
    sequence_number : int
    lag_s : int
        Of the name, s.
    background_subtracted : bool
        Whether a background frame was subtracted on board.
    complete : bool
        Whether all telemetry packets arrived.
    with_log : bool
        Whether the product has a LOG table.

    Returns
    -------
    Product
        Its paths are relative to the archive.
    """
    stop = clock.later(frame.exposure_s)
    start_time, stop_time = (str(spiceypy.et2utc(count.et, "ISOC", 3)) for count in (clock, stop))
    named = quirks.observation_time(start_time) + timedelta(seconds=lag_s)
    product_id = f"JIR_IMG_{visit.level}_{named:%Y%jT%H%M%S}_V01"
    folder = image_folder(visit.orbit, visit.level)
    edr = visit.level == "EDR"
    version = "v9" if visit.old_style else "v10"
    log = make_log_row(
        clock=(clock.seconds, clock.subcounts),
        exposure_s=frame.exposure_s,
        background_subtracted=background_subtracted,
        despun=visit.despun,
    )
    on_io = kind is FrameKind.IO and visit.orbit <= LAST_ORBIT_WITH_TARGET
    return Product(
        product_id=product_id,
        label_path=folder / f"{product_id}.LBL",
        image_path=folder / f"{product_id}.IMG",
        level=visit.level,
        bands=frame.bands,
        lines=BAND_LINES * len(frame.bands),
        samples=SAMPLES,
        start_clock=clock.label(visit.orbit),
        stop_clock=stop.label(visit.orbit),
        start_time_label=start_time,
        stop_time_label=stop_time,
        exposure_s=frame.exposure_s,
        orbit=visit.orbit,
        target_name="IO" if on_io else "N/A",
        sequence_number=sequence_number,
        md5=hashlib.md5(image_bytes(image, visit.level), usedforsecurity=False).hexdigest(),
        background_subtracted=background_subtracted,
        software_version=("PDS_EDR_V4" if visit.old_style else "PDS_EDR_V7")
        if edr
        else f"PDS_RDR_{version}",
        instrument_mode=MODES[frame.bands],
        complete=complete,
        unit=quirks.unit_of_pixels(visit.level),
        log=log if with_log else None,
    )
