"""Where every frame of a visit really looked, with covariance, or why that is unknown.

The steps, each in its own module:

1. `search`: correlation with the sunlit disc finds frames that show enough limb;
2. `limb`: the lit limb fixes those to a fraction of a pixel;
3. the offset that the visit shares (`shared`) follows from them, else from places known
   to be hot (`vote`), else from what visits of that part of the mission had (`prior`);
4. `spots` and `tracks`: bright spots tie all frames together, `ground` to known places;
5. `adjust`: everything is weighed in one bundle adjustment;
6. a frame is used if the body is in its field at its solved offset and the image shows
   the sunlit disc where there must be one.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hotspots.config import InstrumentSettings, PointingSettings
from hotspots.geometry.pointing.adjust import Adjustment, VisitPrior, adjust
from hotspots.geometry.pointing.coarse import coarse_fixes
from hotspots.geometry.pointing.evidence import FrameEvidence
from hotspots.geometry.pointing.field import body_fraction, disc_contrast, least_body_fraction
from hotspots.geometry.pointing.ground import ground_ties
from hotspots.geometry.pointing.limb import (
    LIMB_BIAS_PX,
    UNSHADED_BIAS_PX,
    LimbFit,
    fit_limb,
)
from hotspots.geometry.pointing.observations import LimbTie
from hotspots.geometry.pointing.shading import Shading
from hotspots.geometry.pointing.shared import plausible, shared_offset
from hotspots.geometry.pointing.split import split_covariance
from hotspots.geometry.pointing.spots import SPOT_BIAS_PX, find_spots
from hotspots.geometry.pointing.sunlight import visit_shading
from hotspots.geometry.pointing.tracks import (
    TOLERANCE_PX,
    Tracks,
    View,
    associate,
    spot_ties,
)

__all__ = ["FramePointing", "solve_pointing"]

Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class FramePointing:
    """Pointing of one frame.

    Parameters
    ----------
    product_id : str
    offset : array (2,) float64 or None
        Correction (rx, ry) as angles in pixels; None where the frame is rejected.
    covariance : array (2, 2) float64 or None
        Squared pixels.
    reason : str
        Why the frame was rejected, or how it was pointed.
    common_covariance, own_covariance : arrays (2, 2) float64 or None
        The covariance split into the part that all frames of the visit in use share and the
        frame's own (nearly: their sum differs a little), squared pixels.
    """

    product_id: str
    offset: Float64 | None
    covariance: Float64 | None
    reason: str
    common_covariance: Float64 | None = None
    own_covariance: Float64 | None = None


def solve_pointing(
    frames: list[FrameEvidence],
    prior: VisitPrior,
    instrument: InstrumentSettings,
    settings: PointingSettings,
) -> tuple[FramePointing, ...]:
    """Solve the pointing of all frames of one visit.

    Parameters
    ----------
    frames : list of FrameEvidence
        All readable frames in time order, of Io or not.
    prior : VisitPrior
        Offsets of such visits, from `hotspots.geometry.pointing.prior`.
    instrument : InstrumentSettings
        Pixel angle.
    settings : PointingSettings
        Search window, least correlation, limb and largest deviation.

    Returns
    -------
    tuple of FramePointing
        One a frame, in the given order.
    """
    if not frames:
        return ()
    ifov, given = instrument.ifov_rad, (instrument, settings)
    coarse = coarse_fixes(frames, instrument, settings)
    shared, limbs = shared_offset(frames, coarse, prior, instrument, settings)
    near = replace(prior, offset=shared.offset, sigma_px=shared.sigma_px)
    in_field = np.array(
        [
            body_fraction(f, near.offset, ifov, margin_px=2 * float(near.jitter_px[1]))
            > least_body_fraction(f, ifov)
            for f in frames
        ]
    )
    seen = [int(i) for i in np.flatnonzero(in_field)]
    limbs |= _limb_fits(frames, [i for i in seen if i not in limbs], near, limbs, {}, *given)
    shading = visit_shading(frames, {i: fit.offset for i, fit in limbs.items()}, ifov)
    if shading:
        found = np.median([fit.offset for fit in limbs.values()], axis=0)
        limbs = _limb_fits(frames, seen, replace(near, offset=found), limbs, shading, *given)
    bias = LIMB_BIAS_PX if shading else UNSHADED_BIAS_PX
    views = [
        View(i, band.states, find_spots(band.values, band.sigma, band.usable, band.blur_px))
        for i, frame in enumerate(frames)
        if in_field[i]
        for band in frame.bands.values()
    ]
    # limbs are ties of their own, and a short arc knows one coordinate only: the other is
    # what such visits had before
    known = prior if shared.by_limbs and shared.agrees_with(prior) else near
    known = replace(known, limb_px=bias, spot_px=SPOT_BIAS_PX)
    solution, tracks = _adjusted(len(frames), views, limbs, near, known, ifov)
    judged = [
        _judge(frame, i, bool(in_field[i]), solution, tracks, limbs, instrument)
        for i, frame in enumerate(frames)
    ]
    used = [i for i, pointing in enumerate(judged) if pointing.offset is not None]
    common, own = split_covariance(solution.joint[np.ix_(used, [0, 1], used, [0, 1])])
    for index, alone in zip(used, own, strict=True):
        judged[index] = replace(judged[index], common_covariance=common, own_covariance=alone)
    return tuple(judged)


def _limb_fits(
    frames: list[FrameEvidence],
    wanted: list[int],
    prior: VisitPrior,
    before: dict[int, LimbFit],
    shading: dict[str, Shading],
    instrument: InstrumentSettings,
    settings: PointingSettings,
) -> dict[int, LimbFit]:
    """Plausible limb fits of some frames, from the fits before or from the visit's offset."""
    found = {}
    for i in wanted:
        fit = fit_limb(
            frames[i].limb_bands(shading),
            before[i].offset if i in before else prior.offset,
            instrument.ifov_rad,
            minimum_pixels=settings.minimum_lit_pixels,
        )
        if fit is not None and plausible(fit, prior.offset, settings):
            found[i] = fit
    return found


def _adjusted(
    n: int,
    views: list[View],
    limbs: dict[int, LimbFit],
    near: VisitPrior,
    known: VisitPrior,
    ifov_rad: float,
) -> tuple[Adjustment, Tracks]:
    """Tie the frames together, adjust, and do both once more from the better offsets.

    ``near`` is where to start, ``known`` what is weighed against the ties.
    """
    start = np.tile(near.offset, (n, 1))
    spread = np.hypot(near.sigma_px, near.jitter_px)
    window = np.tile(4 * spread + 1, (n, 1))
    anchored = np.zeros(n, dtype=bool)
    size = np.full(n, np.inf)
    for i, fit in limbs.items():
        start[i] = fit.offset
        window[i] = np.clip(4 * np.sqrt(np.diag(fit.covariance)), 1.5, window[i])
        size[i] = np.trace(fit.covariance)
        anchored[i] = size[i] < 1.0
    richness = np.zeros(n)
    for view in views:
        richness[view.frame] += len(view.spots)
    order = [int(i) for i in np.lexsort((-richness, np.round(np.minimum(size, 1e3), 1)))]
    ties = [LimbTie(i, fit.offset, fit.covariance) for i, fit in limbs.items()]
    tracks = associate(views, start, window, order, anchored, ifov_rad)
    solution = _solved(views, tracks, ties, known, ifov_rad)
    again = np.full_like(window, TOLERANCE_PX)
    everyone = np.ones(n, dtype=bool)
    order = [int(i) for i in np.argsort(solution.covariance.trace(axis1=1, axis2=2))]
    tracks = replace(
        associate(views, solution.offset, again, order, everyone, ifov_rad), tied=tracks.tied
    )
    tracks = replace(tracks, offset=solution.offset)
    return _solved(views, tracks, ties, known, ifov_rad), tracks


def _solved(
    views: list[View],
    tracks: Tracks,
    limbs: list[LimbTie],
    prior: VisitPrior,
    ifov_rad: float,
) -> Adjustment:
    spots, kept = spot_ties(views, tracks, ifov_rad)
    grounds = ground_ties(tracks.points_km[kept])
    return adjust(tracks.offset, len(kept), spots, limbs, grounds, prior)


def _judge(
    frame: FrameEvidence,
    index: int,
    in_field: bool,
    solution: Adjustment,
    tracks: Tracks,
    limbs: dict[int, LimbFit],
    instrument: InstrumentSettings,
) -> FramePointing:
    """Use a frame, or say why not."""
    name, ifov = frame.product_id, instrument.ifov_rad
    offset, covariance = solution.offset[index], solution.covariance[index]
    share = solution.visit_offset
    if not in_field:
        reason = (
            f"Io is outside the field of view at the visit's pointing offset "
            f"({share[0]:+.1f} samples, {share[1]:+.1f} lines)"
        )
        return FramePointing(name, None, None, reason)
    fraction = body_fraction(frame, offset, ifov)
    if fraction < least_body_fraction(frame, ifov):
        reason = f"Io covers {100 * fraction:.1f} % of the field of view"
        return FramePointing(name, None, None, reason)
    contrast = disc_contrast(frame, offset, ifov)
    if contrast is not None and contrast < 0.25 and not tracks.tied[index]:
        reason = (
            "the image does not show the sunlit disc where it must be "
            f"({100 * contrast:.0f} % of the expected brightness)"
        )
        return FramePointing(name, None, None, reason)
    if index in limbs:
        reason = "pointed by the sunlit limb"
    elif tracks.tied[index]:
        reason = "pointed by hot spots shared with other frames"
    else:
        reason = "pointed by the offset that the visit shares"
    return FramePointing(name, offset, covariance, reason)
