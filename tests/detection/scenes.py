"""Scenes and maps for tests: sources with a Gaussian spread on even noise."""

import array_api_strict
import numpy as np

from hotspots.backend import to_host
from hotspots.detection.point_kernel import point_model
from hotspots.detection.scene import Scene
from hotspots.grid import Grid, GridMap, Plane, Projection
from hotspots.gridding.locate import cell_surface
from hotspots.planck import BANDS

ELSEWHERE = array_api_strict.Device("device1")

WIDTH = 1.25
"""Standard deviation of the spread on a map with cells of 0.6 px, cells."""

SPREAD = WIDTH**2 * np.eye(2)
NOISE = 1e-4

FLUX_SIGMA = 2 * np.sqrt(np.pi) * WIDTH * NOISE
"""Error of a matched filter's flux: sigma / sqrt(sum K^2), with sum K^2 = 1 / (4 pi s^2)."""


def drawn(shape, places, fluxes, spread=SPREAD):
    """Image of point sources at (column, row) without noise."""
    return point_model(np.asarray(places, float), np.asarray(fluxes, float), spread, shape)


def noise_of(shape, seed, sigma=NOISE):
    return np.random.default_rng(seed).normal(0.0, sigma, shape)


def scene_with(image, *, noise=NOISE, usable=None, sunlight=None, saturated=None, frames=4):
    """Scene of an image; the rest is even, dark and unsaturated unless told otherwise."""
    zero = np.zeros(image.shape)
    return Scene(
        image=image,
        noise=np.full(image.shape, noise),
        usable=np.ones(image.shape, bool) if usable is None else usable,
        sunlight=zero if sunlight is None else sunlight,
        saturated=zero if saturated is None else saturated,
        frames=np.full(image.shape, float(frames)),
        chi2=np.ones(image.shape),
        spread=SPREAD,
    )


def view_grid_of(shape, cell_km=4.0, latitude_deg=20.0, longitude_deg=110.0):
    """View grid around the point below the camera."""
    return Grid(
        projection=Projection.VIEW,
        shape=shape,
        cell_km=cell_km,
        x_min_km=-0.5 * shape[1] * cell_km,
        y_max_km=0.5 * shape[0] * cell_km,
        centre_latitude_deg=latitude_deg,
        centre_longitude_deg=longitude_deg,
    )


def map_of(images, *, cell_km=4.0, cos_incidence=-0.5, noise=NOISE, frames=4, **planes):
    """`GridMap` as gridding makes it, of images by band.

    Keywords such as ``m_chi2`` replace the plane of that name.
    """
    shape = next(iter(images.values())).shape
    grid = view_grid_of(shape, cell_km)
    surface, _, _ = cell_surface(grid)
    normal = surface / np.asarray(grid.radii_km) ** 2
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    made = {
        "cos_emission": normal @ np.asarray(grid.basis()[2]),
        "cos_incidence": np.full(shape, cos_incidence),
        "km_per_px": np.full(shape, cell_km / 0.6),
    }
    attributes = {"pointing_sigma_px": 0.1, "et": 7.44e8, "range_km": 30000.0}
    for band, image in images.items():
        letter = band.lower()
        made |= {
            f"{letter}_residual": image,
            f"{letter}_sigma": np.full(shape, noise),
            f"{letter}_frames": np.full(shape, frames, np.int32),
            f"{letter}_chi2": np.ones(shape),
            f"{letter}_saturated": np.zeros(shape),
            f"{letter}_sunlight": np.zeros(shape),
        }
        attributes[f"{letter}_spread"] = SPREAD.ravel().tolist()
    made |= planes
    return GridMap(grid, {name: Plane(v, "1", name) for name, v in made.items()}, attributes)


def on_strict_device(grid_map):
    """Move a map to where NumPy cannot reach it without being told to, as on a GPU."""
    return grid_map.with_planes(
        {
            name: Plane(
                array_api_strict.asarray(to_host(plane.values).copy(), device=ELSEWHERE),
                plane.unit,
                plane.description,
            )
            for name, plane in grid_map.planes.items()
        }
    )


def flux_of_power(power_gw_um, band, area_km2):
    """Sum over cells of the radiance of a source, W m-2 sr-1 times cells.

    S = pi R A / W / 1e9 with A in m2 and W in um, turned round.
    """
    return power_gw_um * 1e9 * BANDS[band].power_width_um / (np.pi * area_km2 * 1e6)
