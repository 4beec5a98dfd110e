"""Stage 2: calibrated swaths to swaths with cameras, and what became of every frame."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hotspots.archive.layout import SAMPLES
from hotspots.archive.products import Product
from hotspots.calibration.swaths import RawFrame
from hotspots.catalogue.records import FrameRecord, FrameStatus
from hotspots.config import MappingSettings
from hotspots.geometry.cameras import build_cameras, image_plane_shift
from hotspots.geometry.pointing.evidence import BandEvidence, FrameEvidence
from hotspots.geometry.pointing.prior import FIRST_ORBIT_WITHOUT_MIRROR, visit_prior
from hotspots.geometry.pointing.solve import FramePointing, solve_pointing
from hotspots.geometry.state import FrameStates, frame_states
from hotspots.gridding.spread import motion_blur
from hotspots.pipeline.empty_frames import body_share, without_night_frames
from hotspots.planck import BANDS
from hotspots.swath import Flag, Swath

__all__ = ["Pointed", "point_visit", "scene_moves"]


@dataclass(frozen=True)
class Pointed:
    """Swaths that know where they look.

    Parameters
    ----------
    swaths : dict of str to Swath
        Frames in use only, with cameras.
    eclipsed : dict of str to array (n,) bool
        Frames with Io in Jupiter's shadow, by band.
    blur_px : dict of str to array (n, 2) float64
        Blur of every frame, (lines, samples), by band.
    sigma_px : dict of str to float
        Pointing error of each product in use, root mean square of both axes, px.
    records : tuple of FrameRecord
        One for every frame that was handed in.
    covariance_px : dict of str to array (2, 2) float64
        Covariance, (sample, line), of what each product in use errs by alone, squared
        pixels; errors of different frames are independent.
    common_covariance_px : array (2, 2) float64
        Covariance, (sample, line), of the error that all of them share on top of that.
    offset_px : dict of str to array (2,) float64
        Correction (rx, ry) of each product in use, pixels of angle.
    """

    swaths: dict[str, Swath]
    eclipsed: dict[str, NDArray[np.bool_]]
    blur_px: dict[str, NDArray[np.float64]]
    sigma_px: dict[str, float]
    records: tuple[FrameRecord, ...]
    covariance_px: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    common_covariance_px: NDArray[np.float64] = field(default_factory=lambda: np.zeros((2, 2)))
    offset_px: dict[str, NDArray[np.float64]] = field(default_factory=dict)


def scene_moves(product: Product) -> bool:
    """Whether the scene runs over the detector during the exposure.

    Housekeeping tells where there is any; else the mirror held the scene until orbit 43.
    """
    if product.log is not None:
        return not product.log.motor_despinning
    return product.orbit is None or product.orbit >= FIRST_ORBIT_WITHOUT_MIRROR


def point_visit(
    swaths: dict[str, Swath],
    frames: list[RawFrame],
    orbit: int | None,
    settings: MappingSettings,
    known_empty: dict[str, str],
) -> Pointed:
    """Solve the pointing of a visit.

    Parameters
    ----------
    swaths : dict of str to Swath
        Calibrated, without cameras.
    frames : list of RawFrame
        What they were made from.
    orbit : int or None
    settings : MappingSettings
    known_empty : dict of str to str
        Products that look empty (dark frames), and why; those that the body fills at the
        offset expected are no such frames.

    Returns
    -------
    Pointed
    """
    instrument = settings.instrument
    moves = {f.product.product_id: scene_moves(f.product) for f in frames}
    states = {b: frame_states(s.et, BANDS[b].spice_frame) for b, s in swaths.items()}
    blur = {
        b: motion_blur(
            s.exposure_s,
            np.array([moves[name] for name in s.product_ids]),
            instrument.optics_sigma_px,
            instrument.smear_px_per_s,
        )
        for b, s in swaths.items()
    }
    despun = sum(moves.values()) * 2 < len(moves)
    prior = visit_prior(orbit, despun=despun)
    field = (instrument.lines, SAMPLES)
    for band, swath in swaths.items():
        share = body_share(states[band], prior.offset, instrument.ifov_rad, field)
        known_empty = without_night_frames(known_empty, swath.product_ids, share)
    evidence = _evidence(swaths, states, blur, known_empty)
    solved = solve_pointing(evidence, prior, instrument, settings.pointing)
    by_name = {p.product_id: p for p in solved if p.offset is not None}
    pointed, eclipsed, kept_blur = {}, {}, {}
    for band, swath in swaths.items():
        chosen = [i for i, name in enumerate(swath.product_ids) if name in by_name]
        if not chosen:
            continue
        offsets = np.array([by_name[swath.product_ids[i]].offset for i in chosen])
        mine = states[band].select(chosen)
        cameras = build_cameras(mine, instrument.ifov_rad, offset=offsets)
        pointed[band] = swath.select(chosen).replace(cameras=cameras)
        eclipsed[band] = mine.eclipsed
        kept_blur[band] = blur[band][chosen]
    records = [_record(p, swaths, settings) for p in solved]
    records += [
        FrameRecord(product_id=name, status=FrameStatus.REJECTED, reason=reason)
        for name, reason in known_empty.items()
    ]
    sigma = {
        name: float(np.sqrt(np.trace(p.covariance) / 2))
        for name, p in by_name.items()
        if p.covariance is not None
    }
    common = next(
        (p.common_covariance for p in by_name.values() if p.common_covariance is not None),
        np.zeros((2, 2)),
    )
    own = {n: p.own_covariance for n, p in by_name.items() if p.own_covariance is not None}
    offset = {name: p.offset for name, p in by_name.items() if p.offset is not None}
    return Pointed(pointed, eclipsed, kept_blur, sigma, tuple(records), own, common, offset)


def _evidence(
    swaths: dict[str, Swath],
    states: dict[str, FrameStates],
    blur: dict[str, NDArray[np.float64]],
    known_empty: dict[str, str],
) -> list[FrameEvidence]:
    """Frames in time order, bands gathered."""
    bands: dict[str, dict[str, BandEvidence]] = {}
    when: dict[str, float] = {}
    for band, swath in swaths.items():
        for i, name in enumerate(swath.product_ids):
            if name in known_empty:
                continue
            when[name] = float(swath.et[i])
            bands.setdefault(name, {})[band] = BandEvidence(
                states=states[band].select([i]),
                values=swath.values[i],
                sigma=swath.sigma[i],
                usable=(swath.flags[i] & Flag.unusable()) == 0,
                limited=(swath.flags[i] & (Flag.SATURATED | Flag.NONLINEAR)) != 0,
                blur_px=(float(blur[band][i, 0]), float(blur[band][i, 1])),
            )
    return [FrameEvidence(name, bands[name]) for name in sorted(bands, key=lambda n: when[n])]


def _record(
    pointing: FramePointing, swaths: dict[str, Swath], settings: MappingSettings
) -> FrameRecord:
    """Row of ``frames.csv``; all shifts are those of the M half of the detector.

    Frames of the L band alone are no exception: 7 degrees from the prediction, the same
    turn of the camera is half a line more or less at the other half.
    """
    if pointing.offset is None or pointing.covariance is None:
        return FrameRecord(
            product_id=pointing.product_id, status=FrameStatus.REJECTED, reason=pointing.reason
        )
    swath = next(s for s in swaths.values() if pointing.product_id in s.product_ids)
    index = swath.product_ids.index(pointing.product_id)
    states = frame_states(swath.et[[index]], BANDS["M"].spice_frame)
    shift = image_plane_shift(states, pointing.offset[None], settings.instrument.ifov_rad)[0]
    return FrameRecord(
        product_id=pointing.product_id,
        status=FrameStatus.USED,
        reason=pointing.reason,
        dx_px=float(shift[0]),
        dy_px=float(shift[1]),
        sigma_px=float(np.sqrt(np.trace(pointing.covariance) / 2)),
    )
