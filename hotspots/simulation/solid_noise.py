"""A random pattern that fills space and is looked up where a surface cuts it.

A pattern in space has neither seams nor poles on the surface.  It repeats after the size
of its cube, in directions that are turned at random, so a surface meets the same values
again only where nobody sees it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

__all__ = ["SolidNoise", "draw_solid_noise"]

_SIDE = 64
"""Voxels along a side of the cube; a power of two."""


@dataclass(frozen=True)
class SolidNoise:
    """A periodic pattern of mean 0 and standard deviation 1.

    Parameters
    ----------
    volume : array (side + 1, side + 1, side + 1) float32, host
        Values at the corners of voxels; opposite sides are equal.  The side is a power
        of two.
    axes : array (3, 3) float64
        Rows are the unit vectors of the cube's axes in the body-fixed frame.
    """

    volume: NDArray[np.float32]
    axes: NDArray[np.float64]

    def sample(self, points_km: Any, voxel_km: float) -> Any:
        """Values of the pattern, trilinear.

        Parameters
        ----------
        points_km : array (k, 3) floating
            No NaN; any array-API namespace.
        voxel_km : float
            Size of a voxel, km.

        Returns
        -------
        array (k,)
        """
        xp = array_namespace(points_km)
        place = {"dtype": points_km.dtype, "device": device(points_km)}
        position = xp.matmul(points_km, xp.asarray(self.axes.T / voxel_km, **place))
        below = xp.floor(position)
        share = position - below
        side = self.volume.shape[0] - 1
        corner = xp.astype(below, xp.int64) & (side - 1)
        step = side + 1
        index = (corner[:, 0] * step + corner[:, 1]) * step + corner[:, 2]
        table = xp.asarray(np.reshape(self.volume, (-1,)), **place)

        def along_z(offset: int) -> Any:
            low = xp.take(table, index + offset)
            return low + share[:, 2] * (xp.take(table, index + (offset + 1)) - low)

        def along_y(offset: int) -> Any:
            low = along_z(offset)
            return low + share[:, 1] * (along_z(offset + step) - low)

        low = along_y(0)
        return low + share[:, 0] * (along_y(step * step) - low)


def draw_solid_noise(
    rng: np.random.Generator, octaves: Sequence[tuple[float, float]] = ((1.0, 1.0),)
) -> SolidNoise:
    """A new pattern.

    Parameters
    ----------
    rng : numpy.random.Generator
    octaves : sequence of (scale, amplitude)
        Of each Gaussian smoothing of white noise in the sum: its standard deviation in
        voxels, and the standard deviation of what it leaves, in any common unit.
    """
    frequency = np.fft.fftfreq(_SIDE)
    squared = (
        frequency[:, None, None] ** 2
        + frequency[None, :, None] ** 2
        + frequency[None, None, : _SIDE // 2 + 1] ** 2
    )
    total = np.zeros(squared.shape, dtype=np.complex128)
    for scale, amplitude in octaves:
        white = np.fft.rfftn(rng.standard_normal((_SIDE,) * 3))
        white[0, 0, 0] = 0
        smooth = np.exp(-2 * (np.pi * scale) ** 2 * squared)
        total += white * smooth * (amplitude / np.sqrt(np.mean(smooth**2)))
    volume = np.fft.irfftn(total, s=(_SIDE,) * 3, axes=(0, 1, 2))
    volume /= volume.std()
    axes = Rotation.random(random_state=rng).as_matrix()
    return SolidNoise(np.pad(volume, (0, 1), mode="wrap").astype(np.float32), axes)
