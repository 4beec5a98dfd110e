"""Frames of several bands or groups put together, in the order given."""

import numpy as np
from array_api_compat import array_namespace

from hotspots.camera import Cameras
from hotspots.gridding.planes import cameras_of
from hotspots.swath import Swath

__all__ = ["join_cameras", "join_swaths"]


def join_cameras(parts: list[Cameras]) -> Cameras:
    """One `Cameras` of the frames of all parts, which live in one place.

    Parameters
    ----------
    parts : list of Cameras
        At least one; of one body and one instrument.

    Returns
    -------
    Cameras
    """
    xp = array_namespace(parts[0].constants)
    return parts[0].replace(
        constants=xp.concat([part.constants for part in parts]),
        origin=xp.concat([part.origin for part in parts]),
        position_km=np.concatenate([part.position_km for part in parts]),
        sun=np.concatenate([part.sun for part in parts]),
    )


def join_swaths(parts: list[Swath]) -> Swath:
    """One swath of the frames of all parts, which live in one place.

    Parameters
    ----------
    parts : list of Swath
        At least one; of one band, with cameras.

    Returns
    -------
    Swath

    Raises
    ------
    GriddingError
        If a part has no cameras.
    """
    xp = array_namespace(parts[0].values)
    return parts[0].replace(
        product_ids=tuple(name for part in parts for name in part.product_ids),
        values=xp.concat([part.values for part in parts]),
        sigma=xp.concat([part.sigma for part in parts]),
        flags=xp.concat([part.flags for part in parts]),
        et=np.concatenate([part.et for part in parts]),
        exposure_s=np.concatenate([part.exposure_s for part in parts]),
        cameras=join_cameras([cameras_of(part) for part in parts]),
    )
