"""A radiometer's swath to maps of six channels."""

import numpy as np

from hotspots.backend import Backend
from hotspots.body import latitude_longitude
from hotspots.config.radiometer_maps import RadiometerMapSettings
from hotspots.errors import GriddingError
from hotspots.geometry.beams.beams import Beams
from hotspots.geometry.beams.known_patterns import measured_patterns, shipped_patterns
from hotspots.geometry.beams.pattern import Pattern, with_pedestal
from hotspots.gridding.radiometer.channel_map import channel_map, map_grid
from hotspots.gridding.radiometer.maps import RadiometerMaps
from hotspots.radiometer import CHANNELS, RadiometerSwath

__all__ = ["antenna_patterns", "map_brightness"]


def antenna_patterns(settings: RadiometerMapSettings) -> tuple[Pattern, ...]:
    """Patterns of the six antennas as the settings want them.

    Raises
    ------
    GeometryError
        If a user's file of a pattern is missing or damaged.
    """
    if settings.antenna_folder is None:
        patterns = shipped_patterns()
    else:
        patterns = measured_patterns(settings.antenna_folder)
    return tuple(with_pedestal(one, settings.sidelobe_fraction) for one in patterns)


def map_brightness(
    swath: RadiometerSwath,
    beams: Beams,
    settings: RadiometerMapSettings,
    backend: Backend = Backend.CPU,
) -> RadiometerMaps:
    """Invert the antenna temperatures of a visit, each channel by itself.

    Parameters
    ----------
    swath : RadiometerSwath
    beams : Beams
        Of the same rows; rows with unknown beams are left out.
    settings : RadiometerMapSettings
    backend : Backend
        Where the beam sums run.

    Returns
    -------
    RadiometerMaps
        Cells that no row looked at are NaN.

    Raises
    ------
    GriddingError
        If swath and beams have different rows, or no row has a known beam.
    GeometryError
        If a user's file of a pattern is missing or damaged.
    """
    if len(swath) != len(beams):
        msg = f"{swath.visit}: {len(swath)} rows of the radiometer but {len(beams)} of beams"
        raise GriddingError(msg)
    rows = np.flatnonzero(np.all(beams.known, axis=1))
    if len(rows) == 0:
        msg = f"{swath.visit}: no row of the radiometer has a known beam; load attitude kernels"
        raise GriddingError(msg)
    patterns = antenna_patterns(settings)
    grid = map_grid(settings.cells_per_side)
    known, seen = swath.select(rows), beams.select(rows)
    maps = [
        channel_map(known, seen, index, patterns[index], grid, settings, backend)
        for index in range(len(CHANNELS))
    ]
    cells, columns = len(grid.direction), len(CHANNELS)
    tb, sigma, width, check = (np.full((cells, columns), np.nan) for _ in range(4))
    model, background = (np.full((len(swath), columns), np.nan) for _ in range(2))
    notes = []
    for index, one in enumerate(maps):
        if one is None:
            notes.append(f"channel {index + 1}: too few rows on Io or off it, no map")
            continue
        tb[:, index], sigma[:, index], width[:, index] = one.tb_k, one.sigma_k, one.width_km
        check[:, index] = one.rsir_k
        model[rows, index], background[rows, index] = one.model_k, one.background_k
    latitude, longitude = latitude_longitude(grid.direction)
    return RadiometerMaps(
        latitude,
        longitude,
        tb,
        sigma,
        width,
        settings.scale_fraction,
        model,
        background,
        tuple(None if one is None else one.kernels for one in maps),
        tuple(None if one is None else one.choice for one in maps),
        check,
        tuple(notes),
    )
