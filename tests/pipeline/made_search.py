"""A search whose threshold is known, on frames of even noise."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from hotspots.backend import Backend
from hotspots.config import InferSettings, LimitSettings
from hotspots.detection.detector import Detections, Region
from hotspots.detection.filtering import local_maxima, matched_filter
from hotspots.detection.scene import scene_of
from hotspots.gridding.illumination import Sunlight, sample_illumination
from hotspots.pipeline.grouping import Group
from hotspots.pipeline.searching import Search, Searched
from hotspots.swath import Flag
from tests.pipeline.frames import cameras_above, pointed_of, swath_of

NIGHT = Sunlight(0.0, 0.0, 1.0)


class Threshold:
    """Reports every peak of the matched filter above a signal over noise.

    The noise is measured on the first map, before anything is put in.
    """

    name = "threshold"

    def __init__(self, snr):
        self.snr = snr
        self.scatter = None

    def detect(self, grid_map):
        scene = scene_of(grid_map, "M", 0.2)
        _, snr = matched_filter(scene.image, scene.weight(scene.usable), scene.spread)
        if self.scatter is None:
            # neighbours share samples, so noise scatters more than sigma says of each cell
            self.scatter = 1.4826 * np.median(np.abs(snr[scene.usable]))
        snr = snr / self.scatter
        rows, columns = np.nonzero(local_maxima(snr, self.snr))
        regions = tuple(
            Region(r + 0.5, c + 0.5, float(snr[r, c]), ((r + 0.5, c + 0.5),), 1.0, 0.0)
            for r, c in zip(rows.tolist(), columns.tolist(), strict=True)
        )
        return Detections(regions, {})


def made_search(snr, *, frames=6, seed=0, **limits):
    """Frames of noise as cleaning leaves them, and the search of them."""
    swath = swath_of(cameras_above(frames, range_km=110_000.0), seed=seed)
    off = np.isnan(sample_illumination(swath, np.ones(frames, bool)).mu)
    swath = swath.replace(flags=np.where(off, np.uint8(Flag.OFF_BODY), np.uint8(0)))
    pointed = pointed_of(swath)
    pointed = replace(pointed, covariance_px={n: np.zeros((2, 2)) for n in swath.product_ids})
    group = Group("group_1", {"M": swath}, pointed.blur_px, {"M": np.ones(frames, bool)})
    settings = InferSettings(
        archive=Path("archive"), out=Path("out"), limits=LimitSettings(**limits)
    )
    return Search(pointed, {"M": NIGHT}, Threshold(snr), settings, Backend.CPU), group


def first_look(search, group):
    """Map of the group and what the detector finds on it."""
    grid_map, regions = search(group, None)
    return Searched(group, grid_map, regions)
