"""What a simulated visit knows of its sources, as far as labels ask."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from hotspots.backend import to_host
from hotspots.planck import BANDS
from hotspots.simulation.outlines import Outline
from hotspots.simulation.scene import Scene
from hotspots.simulation.source_response import matched_snr, sample_noise
from hotspots.simulation.tangent import east_north, surface_point_km
from hotspots.simulation.visit import SimulatedVisit
from hotspots.training.labels import KnownSource
from hotspots.training.samples import HOTSPOT, LAVA_LAKE

__all__ = ["expected_snr", "known_sources", "product_ids"]

Float64 = NDArray[np.float64]

RESOLVED_PX = 3.0
"""Diameter from which a lava lake can be told from a point, pixels."""

PATTERN_PX = 3.0
"""Broader patterns of the ground than this standard deviation are background, px."""


def product_ids(visit: SimulatedVisit) -> tuple[str, ...]:
    """PRODUCT_ID of the frames of Io in the M band, in the order of `expected_snr`."""
    return tuple(visit.frames[i].product.product_id for i in visit.bands["M"].frames)


def expected_snr(visit: SimulatedVisit) -> Float64:
    """Signal over noise of every source in every frame of Io in the M band.

    Parameters
    ----------
    visit : SimulatedVisit

    Returns
    -------
    array (frames, sources) float64
        Of a filter of the source's true shape against read and shot noise and the pattern
        of the ground about it; neighbours are not counted.
    """
    truth = visit.bands["M"]
    rendered = truth.rendered
    noise = to_host(sample_noise(rendered.radiance, truth.exposure_s, visit.camera))
    sigma = np.hypot(noise, ground_pattern(to_host(rendered.ground))).astype(np.float32)
    return np.asarray(
        matched_snr(
            visit.scene,
            rendered,
            truth.cameras,
            BANDS["M"],
            visit.camera.optics(BANDS["M"]),
            truth.smear_px,
            sigma,
        )
    )


def ground_pattern(ground: NDArray[np.float32]) -> Float64:
    """Local standard deviation of the ground without its broad part.

    Parameters
    ----------
    ground : array (frames, lines, samples) float32

    Returns
    -------
    array (frames, lines, samples) float64
        Unit of the ground.
    """
    width = (0.0, PATTERN_PX, PATTERN_PX)
    rest = ground - gaussian_filter(ground, width, mode="nearest")
    return np.sqrt(gaussian_filter(rest.astype(np.float64) ** 2, width, mode="nearest"))


def known_sources(scene: Scene, snr: Float64, km_per_px: float) -> list[KnownSource]:
    """Sources of a scene for the labels of one map.

    Parameters
    ----------
    scene : Scene
    snr : array (sources,) float64
        Expected of the frames of the map together.
    km_per_px : float
        Of the map.

    Returns
    -------
    list of KnownSource
        A lava lake that the map cannot resolve is a hot spot on it.
    """
    known = []
    for source, expected in zip(scene.sources, snr.tolist(), strict=True):
        outline = source.outline
        rim: tuple[tuple[float, float], ...] = ()
        if outline is not None and outline.diameter_km >= RESOLVED_PX * km_per_px:
            rim = _rim_deg(source.lat_deg, source.lon_east_deg, outline)
        place = (source.lat_deg, source.lon_east_deg) if rim else source.flux_place(BANDS["M"])
        known.append(
            KnownSource(
                *place,
                LAVA_LAKE if rim else HOTSPOT,
                float(expected),
                rim,
            )
        )
    return known


def _rim_deg(
    lat_deg: float, lon_east_deg: float, outline: Outline
) -> tuple[tuple[float, float], ...]:
    """Planetocentric (latitude, longitude) of the vertices of a lake's rim."""
    centre = surface_point_km(lat_deg, lon_east_deg)
    points = centre + np.asarray(outline.vertices_km) @ east_north(centre)
    latitude = np.degrees(np.arcsin(points[:, 2] / np.linalg.norm(points, axis=-1)))
    longitude = np.degrees(np.arctan2(points[:, 1], points[:, 0]))
    return tuple(zip(latitude.tolist(), longitude.tolist(), strict=True))
