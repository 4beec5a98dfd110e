r"""What is ordinary: how volcanoes vary, and how bright each has been before anybody looked here.

Three facts of the published hot spots (Davies et al. 2024, `hotspots.catalogue.published`):

- the powers of one hot spot scatter from pass to pass by a factor of e to the 0.66, that of
  every second one by less; other teams give less (40 % between orbits, Mura et al. 2024,
  median coefficient of variation 0.25), so this is on the side of caution;
- the mean, least and greatest power of most hot spots by themselves;
- how many hot spots there are above a power: 129 above 1 GW/um, falling as the power to the
  -0.66, on all of Io.
"""

import math
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from hotspots.catalogue.lognormal import (
    LogNormalPosterior,
    PowerGrid,
    PowerKind,
    PowerObservation,
    log_likelihood,
    posterior,
)
from hotspots.catalogue.published import PublishedHotspot

__all__ = ["expected_range", "ordinary_power", "scatter_prior", "unlisted_as_bright"]

SCATTER = 0.66
"""Median over hot spots of the standard deviation of ln power from pass to pass: ratio of
greatest to least of those measured three times or more, over `expected_range`."""

SCATTER_SPREAD = 0.45
"""Standard deviation over hot spots of the logarithm of that scatter, 0.57, less the error of
a scatter from few measurements."""

TEAMS = 0.46
"""Standard deviation of ln power of one hot spot between two teams: the ratio of Mura et al.
2024 to Davies et al. 2024 is within 0.59 to 1.10 in half of the cases."""

ANY_MIDDLE, ANY_SPREAD = -0.67, 1.6
"""Normal distribution of the ln mean power, GW/um, of the hot spots that have one."""

RESTLESSNESS = 0.3
"""Standard deviation of the logarithm of a hot spot's scatter between the published passes and
later ones: quiet years say little of the next eruption.  Assumed."""

ABOVE_1_GW_UM, SLOPE = 129.0, 0.66
"""Hot spots above 1 GW/um, and slope of their number against power."""

IN_VIEW = 0.5
"""Part of Io that a visit sees."""

PUBLISHED_PASSES, PUBLISHED_LIMIT, PUBLISHED_SOFTNESS = 5, 0.0, math.log(2.0)
"""A hot spot on no list was missed in as many passes as a listed one was seen in (median);
the list is complete above 1 GW/um (ln 1 = 0) or so, give or take a factor of two."""


def ordinary_power(
    history: Sequence[PowerObservation], published: PublishedHotspot | None
) -> LogNormalPosterior:
    """Power that a volcano has in an ordinary visit.

    Parameters
    ----------
    history : sequence of PowerObservation
        Of ln M-band power in GW/um, in earlier visits.
    published : PublishedHotspot or None

    Returns
    -------
    LogNormalPosterior
        With neither it is the power of any published hot spot.
    """
    centre, _ = _published_middle(published)
    grid = PowerGrid.about([centre, *(one.log_power for one in history)], margin=8.0)
    return posterior(history, grid, _log_prior(grid, published))


def scatter_prior(scatter: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logarithm of the prior density of ln scatter: as published hot spots have it."""
    return np.asarray(-0.5 * (np.log(scatter / SCATTER) / SCATTER_SPREAD) ** 2)


def unlisted_as_bright(
    log_power: float, sigma: float, limits: Sequence[PowerObservation] = ()
) -> float:
    """Volcanoes on no list that are as bright as this by ordinary variation, in one visit.

    Parameters
    ----------
    log_power, sigma : float
        Natural logarithm of a power in GW/um, and its error.
    limits : sequence of PowerObservation
        What earlier visits say of this place, which was not seen in them.

    Returns
    -------
    float
        Expected number in a visit.  The faint are many, and vary as others do, but they
        must not have shown in the earlier visits, nor to those who made the lists.
    """
    grid = PowerGrid(np.linspace(log_power - 25.0, log_power + 5.0, 301), _scatters())
    missed = PowerObservation(PowerKind.AT_MOST, PUBLISHED_LIMIT, PUBLISHED_SOFTNESS)
    unseen = np.exp(log_likelihood([*limits, *[missed] * PUBLISHED_PASSES], grid))
    scatter = np.exp(scatter_prior(grid.scatter))
    number = IN_VIEW * ABOVE_1_GW_UM * SLOPE * np.exp(-SLOPE * grid.middle)
    width = np.hypot(grid.scatter, sigma)
    above = ndtr((grid.middle[:, None] - log_power) / width)
    step = grid.middle[1] - grid.middle[0]
    return float(np.sum(number[:, None] * unseen * above * scatter / scatter.sum()) * step)


@cache
def expected_range(count: int) -> float:
    """Mean difference of the greatest and the least of ``count`` standard normal numbers."""
    x = np.linspace(-8.0, 8.0, 4001)
    below = ndtr(x)
    return float(np.trapezoid(1.0 - below**count - (1.0 - below) ** count, x))


def _scatters() -> NDArray[np.float64]:
    return np.geomspace(0.03, 3.0, 32)


def _published_middle(published: PublishedHotspot | None) -> tuple[float, float]:
    """Middle of ln power, and its standard deviation without that of the passes."""
    if published is None or published.mean_gw_um is None:
        return ANY_MIDDLE, ANY_SPREAD
    return math.log(published.mean_gw_um), TEAMS


def _log_prior(grid: PowerGrid, published: PublishedHotspot | None) -> NDArray[np.float64]:
    """Logarithm of the density that the publications give, (m, k)."""
    centre, spread = _published_middle(published)
    passes = published.measured if published and published.mean_gw_um else math.inf
    variance = spread**2 + grid.scatter**2 / passes
    prior = -0.5 * (grid.middle[:, None] - centre) ** 2 / variance - 0.5 * np.log(variance)
    prior += scatter_prior(grid.scatter)
    if published and published.measured >= 3 and published.least_gw_um and published.greatest_gw_um:
        ratio = published.greatest_gw_um / published.least_gw_um
        found = max(math.log(ratio) / expected_range(published.measured), grid.scatter[0])
        # a standard deviation from n numbers is known to 1 part in the root of 2 (n - 1)
        error = math.hypot(math.sqrt(0.5 / (published.measured - 1)), RESTLESSNESS)
        prior += -0.5 * (np.log(grid.scatter / found) / error) ** 2
    return np.asarray(prior)
