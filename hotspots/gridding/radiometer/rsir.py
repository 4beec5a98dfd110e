"""rSIR: the cross-check, an iterative reconstruction without statistics.

Each row pulls the cells that it sees towards agreement with itself, by a factor whose
square root is taken and whose effect is bounded, so that noise grows slowly and the number of
iterations decides how sharp the map is.  The way of the passive-microwave records of the
Earth: Long & Brodzik 2016, doi:10.1109/TGRS.2015.2505677, equations 10 to 14.
"""

from typing import Any

from array_api_compat import array_namespace

__all__ = ["rsir"]

ITERATIONS = 20
"""As in the records of the Earth."""

FULL_BEAM = 0.5
"""Rows of which Io fills less are not used: the method knows no other scene than the ground."""


def rsir(value_k: Any, weights: Any, iterations: int = ITERATIONS) -> Any:
    """Reconstruct a map from rows.

    Parameters
    ----------
    value_k : array (n,)
        Io's part of the antenna temperature, K.
    weights : array (n, c)
        Share of each cell in it.
    iterations : int

    Returns
    -------
    array (c,)
        Brightness temperature, K; NaN where no row with a full beam looks.
    """
    xp = array_namespace(weights)
    fill = xp.sum(weights, axis=1)
    use = (fill > FULL_BEAM) & (value_k > 0)
    weights = xp.where(use[:, None], weights, xp.zeros_like(weights))
    measured = xp.where(use, value_k / xp.where(use, fill, 1.0), xp.ones_like(value_k))
    fill = xp.where(use, fill, xp.ones_like(fill))
    total = xp.sum(weights, axis=0)
    seen = total > 0
    safe = xp.where(seen, total, xp.ones_like(total))

    cells = xp.where(seen, (measured @ weights) / safe, xp.ones_like(total))
    for _ in range(iterations):
        predicted = (weights @ cells) / fill
        predicted = xp.where(use, predicted, xp.ones_like(predicted))[:, None]
        factor = xp.sqrt(measured[:, None] / predicted)
        raised = 1.0 / (0.5 / predicted * (1.0 - 1.0 / factor) + 1.0 / (cells * factor))
        lowered = 0.5 * predicted * (1.0 - factor) + cells * factor
        update = xp.where(factor >= 1.0, raised, lowered)
        cells = xp.where(seen, xp.sum(weights * update, axis=0) / safe, cells)
    return xp.where(seen, cells, xp.nan)
