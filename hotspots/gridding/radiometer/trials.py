"""The map under several permittivities, and their mean weighted by evidence.

How much oblique ground shines less than level ground hangs on its permittivity, which the
rows of one flyby may tell or not.  So every permittivity gets its own map; the result is
their mean, weighted by the evidence, and what they differ by is part of its error.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.gridding.radiometer.estimate import Candidate, Samples, best_candidate, estimate
from hotspots.gridding.radiometer.harmonics import degrees, gaussian_response
from hotspots.gridding.radiometer.resolution import LARGEST_KM, sharpness
from hotspots.gridding.radiometer.rows import GroupedRows, channel_samples

__all__ = ["MixedMap", "Trial", "mixed_map", "trials"]

Float64 = NDArray[np.float64]

NEGLIGIBLE = 0.01
"""A permittivity with less of the probability than this is left out of the mean."""


@dataclass(frozen=True)
class Trial:
    """One permittivity.

    Parameters
    ----------
    permittivity : float
    weights : array (g, c) float64
        Averaged rows of the operator.
    samples : Samples
    candidate : Candidate
        Prior and errors with the most evidence.
    """

    permittivity: float
    weights: Float64
    samples: Samples
    candidate: Candidate


def trials(
    grouped: GroupedRows,
    weights: NDArray[np.float32],
    permittivities: Sequence[float],
    harmonics: Float64,
) -> list[Trial]:
    """Fit prior and errors for each permittivity; the most probable comes first.

    Parameters
    ----------
    grouped : GroupedRows
    weights : array (k, m, c) float32
        Rows of the operator before averaging.
    permittivities : sequence of k floats
    harmonics : array (c, p) float64
        At the cells.
    """
    single = harmonics.astype(np.float32)
    found: list[Trial] = []
    for permittivity, rows in zip(permittivities, weights, strict=True):
        averaged = np.asarray(grouped.mean @ rows, np.float64)
        samples = channel_samples(grouped, averaged, single)
        near = found[-1].candidate if found else None
        found.append(Trial(permittivity, averaged, samples, best_candidate(samples, near)))
    return sorted(found, key=lambda trial: -trial.candidate.log_evidence)


@dataclass(frozen=True)
class MixedMap:
    """Mean over permittivities at k cells.

    Parameters
    ----------
    value_k, sigma_k, width_km : arrays (k,) float64
        Deviation from the prior mean, its standard deviation, K, and full width, km.
    gain : array (k, g) float64
        d value / d row.
    rows : array (g,) float64
        Rows times the inverse of their covariance under the most probable permittivity, 1/K.
    surface_k : array (c,) float64
        Unblurred deviation from the prior mean at all cells under the same, K.
    """

    value_k: Float64
    sigma_k: Float64
    width_km: Float64
    gain: Float64
    rows: Float64
    surface_k: Float64


def mixed_map(
    found: Sequence[Trial],
    harmonics: Float64,
    seen: NDArray[np.bool_],
    footprint_km: Float64,
    footprints: float,
) -> MixedMap:
    """Estimate the blurred surface and average over the trials.

    Parameters
    ----------
    found : sequence of Trial
        The most probable first.
    harmonics : array (c, p) float64
        At all cells.
    seen : array (c,) bool
        Cells wanted.
    footprint_km : array (k,) float64
        Of the cells wanted, km.
    footprints : float
        Blur of the estimate, in footprints.
    """
    places = harmonics[seen]
    samples = found[0].samples
    wanted = np.minimum(footprints * footprint_km, LARGEST_KM) / IO_MEAN_RADIUS_KM
    blurred = places * gaussian_response(wanted, samples.highest)[:, degrees(samples.highest)]
    share = softmax([trial.candidate.log_evidence for trial in found])
    likely = [trial for trial, part in zip(found, share, strict=True) if part > NEGLIGIBLE]
    share = share[: len(likely)] / np.sum(share[: len(likely)])
    maps = [estimate(trial.samples, trial.candidate, blurred) for trial in likely]
    sharp = [
        sharpness(one, trial.samples.response, places, footprint_km)
        for one, trial in zip(maps, likely, strict=True)
    ]
    values = np.stack([one.value_k for one in maps])
    mean = share @ values
    within = share @ np.stack([one.sigma_k**2 for one in sharp])
    between = share @ (values - mean) ** 2
    best = maps[0]
    return MixedMap(
        mean,
        np.sqrt(within + between),
        sharp[0].width_km,
        np.tensordot(share, np.stack([one.gain for one in maps]), axes=1),
        best.weighted_rows,
        harmonics @ (best.variances * (samples.response.T @ best.weighted_rows)),
    )
