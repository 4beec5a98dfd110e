"""From planes of evidence to what a network is fed: compressed, finite, of order one.

Signal over noise runs from -5 to 10,000 on one map; its inverse hyperbolic sine keeps the
noise linear and makes the bright end logarithmic.  The same function prepares training
data and maps to be searched, so a network never meets inputs it was not trained on.
"""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from hotspots.errors import ModelError

__all__ = ["PLANES", "SCALES", "network_planes", "network_scales"]

Float64 = NDArray[np.float64]
Transform = Callable[[Float64], Float64]


def _compressed(values: Float64) -> Float64:
    return np.arcsinh(values) / 2.0


def _linear(values: Float64) -> Float64:
    return values


def _count(values: Float64) -> Float64:
    return np.log2(1.0 + np.maximum(values, 0.0)) / 2.0


def _scatter(values: Float64) -> Float64:
    return np.log1p(np.maximum(values, 0.0))


PLANES: Final[Mapping[str, Transform]] = {
    "m_signal": _compressed,
    "m_snr": _compressed,
    "m_left": _compressed,
    "m_light": _compressed,
    "m_peaks": _compressed,
    "m_patch": _linear,
    "m_glow": _compressed,
    "m_frames": _count,
    "m_chi2": _scatter,
    "m_saturated": _linear,
    "l_signal": _compressed,
    "l_snr": _compressed,
    "l_frames": _count,
    "cos_emission": _linear,
    "cos_incidence": _linear,
}
"""Planes by name and how each is compressed; meanings in `hotspots.detection.evidence`."""

SCALES: Final[Mapping[str, tuple[float, float]]] = {
    "log_km_per_px": (2.5, 1.5),
    "spread_cells": (1.5, 0.5),
    "spread_ratio": (1.2, 0.3),
    "log_frames": (1.6, 0.8),
    "pointing_sigma_px": (0.3, 0.5),
    "sunlit": (0.5, 0.5),
}
"""Numbers of a map by name, with the middle and the half width that they are scaled by."""


def network_planes(planes: Mapping[str, Float64]) -> dict[str, NDArray[np.float32]]:
    """Compress the planes that a network can read.

    Parameters
    ----------
    planes : mapping of str to array (rows, columns)
        Planes of evidence; others than those in `PLANES` are left out.

    Returns
    -------
    dict of str to array (rows, columns) float32
        Finite: zero where there was no number.
    """
    return {
        name: np.nan_to_num(
            transform(np.asarray(planes[name], dtype=np.float64)), nan=0.0, posinf=8.0, neginf=-8.0
        ).astype(np.float32)
        for name, transform in PLANES.items()
        if name in planes
    }


def network_scales(scales: Mapping[str, float]) -> dict[str, float]:
    """Bring the numbers of a map to order one.

    Parameters
    ----------
    scales : mapping of str to float
        One for each name in `SCALES`.

    Returns
    -------
    dict of str to float

    Raises
    ------
    ModelError
        If one is missing.
    """
    missing = sorted(set(SCALES) - set(scales))
    if missing:
        msg = f"scales {', '.join(missing)} are missing; the map gave {', '.join(sorted(scales))}"
        raise ModelError(msg)
    return {name: (scales[name] - middle) / width for name, (middle, width) in SCALES.items()}
