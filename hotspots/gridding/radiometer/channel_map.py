"""The map of one channel: rows off Io give the background, rows on Io the surface."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.backend import Backend
from hotspots.config.radiometer_maps import RadiometerMapSettings
from hotspots.geometry.beams.beams import Beams
from hotspots.geometry.beams.pattern import Pattern
from hotspots.gridding.radiometer.background import Background, fit_background
from hotspots.gridding.radiometer.cells import cell_centres
from hotspots.gridding.radiometer.harmonics import spherical_harmonics
from hotspots.gridding.radiometer.looks import looks
from hotspots.gridding.radiometer.maps import AveragingKernels, ChannelChoice
from hotspots.gridding.radiometer.prior import MEAN_K
from hotspots.gridding.radiometer.rows import grouped_rows, row_weights
from hotspots.gridding.radiometer.rsir import rsir
from hotspots.gridding.radiometer.surface import facets
from hotspots.gridding.radiometer.trials import mixed_map, trials
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
    rsir_k : array (c,) float64
        The cross-check, K; NaN where it or the map says nothing.
    """

    tb_k: Float64
    sigma_k: Float64
    width_km: Float64
    model_k: Float64
    background_k: Float64
    kernels: AveragingKernels
    choice: ChannelChoice
    rsir_k: Float64


def channel_map(
    swath: RadiometerSwath,
    beams: Beams,
    channel: int,
    pattern: Pattern,
    grid: MapGrid,
    settings: RadiometerMapSettings,
    backend: Backend = Backend.CPU,
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
    backend : Backend
        Where the beam sums run.
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
    seen = beams.select(on)
    weights = row_weights(seen, channel, pattern, ground, settings.permittivities, backend)
    residual = antenna[on] - background.mean_k(on)
    grouped = grouped_rows(
        beams, spin, on, residual, sigma[on], weights.fill, background, channel, pattern, settings
    )
    found = trials(grouped, weights.weights, settings.permittivities, grid.harmonics)
    likeliest, candidate = found[0], found[0].candidate

    cells = facets(settings.cells_per_side, 1)
    best = looks(
        beams.axes[on, channel, 2],
        beams.juno_km[on],
        pattern.beamwidth_deg,
        cells,
        settings.maximum_emission_deg,
    )
    footprint = best.footprint_km[best.seen]
    mixed = mixed_map(found, grid.harmonics, best.seen, footprint, settings.footprints)

    hidden = (grouped.mean @ background.matrix[on]).T @ mixed.rows
    update = candidate.background_factor**2 * background.unknown @ hidden
    background_k = background.known_k + background.matrix @ (background.mean + update)
    io_k = MEAN_K * disc
    number = settings.permittivities.index(likeliest.permittivity)
    io_k[on] = weights.weights[number] @ (MEAN_K + mixed.surface_k)
    choice = ChannelChoice(
        channel + 1,
        candidate.prior_sigma_k,
        candidate.correlation_km,
        likeliest.permittivity,
        candidate.model_fraction,
        candidate.background_factor,
        candidate.regional_sigma_k,
        candidate.log_evidence,
        len(on),
    )
    averaged = likeliest.weights
    gain = np.zeros((len(grid.direction), len(averaged)))
    gain[best.seen] = mixed.gain
    check = rsir(MEAN_K * np.sum(averaged, axis=1) + likeliest.samples.value_k, averaged)
    return ChannelMap(
        _spread(MEAN_K + mixed.value_k, best.seen),
        _spread(mixed.sigma_k, best.seen),
        _spread(mixed.width_km, best.seen),
        io_k + background_k,
        background_k,
        AveragingKernels(gain, averaged),
        choice,
        np.where(best.seen, check, np.nan),
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
