"""A view grid's map of even noise, with point sources where a test wants them."""

import numpy as np

from hotspots.body import surface_normal
from hotspots.detection.point_kernel import point_model
from hotspots.grid import GridMap, Plane
from hotspots.gridding.locate import cell_surface
from tests.helpers.grids import view_grid_of

SPREAD = np.array([[1.6, 0.0], [0.0, 1.6]])


def made_map(shape=(120, 120), *, noise=1e-3, place=(), flux=(), seed=0, widen=1.0):
    """Map of independent noise of standard deviation ``noise`` at night."""
    grid = view_grid_of(shape)
    surface, _, _ = cell_surface(grid)
    normal = surface_normal(surface, np.asarray(grid.radii_km))
    towards = np.asarray(grid.basis()[2])
    image = noise * np.random.default_rng(seed).standard_normal(shape)
    places = np.array(place, dtype=float).reshape(-1, 2)
    image += point_model(places, np.array(flux, dtype=float), widen**2 * SPREAD, shape)
    planes = {
        "m_residual": image,
        "m_sigma": np.full(shape, noise),
        "m_frames": np.full(shape, 6),
        "m_chi2": np.ones(shape),
        "m_saturated": np.zeros(shape),
        "m_sunlight": np.zeros(shape),
        "cos_emission": normal @ towards,
        "cos_incidence": np.full(shape, -0.5),
        "km_per_px": np.full(shape, 20.0),
    }
    attributes = {"m_spread": SPREAD.ravel().tolist(), "pointing_sigma_px": 0.1}
    return GridMap(grid, {n: Plane(v, "1", "") for n, v in planes.items()}, attributes)
