"""`Measurement`: what one map says about one source, before names and tables."""

from dataclasses import dataclass

from hotspots.errors import RetrievalError

__all__ = ["Measurement", "Power"]


@dataclass(frozen=True)
class Power:
    """Spectral power of a source in one band, GW/um.

    Parameters
    ----------
    value : float
        Hemispheric spectral power of a Lambertian emitter.
    sigma : float
        One standard deviation.
    saturated : bool
        Some of its light is saturated or non-linear: ``value`` is a lower limit.
    """

    value: float
    sigma: float
    saturated: bool

    def __post_init__(self) -> None:
        if not self.sigma >= 0:
            msg = f"a power of {self.value} GW/um with sigma {self.sigma}: wanted sigma >= 0"
            raise RetrievalError(msg)


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """One source on one map.

    Angles in degrees, lengths in km; ``et`` is the mean time of the frames, TDB seconds
    past J2000; ``diameter_km`` is None for a source that is not resolved.
    """

    et: float
    lat_deg: float
    lon_east_deg: float
    sigma_km: float
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
