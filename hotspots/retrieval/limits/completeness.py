r"""From curves of single groups of frames to powers that a whole visit finds.

A source is missed only if every group of frames misses it, so a source of power
:math:`S` at one place is found with the probability

.. math:: P(S) = 1 - \prod_g \bigl(1 - P_g(S)\bigr)

and the limit of a level is the power at which :math:`P` reaches it.  Where the place is
not known, :math:`P` is the mean over the places where it may be.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from hotspots.errors import RetrievalError
from hotspots.grid import Grid
from hotspots.gridding.locate import project

__all__ = ["GroupCompleteness", "found_share", "limit_here", "limit_power", "log_middles_at"]

Float64 = NDArray[np.float64]

HALVINGS = 24
"""Steps of the search for a limit: they leave a part in ten million of its range."""

MARGIN = 12.0
"""Range beyond the curves' middles that is searched, natural logarithm of the power."""


@dataclass(frozen=True)
class GroupCompleteness:
    """What one group of frames finds.

    Parameters
    ----------
    grid : Grid
        View grid of the group.
    log_middle : array (rows, columns) float64
        Natural logarithm of the power, GW/um, in the middle of the curve, for one more
        source beside those that were found; infinite where nothing can be found.
    log_middle_alone : array (rows, columns) float64
        The same without the sources that were found.
    width : float
        Of the curve, in natural logarithms.
    loss : float
        Part of sources that is lost however bright.
    cos_emission, km_per_px, frames : arrays (rows, columns) float64

    Raises
    ------
    RetrievalError
        If a plane does not have the grid's shape.
    """

    grid: Grid
    log_middle: Float64
    log_middle_alone: Float64
    width: float
    loss: float
    cos_emission: Float64
    km_per_px: Float64
    frames: Float64

    def __post_init__(self) -> None:
        for name in ("log_middle", "log_middle_alone", "cos_emission", "km_per_px", "frames"):
            shape = getattr(self, name).shape
            if shape != self.grid.shape:
                msg = f"completeness: {name} has shape {shape}, the grid {self.grid.shape}"
                raise RetrievalError(msg)

    def at(self, plane: Float64, surface_km: Float64, outside: float) -> Float64:
        """Values of a plane at places on the body.

        Parameters
        ----------
        plane : array (rows, columns) float64
        surface_km : array (..., 3) float64
            Body-fixed, km; NaN is off the body.
        outside : float
            Value beyond the grid.

        Returns
        -------
        array (...) float64
        """
        column, row = project(surface_km, surface_km / np.asarray(self.grid.radii_km), self.grid)
        rows, columns = self.grid.shape
        # NaN compares false
        inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
        i = np.where(inside, row, 0).astype(np.int64)
        j = np.where(inside, column, 0).astype(np.int64)
        return np.where(inside, plane[i, j], outside)


def log_middles_at(
    groups: tuple[GroupCompleteness, ...], surface_km: Float64, *, alone: bool = False
) -> Float64:
    """Middles of the curves of all groups at places on the body.

    Parameters
    ----------
    groups : tuple of GroupCompleteness
    surface_km : array (..., 3) float64
    alone : bool
        As if nothing had been found.

    Returns
    -------
    array (g, ...) float64
        Infinite where a group sees nothing.
    """
    planes = [group.log_middle_alone if alone else group.log_middle for group in groups]
    return np.stack(
        [group.at(p, surface_km, np.inf) for group, p in zip(groups, planes, strict=True)]
    )


def found_share(
    groups: tuple[GroupCompleteness, ...], log_middles: Float64, log_power: Float64
) -> Float64:
    """Probability that at least one group finds a source.

    Parameters
    ----------
    groups : tuple of GroupCompleteness
    log_middles : array (g, ...) float64
        Of `log_middles_at`.
    log_power : array (...) float64
        Natural logarithm of its power, GW/um; broadcast over the places.

    Returns
    -------
    array (...) float64
    """
    missed = np.ones(np.broadcast_shapes(log_middles.shape[1:], log_power.shape))
    for group, middle in zip(groups, log_middles, strict=True):
        missed *= 1 - (1 - group.loss) * expit((log_power - middle) / group.width)
    return 1 - missed


def limit_power(
    groups: tuple[GroupCompleteness, ...], log_middles: Float64, level: float
) -> Float64:
    """Power from which on sources are found as often as asked.

    Parameters
    ----------
    groups : tuple of GroupCompleteness
    log_middles : array (g, n, q) float64
        Middles at q places, all as likely, of each of n sources.
    level : float
        Completeness, 0 to 1.

    Returns
    -------
    array (n,) float64
        GW/um; NaN where no power is found so often.
    """
    seen = np.isfinite(log_middles)
    low = np.where(seen, log_middles, np.inf).min(axis=(0, 2), initial=np.inf) - MARGIN
    high = np.where(seen, log_middles, -np.inf).max(axis=(0, 2), initial=-np.inf) + MARGIN
    possible = np.isfinite(low)
    low, high = np.where(possible, low, 0.0), np.where(possible, high, 0.0)
    reached = found_share(groups, log_middles, high[:, None]).mean(axis=1) >= level
    for _ in range(HALVINGS):
        half = 0.5 * (low + high)
        enough = found_share(groups, log_middles, half[:, None]).mean(axis=1) >= level
        low, high = np.where(enough, low, half), np.where(enough, half, high)
    return np.where(possible & reached, np.exp(high), np.nan)


def limit_here(
    groups: tuple[GroupCompleteness, ...], log_middles: Float64, level: float
) -> Float64:
    """Power from which on sources at given places are found as often as asked.

    Parameters
    ----------
    groups : tuple of GroupCompleteness
    log_middles : array (g, n) float64
    level : float

    Returns
    -------
    array (n,) float64
        GW/um; NaN where no power is found so often.  Most places of a visit are seen by
        one group only, whose curve is inverted in closed form.
    """
    seen = np.isfinite(log_middles)
    several = seen.sum(axis=0) > 1
    power = np.full(log_middles.shape[1], np.nan)
    for group, middle, sees in zip(groups, log_middles, seen, strict=True):
        alone = sees & ~several
        if level < 1 - group.loss:
            offset = group.width * float(logit(level / (1 - group.loss)))
            power[alone] = np.exp(middle[alone] + offset)
    power[several] = limit_power(groups, log_middles[:, several, None], level)
    return power
