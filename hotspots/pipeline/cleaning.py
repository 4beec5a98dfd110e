"""Stage 3a: what does not belong to the surface is taken off or flagged, frame by frame."""

import math

import numpy as np

from hotspots.config import MappingSettings
from hotspots.gridding.illumination import (
    Sunlight,
    fit_sunlight,
    remove_background,
    sample_illumination,
)
from hotspots.gridding.particles import lone_hits
from hotspots.pipeline.pointing import Pointed
from hotspots.swath import Flag, Swath

__all__ = ["clean_swaths"]


def clean_swaths(
    pointed: Pointed, settings: MappingSettings
) -> tuple[dict[str, Swath], dict[str, Sunlight]]:
    """Remove column background, flag what must not be gridded, model reflected sunlight.

    Parameters
    ----------
    pointed : Pointed
    settings : MappingSettings
        ``calibration`` and ``grid.maximum_emission_deg``.

    Returns
    -------
    swaths : dict of str to Swath
        By band; particle hits that a frame shows by itself are flagged as RADIATION,
        samples off the body or seen too obliquely as OFF_BODY.
    sunlight : dict of str to Sunlight
        Photometric law by band.
    """
    least_cosine = math.cos(math.radians(settings.grid.maximum_emission_deg))
    swaths, sunlight = {}, {}
    for band, swath in pointed.swaths.items():
        illumination = sample_illumination(swath, pointed.eclipsed[band])
        model = fit_sunlight(swath, illumination)
        clean = remove_background(swath, illumination, model, settings.calibration)
        sunlight[band] = fit_sunlight(clean, illumination)
        flags = clean.flags.copy()
        for i, (along_lines, along_samples) in enumerate(pointed.blur_px[band].tolist()):
            blur = (along_lines, along_samples)
            hit = lone_hits(clean.values[i], clean.sigma[i], flags[i], blur)
            flags[i][hit] |= np.uint8(Flag.RADIATION)
        flags[illumination.mu < least_cosine] |= np.uint8(Flag.OFF_BODY)
        swaths[band] = clean.replace(flags=flags)
    return swaths, sunlight
