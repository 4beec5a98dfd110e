"""Both instruments of one visit, and what they are together."""

from dataclasses import replace

from hotspots.archive.visits import Visit
from hotspots.catalogue.records import FrameRecord, FrameStatus
from hotspots.config import InferSettings
from hotspots.errors import HotspotsError
from hotspots.observer import Observer
from hotspots.pipeline.outcome import VisitOutcome
from hotspots.pipeline.radiometer import RadiometerOutcome, run_radiometer
from hotspots.pipeline.radiometer_planes import with_radiometer
from hotspots.pipeline.visit import run_visit

__all__ = ["run_instruments"]


def run_instruments(visit: Visit, settings: InferSettings, observer: Observer) -> VisitOutcome:
    """Take one visit through camera and radiometer, as far as it has them.

    Parameters
    ----------
    visit : Visit
        A kernel pool must be open.
    settings : InferSettings
    observer : Observer
        Is told the stages.

    Returns
    -------
    VisitOutcome
        A radiometer that fails beside a camera that does not is a row of ``frames.csv``.

    Raises
    ------
    HotspotsError
        If the camera's part cannot be done, or the radiometer's where there is no camera.
    """
    if not visit.radiometer:
        return run_visit(visit, settings, observer)
    if not (visit.products or visit.spectra or visit.issues):
        alone = VisitOutcome(name=visit.name, sources=(), frames=())
        return _joined(alone, run_radiometer(visit, settings, observer), settings)
    camera = run_visit(visit, settings, observer)
    try:
        radiometer = run_radiometer(visit, settings, observer)
    except HotspotsError as error:
        observer.message(f"{visit.name}: radiometer failed: {error}")
        failed = [
            FrameRecord(product_id=hour.product_id, status=FrameStatus.FAILED, reason=str(error))
            for hour in visit.radiometer
        ]
        return replace(camera, frames=(*camera.frames, *failed))
    return _joined(camera, radiometer, settings)


def _joined(
    camera: VisitOutcome, radiometer: RadiometerOutcome, settings: InferSettings
) -> VisitOutcome:
    frames = sorted((*camera.frames, *radiometer.frames), key=lambda record: record.product_id)
    maps, products = camera.maps, radiometer.products
    if settings.products.netcdf and radiometer.maps is not None and radiometer.lava is not None:
        maps = with_radiometer(maps, radiometer.maps, radiometer.lava)
        if not maps and products.grid_map is not None:
            maps = (products.grid_map,)
    return replace(
        camera,
        frames=tuple(frames),
        maps=maps,
        radiometer=products,
        notes=camera.notes | {"radiometer": radiometer.notes},
    )
