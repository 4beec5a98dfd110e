"""`Measurement`: what a visit says about one source, before names and tables."""

import math
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hotspots.errors import RetrievalError
from hotspots.retrieval.shape import Shape

__all__ = ["ErrorEllipse", "Measurement", "Power"]

TWO_SIGMA = 1.959964
"""Half width of a 95 % interval of a Gaussian, standard deviations."""


@dataclass(frozen=True, kw_only=True)
class Power:
    """Spectral power of a source in one band, GW/um.

    Parameters
    ----------
    value : float
        Hemispheric spectral power of a Lambertian emitter.  Of a source that is only ever
        saturated: the most likely value given its unsaturated wings.
    sigma : float
        One standard deviation; half the length of the 68 % interval where that is closed.
    lo, hi : float or None
        Ends of the 68 % interval; None where it is open.
    lo95, hi95 : float or None
        Ends of the 95 % interval; None where it is open.
    saturated : bool
        Some of its light is saturated or non-linear in every frame: ``hi`` and ``hi95``
        follow from the wings, or are open.

    Raises
    ------
    RetrievalError
        If the standard deviation is no number from zero, or the ends are out of order.
    """

    value: float
    sigma: float
    lo: float | None
    hi: float | None
    lo95: float | None
    hi95: float | None
    saturated: bool

    def __post_init__(self) -> None:
        if not self.sigma >= 0:
            msg = f"a power of {self.value} GW/um with sigma {self.sigma}: wanted sigma >= 0"
            raise RetrievalError(msg)
        ends = [end for end in (self.lo95, self.lo, self.hi, self.hi95) if end is not None]
        if ends != sorted(ends):
            msg = f"a power between {self.lo95}, {self.lo}, {self.hi}, {self.hi95}: wanted order"
            raise RetrievalError(msg)

    @classmethod
    def gaussian(cls, value: float, sigma: float, *, saturated: bool = False) -> Self:
        """Power with a Gaussian error; the intervals of a saturated one are open above."""
        return cls(
            value=value,
            sigma=sigma,
            lo=value - sigma,
            hi=None if saturated else value + sigma,
            lo95=value - TWO_SIGMA * sigma,
            hi95=None if saturated else value + TWO_SIGMA * sigma,
            saturated=saturated,
        )


@dataclass(frozen=True)
class ErrorEllipse:
    """One-standard-deviation ellipse of a place on the ground.

    Parameters
    ----------
    major_km, minor_km : float
        Semi-axes, km: standard deviations along the axes.
    azimuth_deg : float
        Direction of the major axis, degrees east of north, 0 to 180.
    """

    major_km: float
    minor_km: float
    azimuth_deg: float

    def __post_init__(self) -> None:
        if not 0 <= self.minor_km <= self.major_km:
            msg = f"ellipse of {self.major_km} and {self.minor_km} km: wanted major >= minor >= 0"
            raise RetrievalError(msg)

    @classmethod
    def of_covariance(cls, east_east: float, east_north: float, north_north: float) -> Self:
        """Ellipse of a covariance in km2 along east and north.

        Raises
        ------
        RetrievalError
            If the numbers are no covariance.
        """
        values, vectors = np.linalg.eigh([[east_east, east_north], [east_north, north_north]])
        if not values[0] >= -1e-9 * abs(values[1]):
            msg = f"{east_east}, {east_north}, {north_north} km2 is no covariance"
            raise RetrievalError(msg)
        minor, major = np.sqrt(np.maximum(values, 0.0))
        azimuth = math.degrees(math.atan2(vectors[0, 1], vectors[1, 1])) % 180.0
        return cls(float(major), float(minor), azimuth)

    @classmethod
    def circle(cls, sigma_km: float) -> Self:
        """Errors that are the same in all directions."""
        return cls(sigma_km, sigma_km, 0.0)

    @property
    def sigma_km(self) -> float:
        """One standard deviation along one axis: geometric mean of the semi-axes, km."""
        return math.sqrt(self.major_km * self.minor_km)


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """One source of a map or of a whole visit.

    Angles in degrees, lengths in km; ``et`` is the mean time of the frames, TDB seconds
    past J2000; ``diameter_km`` is None for a source that is not resolved.
    ``power_correlation`` is that of the errors of the two bands, -1 to 1: the place, the
    width and undetected neighbours are common to both.  ``points_km`` (k, 3) are the
    body-fixed surface points that the detector found it to be made of, if that is known.
    ``shape`` is None where the picture says nothing about it; ``p_hotspot`` and
    ``p_lava_lake`` are the detector's word and the shape's together.
    """

    et: float
    lat_deg: float
    lon_east_deg: float
    ellipse: ErrorEllipse
    snr: float
    p_hotspot: float
    p_lava_lake: float
    powers: dict[str, Power]
    n_frames: int
    range_km: float
    km_per_px: float
    emission_deg: float
    incidence_deg: float
    diameter_km: float | None
    power_correlation: float = 0.0
    points_km: NDArray[np.float64] | None = field(default=None, compare=False, repr=False)
    shape: Shape | None = None

    @property
    def sigma_km(self) -> float:
        """One standard deviation of the place along one axis, km."""
        return self.ellipse.sigma_km
