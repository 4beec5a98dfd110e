"""What a row sees besides Io, found from the rows that do not see Io.

Unknown are an offset and a slope in time a turn (the receiver's zero), the excess of every
cell of the sky over the microwave background, its change over the visit (the radiation belts shift
against the sky as Juno moves), the brightness of shapes that the belts can have, and the
temperature of Jupiter's disc.  How rough the sky is
is not assumed: the evidence chooses among a few priors.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from hotspots.gridding.radiometer.gaussian import normal_equations

__all__ = ["MICROWAVE_BACKGROUND_K", "Background", "BackgroundDesign", "fit_background"]

Float64 = NDArray[np.float64]

MICROWAVE_BACKGROUND_K = 2.725
"""Temperature of the cosmic background (Fixsen 2009, doi:10.1088/0004-637X/707/2/916)."""

OFFSET_SIGMA_K = 5.0
SLOPE_SIGMA_K = 1.0
"""Priors of a turn's offset and of its change over half a turn: wider than what calibration
leaves, so that rows decide."""

JUPITER_FRACTION = 0.15
"""Prior of Jupiter's disc about its tabulated temperature."""

SKY_SIGMAS_K = (0.1, 1.0, 10.0, 100.0)
BELT_SIGMAS_K = (1.0, 30.0, 1000.0)
"""Priors tried, for the excess of a cell of sky and for the peak of a shape of the belts: from
what is left at 22 GHz to the belts at 0.6 GHz."""

SKY_CORRELATION_DEG = 10.0
"""Reach of the excess of a cell: half a beam, below which nothing is seen of it."""

SKY_DRIFT = 0.1
"""Change of a cell from the middle of a visit to its end, as a fraction of its excess: Juno
moves some degrees about Jupiter meanwhile."""


@dataclass(frozen=True)
class BackgroundDesign:
    """Linear model of the background of one channel.

    Parameters
    ----------
    spins : array (n,) int
        Number of each row's turn, 0..t-1.
    sky : array (n, c) float64
        Shares of the cells of the sky.
    cosine : array (c, c) float64
        Cosines of the angles between these cells.
    belts : array (n, s) float64
        Antenna temperature of each shape of the belts at a peak of 1 K.
    time : array (n,) float64
        -1 at the beginning of the visit to 1 at its end.
    jupiter : array (n,) float64
        Antenna temperature of Jupiter's disc at its tabulated temperature, K.
    empty_k : array (n,) float64
        Antenna temperature of the microwave background alone, K.
    """

    spins: NDArray[np.int64]
    sky: Float64
    cosine: Float64
    belts: Float64
    time: Float64
    jupiter: Float64
    empty_k: Float64

    @property
    def turns(self) -> int:
        """Number of turns."""
        return int(self.spins.max()) + 1

    @property
    def known_k(self) -> Float64:
        """Antenna temperature with all unknowns at zero (n,)."""
        return np.asarray(self.empty_k + self.jupiter)

    def matrix(self) -> Float64:
        """Columns: offsets, slopes, sky, its change, belts, Jupiter; (n, p) float64."""
        offsets = np.asarray(self.spins[:, None] == np.arange(self.turns), np.float64)
        middle = (self.time @ offsets) / np.sum(offsets, axis=0)
        half_turn = (self.time[-1] - self.time[0]) / (2.0 * self.turns)
        slopes = offsets * ((self.time - middle[self.spins]) / half_turn)[:, None]
        drift = self.sky * self.time[:, None]
        return np.hstack([offsets, slopes, self.sky, drift, self.belts, self.jupiter[:, None]])

    def precisions(self) -> Iterator[Float64]:
        """Inverse prior covariances (p, p) to choose from."""
        cells, turns = len(self.cosine), self.turns
        receiver = np.repeat([OFFSET_SIGMA_K**-2, SLOPE_SIGMA_K**-2], turns)
        sky = slice(2 * turns, 2 * turns + cells)
        change = slice(sky.stop, sky.stop + cells)
        belts = slice(change.stop, change.stop + self.belts.shape[1])
        angle = np.degrees(np.arccos(np.clip(self.cosine, -1.0, 1.0)))
        inverse = np.linalg.inv(np.exp(-angle / SKY_CORRELATION_DEG))
        for sigma, belt in product(SKY_SIGMAS_K, BELT_SIGMAS_K):
            precision = np.zeros((belts.stop + 1,) * 2)
            np.fill_diagonal(precision[: sky.start, : sky.start], receiver)
            precision[sky, sky] = inverse / sigma**2
            precision[change, change] = inverse / (sigma * SKY_DRIFT) ** 2
            np.fill_diagonal(precision[belts, belts], belt**-2)
            precision[-1, -1] = JUPITER_FRACTION**-2
            yield precision


@dataclass(frozen=True)
class Background:
    """Background of every row of one channel, before rows that see Io are looked at.

    Parameters
    ----------
    matrix : array (n, p) float64
        Rows times unknowns.
    known_k : array (n,) float64
        Part without unknowns, K.
    mean : array (p,) float64
    unknown : array (p, p) float64
        Mean and covariance of the unknowns.
    """

    matrix: Float64
    known_k: Float64
    mean: Float64
    unknown: Float64

    def mean_k(self, rows: NDArray[np.int64]) -> Float64:
        """Expected antenna temperature of some rows, K."""
        return np.asarray(self.known_k[rows] + self.matrix[rows] @ self.mean)

    def covariance(self, rows: NDArray[np.int64]) -> Float64:
        """Covariance of the background of some rows, K2."""
        part = self.matrix[rows]
        return np.asarray(part @ self.unknown @ part.T)


def fit_background(
    design: BackgroundDesign, antenna_k: Float64, sigma_k: Float64, rows: NDArray[np.int64]
) -> Background:
    """Find the background from rows that do not see Io.

    Parameters
    ----------
    design : BackgroundDesign
        Of all n rows.
    antenna_k, sigma_k : arrays (n,) float64
        Antenna temperature less Io's faint share, and its noise, K.
    rows : array (m,) int64
        Which rows to use.

    Returns
    -------
    Background
    """
    matrix = design.matrix()
    value = (antenna_k - design.known_k)[rows]
    found = normal_equations(matrix[rows], value, sigma_k[rows])
    precision = max(design.precisions(), key=found.log_evidence)
    return Background(matrix, design.known_k, *found.posterior(precision))
