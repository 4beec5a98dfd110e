"""Offset between two patterns of spots, by voting.

Every pair of a spot seen and a place expected votes for the offset between them; true
pairs agree, chance pairs spread over the window.  It needs no start, survives particle
hits and places that are not hot today, and says how sure it is.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from scipy.special import pdtrc

__all__ = ["Vote", "vote_offset"]

Float64 = NDArray[np.float64]

FALSE_VOTES = 1e-4
"""Probability that a convincing vote is chance.  All frames of a visit see the same pattern,
so they make the same mistake: there is no second vote."""

SURROUNDINGS = 12.0
"""Half side of the square about a peak where chance pairs are counted, tolerances."""


@dataclass(frozen=True)
class Vote:
    """Outcome of a vote.

    Parameters
    ----------
    offset : array (2,) float64
        Seen minus expected, (samples, lines), px: mean over the pairs that agree.
    pairs : int
        Pairs that agree, each spot and each place counted once.
    chance : float
        Pairs that would agree there by chance: as many as lie about there.
    trials : float
        Places in the window where chance could have brought them together.
    scatter_px : float
        Root mean square distance of the agreeing pairs from ``offset``, per axis, px.
    """

    offset: Float64
    pairs: int
    chance: float
    trials: float
    scatter_px: float

    def convincing(self) -> bool:
        """At least three pairs, and more than chance brings anywhere (1 in 10,000)."""
        return self.pairs >= 3 and bool(
            pdtrc(self.pairs - 1, self.chance) * max(self.trials, 1.0) < FALSE_VOTES
        )


def vote_offset(
    seen: Float64, expected: Float64, window: tuple[float, float], tolerance_px: float
) -> Vote | None:
    """Find the offset that most pairs of two patterns share.

    Parameters
    ----------
    seen : array (k, 2) float64
        (sample, line) of spots.
    expected : array (m, 2) float64
        (sample, line) where sources are expected at no offset.
    window : tuple of float
        Largest offset in samples and in lines, px.
    tolerance_px : float
        Pairs within this of the offset agree (twice the scatter of good pairs).

    Returns
    -------
    Vote or None
        None where no pair falls inside the window.
    """
    difference = seen[:, None, :] - expected[None, :, :]
    inside = (np.abs(difference[..., 0]) <= window[0]) & (np.abs(difference[..., 1]) <= window[1])
    if not inside.any():
        return None
    cell = max(tolerance_px / 3, 0.25)
    edges = [np.arange(-w - 3 * cell, w + 4 * cell, cell) for w in window]
    votes, _, _ = np.histogram2d(difference[inside, 0], difference[inside, 1], bins=edges)
    smooth = gaussian_filter(votes, tolerance_px / 2 / cell, mode="constant")
    peak = np.unravel_index(int(np.argmax(smooth)), smooth.shape)
    offset = np.array([edges[axis][peak[axis]] + cell / 2 for axis in range(2)])
    chosen = np.zeros((0, 2), dtype=int)
    for _ in range(4):
        chosen = _one_to_one(difference, offset, tolerance_px)
        if len(chosen) == 0:
            return None
        offset = np.median(difference[chosen[:, 0], chosen[:, 1]], axis=0)
    agreeing = difference[chosen[:, 0], chosen[:, 1]]
    offset = agreeing.mean(axis=0)
    scatter = float(np.sqrt(np.mean((agreeing - offset) ** 2)))
    chance = _chance(difference[inside], offset, window, tolerance_px, len(chosen))
    # peaks are sought at every place, not at separate ones: a few times as many trials
    trials = float((2 * window[0] + 1) * (2 * window[1] + 1) / tolerance_px**2)
    return Vote(offset, len(chosen), chance, trials, scatter)


def _chance(
    pairs: Float64, offset: Float64, window: tuple[float, float], tolerance_px: float, agreeing: int
) -> float:
    """Pairs within the tolerance of an offset if they were spread as evenly as about it.

    Two patterns as wide as the field put most of their pairs in the middle of a window that
    is larger, so the density of the whole window would be too low there.
    """
    reach = SURROUNDINGS * tolerance_px
    low = np.maximum(offset - reach, -np.asarray(window))
    high = np.minimum(offset + reach, window)
    near = int(((pairs >= low) & (pairs <= high)).all(axis=1).sum())
    circle = np.pi * tolerance_px**2
    area = max(float(np.prod(high - low)), 2 * circle)
    return (max(near - agreeing, 0) + 1) * circle / (area - circle)


def _one_to_one(difference: Float64, offset: Float64, tolerance_px: float) -> NDArray[np.int64]:
    """Pairs that agree with an offset, nearest first, no spot or place used twice."""
    distance = np.linalg.norm(difference - offset, axis=-1)
    rows, columns = np.nonzero(distance < tolerance_px)
    order = np.argsort(distance[rows, columns], kind="stable")
    used_rows: set[int] = set()
    used_columns: set[int] = set()
    kept = []
    for k in order:
        row, column = int(rows[k]), int(columns[k])
        if row not in used_rows and column not in used_columns:
            used_rows.add(row)
            used_columns.add(column)
            kept.append((row, column))
    return np.array(kept, dtype=np.int64).reshape(-1, 2)
