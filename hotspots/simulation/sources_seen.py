"""Where the sources of a scene fall in frames, and how much light each sends there."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.archive.layout import BAND_LINES, SAMPLES
from hotspots.camera import Cameras
from hotspots.geometry.projection import pixel_solid_angle, project_points
from hotspots.planck import Band, band_radiance
from hotspots.simulation.scene import Scene

__all__ = ["Emitters", "SourcesSeen", "emitters", "see_sources"]

Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class SourcesSeen:
    """Every source of a scene (k) in every frame (n); host arrays.

    Parameters
    ----------
    sample, line : arrays (n, k) float64
        Where the source's centre falls, px; NaN on the far side and behind the camera.
    cos_emission : array (n, k) float64
        Cosine of the angle of emission; negative on the far side.
    range_km : array (n, k) float64
        From the camera.
    visible : array (n, k) bool
        On the near side, in front of the camera and with its centre inside the array.
    light : array (n, k) float64
        Sum over pixels of the radiance that the source adds, W m-2 sr-1 px, inside the
        array or not; 0 where ``sample`` is NaN.
    diameter_px : array (n, k) float64
        Of the disc of the source's area, not foreshortened, px.
    """

    sample: Float64
    line: Float64
    cos_emission: Float64
    range_km: Float64
    visible: NDArray[np.bool_]
    light: Float64
    diameter_px: Float64


@dataclass(frozen=True)
class Emitters:
    """What sources are drawn as: a lava lake whole, a hot spot as one disc a component.

    Parameters
    ----------
    source : array (e,) int64
        Place of the source in the scene.
    radiance_km2 : array (e,) float64
        Band radiance times area, W m-2 sr-1 km2.
    diameter_km : array (e,) float64
        Of the disc of its area.
    share : array (e,) float64
        Part of its source's light.
    outlined : array (e,) bool
        A lava lake.
    """

    source: NDArray[np.int64]
    radiance_km2: Float64
    diameter_km: Float64
    share: Float64
    outlined: NDArray[np.bool_]


def emitters(scene: Scene, band: Band) -> Emitters:
    """List the emitters of a scene in one band."""
    temperature, area, owner = (
        np.array(column, dtype=np.float64).reshape(-1)
        for column in (
            [t for s in scene.sources for t, _ in s.components],
            [a for s in scene.sources for _, a in s.components],
            [i for i, s in enumerate(scene.sources) for _ in s.components],
        )
    )
    light = band_radiance(band, temperature) * area
    source = owner.astype(np.int64)
    is_lake = np.array([s.outline is not None for s in scene.sources], dtype=np.bool_)
    # the components of a lake go together: only its first stays, with the sum
    whole = is_lake[source]
    keep = ~whole | (np.diff(source, prepend=-1) > 0)
    total = np.bincount(source, weights=light)[source]
    light = np.where(whole, total, light)
    area = np.where(whole, np.bincount(source, weights=area)[source], area)
    return Emitters(
        source=source[keep],
        radiance_km2=light[keep],
        diameter_km=2 * np.sqrt(area[keep] / np.pi),
        share=(light / total)[keep],
        outlined=whole[keep],
    )


def see_sources(scene: Scene, cameras: Cameras, listed: Emitters) -> SourcesSeen:
    """Project the sources of a scene into frames.

    Parameters
    ----------
    scene : Scene
    cameras : Cameras
        Of n frames.
    listed : Emitters
        Of the scene, in the band to see it in.

    Returns
    -------
    SourcesSeen
    """
    seen = project_points(cameras, scene.source_points_km)
    count = len(scene.sources)
    light = np.bincount(listed.source, weights=listed.radiance_km2, minlength=count)
    area = np.bincount(listed.source, weights=0.25 * np.pi * listed.diameter_km**2, minlength=count)
    pixel_sr = pixel_solid_angle(seen.sample, seen.line, cameras.ifov_rad)
    with np.errstate(invalid="ignore"):
        inside = (np.abs(seen.sample - 0.5 * (SAMPLES - 1)) < 0.5 * SAMPLES) & (
            np.abs(seen.line - 0.5 * (BAND_LINES - 1)) < 0.5 * BAND_LINES
        )
    received = light * np.clip(seen.cos_emission, 0, None) / seen.range_km**2 / pixel_sr
    return SourcesSeen(
        sample=seen.sample,
        line=seen.line,
        cos_emission=seen.cos_emission,
        range_km=seen.range_km,
        visible=seen.facing & inside,
        light=np.where(seen.facing, received, 0.0),
        diameter_px=2 * np.sqrt(area / np.pi) / seen.range_km / cameras.ifov_rad,
    )
