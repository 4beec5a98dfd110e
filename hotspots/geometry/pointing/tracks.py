"""Which spot of which frame is which place on the ground.

Frames are taken in one by one, the surest first.  Each is laid over the pattern of
places found so far by a vote over offsets, so frames without a limb find their own
pointing from the frames that have one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.geometry.cameras import corrected_rotation
from hotspots.geometry.host import RADII_KM, pixel_to_surface, surface_to_pixel
from hotspots.geometry.pointing.observations import SpotTie
from hotspots.geometry.pointing.spots import Spots
from hotspots.geometry.pointing.vote import vote_offset
from hotspots.geometry.state import FrameStates

__all__ = ["Tracks", "View", "associate", "east_north", "spot_ties"]

Float64 = NDArray[np.float64]

TOLERANCE_PX = 1.5
"""A spot this near to an expected place may be it, px."""

STEEPEST_MU = 0.15
"""Spots seen more obliquely than this cosine of emission tie nothing."""


@dataclass(frozen=True)
class View:
    """Spots of one band of one frame.

    Parameters
    ----------
    frame : int
        Index of the frame; its bands share an offset.
    states : FrameStates
        Of this one frame and band, as predicted.
    spots : Spots
    """

    frame: int
    states: FrameStates
    spots: Spots

    def rotation(self, offset: Float64, ifov_rad: float) -> Float64:
        """Camera to body-fixed axes at an offset (rx, ry)."""
        return np.asarray(corrected_rotation(self.states.rotation, offset[None], ifov_rad)[0])

    def pixels(
        self, points_km: Float64, offset: Float64, ifov_rad: float
    ) -> tuple[Float64, Float64]:
        """Pixels (k, 2) and cosine of emission (k,) of ground points at an offset."""
        sample, line, mu = surface_to_pixel(
            points_km,
            self.states.position_km[0],
            self.rotation(offset, ifov_rad),
            self.states.beta[0],
            ifov_rad,
        )
        return np.stack([sample, line], axis=-1), mu

    def ground(self, offset: Float64, ifov_rad: float) -> Float64:
        """Ground points (k, 3) of the spots at an offset; NaN off the body."""
        return pixel_to_surface(
            self.spots.sample,
            self.spots.line,
            self.states.position_km[0],
            self.rotation(offset, ifov_rad),
            self.states.beta[0],
            ifov_rad,
        )


@dataclass(frozen=True)
class Tracks:
    """Places on the ground and who saw them.

    Parameters
    ----------
    points_km : array (s, 3) float64
        Body-fixed.
    sightings : tuple of (view, spot, place) indices
    offset : array (n, 2) float64
        Offsets of the frames after the vote, px.
    tied : array (n,) bool
        Frames that were laid over the pattern with confidence, and the frame that founded
        it if others were.
    """

    points_km: Float64
    sightings: tuple[tuple[int, int, int], ...]
    offset: Float64
    tied: NDArray[np.bool_]


def east_north(points_km: Float64) -> tuple[Float64, Float64]:
    """Unit vectors to the east and to the north at points (k, 3)."""
    east = np.stack([-points_km[:, 1], points_km[:, 0], np.zeros(len(points_km))], axis=-1)
    east = east / np.maximum(np.linalg.norm(east, axis=-1, keepdims=True), 1e-9)
    normal = points_km / RADII_KM**2
    normal = normal / np.linalg.norm(normal, axis=-1, keepdims=True)
    return east, np.cross(normal, east)


def associate(
    views: list[View],
    start: Float64,
    window: Float64,
    order: list[int],
    anchored: NDArray[np.bool_],
    ifov_rad: float,
) -> Tracks:
    """Lay all frames over one growing pattern of places.

    Parameters
    ----------
    views : list of View
    start : array (n, 2) float64
        First guess of every frame's offset, px.
    window : array (n, 2) float64
        How far off that may be, px.
    order : list of int
        Frames, surest first.
    anchored : array (n,) bool
        Frames whose start is trusted even where no vote confirms it.
    ifov_rad : float
        Angle of one pixel, rad.

    Returns
    -------
    Tracks
    """
    offset = start.copy()
    places = np.zeros((0, 3))
    sightings: list[tuple[int, int, int]] = []
    tied = np.zeros(len(start), dtype=bool)
    founder: int | None = None
    for frame in order:
        members = [k for k, view in enumerate(views) if view.frame == frame and len(view.spots)]
        seen: list[Float64] = []
        expected: list[Float64] = []
        for k in members:
            if not len(places):
                break
            pixel, mu = views[k].pixels(places, offset[frame], ifov_rad)
            reach = window[frame] + 2
            near = (
                (mu > STEEPEST_MU)
                & (np.abs(pixel[:, 0] - 215.5) < 216 + reach[0])
                & (np.abs(pixel[:, 1] - 63.5) < 64 + reach[1])
            )
            # bands are kept apart in the vote by a distance that no window spans
            apart = np.array([0.0, 1e5 * len(seen)])
            expected.append(pixel[near] + apart)
            seen.append(np.stack([views[k].spots.sample, views[k].spots.line], -1) + apart)
        if seen:
            vote = vote_offset(
                np.concatenate(seen),
                np.concatenate(expected),
                (float(window[frame, 0]), float(window[frame, 1])),
                TOLERANCE_PX,
            )
            if vote is not None and vote.convincing():
                offset[frame] += vote.offset
                tied[frame] = True
        if tied[frame] or anchored[frame] or not len(places):
            tied[frame] |= anchored[frame]
            places = _take_in(views, members, offset[frame], places, sightings, ifov_rad)
            founder = frame if founder is None and len(places) else founder
    if founder is not None:
        tied[founder] |= tied.any()
    return Tracks(places, tuple(sightings), offset, tied)


def _take_in(
    views: list[View],
    members: list[int],
    offset: Float64,
    places: Float64,
    sightings: list[tuple[int, int, int]],
    ifov_rad: float,
) -> Float64:
    """Match the spots of one frame to the places, and add those that match none."""
    for k in members:
        view = views[k]
        ground = view.ground(offset, ifov_rad)
        spot_pixels = np.stack([view.spots.sample, view.spots.line], axis=-1)
        taken: set[int] = set()
        if len(places):
            pixel, mu = view.pixels(places, offset, ifov_rad)
            pixel[mu < STEEPEST_MU] = np.inf
        else:
            pixel = np.zeros((0, 2))
        fresh: list[Float64] = []
        for spot in range(len(view.spots)):
            if not np.isfinite(ground[spot]).all():
                continue
            distance = np.linalg.norm(pixel - spot_pixels[spot], axis=-1)
            nearest = int(np.argmin(distance)) if len(distance) else -1
            if nearest >= 0 and distance[nearest] < TOLERANCE_PX:
                if nearest not in taken:
                    taken.add(nearest)
                    sightings.append((k, spot, nearest))
                continue
            sightings.append((k, spot, len(places) + len(fresh)))
            fresh.append(ground[spot])
        if fresh:
            places = np.concatenate([places, np.asarray(fresh)])
    return places


def spot_ties(
    views: list[View], tracks: Tracks, ifov_rad: float
) -> tuple[list[SpotTie], NDArray[np.int64]]:
    """Observations for the adjustment from the places seen in two frames or more.

    Parameters
    ----------
    views : list of View
    tracks : Tracks
    ifov_rad : float
        Angle of one pixel, rad.

    Returns
    -------
    ties : list of SpotTie
        ``spot`` counts the kept places.
    kept : array (s,) int
        Index into ``tracks.points_km`` of each kept place.
    """
    frames_of: dict[int, set[int]] = {}
    for k, _, place in tracks.sightings:
        frames_of.setdefault(place, set()).add(views[k].frame)
    kept = np.array(sorted(p for p, f in frames_of.items() if len(f) >= 2), dtype=np.int64)
    number = {int(place): i for i, place in enumerate(kept)}
    points = tracks.points_km
    east, north = east_north(points)
    ties = []
    for k, spot, place in tracks.sightings:
        if place not in number:
            continue
        view = views[k]
        moved = np.stack([points[place], points[place] + east[place], points[place] + north[place]])
        pixel, mu = view.pixels(moved, tracks.offset[view.frame], ifov_rad)
        if mu[0] < STEEPEST_MU:
            continue
        seen = np.array([view.spots.sample[spot], view.spots.line[spot]])
        ties.append(
            SpotTie(
                frame=view.frame,
                spot=number[place],
                residual=seen - pixel[0],
                ground=np.stack([pixel[1] - pixel[0], pixel[2] - pixel[0]], axis=-1),
                sigma_px=float(view.spots.sigma_px[spot]),
            )
        )
    return ties, kept
