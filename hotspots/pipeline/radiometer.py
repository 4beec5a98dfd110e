"""One visit of the microwave radiometer through all of its stages."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
import spiceypy
from numpy.typing import NDArray

from hotspots.archive.visits import Visit
from hotspots.body import IO_FRAME, IO_NAME
from hotspots.catalogue.records import FrameRecord
from hotspots.config import InferSettings
from hotspots.config.radiometer_maps import RadiometerMapSettings
from hotspots.errors import KernelError
from hotspots.grid import GridMap
from hotspots.gridding.radiometer.map_brightness import map_brightness
from hotspots.gridding.radiometer.maps import RadiometerMaps
from hotspots.observer import Observer
from hotspots.pipeline.product_grids import equirectangular_grid
from hotspots.pipeline.radiometer_planes import radiometer_planes
from hotspots.pipeline.radiometer_reading import read_radiometer
from hotspots.pipeline.radiometer_records import (
    cell_records,
    receiver_records,
    row_count_records,
    scan_traces,
)
from hotspots.pipeline.radiometer_swath import CalibratedVisit, calibrate_radiometer
from hotspots.products.radiometer import RadiometerProducts
from hotspots.retrieval.microwave.interpret import interpret
from hotspots.retrieval.microwave.lava_map import LavaMap

__all__ = ["RadiometerOutcome", "run_radiometer"]

RASTER_CELL_DEG = 1.0
"""Cell of the raster: 32 km at the equator, a ninth of the sharpest beam at 1500 km."""


@dataclass(frozen=True, kw_only=True)
class RadiometerOutcome:
    """Result of the radiometer in one visit.

    Parameters
    ----------
    products : RadiometerProducts
    frames : tuple of FrameRecord
        What became of each table.
    maps : RadiometerMaps or None
        None if no row sees Io.
    lava : LavaMap or None
    notes : dict
        What provenance should remember.
    """

    products: RadiometerProducts
    frames: tuple[FrameRecord, ...]
    maps: RadiometerMaps | None = None
    lava: LavaMap | None = None
    notes: dict[str, Any] = field(default_factory=dict)


def run_radiometer(visit: Visit, settings: InferSettings, observer: Observer) -> RadiometerOutcome:
    """Take the radiometer's tables of one visit to maps of temperature and warm lava.

    Parameters
    ----------
    visit : Visit
        With hours of the radiometer; a kernel pool must be open.
    settings : InferSettings
    observer : Observer
        Is told the stages.

    Returns
    -------
    RadiometerOutcome
        Tables without a row near Io are a result too.

    Raises
    ------
    HotspotsError
        If the radiometer's part of the visit cannot be done.
    """
    observer.stage("radiometer: reading")
    reading = read_radiometer(
        visit.radiometer,
        settings.radiometer.minimum_filling,
        60.0 * settings.radiometer.window_minutes,
    )
    if reading.rows is None:
        nothing = row_count_records(reading.counts)
        products = RadiometerProducts(cells=(), row_counts=nothing)
        return RadiometerOutcome(products=products, frames=reading.products)
    observer.stage("radiometer: calibrating")
    calibrated = calibrate_radiometer(visit.name, reading.rows, settings.radiometer)
    observer.stage("radiometer: mapping")
    maps = map_brightness(calibrated.swath, calibrated.beams, _map_settings(settings, calibrated))
    observer.stage("radiometer: interpreting")
    lava = interpret(
        maps.latitude_deg,
        maps.longitude_east_deg,
        maps.tb_k,
        maps.tb_sigma_k,
        maps.resolution_km,
        _noon_longitude_deg(float(np.median(calibrated.swath.et))),
        settings.radiometer.lava,
        scale_fraction=maps.scale_fraction,
    )
    grid = equirectangular_grid(RASTER_CELL_DEG)
    planes = radiometer_planes(maps, lava, grid)
    return RadiometerOutcome(
        products=RadiometerProducts(
            cells=cell_records(maps, lava),
            row_counts=row_count_records(reading.counts, calibrated.swath),
            receivers=receiver_records(calibrated.calibration),
            grid_map=GridMap(grid, planes, {"name": "radiometer"}),
            traces=scan_traces(calibrated, maps) if settings.radiometer.traces else None,
        ),
        frames=reading.products,
        maps=maps,
        lava=lava,
        notes=_notes(calibrated, maps, lava),
    )


def _map_settings(settings: InferSettings, calibrated: CalibratedVisit) -> RadiometerMapSettings:
    """Settings of the maps with the error of the gain that calibration found."""
    scale = float(np.nanmax(calibrated.calibration.scale_sigma))
    return replace(settings.radiometer.maps, scale_fraction=scale)


def _noon_longitude_deg(et: float) -> float:
    """East longitude of Io's meridian below the Sun.

    Raises
    ------
    KernelError
        If the kernels lack the Sun or Io's axes.
    """
    try:
        sun = spiceypy.spkpos("SUN", et, IO_FRAME, "NONE", IO_NAME)[0]
    except spiceypy.exceptions.SpiceyError as error:
        msg = f"no place of the Sun from Io ({error.short}): add the kernels that cover this time"
        raise KernelError(msg) from error
    return float(np.degrees(np.arctan2(sun[1], sun[0])) % 360.0)


def _notes(calibrated: CalibratedVisit, maps: RadiometerMaps, lava: LavaMap) -> dict[str, Any]:
    """What provenance should remember of calibration, geometry and fits."""
    agreement = calibrated.agreement
    return {
        "sky_noise_k": _plain(calibrated.sky_noise_k),
        "scale_sigma": _plain(calibrated.calibration.scale_sigma),
        "kernels_against_columns_deg": None if agreement is None else _plain(agreement.worst_deg),
        "choices": [None if choice is None else asdict(choice) for choice in maps.choices],
        "maps": list(maps.notes),
        "passive_model": lava.values,
        "passive_model_sigma": lava.sigmas,
    }


def _plain(values: NDArray[np.float64]) -> list[float | None]:
    return [float(value) if np.isfinite(value) else None for value in values]
