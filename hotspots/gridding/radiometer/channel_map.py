"""The map of one channel: rows off Io give the background, rows on Io the surface."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.config.radiometer_maps import RadiometerMapSettings
from hotspots.geometry.beams.beams import Beams
from hotspots.geometry.beams.pattern import Pattern
from hotspots.gridding.radiometer.background import Background, fit_background
from hotspots.gridding.radiometer.cells import cell_centres
from hotspots.gridding.radiometer.estimate import Candidate, Samples, best_candidate, estimate
from hotspots.gridding.radiometer.harmonics import (
    degrees,
    gaussian_response,
    spherical_harmonics,
)
from hotspots.gridding.radiometer.looks import looks
from hotspots.gridding.radiometer.maps import AveragingKernels, ChannelChoice
from hotspots.gridding.radiometer.prior import MEAN_K
from hotspots.gridding.radiometer.resolution import LARGEST_KM, sharpness
from hotspots.gridding.radiometer.rows import (
    channel_samples,
    grouped_rows,
    row_weights,
)
from hotspots.gridding.radiometer.surface import facets
from hotspots.gridding.radiometer.views import background_design, io_disc
from hotspots.radiometer import RadiometerSwath

__all__ = ["ChannelMap", "MapGrid", "channel_map", "map_grid"]

Float64 = NDArray[np.float64]

FILL_ON_IO = 2e-3
"""Rows with more of Io in the beam than this take part in the map; the others, whose share of
Io is known to a tenth of it, find the background."""

MINIMUM_ROWS = 20
"""Fewer rows than this, on Io or off it, make no map."""


@dataclass(frozen=True)
class MapGrid:
    """Cells of all maps and the harmonics at their centres.

    Parameters
    ----------
    direction : array (c, 3) float64
    harmonics : array (c, p) float64
    """

    direction: Float64
    harmonics: Float64


def map_grid(cells_per_side: int) -> MapGrid:
    """Cells and harmonics up to the degree that the cells can hold, 3 to a side."""
    direction = cell_centres(cells_per_side)
    return MapGrid(direction, spherical_harmonics(direction, 3 * cells_per_side))


@dataclass(frozen=True)
class ChannelMap:
    """Map of one channel; see `hotspots.gridding.radiometer.maps.RadiometerMaps`.

    Parameters
    ----------
    tb_k, sigma_k, width_km : arrays (c,) float64
        NaN where the channel did not look.
    model_k, background_k : arrays (n,) float64
        Of every row, K.
    kernels : AveragingKernels
    choice : ChannelChoice
    """

    tb_k: Float64
    sigma_k: Float64
    width_km: Float64
    model_k: Float64
    background_k: Float64
    kernels: AveragingKernels
    choice: ChannelChoice


def channel_map(
    swath: RadiometerSwath,
    beams: Beams,
    channel: int,
    pattern: Pattern,
    grid: MapGrid,
    settings: RadiometerMapSettings,
) -> ChannelMap | None:
    """Map one channel, or nothing if too few rows saw Io, or too few did not.

    Parameters
    ----------
    swath : RadiometerSwath
    beams : Beams
        Of the same rows, complete.
    channel : int
        Index, 0 to 5.
    pattern : Pattern
    grid : MapGrid
    settings : RadiometerMapSettings
    """
    spin = swath.spin.astype(np.int64) - int(swath.spin[0])
    disc = io_disc(beams, channel, pattern)
    usable = swath.usable[:, channel]
    on, off = (
        np.flatnonzero(usable & (disc > FILL_ON_IO)),
        np.flatnonzero(usable & (disc <= FILL_ON_IO)),
    )
    if min(len(on), len(off)) < MINIMUM_ROWS:
        return None
    antenna, sigma = swath.antenna_k[:, channel], swath.sigma_k[:, channel]
    design = background_design(beams, spin, channel, pattern)
    background = fit_background(design, antenna - MEAN_K * disc, sigma, off)
    sigma = sigma * _inflation(background, antenna - MEAN_K * disc, sigma, off)

    ground = facets(settings.cells_per_side, settings.facet_split)
    weights = row_weights(beams.select(on), channel, pattern, ground, settings.permittivities)
    residual = antenna[on] - background.mean_k(on)
    grouped = grouped_rows(
        beams, spin, on, residual, sigma[on], weights.fill, background, channel, pattern, settings
    )
    single = grid.harmonics.astype(np.float32)
    found: tuple[Candidate, Samples, Float64, float] | None = None
    for permittivity, rows in zip(settings.permittivities, weights.weights, strict=True):
        averaged = grouped.mean @ rows
        samples = channel_samples(grouped, averaged, single)
        candidate = best_candidate(samples)
        if found is None or candidate.log_evidence > found[0].log_evidence:
            found = candidate, samples, averaged, permittivity
    assert found is not None
    candidate, samples, averaged, permittivity = found

    cells = facets(settings.cells_per_side, 1)
    best = looks(
        beams.axes[on, channel, 2],
        beams.juno_km[on],
        pattern.beamwidth_deg,
        cells,
        settings.maximum_emission_deg,
    )
    harmonics, footprint = grid.harmonics[best.seen], best.footprint_km[best.seen]
    highest = samples.highest
    wanted = np.minimum(settings.footprints * footprint, LARGEST_KM) / IO_MEAN_RADIUS_KM
    blur = gaussian_response(wanted, highest)
    surface = estimate(samples, candidate, harmonics * blur[:, degrees(highest)])
    sharp = sharpness(surface, samples.response, harmonics, footprint)

    update = (
        candidate.background_factor**2
        * background.unknown
        @ ((grouped.mean @ background.matrix[on]).T @ surface.weighted_rows)
    )
    background_k = background.known_k + background.matrix @ (background.mean + update)
    io_k = MEAN_K * disc
    everywhere = grid.harmonics @ (surface.variances * (samples.response.T @ surface.weighted_rows))
    number = settings.permittivities.index(permittivity)
    io_k[on] = weights.weights[number] @ (MEAN_K + everywhere)
    choice = ChannelChoice(
        channel + 1,
        candidate.prior_sigma_k,
        candidate.correlation_km,
        permittivity,
        candidate.model_fraction,
        candidate.background_factor,
        candidate.regional_sigma_k,
        candidate.log_evidence,
        len(on),
    )
    gain = np.zeros((len(grid.direction), len(averaged)))
    gain[best.seen] = surface.gain
    return ChannelMap(
        _spread(MEAN_K + surface.value_k, best.seen),
        _spread(sharp.sigma_k, best.seen),
        _spread(sharp.width_km, best.seen),
        io_k + background_k,
        background_k,
        AveragingKernels(gain, averaged),
        choice,
    )


def _inflation(
    background: Background, antenna_k: Float64, sigma_k: Float64, rows: NDArray[np.int64]
) -> float:
    """By what the rows off Io scatter more than their noise, at least 1."""
    residual = antenna_k[rows] - background.mean_k(rows)
    return float(np.sqrt(np.maximum(1.0, np.mean((residual / sigma_k[rows]) ** 2))))


def _spread(values: Float64, seen: NDArray[np.bool_]) -> Float64:
    """Values of the seen cells among all, NaN elsewhere."""
    result = np.full(len(seen), np.nan)
    result[seen] = values
    return result
