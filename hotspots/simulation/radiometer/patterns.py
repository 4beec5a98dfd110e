"""Antenna patterns of a drawn instrument: an elliptical main lobe and a pedestal of side lobes.

The lobe is ``2**-(q (1 + c (q - 1)))`` with ``q = (theta / h)**2``, h half its width at half
power: a Gaussian for c = 0.  With c about 0.03 it follows the published Legendre fits to the
measured patterns (jihenghu/mwr_polarvortices) down to 0.5 %; below, those fits are a pedestal
of some -35 dB that falls by 10 dB to 90 degrees.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.radiometer import CHANNELS
from hotspots.simulation.ranges import Range, require_ranges

__all__ = ["Pattern", "PatternRanges", "directions_in_antenna", "draw_patterns"]

Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class PatternRanges:
    """How the patterns differ from their nominal widths, drawn for each channel.

    Parameters
    ----------
    width_factor : Range
        True over nominal width at half power.  Two analyses of one pattern differ by 1 to 3 %.
    ellipticity : Range
        Width along +X over the mean width, less 1; negative: narrower.
    steepness : Range
        The c of the main lobe.
    pedestal_db : Range
        Of the side lobes near the main lobe, against the peak.
    pedestal_fall_deg : Range
        Angle over which the pedestal falls to 1/e.

    Raises
    ------
    ConfigurationError
        If a number is outside its range.
    """

    width_factor: Range = Range(0.99, 1.01)
    ellipticity: Range = Range(-0.02, 0.02)
    steepness: Range = Range(0.025, 0.035)
    pedestal_db: Range = Range(-40.0, -33.0)
    pedestal_fall_deg: Range = Range(25.0, 45.0)

    def __post_init__(self) -> None:
        require_ranges(self, 0.5, 2.0, "width_factor")
        require_ranges(self, -0.3, 0.3, "ellipticity")
        require_ranges(self, 0.0, 0.2, "steepness")
        require_ranges(self, -90.0, -20.0, "pedestal_db")
        require_ranges(self, 1.0, 180.0, "pedestal_fall_deg")


@dataclass(frozen=True)
class Pattern:
    """Pattern of one antenna.

    Parameters
    ----------
    half_width_deg : float
        Half the mean width at half power.
    ellipticity, steepness, pedestal_db, pedestal_fall_deg : float
        As in `PatternRanges`.
    """

    half_width_deg: float
    ellipticity: float
    steepness: float
    pedestal_db: float
    pedestal_fall_deg: float

    def relative_gain(self, theta_deg: Float64, cos_two_phi: Float64) -> Float64:
        """Gain over that of the boresight.

        Parameters
        ----------
        theta_deg : array
            Angle from the boresight, degrees.
        cos_two_phi : array
            Cosine of twice the azimuth from the antenna's +X.

        Returns
        -------
        array, broadcast of the two
        """
        q = (theta_deg / (self.half_width_deg * (1.0 + self.ellipticity * cos_two_phi))) ** 2
        lobe = np.exp2(-q * (1.0 + self.steepness * (q - 1.0)))
        level = 10.0 ** (0.1 * self.pedestal_db)
        pedestal = level * np.exp(-theta_deg / self.pedestal_fall_deg)
        return np.asarray(lobe - np.expm1(-q) * pedestal)  # the peak stays 1

    def solid_angle(self, steps: tuple[int, int] = (7200, 16)) -> float:
        """Integral of the relative gain over all directions, sr (midpoint rule)."""
        theta = (np.arange(steps[0]) + 0.5) * np.pi / steps[0]
        phi = (np.arange(steps[1]) + 0.5) * 2 * np.pi / steps[1]
        gain = self.relative_gain(np.degrees(theta)[:, None], np.cos(2 * phi))
        ring = np.sin(theta)[:, None] * (np.pi / steps[0]) * (2 * np.pi / steps[1])
        return float(np.sum(gain * ring))


def directions_in_antenna(axes: Float64, directions: Float64) -> tuple[Float64, Float64]:
    """Angle from the boresight (degrees) and cosine of twice the azimuth of directions.

    Parameters
    ----------
    axes : array (3, 3)
        Rows are X, Y, Z of the antenna.
    directions : array (m, 3)
        Unit vectors in the same frame.

    Returns
    -------
    theta_deg, cos_two_phi : arrays (m,)
    """
    x, y, z = axes @ directions.T
    across = x**2 + y**2
    theta = np.degrees(np.arctan2(np.sqrt(across), z))
    return theta, (x**2 - y**2) / np.maximum(across, 1e-30)


def draw_patterns(ranges: PatternRanges, rng: np.random.Generator) -> tuple[Pattern, ...]:
    """Draw the patterns of the six channels."""
    return tuple(
        Pattern(
            half_width_deg=0.5 * channel.beamwidth_deg * ranges.width_factor.draw(rng),
            ellipticity=ranges.ellipticity.draw(rng),
            steepness=ranges.steepness.draw(rng),
            pedestal_db=ranges.pedestal_db.draw(rng),
            pedestal_fall_deg=ranges.pedestal_fall_deg.draw(rng),
        )
        for channel in CHANNELS
    )
