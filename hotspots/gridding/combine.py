r"""`mean_map`: from the sums of `drizzle` to a mean, its sigma and a chi square.

For weights ``w = 1/sigma^2`` and samples with independent noise::

    mean = sum(w a L) / sum(w a)        variance of the mean = sum(w a^2) / sum(w a)^2

(each sample enters the mean with the factor w a / sum(w a)).  The scatter of the samples
about the mean, ``sum(w a L^2) - sum(w a) mean^2``, is expected to be
``sum(a) - sum(w a^2) / sum(w a)`` if noise is all there is; the ratio of the two is the
reduced chi square.
"""

from typing import Any

from array_api_compat import array_namespace

from hotspots.gridding.drizzle import DrizzleSums

__all__ = ["mean_map"]

LEAST_FREEDOM = 0.5
"""Cells with less expected scatter than this, in samples, have no chi square."""


def mean_map(sums: DrizzleSums) -> tuple[Any, Any, Any]:
    """Combine samples gridded with weights 1/sigma^2.

    Parameters
    ----------
    sums : DrizzleSums
        Of any leading shape.

    Returns
    -------
    mean, sigma : arrays (..., rows, columns)
        Weighted mean and its standard deviation from the noise of the samples; NaN
        where no sample falls.  Neighbouring cells share samples, so their errors are
        correlated: sums over cells have less noise than sigma says of each.
    chi2 : array (..., rows, columns)
        Reduced chi square of the samples about the mean: near 1 for noise, larger
        where frames disagree or the scene varies inside a cell; NaN where fewer than
        two frames touch the cell.
    """
    xp = array_namespace(sums.weight)
    covered = sums.weight > 0
    weight = xp.where(covered, sums.weight, xp.nan)
    mean = sums.weighted / weight
    sigma = xp.sqrt(sums.weight_squared_overlap) / weight
    freedom = sums.coverage - sums.weight_squared_overlap / weight
    told = (sums.frames >= 2) & (freedom > LEAST_FREEDOM)
    scatter = sums.square - weight * mean**2
    # Rounding may leave a scatter just below zero.
    scatter = xp.where(scatter > 0, scatter, xp.zeros_like(scatter))
    return mean, sigma, xp.where(told, scatter / xp.where(told, freedom, xp.nan), xp.nan)
