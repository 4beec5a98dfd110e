r"""What goes along the columns: odd and even gains, background, and ghosts of bright light.

Odd and even columns answer to a radiance ``R`` (W m-2 sr-1) with the gains
:math:`(1 \pm g/2) R^{\pm p}`: the inverse of the corrections that Perry applies to
short-exposure frames.  The power falls with the exposure, as 1 ms over its length.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from hotspots.simulation.fault_ranges import ColumnRanges

__all__ = ["Stripes", "draw_stripes"]

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]

SHORT_EXPOSURE_S = 1e-3
"""At and below this exposure the power law has its full strength."""

FAINTEST, BRIGHTEST = 1e-3, 10.0
"""Radiances (W m-2 sr-1) beyond which the power law goes no further."""


@dataclass(frozen=True)
class Stripes:
    """Columns of one half of the detector.

    Parameters
    ----------
    background_dn : array (samples,) float64
        Background of every column, DN.
    drift_dn : float
        Standard deviation of a column's background from frame to frame, DN.
    gain, power : float
        ``g`` and ``p`` of the module docstring.
    ghost_fraction : float
        Part of the light of a column that a line right beside it gets back.
    ghost_length_px, ghost_width_px : float
        Lines over which a ghost fades by e; its standard deviation across columns, px.
    """

    background_dn: Float64
    drift_dn: float
    gain: float
    power: float
    ghost_fraction: float
    ghost_length_px: float
    ghost_width_px: float

    def gains(self, radiance: Float32, exposure_s: float) -> Float32:
        """Gain of every sample for its radiance (lines, samples), W m-2 sr-1."""
        sign = np.where(np.arange(radiance.shape[-1]) % 2, np.float32(1), np.float32(-1))
        power = self.power * min(1.0, SHORT_EXPOSURE_S / exposure_s)
        gain = 1 + np.float32(0.5 * self.gain) * sign
        if power > 0:
            bright = np.clip(radiance, np.float32(FAINTEST), np.float32(BRIGHTEST))
            gain = gain * np.exp(np.float32(power) * sign * np.log(bright))
        return np.asarray(gain, dtype=np.float32)

    def ghosts(self, light_dn: Float32) -> Float32:
        """Reflections, DN, of light (lines, samples), DN."""
        line = np.arange(light_dn.shape[0])
        fade = np.exp(-np.abs(line[:, None] - line) / self.ghost_length_px)
        returned = (self.ghost_fraction * fade).astype(np.float32) @ light_dn
        return np.asarray(gaussian_filter1d(returned, self.ghost_width_px, mode="nearest"))

    def background(self, rng: np.random.Generator) -> Float64:
        """Background of the columns (samples,) in one frame, DN."""
        return self.background_dn + self.drift_dn * rng.standard_normal(len(self.background_dn))


def draw_stripes(
    ranges: ColumnRanges, rng: np.random.Generator, samples: int, *, calibrated: bool
) -> Stripes:
    """Draw the columns of one half of the detector.

    Parameters
    ----------
    ranges : ColumnRanges
    rng : numpy.random.Generator
    samples : int
    calibrated : bool
        Radiance frames keep a background; raw frames have the columns of their bias.

    Returns
    -------
    Stripes
    """
    size = ranges.background_dn.draw(rng) * np.exp(
        ranges.background_spread.draw(rng) * rng.standard_normal(samples)
    )
    negative = rng.random(samples) < ranges.background_negative.draw(rng)
    odd = np.arange(samples) % 2 - 0.5
    background = np.where(negative, -size, size) + ranges.odd_even_offset_dn.draw(rng) * odd
    return Stripes(
        background_dn=background if calibrated else np.zeros(samples),
        drift_dn=ranges.drift_dn.draw(rng),
        gain=ranges.odd_even_gain.draw(rng),
        power=ranges.odd_even_power.draw(rng),
        ghost_fraction=ranges.ghost_fraction.draw(rng),
        ghost_length_px=ranges.ghost_length_px.draw(rng),
        ghost_width_px=ranges.ghost_width_px.draw(rng),
    )
