"""Stage 5: one photometry of the visit, in all its frames, of what the maps' regions found."""

import numpy as np

from hotspots.backend import to_host
from hotspots.config import InferSettings, InstrumentSettings
from hotspots.geometry.intersect import on_device
from hotspots.gridding.illumination import Sunlight, sample_illumination
from hotspots.gridding.planes import cameras_of
from hotspots.pipeline.grouping import Group
from hotspots.pipeline.joining import join_swaths
from hotspots.pipeline.merging import merge_groups
from hotspots.pipeline.pointing import Pointed
from hotspots.retrieval.frames.measuring import measure_in_frames
from hotspots.retrieval.frames.scene import BandFrames, FrameScene
from hotspots.retrieval.frames.solution import FrameFit
from hotspots.retrieval.measurement import Measurement
from hotspots.swath import Swath

__all__ = ["frame_scene", "measure_visit"]

BOX_VARIANCE = 1.0 / 12.0
"""Variance of a box one unit wide: the smear's, in the blur along the lines."""


def measure_visit(
    groups: list[Group],
    measured: list[tuple[Measurement, ...]],
    pointed: Pointed,
    sunlight: dict[str, Sunlight],
    settings: InferSettings,
) -> tuple[tuple[Measurement, ...], FrameFit | None]:
    """Measure the sources of a visit in all its frames at once.

    Parameters
    ----------
    groups : list of Group
        With RADIATION flags.
    measured : list of tuples of Measurement
        On their maps, group by group.
    pointed : Pointed
    sunlight : dict of str to Sunlight
    settings : InferSettings
        ``instrument`` and ``photometry``.

    Returns
    -------
    measured : tuple of Measurement
        One a source, strongest in signal over noise first.
    fit : FrameFit or None
        None where nothing was fitted.
    """
    merged = merge_groups(measured)
    if not merged:
        return merged, None
    photometry = settings.photometry
    scene = frame_scene(groups, pointed, sunlight, settings.instrument, photometry.linear_dn)
    return measure_in_frames(scene, merged, photometry)


def frame_scene(
    groups: list[Group],
    pointed: Pointed,
    sunlight: dict[str, Sunlight],
    instrument: InstrumentSettings,
    linear_dn: float,
) -> FrameScene:
    """All frames of a visit, put together from its groups.

    Parameters
    ----------
    groups : list of Group
        With RADIATION flags, at least one, on the host or the device.
    pointed : Pointed
        Covariances of the pointing.
    sunlight : dict of str to Sunlight
        Photometric law by band.
    instrument : InstrumentSettings
        Responsivity.
    linear_dn : float
        Counts from which a sample is but a lower limit, DN.

    Returns
    -------
    FrameScene
        On the host.
    """
    bands = {}
    for band in sorted({band for group in groups for band in group.swaths}, reverse=True):
        parts = [group for group in groups if band in group.swaths]
        swath = join_swaths([_on_host(group.swaths[band]) for group in parts])
        eclipsed = np.concatenate([group.eclipsed[band] for group in parts])
        blur = np.concatenate([group.blur_px[band] for group in parts])
        incidence = sample_illumination(swath, eclipsed).mu0
        bands[band] = BandFrames(
            swath=swath,
            sunlight=np.asarray(sunlight[band].radiance(incidence), dtype=np.float32),
            smear_px=np.sqrt(np.maximum(blur[:, 0] ** 2 - blur[:, 1] ** 2, 0.0) / BOX_VARIANCE),
            linear_radiance=linear_dn / instrument.responsivity / swath.exposure_s,
        )
    scene = {name for frames in bands.values() for name in frames.swath.product_ids}
    alone = {name: pointed.covariance_px.get(name, np.zeros((2, 2))) for name in sorted(scene)}
    return FrameScene(bands, alone, pointed.common_covariance_px)


def _on_host(swath: Swath) -> Swath:
    values = to_host(swath.values)
    return swath.replace(
        values=values,
        sigma=to_host(swath.sigma),
        flags=to_host(swath.flags),
        cameras=on_device(cameras_of(swath), values),
    )
