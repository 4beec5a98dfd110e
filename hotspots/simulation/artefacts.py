"""Faults of pixels and of frames: hot and warm pixels, particle hits, lost packets."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from hotspots.archive.quirks import PACKET_LINES, PACKET_SAMPLES
from hotspots.simulation.fault_ranges import DefectRanges

__all__ = ["LONGEST_TRACK_PX", "Defects", "Particles", "draw_defects", "draw_particles"]

Float32 = NDArray[np.float32]

LONGEST_TRACK_PX = 5.0
"""Tracks end here: hits of "1-few pixels" are what the archive's users report."""

LARGEST_HIT_DN = 30000.0
"""Twice the full well: whatever is larger looks the same."""

HOT_DN = (4600.0, 14800.0)
"""Dark counts of hot pixels above the bias; of those above 6,000 raw DN more than half are
above 14,000, which the cube of an even draw gives."""

RIM_PX = 6
"""Pixels beyond the array that a hit on its edge may reach."""

TRACK_STEPS = 9
"""Places along a track at which its charge is laid down."""


@dataclass(frozen=True)
class Defects:
    """Pixels of one half of the detector that are not like the others.

    Parameters
    ----------
    dark_dn : array (lines, samples) float32
        Dark counts above those of a good pixel, DN; they use up the range.
    residual_dn : array (lines, samples) float32
        What the subtraction of a dark frame leaves of them, DN.
    noise_factor : array (lines, samples) float32
        Noise over that of a good pixel.
    """

    dark_dn: Float32
    residual_dn: Float32
    noise_factor: Float32


@dataclass(frozen=True)
class Particles:
    """Statistics of particle hits in one half frame.

    Parameters
    ----------
    rate : float
        Mean hits per half frame.
    scatter : float
        Standard deviation of the logarithm of the rate from frame to frame.
    least_dn, slope : float
        Charges follow ``N(> q) ~ q**-slope`` from ``least_dn`` DN on.
    length_px : float
        Mean length of a track, px.
    spread_px : float
        Standard deviation of the charge about the track, px.
    lost_packet : float
        Probability that a telemetry packet is lost.
    """

    rate: float
    scatter: float
    least_dn: float
    slope: float
    length_px: float
    spread_px: float
    lost_packet: float

    def charge_dn(self, rng: np.random.Generator, shape: tuple[int, int]) -> Float32:
        """Charge that the hits of one frame leave, (lines, samples), DN."""
        count = int(rng.poisson(self.rate * np.exp(self.scatter * rng.standard_normal())))
        charge = np.minimum(self.least_dn * rng.random(count) ** (-1 / self.slope), LARGEST_HIT_DN)
        length = np.minimum(rng.exponential(self.length_px, count), LONGEST_TRACK_PX)
        turn = rng.uniform(0, np.pi, count)
        along = np.linspace(-0.5, 0.5, TRACK_STEPS) * length[:, None]
        line = rng.uniform(-0.5, shape[0] - 0.5, count)[:, None] + along * np.sin(turn)[:, None]
        sample = rng.uniform(-0.5, shape[1] - 0.5, count)[:, None] + along * np.cos(turn)[:, None]
        near = np.arange(-2, 3)
        rows, columns = (np.rint(v)[..., None] + near for v in (line, sample))
        down, across = (
            ndtr((pixel + 0.5 - v[..., None]) / self.spread_px)
            - ndtr((pixel - 0.5 - v[..., None]) / self.spread_px)
            for pixel, v in ((rows, line), (columns, sample))
        )
        # the rim takes what falls beside the array
        wide = shape[1] + 2 * RIM_PX
        tall = shape[0] + 2 * RIM_PX
        cell = (rows + RIM_PX)[..., :, None] * wide + (columns + RIM_PX)[..., None, :]
        part = (charge / TRACK_STEPS)[:, None, None, None] * down[..., None] * across[..., None, :]
        image = np.bincount(
            cell.ravel().astype(np.int64), weights=part.ravel(), minlength=tall * wide
        ).reshape(tall, wide)
        inside = slice(RIM_PX, -RIM_PX)
        return image[inside, inside].astype(np.float32)

    def lost(self, rng: np.random.Generator, shape: tuple[int, int]) -> NDArray[np.bool_]:
        """Samples (lines, samples) of lost packets in one frame."""
        packets = (shape[0] // PACKET_LINES, shape[1] // PACKET_SAMPLES)
        gone = rng.random(packets) < self.lost_packet
        return np.repeat(np.repeat(gone, PACKET_LINES, axis=0), PACKET_SAMPLES, axis=1)


def draw_particles(ranges: DefectRanges, rng: np.random.Generator) -> Particles:
    """Draw the particle hits and packet losses of a visit.

    Parameters
    ----------
    ranges : DefectRanges
    rng : numpy.random.Generator

    Returns
    -------
    Particles
    """
    return Particles(
        rate=ranges.hits_per_half.draw(rng),
        scatter=ranges.hit_scatter.draw(rng),
        least_dn=ranges.hit_dn.draw(rng),
        slope=ranges.hit_slope.draw(rng),
        length_px=ranges.hit_length_px.draw(rng),
        spread_px=ranges.hit_spread_px.draw(rng),
        lost_packet=ranges.lost_packet.draw(rng),
    )


def draw_defects(
    ranges: DefectRanges, rng: np.random.Generator, shape: tuple[int, int], band_name: str
) -> Defects:
    """Draw the hot and warm pixels of one half of the detector.

    Parameters
    ----------
    ranges : DefectRanges
    rng : numpy.random.Generator
    shape : tuple of int
        Lines and samples.
    band_name : str
        ``"L"`` or ``"M"``.

    Returns
    -------
    Defects
    """
    size = shape[0] * shape[1]
    dark, residual = np.zeros(size), np.zeros(size)
    noise = np.ones(size)
    warm = np.flatnonzero(rng.random(size) < ranges.warm_fraction.draw(rng))
    strength = ranges.warm_dn.draw(rng, len(warm))
    dark[warm] = 3 * strength
    residual[warm] = strength * rng.choice((-1.0, 1.0), len(warm))
    noise[warm] = ranges.warm_noise.draw(rng, len(warm))
    expected = ranges.hot_pixels_l if band_name == "L" else ranges.hot_pixels_m
    count = min(int(rng.poisson(expected.draw(rng))), size)
    hot = rng.choice(size, count, replace=False)
    low, high = HOT_DN
    dark[hot] = high - (high - low) * rng.random(count) ** 3
    residual[hot] = ranges.warm_dn.draw(rng, count) * rng.choice((-1.0, 1.0), count)
    noise[hot] = ranges.warm_noise.draw(rng, count)
    return Defects(
        dark_dn=dark.reshape(shape).astype(np.float32),
        residual_dn=residual.reshape(shape).astype(np.float32),
        noise_factor=noise.reshape(shape).astype(np.float32),
    )
