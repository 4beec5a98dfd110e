"""`simulate_visit`: from one seed to the frames that a visit would have left, and the truth.

The kernels are true files, and the geometry is asked of SPICE like that of any visit, so
whatever reads an archive reads this.  Frames come as the archive's reader gives them;
`hotspots.simulation.archive_files` writes the files where somebody wants them.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hotspots.calibration.swaths import RawFrame
from hotspots.camera import Cameras
from hotspots.geometry.state import FrameStates
from hotspots.simulation.scene import Scene

__all__ = ["BandTruth", "FrameKind", "SimulatedVisit"]


class FrameKind(StrEnum):
    """What a frame was aimed at."""

    IO = "io"
    DARK = "dark"
    """Empty sky, to measure the dark of raw frames."""
    SKY = "sky"
    """Empty sky, and no kernel says otherwise."""
    SKY_PREDICTED_IO = "sky_pred"
    """Empty sky where the kernels, which do not know the parked mirror, see Io."""


@dataclass(frozen=True)
class BandTruth:
    """What is known of one band of a visit.

    Parameters
    ----------
    frames : tuple of int, length k
        Places in `SimulatedVisit.frames` of the frames that hold this band.
    states : FrameStates
        Of those frames, as SPICE predicts them at the start of exposure.
    cameras : Cameras
        Of those frames, with the true pointing.
    """

    frames: tuple[int, ...]
    states: FrameStates
    cameras: Cameras


@dataclass(frozen=True, kw_only=True)
class SimulatedVisit:
    """One visit: its frames and what went into them.

    Parameters
    ----------
    name : str
        Such as ``PJ57``.
    orbit : int
    level : str
        ``"EDR"`` (counts) or ``"RDR"`` (band radiance).
    frames : tuple of RawFrame, length n
        In time order, all readable; paths of the products are empty names until the visit
        is written.
    kinds : tuple of FrameKind, length n
    offset_px : array (n, 2) float64
        True pointing correction (rx, ry) of each frame against SPICE, pixels of angle, as
        `hotspots.geometry.cameras.build_cameras` takes it.
    bands : dict of str to BandTruth
        By band; a band that no frame holds is left out.
    scene : Scene
    metakernel : Path
        Kernels that cover the visit; load them with `hotspots.archive.kernels.KernelPool`.
    """

    name: str
    orbit: int
    level: str
    frames: tuple[RawFrame, ...]
    kinds: tuple[FrameKind, ...]
    offset_px: NDArray[np.float64]
    bands: dict[str, BandTruth]
    scene: Scene
    metakernel: Path
