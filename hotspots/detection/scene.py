"""`Scene`: one band of a `GridMap` on the host, ready to be searched or measured."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.backend import to_host
from hotspots.grid import GridMap

__all__ = ["Scene", "scene_of"]

Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class Scene:
    """What searching and measuring need to know of one band.

    Parameters
    ----------
    image, noise : arrays (rows, columns) float64
        Residual radiance (sunlight model removed) and its standard deviation; zero
        where not usable.
    usable : array (rows, columns) bool
    sunlight : array (rows, columns) float64
        Model of reflected sunlight, unit of the image; zero at night.
    saturated : array (rows, columns) float64
        Fraction of the light that is saturated or non-linear.
    frames : array (rows, columns) float64
        Number of frames that cover the cell.
    chi2 : array (rows, columns) float64
        Reduced chi square between frames; NaN where fewer than two looked.
    spread : array (2, 2) float64
        Covariance of the point spread function in (column, row), squared cells.
    """

    image: Float64
    noise: Float64
    usable: NDArray[np.bool_]
    sunlight: Float64
    saturated: Float64
    frames: Float64
    chi2: Float64
    spread: Float64

    @property
    def lit(self) -> NDArray[np.bool_]:
        """Cells in sunlight."""
        return self.sunlight > 0

    @property
    def width(self) -> float:
        """Geometric mean of the standard deviations of the point spread function, cells."""
        return float(np.linalg.det(self.spread) ** 0.25)

    def weight(self, among: NDArray[np.bool_], noise: Float64 | None = None) -> Float64:
        """Weights 1/sigma^2 of the cells in a mask, zero elsewhere.

        Parameters
        ----------
        among : array (rows, columns) bool
        noise : array (rows, columns) float64, optional
            Standard deviation to use in place of the scene's own.

        Returns
        -------
        array (rows, columns) float64
        """
        sigma = self.noise if noise is None else noise
        good = among & (self.noise > 0)
        return np.where(good, 1.0 / np.where(good, sigma, 1.0) ** 2, 0.0)


def scene_of(grid_map: GridMap, band: str, least_cos_emission: float) -> Scene:
    """Gather one band, copied from the device where the map lives there.

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

    def plane(name: str) -> Float64:
        return np.asarray(to_host(grid_map[name]), dtype=np.float64)

    image, noise = plane(f"{letter}_residual"), plane(f"{letter}_sigma")
    frames = plane(f"{letter}_frames")
    usable = (frames > 0) & np.isfinite(image) & (noise > 0)
    usable &= np.nan_to_num(plane("cos_emission"), nan=-1.0) > least_cos_emission
    return Scene(
        image=np.where(usable, image, 0.0),
        noise=np.where(usable, noise, 0.0),
        usable=usable,
        sunlight=np.nan_to_num(plane(f"{letter}_sunlight")),
        saturated=np.nan_to_num(plane(f"{letter}_saturated")),
        frames=frames,
        chi2=plane(f"{letter}_chi2"),
        spread=np.asarray(grid_map.attributes[f"{letter}_spread"], dtype=np.float64).reshape(2, 2),
    )
