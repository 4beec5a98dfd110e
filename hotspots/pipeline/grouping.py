"""Stage 3b: frames that see the same ground from the same side, in both bands together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.config import GridSettings
from hotspots.gridding.overlap import split_by_overlap
from hotspots.gridding.planes import cameras_of
from hotspots.gridding.view_grid import group_frames
from hotspots.pipeline.joining import join_cameras
from hotspots.pipeline.pointing import Pointed
from hotspots.swath import Swath

__all__ = ["Group", "groups_of"]


@dataclass(frozen=True)
class Group:
    """Frames that share a grid.

    Parameters
    ----------
    name : str
        ``group_1``, ``group_2``... in the order of their first frames.
    swaths : dict of str to Swath
        By band.
    blur_px : dict of str to array (n, 2) float64
        Blur of every frame, (lines, samples), px, by band.
    eclipsed : dict of str to array (n,) bool
        Frames with Io in Jupiter's shadow, by band.
    """

    name: str
    swaths: dict[str, Swath]
    blur_px: dict[str, NDArray[np.float64]]
    eclipsed: dict[str, NDArray[np.bool_]]

    @property
    def product_ids(self) -> set[str]:
        """Products with a frame in the group."""
        return {name for swath in self.swaths.values() for name in swath.product_ids}

    def sunlit_share(self, band: str) -> float:
        """Part of a band's frames that were taken outside Jupiter's shadow."""
        return 1.0 - float(np.mean(self.eclipsed[band]))


def groups_of(
    swaths: dict[str, Swath], pointed: Pointed, settings: GridSettings
) -> tuple[Group, ...]:
    """Sort frames into groups seen from one side at one scale, bands together.

    Parameters
    ----------
    swaths : dict of str to Swath
        Of `clean_swaths`, in the order of ``pointed``.
    pointed : Pointed
    settings : GridSettings
        ``group_angle_deg`` and ``group_size_ratio``.

    Returns
    -------
    tuple of Group
        A product whose M half is there is sorted by that half, and its L half goes with
        it; frames that miss the body are in no group.
    """
    when: dict[str, float] = {}
    camera_at: dict[str, tuple[str, int]] = {}
    for band in sorted(swaths):  # L before M: the M half has the last word
        for i, name in enumerate(swaths[band].product_ids):
            when[name] = float(swaths[band].et[i])
            camera_at[name] = (band, i)
    names = sorted(when, key=lambda name: when[name])
    if not names:
        return ()
    cameras = join_cameras(
        [cameras_of(swaths[band]).select([i]) for band, i in (camera_at[name] for name in names)]
    )
    alike = group_frames(
        cameras,
        max_angle_deg=settings.group_angle_deg,
        max_size_ratio=settings.group_size_ratio,
    )
    parts = [part for group in alike for part in split_by_overlap(cameras, group)]
    return tuple(
        _group(f"group_{number}", {names[i] for i in members}, swaths, pointed)
        for number, members in enumerate(parts, start=1)
    )


def _group(name: str, members: set[str], swaths: dict[str, Swath], pointed: Pointed) -> Group:
    chosen = {
        band: [i for i, product_id in enumerate(swath.product_ids) if product_id in members]
        for band, swath in swaths.items()
    }
    chosen = {band: indices for band, indices in chosen.items() if indices}
    return Group(
        name=name,
        swaths={band: swaths[band].select(indices) for band, indices in chosen.items()},
        blur_px={band: pointed.blur_px[band][indices] for band, indices in chosen.items()},
        eclipsed={band: pointed.eclipsed[band][indices] for band, indices in chosen.items()},
    )
