"""Quantiles of a mixture of weighted cells, by a histogram for all sources at once."""

from typing import Any

from hotspots.backend import binned_sum
from hotspots.retrieval.emission_models import WeightedTotals

__all__ = ["QUANTILES", "weighted_quantiles"]

QUANTILES = (0.15865525, 0.5, 0.84134475)
"""Those of a normal distribution at -1, 0 and 1 standard deviations."""

_BINS, _BIN_STEP = 2400, 0.005
"""Bins of a logarithm: steps of half a percent over a factor of 160,000."""


def weighted_quantiles(
    xp: Any, models: tuple[WeightedTotals, ...], shares: tuple[Any, ...], start: Any
) -> Any:
    """Quantiles of the logarithm of the total power under several models at once.

    Parameters
    ----------
    xp : namespace
    models : tuple of WeightedTotals of arrays (n, cells)
    shares : tuple of arrays (n,), float64
        By which the weights of each model are multiplied.
    start : array (n,), float64
        Where the first bin of each source starts; what lies below counts as in it.

    Returns
    -------
    array (n, 3), float64
        At `QUANTILES`, to a bin of 0.005; meaningless for a source without any weight.
    """
    rows = int(start.shape[0])
    row = xp.arange(rows, dtype=xp.int64, device=start.device)[:, None] * _BINS
    histogram = xp.zeros((rows * _BINS,), dtype=xp.float64, device=start.device)
    for model, share in zip(models, shares, strict=True):
        place = (model.log_total - start[:, None]) / _BIN_STEP
        index = row + xp.astype(xp.clip(place, 0.0, _BINS - 1.0), xp.int64)
        weight = model.weight * share[:, None]
        histogram = histogram + binned_sum(
            xp.reshape(index, (-1,)), xp.reshape(weight, (-1,)), rows * _BINS
        )
    cumulative = xp.cumulative_sum(xp.reshape(histogram, (rows, _BINS)), axis=-1)
    found = []
    for level in QUANTILES:
        below = xp.astype(cumulative < level * cumulative[:, -1:], xp.int64)
        bin_found = xp.astype(xp.sum(below, axis=-1), xp.float64)
        found.append(start + _BIN_STEP * (bin_found + 0.5))
    return xp.stack(found, axis=-1)
