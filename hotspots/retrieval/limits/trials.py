"""Trials: sources of known power, what was expected of them and whether they were found."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hotspots.grid import Grid
from hotspots.gridding.locate import surface_at
from hotspots.planck import L_BAND, M_BAND, exitance_gw_um_km2
from hotspots.retrieval.limits.completeness import GroupCompleteness
from hotspots.retrieval.limits.curve import CompletenessCurve, fit_curve
from hotspots.retrieval.limits.places import lattice_places
from hotspots.retrieval.limits.sensitivity import Sensitivity
from hotspots.retrieval.limits.stamps import Injected
from hotspots.retrieval.limits.terms import design_at, middle_plane, priors_for

__all__ = ["FittedTrials", "Trials", "completeness_of", "draw_trials", "fit_trials"]

Float64 = NDArray[np.float64]

TYPICAL_K, SCATTER_LN = 539.0, 0.32
"""Colour temperatures of hot spots: median and scatter of ln T of those that Mura et al.
2024 measured in both bands (343, 539 and 993 K at 5, 50 and 95 %)."""

BLEND = 0.75
"""Nearness to a source that was found (`Sensitivity.beside`) from which a further one cannot
be told from it, about 1.1 pixels: such trials say nothing about faintness."""


@dataclass(frozen=True)
class Trials:
    """k sources put onto one map.

    Parameters
    ----------
    place : array (k, 2) float64
        (column, row), fractional cells.
    snr : array (k,) float64
        Expected signal over noise.
    sources : Injected
        Places on the body and powers.
    found : array (k,) bool
    """

    place: Float64
    snr: Float64
    sources: Injected
    found: NDArray[np.bool_]

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Trials of several rounds together."""
        bands = parts[0].sources.power_gw_um
        return cls(
            place=np.concatenate([part.place for part in parts]),
            snr=np.concatenate([part.snr for part in parts]),
            sources=Injected(
                np.concatenate([part.sources.surface_km for part in parts]),
                {b: np.concatenate([part.sources.power_gw_um[b] for part in parts]) for b in bands},
            ),
            found=np.concatenate([part.found for part in parts]),
        )

    def __len__(self) -> int:
        return len(self.snr)

    @property
    def cell(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Row and column of the cells that they lie in."""
        column, row = self.place.astype(np.int64).T
        return row, column


def draw_trials(
    grid: Grid,
    sensitivity: Sensitivity,
    step: float,
    snr_range: tuple[float, float],
    random: np.random.Generator,
) -> Trials:
    """Draw the sources of one round; none is found yet.

    Parameters
    ----------
    grid : Grid
    sensitivity : Sensitivity
    step : float
        Distance of neighbours, cells.
    snr_range : tuple of float
        Faintest and brightest expected signal over noise.
    random : numpy.random.Generator

    Returns
    -------
    Trials
    """
    place = lattice_places(sensitivity.searched, step, random)
    column, row = place.astype(np.int64).T
    faintest, brightest = (math.log(snr) for snr in snr_range)
    snr = np.exp(random.uniform(faintest, brightest, len(place)))
    m_power = snr / sensitivity.snr_per_gw_um[row, column]
    temperature = TYPICAL_K * np.exp(SCATTER_LN * random.standard_normal(len(place)))
    colour = exitance_gw_um_km2(L_BAND, temperature) / exitance_gw_um_km2(M_BAND, temperature)
    surface = surface_at(grid, place[:, 0], place[:, 1])
    sources = Injected(surface, {"M": m_power, "L": m_power * colour})
    return Trials(place, snr, sources, np.zeros(len(place), dtype=bool))


@dataclass(frozen=True)
class FittedTrials:
    """What trials on one map say.

    Parameters
    ----------
    curve : CompletenessCurve
    trials, on_blends : int
        Sources put in, and those of them that fell on sources found before.
    snr_of_half : float
        Expected signal over noise in the middle of the curve, median over the map.
    relative_sigma : float
        Standard deviation of limits over their value, median over the map.
    """

    curve: CompletenessCurve
    trials: int
    on_blends: int
    snr_of_half: float
    relative_sigma: float


def fit_trials(trials: Trials, sensitivity: Sensitivity) -> FittedTrials:
    """Curve of one map; blends with sources that were found before are left out."""
    row, column = trials.cell
    told = sensitivity.beside[row, column] < BLEND
    design = design_at(sensitivity, row[told], column[told])
    priors = priors_for((sensitivity.light.shape[0], sensitivity.light.shape[1]))
    curve = fit_curve(np.log(trials.snr[told]), design, trials.found[told], priors)
    everywhere = design_at(sensitivity, row, column)
    return FittedTrials(
        curve=curve,
        trials=len(trials),
        on_blends=int(np.count_nonzero(~told)),
        snr_of_half=math.exp(float(np.median(curve.middle(everywhere)))),
        relative_sigma=float(np.median(curve.middle_sigma(everywhere))),
    )


def completeness_of(
    grid: Grid, sensitivity: Sensitivity, curve: CompletenessCurve, km_per_px: Float64
) -> GroupCompleteness:
    """From signal over noise to power, in all cells of a map.

    Parameters
    ----------
    grid : Grid
    sensitivity : Sensitivity
    curve : CompletenessCurve
    km_per_px : array (rows, columns) float64

    Returns
    -------
    GroupCompleteness
    """
    searched = sensitivity.searched
    unit = np.log(np.where(searched, sensitivity.snr_per_gw_um, 1.0))

    def in_power(of: Sensitivity) -> Float64:
        return np.where(searched, middle_plane(curve.coefficients, of) - unit, np.inf)

    return GroupCompleteness(
        grid=grid,
        log_middle=in_power(sensitivity),
        log_middle_alone=in_power(sensitivity.alone()),
        width=curve.width,
        loss=curve.loss,
        cos_emission=sensitivity.cos_emission,
        km_per_px=km_per_px,
        frames=sensitivity.frames,
    )
