"""The offset that the frames of a visit share, before they are weighed against each other.

In this order: limbs that agree; places known to be hot; what such visits had before.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.config import InstrumentSettings, PointingSettings
from hotspots.geometry.host import ellipsoid_point
from hotspots.geometry.known_hotspots import KNOWN_SIGMA_KM, known_hotspots
from hotspots.geometry.pointing.adjust import VisitPrior
from hotspots.geometry.pointing.coarse import CoarseFix
from hotspots.geometry.pointing.evidence import FrameEvidence
from hotspots.geometry.pointing.limb import LimbFit, fit_limb
from hotspots.geometry.pointing.spots import find_spots
from hotspots.geometry.pointing.tracks import TOLERANCE_PX, View
from hotspots.geometry.pointing.vote import vote_offset

__all__ = ["SharedOffset", "plausible", "shared_offset"]

Float64 = NDArray[np.float64]

FAINTEST, BRIGHTEST = 0.003, 0.1
"""Radiance of sunlit Io at the subsolar point, W m-2 sr-1: a factor of three about what
both bands show (0.0097 in M, 0.0251 in L)."""

FARTHEST_TOLERANCE_PX = 12.0
"""Known places that are less certain than this many pixels say nothing: too near to Io."""


@dataclass(frozen=True)
class SharedOffset:
    """Offset of a visit (rx, ry) and one standard deviation of each, pixels of angle.

    ``by_limbs`` says that it was taken from limbs, which need not know both coordinates.
    """

    offset: Float64
    sigma_px: Float64
    by_limbs: bool = False

    def agrees_with(self, prior: VisitPrior) -> bool:
        """Within five standard deviations of what such visits had before."""
        return not _strange(self.offset, prior)


def plausible(fit: LimbFit, shared: Float64, settings: PointingSettings) -> bool:
    """Whether a limb fit may be of Io: near the shared offset, and as bright as Io is.

    Frames of a visit scatter more along the lines (the spin) than along the samples.
    """
    deviation = np.abs(fit.offset - shared)
    return bool(
        deviation[1] < 1.5 * settings.maximum_deviation_px
        and deviation[0] < 0.5 * settings.maximum_deviation_px
        and _bright_as_io(fit)
    )


def _bright_as_io(fit: LimbFit) -> bool:
    return FAINTEST < fit.amplitude < BRIGHTEST


def _strange(offset: Float64, prior: VisitPrior) -> bool:
    spread = np.hypot(prior.sigma_px, prior.jitter_px)
    return bool(np.any(np.abs(offset - prior.offset) > 5 * spread))


def shared_offset(
    frames: list[FrameEvidence],
    coarse: list[CoarseFix | None],
    prior: VisitPrior,
    instrument: InstrumentSettings,
    settings: PointingSettings,
) -> tuple[SharedOffset, dict[int, LimbFit]]:
    """Offset that the visit's frames share, and the limb fits that it rests on.

    Parameters
    ----------
    frames : list of FrameEvidence
    coarse : list of CoarseFix or None
        Where correlation found the disc, one a frame.
    prior : VisitPrior
    instrument : InstrumentSettings
    settings : PointingSettings

    Returns
    -------
    SharedOffset
    dict of int to LimbFit
        By frame; empty where limbs did not agree.
    """
    limbs: dict[int, LimbFit] = {}
    for i, fix in enumerate(coarse):
        if fix is None:
            continue
        fit = fit_limb(
            frames[i].limb_bands(),
            fix.offset,
            instrument.ifov_rad,
            minimum_pixels=settings.minimum_lit_pixels,
        )
        if fit is not None and _bright_as_io(fit):
            limbs[i] = fit
    if limbs:
        offsets = np.array([fit.offset for fit in limbs.values()])
        centre = np.median(offsets, axis=0)
        agreeing = {i: f for i, f in limbs.items() if plausible(f, centre, settings)}
        expected_by_chance = len(limbs) == 1 and _strange(centre, prior)
        if len(agreeing) * 2 > len(limbs) and not expected_by_chance:
            sigma = prior.jitter_px / np.sqrt(len(agreeing)) + 0.3
            return SharedOffset(centre, sigma, by_limbs=True), agreeing
    voted = _known_vote(frames, prior, instrument, settings)
    if voted is not None:
        return SharedOffset(voted, prior.jitter_px), {}
    return SharedOffset(prior.offset, prior.sigma_px), {}


def _known_vote(
    frames: list[FrameEvidence],
    prior: VisitPrior,
    instrument: InstrumentSettings,
    settings: PointingSettings,
) -> Float64 | None:
    """Offset that lays the bright spots of most frames over places known to be hot."""
    table = known_hotspots()
    points = ellipsoid_point(table.latitude_deg, table.longitude_east_deg)
    window = (float(settings.search_samples), float(settings.search_lines))
    found = []
    for i, frame in enumerate(frames):
        for band in frame.bands.values():
            scale_km = band.km_per_pixel(instrument.ifov_rad)
            tolerance = max(TOLERANCE_PX, 1.5 * KNOWN_SIGMA_KM / scale_km)
            if tolerance > FARTHEST_TOLERANCE_PX:
                continue
            spots = find_spots(band.values, band.sigma, band.usable, band.blur_px)
            view = View(i, band.states, spots)
            pixel, mu = view.pixels(points, prior.offset, instrument.ifov_rad)
            pixel = pixel[mu > 0.1]
            if min(len(spots), len(pixel)) < 3:
                continue
            vote = vote_offset(np.stack([spots.sample, spots.line], -1), pixel, window, tolerance)
            if vote is not None and vote.convincing():
                found.append(prior.offset + vote.offset)
    if not found:
        return None
    return np.asarray(np.median(np.array(found), axis=0))
