r"""How well the frames of a visit show every source.

Two things hide a source.  Noise is fresh in every frame, so frames add in squares:
:math:`N^2 = \sum_k N_k^2`, with :math:`N_k` the signal to noise of a filter of the
source's exact shape.  The pattern of the ground is the same in all frames and as wide as
the point spread function, so no number of frames helps against it: :math:`R`, the source's
height over the scatter of the ground, both seen through that function, is the best
frame's.  Together :math:`1 / S^2 = 1 / N^2 + 1 / R^2`.
"""

from dataclasses import dataclass
from math import pi

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_erosion, gaussian_filter, uniform_filter

from hotspots.archive.layout import BAND_LINES, SAMPLES
from hotspots.backend import to_host
from hotspots.geometry.intersect import intersect, on_device
from hotspots.planck import BANDS
from hotspots.simulation.band_frames import BandTruth
from hotspots.simulation.optics import Optics
from hotspots.simulation.source_response import matched_snr, sample_noise
from hotspots.simulation.visit import SimulatedVisit

__all__ = ["BandView", "band_view"]

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]

LEVEL_PX = 7
"""Side of the square whose mean is taken off the ground: what a background fit would see."""

SCATTER_PX = 15
"""Side of the square in which the scatter of the rest is taken."""

BLIND = 1e6
"""W m-2 sr-1, the noise of a sample that the ground alone saturates."""

LIMB_PX = 2
"""Samples this close to the limb are no ground: its place is known to anybody."""


@dataclass(frozen=True)
class BandView:
    """How k frames of one band show m sources.

    Parameters
    ----------
    visible : array (k, m) bool
        Inside the array and received.
    noise_snr : array (k, m)
        Signal to noise of read, background-frame and shot noise; 0 where not visible.
    ground_ratio : array (k, m)
        Height over the scatter of the ground; 0 where not visible, infinite in the dark.
    peak_dn : array (k, m)
        Highest sample on the source, DN above the background.
    """

    visible: NDArray[np.bool_]
    noise_snr: Float64
    ground_ratio: Float64
    peak_dn: Float64

    @property
    def snr(self) -> Float64:
        """Of each frame by itself, (k, m)."""
        return _together(self.noise_snr, self.ground_ratio)

    @property
    def stacked_snr(self) -> Float64:
        """Of all frames together, (m,)."""
        noise = np.sqrt(np.sum(self.noise_snr**2, axis=0))
        return _together(noise, self.ground_ratio.max(axis=0, initial=0.0))


def _together(noise: Float64, ground: Float64) -> Float64:
    both = (noise > 0) & (ground > 0)
    noise, ground = np.where(both, noise, 1.0), np.where(both, ground, 1.0)
    return np.where(both, noise / np.sqrt(1 + (noise / ground) ** 2), 0.0)


def band_view(visit: SimulatedVisit, band: str) -> BandView:
    """See how well the frames of one band show every source of the scene.

    Parameters
    ----------
    visit : SimulatedVisit
    band : str
        One of ``visit.bands``.

    Returns
    -------
    BandView
    """
    truth = visit.bands[band]
    optics = visit.camera.optics(BANDS[band])
    radiance, ground = (
        np.asarray(to_host(a)) for a in (truth.rendered.radiance, truth.rendered.ground)
    )
    noise = np.asarray(sample_noise(radiance, truth.exposure_s, visit.camera))
    counts = ground * visit.instrument.responsivity * truth.exposure_s[:, None, None]
    noise = np.where(counts < visit.camera.saturation_dn, noise, BLIND)
    visible = truth.rendered.sources.visible & ~_in_lost_packets(visit, band, truth)
    snr = matched_snr(
        visit.scene,
        truth.rendered,
        truth.cameras,
        BANDS[band],
        optics,
        truth.smear_px,
        noise.astype(np.float32),
    )
    return BandView(
        visible,
        np.where(visible, snr, 0.0),
        np.where(visible, _ground_ratio(truth, ground, optics), 0.0),
        _peaks(visit, truth, radiance, visible),
    )


def _ground_ratio(truth: BandTruth, ground: Float32, optics: Optics) -> Float64:
    """Height of every source over the ground's scatter, through the core of the optics."""
    seen = truth.rendered.sources
    across = optics.core_sigma_px**2 * optics.elongation + 1 / 12
    ratio = np.full(seen.visible.shape, np.inf)
    on_ground = _away_from_limb(truth)
    for k in range(len(ground)):
        along = optics.core_sigma_px**2 / optics.elongation + (1 + truth.smear_px[k] ** 2) / 12
        scatter = _scatter(ground[k], on_ground[k], (along**0.5, across**0.5))
        which = np.flatnonzero(seen.visible[k])
        line, sample = (np.rint(a[k, which]).astype(int) for a in (seen.line, seen.sample))
        # A point filtered by its own shape: a Gaussian of twice the variance.
        area = 4 * pi * np.sqrt(along * across)
        area = area + pi / 4 * seen.diameter_px[k, which] ** 2 * seen.cos_emission[k, which]
        here = scatter[line, sample]
        rough = here > 0
        ratio[k, which[rough]] = (seen.light[k, which] / area)[rough] / here[rough]
    return ratio


def _away_from_limb(truth: BandTruth) -> NDArray[np.bool_]:
    """Samples that look at Io, but for those beside its limb, (k, lines, samples)."""
    lines, samples = np.meshgrid(
        np.arange(BAND_LINES, dtype=np.float32), np.arange(SAMPLES, dtype=np.float32), indexing="ij"
    )
    hit, _, _ = intersect(on_device(truth.cameras, lines), samples[None], lines[None])
    return np.array([binary_erosion(one, iterations=LIMB_PX, border_value=1) for one in hit])


def _scatter(ground: Float32, inside: NDArray[np.bool_], sigma_px: tuple[float, float]) -> Float64:
    """Local standard deviation of a levelled and filtered image; 0 where there is no ground."""
    weight = inside.astype(np.float32)

    def local_mean(values: Float32, size: int) -> Float32:
        covered = uniform_filter(weight, size)
        filled = covered > 0.5 / size**2
        mean = uniform_filter(values * weight, size) / np.where(filled, covered, 1)
        return np.asarray(np.where(filled, mean, 0), dtype=np.float32)

    rest = (ground - local_mean(ground, LEVEL_PX)) * weight
    filtered = gaussian_filter(rest, sigma_px)
    return np.asarray(np.sqrt(np.maximum(local_mean(filtered**2, SCATTER_PX), 0)), np.float64)


def _in_lost_packets(visit: SimulatedVisit, band: str, truth: BandTruth) -> NDArray[np.bool_]:
    seen = truth.rendered.sources
    lost = np.zeros(seen.visible.shape, dtype=bool)
    for k, place in enumerate(truth.frames):
        frame = visit.frames[place]
        if frame.missing.any():
            _, missing = frame.half(band, visit.instrument.lines)
            inside = np.flatnonzero(seen.visible[k])
            line, sample = (np.rint(a[k, inside]).astype(int) for a in (seen.line, seen.sample))
            lost[k, inside] = missing[line, sample]
    return lost


def _peaks(
    visit: SimulatedVisit, truth: BandTruth, radiance: Float32, visible: NDArray[np.bool_]
) -> Float64:
    seen = truth.rendered.sources
    peaks = np.zeros(visible.shape)
    lines, samples = radiance.shape[1:]
    for k, m in np.argwhere(visible):
        reach = max(1, int(np.ceil(seen.diameter_px[k, m] / 2)))
        line, sample = round(seen.line[k, m]), round(seen.sample[k, m])
        window = radiance[
            k,
            max(0, line - reach) : min(lines, line + reach + 1),
            max(0, sample - reach) : min(samples, sample + reach + 1),
        ]
        peaks[k, m] = window.max() * visit.instrument.responsivity * truth.exposure_s[k]
    return peaks
