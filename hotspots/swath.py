"""`Swath`: calibrated samples of one band of one visit, and what is wrong with each.

A swath is a value: calibration makes it, geometry gives it cameras, gridding reads
it.  Nobody changes one in place; `Swath.replace` returns a new one.
"""

from dataclasses import dataclass, replace
from enum import IntFlag
from typing import Any, Self

from hotspots.camera import Cameras
from hotspots.errors import CalibrationError

__all__ = ["Flag", "Swath"]


class Flag(IntFlag):
    """Bits of `Swath.flags`; zero means a sample that can be used as a number."""

    SATURATED = 1
    """At or above the plateau of the converter: the value is a lower limit."""
    NONLINEAR = 2
    """Between the linear range and the plateau: the value is biased low."""
    MISSING = 4
    """Never received: a lost telemetry packet, delivered as zeros."""
    HOT_PIXEL = 8
    """A defect of the detector element, in every frame of the visit."""
    RADIATION = 16
    """Struck by a charged particle in this frame only."""
    OFF_BODY = 32
    """The line of sight misses the body, or the sample straddles its limb."""

    @classmethod
    def unusable(cls) -> "Flag":
        """Bits whose samples carry no information about the scene."""
        return cls.MISSING | cls.HOT_PIXEL | cls.RADIATION


@dataclass(frozen=True)
class Swath:
    """Samples of one infrared band over the frames of one visit.

    Parameters
    ----------
    band : str
        ``"L"`` or ``"M"``.
    product_ids : tuple of str, length n
        PRODUCT_ID of the frame that each slice came from.
    values : array (n, lines, samples) float32
        Band radiance, W m-2 sr-1, background removed.
    sigma : array (n, lines, samples) float32
        One standard deviation of ``values``, W m-2 sr-1.
    flags : array (n, lines, samples) uint8
        Bits of `Flag`.
    et : array (n,) float64, host
        Start of exposure, TDB seconds past J2000.
    exposure_s : array (n,) float64, host
        Exposure time, s.
    cameras : Cameras or None
        Where each frame looked; None until geometry has been there.

    Raises
    ------
    CalibrationError
        If the shapes of the fields contradict each other.
    """

    band: str
    product_ids: tuple[str, ...]
    values: Any
    sigma: Any
    flags: Any
    et: Any
    exposure_s: Any
    cameras: Cameras | None = None

    def __post_init__(self) -> None:
        n = len(self.product_ids)
        shape = tuple(self.values.shape)
        if len(shape) != 3 or shape[0] != n:
            msg = f"band {self.band}: values have shape {shape}, wanted ({n}, lines, samples)"
            raise CalibrationError(msg)
        for name in ("sigma", "flags"):
            found = tuple(getattr(self, name).shape)
            if found != shape:
                msg = f"band {self.band}: {name} has shape {found}, wanted {shape}"
                raise CalibrationError(msg)
        for name in ("et", "exposure_s"):
            found = tuple(getattr(self, name).shape)
            if found != (n,):
                msg = f"band {self.band}: {name} has shape {found}, wanted ({n},)"
                raise CalibrationError(msg)
        if self.cameras is not None and len(self.cameras) != n:
            msg = f"band {self.band}: {len(self.cameras)} cameras for {n} frames"
            raise CalibrationError(msg)

    def __len__(self) -> int:
        return len(self.product_ids)

    def replace(self, **changes: Any) -> Self:
        """Return a new swath with some fields exchanged."""
        return replace(self, **changes)

    def select(self, indices: list[int]) -> Self:
        """Return a new swath of the frames at ``indices``, in that order."""
        return self.replace(
            product_ids=tuple(self.product_ids[i] for i in indices),
            values=self.values[indices],
            sigma=self.sigma[indices],
            flags=self.flags[indices],
            et=self.et[indices],
            exposure_s=self.exposure_s[indices],
            cameras=None if self.cameras is None else self.cameras.select(indices),
        )
