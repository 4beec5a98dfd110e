"""Which of the sources that were put into the frames the detector gave back."""

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from hotspots.body import IO_MEAN_RADIUS_KM

__all__ = ["match_radius_km", "recovered"]

Float64 = NDArray[np.float64]

LEAST_PX, MOST_PX, MOST_DEG = 1.5, 3.0, 1.0
"""A source is found if something is reported within three pixels, no more than one degree
unless that is less than 1.5 pixels: published positions of one hot spot agree to about one
degree, and neighbours lie some six degrees apart (Davies et al. 2024)."""


def match_radius_km(km_per_px: Float64) -> Float64:
    """How far from its place a source may be reported and still count as found.

    Parameters
    ----------
    km_per_px : array (...) float64
        Size of a native pixel.

    Returns
    -------
    array (...) float64
        ``max(1.5 px, min(1 degree, 3 px))``, km.
    """
    degree_km = np.pi / 180.0 * IO_MEAN_RADIUS_KM
    return np.maximum(LEAST_PX * km_per_px, np.minimum(degree_km, MOST_PX * km_per_px))


def recovered(
    injected_km: Float64, known_km: Float64, reported_km: Float64, radius_km: Float64
) -> NDArray[np.bool_]:
    """Say which injected sources were reported as sources of their own.

    Parameters
    ----------
    injected_km : array (k, 3) float64
        Body-fixed places of the sources put in, km.
    known_km : array (m, 3) float64
        Places reported before anything was put in.
    reported_km : array (r, 3) float64
        Places reported with the sources in.
    radius_km : array (k,) float64
        Greatest distance of each.

    Returns
    -------
    array (k,) bool
        A report counts for the nearest of all places, those known before included: what
        was there already is not found anew because something lies beside it.
    """
    found = np.zeros(len(injected_km), dtype=bool)
    if not len(injected_km) or not len(reported_km):
        return found
    places = np.concatenate([injected_km, known_km])
    distance, nearest = (np.asarray(a) for a in cKDTree(places).query(reported_km))
    mine = nearest < len(injected_km)
    close = distance[mine] <= radius_km[nearest[mine]]
    found[nearest[mine][close]] = True
    return found
