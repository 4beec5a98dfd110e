r"""Spectral power as the published catalogues take it: sums of pixels, frame by frame.

The way of Davies, Perry and co-workers, from their public code and tables (Davies et al.
2024, doi:10.1038/s41550-023-02123-5), written anew to stand beside other photometry:

.. math:: S = \frac{\pi}{10^9} \sum_\mathrm{box} \frac{R}{W}
          \frac{(r\,\mathrm{IFOV})^2}{\cos e}

over a box of pixels about the source, after a column background.  A frame in which a pixel
of the box comes within 5 % of saturation gives no number.  Of the other frames, those seen
at less than 80 degrees, the highest and the lowest are dropped where there are more than
two, and the rest is averaged.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.evaluation.statistics import quantile
from hotspots.geometry.projection import project_points
from hotspots.planck import BANDS, hemispheric_power_gw_um
from hotspots.swath import Flag, Swath

__all__ = [
    "FramePower",
    "average_power",
    "box_power",
    "published_powers",
]

HALF_BOX_PX = 2
"""A box of 5 x 5 pixels holds the core of a point and the pixels beside it."""

SATURATED_FROM = 0.95
"""Of the plateau: "within 5 %"."""

PLATEAU_J = 0.0073
"""Plateau of the radiance times the exposure, W m-2 sr-1 s."""

MAX_EMISSION_DEG = 80.0

_Floats = NDArray[np.float64]


@dataclass(frozen=True)
class FramePower:
    """Spectral power of one source in one frame, GW/um, and whether the frame counts."""

    power_gw_um: float
    saturated: bool
    emission_deg: float


def average_power(frames: list[FramePower]) -> float | None:
    """Average the unsaturated frames of a source as the published catalogues do.

    Parameters
    ----------
    frames : list of FramePower

    Returns
    -------
    float or None
        GW/um; None where every frame is saturated, or there is none.
    """
    steep = [frame for frame in frames if frame.emission_deg < MAX_EMISSION_DEG]
    powers = sorted(f.power_gw_um for f in steep or frames if not f.saturated)
    if len(powers) > 2:
        powers = powers[1:-1]
    return sum(powers) / len(powers) if powers else None


def box_power(
    swath: Swath,
    frame: int,
    place: tuple[float, float],
    pixel_km: float,
    cos_emission: float,
) -> FramePower | None:
    """Power in the box about a place in one frame.

    Parameters
    ----------
    swath : Swath
        Of NumPy arrays, background removed.
    frame : int
    place : tuple of two floats
        Sample and line of the source.
    pixel_km : float
        Range times the angle of a pixel.
    cos_emission : float

    Returns
    -------
    FramePower or None
        None where the box leaves the frame or holds a pixel that was never received.
    """
    sample, line = round(place[0]), round(place[1])
    rows = slice(line - HALF_BOX_PX, line + HALF_BOX_PX + 1)
    columns = slice(sample - HALF_BOX_PX, sample + HALF_BOX_PX + 1)
    lines, samples = swath.values.shape[1:]
    if min(rows.start, columns.start) < 0 or rows.stop > lines or columns.stop > samples:
        return None
    flags = swath.flags[frame, rows, columns]
    if np.any(flags & np.uint8(Flag.MISSING)):
        return None
    values = swath.values[frame, rows, columns].astype(np.float64)
    # a bad pixel of the detector takes the value of its neighbours
    bad = (flags & np.uint8(Flag.HOT_PIXEL)) != 0
    if bad.all():
        return None
    values[bad] = quantile(values[~bad].tolist(), 0.5)
    area_km2 = pixel_km**2 / cos_emission
    plateau = SATURATED_FROM * PLATEAU_J / float(swath.exposure_s[frame])
    return FramePower(
        power_gw_um=float(hemispheric_power_gw_um(BANDS[swath.band], values.sum() * area_km2)),
        saturated=bool(np.any(values >= plateau)),
        emission_deg=math.degrees(math.acos(min(max(cos_emission, -1.0), 1.0))),
    )


def published_powers(swath: Swath, points_km: _Floats) -> list[list[FramePower]]:
    """Powers of sources, frame by frame.

    Parameters
    ----------
    swath : Swath
        Of one band, of NumPy arrays, background removed, with cameras.
    points_km : float64 array (k, 3)
        Where the sources are, body-fixed, km.

    Returns
    -------
    list of k lists of FramePower
        One for each frame that holds the source and its box.
    """
    if swath.cameras is None:
        return [[] for _ in points_km]
    seen = project_points(swath.cameras, points_km)
    found: list[list[FramePower]] = []
    for k in range(len(points_km)):
        powers = [
            box_power(
                swath,
                frame,
                (float(seen.sample[frame, k]), float(seen.line[frame, k])),
                float(seen.range_km[frame, k]) * swath.cameras.ifov_rad,
                float(seen.cos_emission[frame, k]),
            )
            for frame in range(len(swath))
            if seen.facing[frame, k]
        ]
        found.append([power for power in powers if power is not None])
    return found
