"""Maps and lava of the radiometer against truth that is smoothed as the maps say they are.

A map of a radiometer does not claim to be the ground but a mean over its resolution, so
truth is averaged with a Gaussian of the stated width before it is compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.catalogue.radiometer_records import RadiometerRecord
from hotspots.evaluation.radiometer_truth import RadiometerTruth, unit_vectors
from hotspots.radiometer import CHANNELS
from hotspots.retrieval.microwave.common_resolution import gaussian_weights

__all__ = ["ChannelScore", "LavaScore", "area_under_curve", "score_channels", "score_lava"]

Float64 = NDArray[np.float64]

_CHUNK = 512

_LEAST_HEAT = 0.01
"""Less lava than this is none: some 2 K in the warmest channel."""


@dataclass(frozen=True)
class ChannelScore:
    """How true the map of one channel is; None where there are no cells.

    Parameters
    ----------
    channel : int
    cells : int
    bias_k, rms_k : float or None
        Map less smoothed truth, K.
    coverage : float or None
        Part of the cells whose error is within one stated standard deviation; 0.68 is wanted.
    sigma_k, resolution_km, finest_km : float or None
        Medians of the stated error and width, and the least width.
    """

    channel: int
    cells: int
    bias_k: float | None = None
    rms_k: float | None = None
    coverage: float | None = None
    sigma_k: float | None = None
    resolution_km: float | None = None
    finest_km: float | None = None


@dataclass(frozen=True)
class LavaScore:
    """How true the fraction of warm lava is.

    Parameters
    ----------
    cells : int
    threshold : float
        Smoothed heat (area of lava of ten years) from which a cell truly is warm: the
        median of the flyby, but 0.01 at least.
    truly_warm : float or None
        Part of the cells.
    area_under_curve : float or None
        Chance that a truly warm cell has a larger fraction than one that is not.
    area_under_curve_of_area : float or None
        The same for the fraction of area, whatever the age, at its median.
    called_warm_2_sigma, called_warm_3_sigma : float or None
        Part of the cells whose fraction is so many sigmas above 0.
    fraction, true_fraction : float or None
        Means over the cells.
    coverage : float or None
        Part of the cells whose fraction is within one standard deviation of the truth.
    """

    cells: int
    threshold: float
    truly_warm: float | None = None
    area_under_curve: float | None = None
    area_under_curve_of_area: float | None = None
    called_warm_2_sigma: float | None = None
    called_warm_3_sigma: float | None = None
    fraction: float | None = None
    true_fraction: float | None = None
    coverage: float | None = None


def score_channels(
    records: Sequence[RadiometerRecord], truth: RadiometerTruth
) -> tuple[ChannelScore, ...]:
    """Score the map of each channel.

    Parameters
    ----------
    records : sequence of RadiometerRecord
        Of one flyby, any order.
    truth : RadiometerTruth

    Returns
    -------
    tuple of 6 ChannelScore
    """
    scores = []
    for channel in CHANNELS:
        own = [one for one in records if one.channel == channel.number]
        if not own:
            scores.append(ChannelScore(channel.number, 0))
            continue
        width = np.array([one.resolution_km for one in own])
        sigma = np.array([one.tb_sigma_k for one in own])
        values = truth.tb_k[:, channel.number - 1 : channel.number]
        smooth = _smoothed(own, width, truth, values)[:, 0]
        error = np.array([one.tb_k for one in own]) - smooth
        scores.append(
            ChannelScore(
                channel=channel.number,
                cells=len(own),
                bias_k=float(error.mean()),
                rms_k=float(np.sqrt(np.mean(error**2))),
                coverage=float(np.mean(np.abs(error) <= sigma)),
                sigma_k=float(np.median(sigma)),
                resolution_km=float(np.median(width)),
                finest_km=float(width.min()),
            )
        )
    return tuple(scores)


def score_lava(records: Sequence[RadiometerRecord], truth: RadiometerTruth) -> LavaScore:
    """Score the fraction of warm lava.

    Parameters
    ----------
    records : sequence of RadiometerRecord
        Of one flyby; the rows of a cell share its fraction, which is at the resolution of
        the least sharp of them.
    truth : RadiometerTruth

    Returns
    -------
    LavaScore
    """
    cells: dict[tuple[float, float], RadiometerRecord] = {}
    widths: dict[tuple[float, float], float] = {}
    for one in records:
        if one.lava_fraction is not None and one.lava_fraction_sigma is not None:
            key = (one.lat_deg, one.lon_east_deg)
            cells[key] = one
            widths[key] = max(widths.get(key, 0.0), one.resolution_km)
    if not cells:
        return LavaScore(0, _LEAST_HEAT)
    own = list(cells.values())
    fraction = np.array([one.lava_fraction for one in own], np.float64)
    sigma = np.array([one.lava_fraction_sigma for one in own], np.float64)
    both = np.stack([truth.lava_fraction, truth.lava_heat], axis=1)
    smooth = _smoothed(own, np.array([widths[key] for key in cells]), truth, both)
    area, heat = smooth[:, 0], smooth[:, 1]
    threshold = max(float(np.median(heat)), _LEAST_HEAT)
    return LavaScore(
        cells=len(own),
        threshold=threshold,
        truly_warm=float(np.mean(heat > threshold)),
        area_under_curve=area_under_curve(fraction, heat > threshold),
        area_under_curve_of_area=area_under_curve(
            fraction, area > max(float(np.median(area)), _LEAST_HEAT)
        ),
        called_warm_2_sigma=float(np.mean(fraction > 2 * sigma)),
        called_warm_3_sigma=float(np.mean(fraction > 3 * sigma)),
        fraction=float(fraction.mean()),
        true_fraction=float(area.mean()),
        coverage=float(np.mean(np.abs(fraction - area) <= sigma)),
    )


def area_under_curve(score: Float64, positive: NDArray[np.bool_]) -> float | None:
    """Chance that one of ``positive`` has a higher score than one that is not; ties count half.

    The statistic of Mann and Whitney over the product of both numbers; None where one of
    both kinds is missing.
    """
    high, low = score[positive], np.sort(score[~positive])
    if not len(high) or not len(low):
        return None
    below = np.searchsorted(low, high, side="left")
    ties = np.searchsorted(low, high, side="right") - below
    return float(np.mean(below + 0.5 * ties) / len(low))


def _smoothed(
    records: Sequence[RadiometerRecord], width_km: Float64, truth: RadiometerTruth, values: Float64
) -> Float64:
    """Truth (n, k) averaged about each record over its width."""
    latitude = np.radians([one.lat_deg for one in records])
    longitude = np.radians([one.lon_east_deg for one in records])
    at = unit_vectors(latitude, longitude)
    means = [
        gaussian_weights(at[i : i + _CHUNK], truth.directions, width_km[i : i + _CHUNK]) @ values
        for i in range(0, len(records), _CHUNK)
    ]
    return np.concatenate(means)
