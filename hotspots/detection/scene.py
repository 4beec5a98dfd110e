"""A band of a `GridMap` as a `Scene` on the host."""

import numpy as np

from hotspots.backend import to_host
from hotspots.detection.local_background import Scene
from hotspots.grid import GridMap

__all__ = ["scene_of"]


def scene_of(grid_map: GridMap, band: str, least_cos_emission: float) -> Scene:
    """Gather what searching and measuring need of one band.

    Parameters
    ----------
    grid_map : GridMap
        With the planes of `hotspots.gridding.planes` and the attribute ``m_spread`` or
        ``l_spread``.
    band : str
        ``"L"`` or ``"M"``.
    least_cos_emission : float
        Cells seen more obliquely are not usable.

    Returns
    -------
    Scene
    """
    letter = band.lower()

    def plane(name: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        return np.asarray(to_host(grid_map[name]), dtype=np.float64)

    image, noise = plane(f"{letter}_residual"), plane(f"{letter}_sigma")
    cosine = plane("cos_emission")
    usable = (plane(f"{letter}_frames") > 0) & np.isfinite(image) & (noise > 0)
    usable &= np.nan_to_num(cosine, nan=-1.0) > least_cos_emission
    return Scene(
        image=np.where(usable, image, 0.0),
        noise=np.where(usable, noise, 0.0),
        usable=usable,
        lit=np.nan_to_num(plane(f"{letter}_sunlight")) > 0,
        spread=np.asarray(grid_map.attributes[f"{letter}_spread"], dtype=np.float64).reshape(2, 2),
    )
