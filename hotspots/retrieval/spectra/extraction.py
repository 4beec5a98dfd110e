r"""The spectrum of one source out of the rows of a slit.

At every wavelength the rows around a source are its profile along the slit times its
light, the same for its neighbours, and a straight line for what lies between: sunlit or
dark ground.  The three or more numbers are fitted by least squares with the same weights at
all wavelengths, so one small matrix serves all channels.  What the fit leaves in the rows
off the sources is noise and rough ground, and gives the errors; on a source it is mostly
that its image is not quite as wide as thought, which counts with the share of its light
that falls into the slit.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import median_filter

__all__ = ["SourceSpectrum", "extract_spectrum", "without_spikes"]

Float64 = NDArray[np.float64]

BACKGROUND_ROWS = 12
"""Rows of background on either side: 70 km at 25 km/px, on which ground is a straight line."""

CORE_FRACTION = 0.01
"""Rows with more than this part of the brightest row's light belong to the source."""

FEWEST_FREE = 4
"""Rows off the sources, beyond the two that fix the line, that are needed for an error."""

SPIKE_SIGMA = 8.0
"""A channel this far from its neighbours was struck by a particle."""

SPIKE_FRACTION = 0.1
"""Nothing in a spectrum of Io changes by more within five channels (45 nm)."""


@dataclass(frozen=True)
class SourceSpectrum:
    """Light of one source by wavelength.

    Parameters
    ----------
    light : array (channels,) float64
        Sum over pixels of the spectral radiance that the source adds, W m-2 sr-1 um-1 px,
        inside the slit or not.
    residuals : array (m, channels) float64
        What the fit leaves in the m rows off the sources, W m-2 sr-1 um-1.
    gain : float
        Variance of ``light`` over that of one row.
    free : int
        Degrees of freedom of the residuals.
    """

    light: Float64
    residuals: Float64
    gain: float
    free: int


def extract_spectrum(
    values: Float64, profiles: Float64, which: int, usable: NDArray[np.bool_]
) -> SourceSpectrum | None:
    """Fit the light of one source in a slit.

    Parameters
    ----------
    values : array (rows, channels) float64
        Spectral radiance, W m-2 sr-1 um-1.
    profiles : array (rows, k) float64
        Part of each source's light in each row, `which` among them.
    which : int
        The source.
    usable : array (rows,) bool
        Rows that were received and look at the ground.

    Returns
    -------
    SourceSpectrum or None
        None where too few rows are left beside the source.
    """
    rows = np.arange(len(values))
    own = profiles[:, which]
    core = rows[own > CORE_FRACTION * own.max()]
    near = (rows >= core[0] - BACKGROUND_ROWS) & (rows <= core[-1] + BACKGROUND_ROWS) & usable
    seen = np.flatnonzero((profiles[near] > CORE_FRACTION * own.max()).any(axis=0))
    others = [k for k in seen if k != which]
    middle = 0.5 * (core[0] + core[-1])
    line = np.stack([np.ones(near.sum()), (rows[near] - middle) / BACKGROUND_ROWS], axis=-1)
    design = np.concatenate([profiles[near][:, [which, *others]], line], axis=1)
    off = (design[:, :-2] <= CORE_FRACTION * own.max()).all(axis=1)
    free = int(off.sum()) - line.shape[1]
    if free < FEWEST_FREE or np.linalg.matrix_rank(design) < design.shape[1]:
        return None
    inverse = np.linalg.pinv(design)
    fitted = inverse @ values[near]
    return SourceSpectrum(
        light=fitted[0],
        residuals=(values[near] - design @ fitted)[off],
        gain=float(inverse[0] @ inverse[0]),
        free=free,
    )


def without_spikes(values: Float64) -> Float64:
    """Replace channels that a particle struck by the median of their neighbours.

    Parameters
    ----------
    values : array (rows, channels) float64
        NaN in rows that were not received.

    Returns
    -------
    array (rows, channels) float64
    """
    known = np.nan_to_num(values)
    smooth = median_filter(known, size=(1, 5), mode="nearest")
    away = known - smooth
    received = np.isfinite(values).all(axis=1)
    noise = 1.4826 * np.median(np.abs(away[received]), axis=0)
    limit = np.maximum(SPIKE_SIGMA * noise, SPIKE_FRACTION * np.abs(smooth))
    return np.asarray(np.where(np.abs(away) > limit, smooth, values), np.float64)
