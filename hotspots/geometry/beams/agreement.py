"""The two ways to know where the antennas looked, compared row by row and with Jupiter.

Neither way is the truth: the kernels hold nominal alignment, the columns an inferred
convention of the roll.  Row by row they must agree to a small part of a beam.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.geometry.beams.beams import JUPITER_RADII_KM, Beams

__all__ = ["BeamAgreement", "beam_agreement", "jupiter_intercepts"]

Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class BeamAgreement:
    """Differences of two ways, NaN where one of them does not know.

    Parameters
    ----------
    boresight_deg : array (n, 6) float64
        Angle between the boresights, degrees.
    roll_deg : array (n, 6) float64
        Angle between the +X axes, degrees: boresight and roll together.
    place_km : array (n,) float64
        Distance between Juno's places, km.
    """

    boresight_deg: Float64
    roll_deg: Float64
    place_km: Float64

    @property
    def worst_deg(self) -> Float64:
        """Largest angle of each channel (6,) over all rows that both know, degrees."""
        both = np.fmax(self.boresight_deg, self.roll_deg)
        return np.asarray(np.max(np.where(np.isnan(both), 0.0, both), axis=0, initial=0.0))


def beam_agreement(one: Beams, other: Beams) -> BeamAgreement:
    """Compare two ways row by row.

    Parameters
    ----------
    one, other : Beams
        Of the same rows.
    """
    chord = np.linalg.norm(one.axes - other.axes, axis=-1)
    angle = np.degrees(2.0 * np.arcsin(np.minimum(1.0, 0.5 * chord)))
    place = np.linalg.norm(one.juno_km - other.juno_km, axis=-1)
    return BeamAgreement(angle[:, :, 2], angle[:, :, 0], place)


def jupiter_intercepts(beams: Beams) -> Float64:
    """Where the boresights meet Jupiter's 1-bar ellipsoid.

    Parameters
    ----------
    beams : Beams

    Returns
    -------
    array (n, 6, 2) float64
        Planetocentric longitude, east-positive 0..360, and latitude, degrees; NaN off Jupiter.
    """
    turn = beams.jupiter_axes
    radii = np.asarray(JUPITER_RADII_KM)
    place = -np.einsum("nij,nj->ni", turn, beams.jupiter_km)[:, None] / radii
    ray = np.einsum("nij,ncj->nci", turn, beams.axes[:, :, 2]) / radii
    squared = np.sum(ray**2, -1)
    half = np.sum(ray * place, -1)
    discriminant = half**2 - squared * (np.sum(place**2, -1) - 1.0)
    meets = (discriminant >= 0) & (half < 0)
    along = (-half - np.sqrt(np.where(meets, discriminant, np.nan))) / squared
    point = (place + along[..., None] * ray) * radii
    longitude = np.degrees(np.arctan2(point[..., 1], point[..., 0])) % 360.0
    latitude = np.degrees(np.arctan2(point[..., 2], np.hypot(point[..., 0], point[..., 1])))
    return np.stack([longitude, latitude], axis=-1)
