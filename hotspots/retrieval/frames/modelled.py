"""What the adjustment is told of sources that were found on maps: `modelled_sources`."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hotspots.body import IO_RADII_KM
from hotspots.retrieval.frames.extended import lattice_about, offsets_from
from hotspots.retrieval.frames.scene import FrameScene
from hotspots.retrieval.frames.sources import ModelledSource
from hotspots.retrieval.measurement import Measurement

__all__ = ["PLACE_BAND", "modelled_sources"]

Float64 = NDArray[np.float64]

PLACE_BAND = "M"
"""Band that a source must be seen in: every visit has it."""

LARGEST_RADIUS_PX = 9.0
"""Sources that reach further are summed on the map: a lattice would have too many points."""

COMPACT_PX = 1.5
"""What the detector finds to be of several parts within this distance of their middle starts
as one point that may be wide."""

MARGIN_PX = 1.4
"""A lattice goes on for so much beyond the places that the detector names."""

LEAST_COSINE = 0.05


def modelled_sources(
    scene: FrameScene, measured: Sequence[Measurement]
) -> list[ModelledSource | None]:
    """Sources as the adjustment sees them; None for one that it cannot have.

    Parameters
    ----------
    scene : FrameScene
    measured : sequence of Measurement

    Returns
    -------
    list of ModelledSource or None
    """
    if not measured or PLACE_BAND not in scene.bands:
        return [None] * len(measured)
    centres = _surface_points(measured)
    views = scene.bands[PLACE_BAND].stamps(centres, 1)
    scale = np.abs(np.linalg.det(views.jacobian))
    found: list[ModelledSource | None] = []
    for i, one in enumerate(measured):
        mine = np.flatnonzero(views.point == i)
        if not len(mine):
            found.append(None)
            continue
        jacobian = views.jacobian[mine[scale[mine].argmax()]]
        points = centres[i : i + 1]
        if one.points_km is not None and len(one.points_km) > 1:
            offsets = offsets_from(centres[i], np.asarray(one.points_km))
            reach = np.linalg.norm(offsets @ jacobian.T, axis=-1).max()
            if reach > LARGEST_RADIUS_PX:
                found.append(None)
                continue
            bent = PLACE_BAND in one.powers and one.powers[PLACE_BAND].saturated
            if reach > COMPACT_PX and not bent:
                others = offsets_from(centres[i], np.delete(centres, i, axis=0)) @ jacobian.T
                points = lattice_about(centres[i], offsets, jacobian, MARGIN_PX, taken_px=others)
        powers = {
            band: np.full(len(points), one.powers[band].value / len(points))
            if band in one.powers
            else np.zeros(len(points))
            for band in scene.bands
        }
        cosine = max(math.cos(math.radians(one.emission_deg)), LEAST_COSINE)
        found.append(ModelledSource(points, powers, one.km_per_px, cosine))
    return found


def _surface_points(measured: Sequence[Measurement]) -> Float64:
    """Body-fixed points of the measured places, (k, 3) km."""
    latitude = np.radians([one.lat_deg for one in measured])
    longitude = np.radians([one.lon_east_deg for one in measured])
    ray = np.stack(
        [
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        ],
        axis=-1,
    )
    length = np.sqrt(np.sum((ray / np.asarray(IO_RADII_KM)) ** 2, axis=-1, keepdims=True))
    return np.asarray(ray / length)
