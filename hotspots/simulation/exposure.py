"""From the light of a frame to the numbers that come down."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from hotspots.planck import Band
from hotspots.simulation.camera_state import CameraState

__all__ = ["Exposed", "expose"]


@dataclass(frozen=True)
class Exposed:
    """Half frames as an archive holds them, and what happened to them; host arrays.

    Parameters
    ----------
    image : array (n, lines, samples) float32 or int16
        Band radiance, W m-2 sr-1 (RDR), or counts (EDR); zero in lost packets.
    lost : array (n, lines, samples) bool
        Lost packets.
    struck : array (n, lines, samples) bool
        Samples with more than five sigma of charge from particles.
    saturated : array (n, lines, samples) bool
        Samples whose light alone is beyond the linear range.
    """

    image: Any
    lost: Any
    struck: Any
    saturated: Any


def expose(
    radiance: Any, exposure_s: Any, camera: CameraState, band: Band, rng: np.random.Generator
) -> Exposed:
    """Take frames.

    Parameters
    ----------
    radiance : array (n, lines, samples) float32
        From `hotspots.simulation.render.render`; zeros for frames of the dark.
    exposure_s : array (n,) float64, host
        Exposure times, s.
    camera : CameraState
    band : Band
    rng : numpy.random.Generator

    Returns
    -------
    Exposed
    """
    raise NotImplementedError
