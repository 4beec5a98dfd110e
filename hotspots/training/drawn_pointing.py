"""True pointing with a drawn error, in place of a solved one."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from hotspots.calibration.swaths import RawFrame
from hotspots.config import InstrumentSettings
from hotspots.config.checks import require_within
from hotspots.geometry.cameras import build_cameras
from hotspots.gridding.spread import motion_blur
from hotspots.pipeline.pointing import Pointed, scene_moves
from hotspots.simulation.visit import FrameKind, SimulatedVisit
from hotspots.swath import Swath

__all__ = ["PointingError", "drawn_pointing"]


@dataclass(frozen=True)
class PointingError:
    """Standard deviations of what a solved pointing would have left, px on either axis.

    Parameters
    ----------
    shared_px : float
        Common to all frames of a visit.
    scatter_px : float
        From frame to frame.
    """

    shared_px: float
    scatter_px: float

    def __post_init__(self) -> None:
        require_within(self, 0, 50, "shared_px", "scatter_px")


def drawn_pointing(
    visit: SimulatedVisit,
    swaths: dict[str, Swath],
    instrument: InstrumentSettings,
    error: PointingError,
    rng: Generator,
) -> Pointed:
    """Give the frames of Io cameras that look nearly where they did.

    Parameters
    ----------
    visit : SimulatedVisit
    swaths : dict of str to Swath
        Calibrated, of all its frames.
    instrument : InstrumentSettings
        Pixel angle and blur.
    error : PointingError
    rng : Generator

    Returns
    -------
    Pointed
        Frames of empty sky are left out; without records.
    """
    index = {frame.product.product_id: i for i, frame in enumerate(visit.frames)}
    off = rng.normal(0.0, error.shared_px, 2)
    off = off + rng.normal(0.0, error.scatter_px, (len(visit.frames), 2))
    kept, eclipsed, blurs = {}, {}, {}
    stated = float(np.hypot(error.shared_px, error.scatter_px))
    for band, truth in visit.bands.items():
        place = {frame: k for k, frame in enumerate(truth.frames)}
        names = swaths[band].product_ids
        chosen = [i for i, name in enumerate(names) if visit.kinds[index[name]] is FrameKind.IO]
        if not chosen:
            continue
        frames = [index[names[i]] for i in chosen]
        states = truth.states.select([place[frame] for frame in frames])
        offset = visit.offset_px[frames] + off[frames]
        cameras = build_cameras(states, instrument.ifov_rad, offset=offset)
        kept[band] = swaths[band].select(chosen).replace(cameras=cameras)
        eclipsed[band] = states.eclipsed
        moves = [scene_moves(_frame(visit, frame).product) for frame in frames]
        blurs[band] = motion_blur(
            kept[band].exposure_s,
            np.array(moves),
            instrument.optics_sigma_px,
            instrument.smear_px_per_s,
        )
    sigma = {name: stated for swath in kept.values() for name in swath.product_ids}
    own = {name: error.scatter_px**2 * np.eye(2) for name in sigma}
    return Pointed(kept, eclipsed, blurs, sigma, (), own, error.shared_px**2 * np.eye(2))


def _frame(visit: SimulatedVisit, number: int) -> RawFrame:
    return visit.frames[number]
