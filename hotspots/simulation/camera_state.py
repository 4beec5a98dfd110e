"""The camera of one visit: everything about it that stays the same from frame to frame."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from hotspots.errors import ConfigurationError
from hotspots.planck import Band
from hotspots.simulation.camera_ranges import CameraRanges
from hotspots.simulation.optics import Optics

__all__ = ["CameraState", "HalfState", "Level", "draw_camera"]

Level = Literal["RDR", "EDR"]
Float32 = NDArray[np.float32]


@dataclass(frozen=True)
class HalfState:
    """One half of the detector, L or M.

    Parameters
    ----------
    optics : Optics
        Point spread function.
    response : array (lines, samples) float32
        Response over the nominal one: gain error, flat field, pixels that do not see.
    noise_dn : array (lines, samples) float32
        Temporal noise of every pixel in one frame, DN.
    fixed_dn : array (lines, samples) float32
        What the counts of every frame stand on, DN at any exposure: stripes and defects
        that calibration leaves (RDR), or the defects over the bias (EDR).
    column_dn : array (samples,) float32
        Background of the columns, DN (zero in an EDR, whose bias has its own columns).
    """

    optics: Optics
    response: Float32
    noise_dn: Float32
    fixed_dn: Float32
    column_dn: Float32


@dataclass(frozen=True)
class CameraState:
    """Camera of one visit.

    Parameters
    ----------
    level : {"RDR", "EDR"}
        Radiance after calibration, or raw counts.
    halves : mapping of str to HalfState
        By name of the band, ``"L"`` and ``"M"``.
    background_subtracted : bool
        Whether the instrument subtracted a background frame (never in an EDR).
    background_shared : bool
        Whether that was one frame for the whole visit.
    dark_frames : int
        Frames of empty sky that belong to the visit (EDR).
    read_noise_dn, electrons_per_dn, saturation_dn, linear_dn, bend : float
        See `DetectorRanges`.
    """

    level: Level
    halves: Mapping[str, HalfState]
    background_subtracted: bool
    background_shared: bool
    dark_frames: int
    read_noise_dn: float
    electrons_per_dn: float
    saturation_dn: float
    linear_dn: float
    bend: float

    def __post_init__(self) -> None:
        if self.level not in {"RDR", "EDR"}:
            msg = f"level {self.level!r}: choose RDR or EDR"
            raise ConfigurationError(msg)

    def optics(self, band: Band) -> Optics:
        """Point spread function of a band's half."""
        return self.halves[band.name].optics


def draw_camera(ranges: CameraRanges, rng: np.random.Generator, level: Level) -> CameraState:
    """Draw the camera of a visit.

    Parameters
    ----------
    ranges : CameraRanges
    rng : numpy.random.Generator
    level : {"RDR", "EDR"}

    Returns
    -------
    CameraState

    Raises
    ------
    ConfigurationError
        If the level is neither.
    """
    raise NotImplementedError
