"""How well the frames of a visit show every source."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter

from hotspots.backend import to_host
from hotspots.planck import BANDS
from hotspots.simulation.band_frames import BandTruth
from hotspots.simulation.source_response import matched_snr, sample_noise
from hotspots.simulation.visit import SimulatedVisit

__all__ = ["BandView", "band_view"]

Float64 = NDArray[np.float64]

ROUGHNESS_PX = 15
"""Side of the square in which the ground is levelled and its scatter taken."""


@dataclass(frozen=True)
class BandView:
    """How k frames of one band show m sources.

    Parameters
    ----------
    visible : array (k, m) bool
        Inside the array and received.
    snr : array (k, m)
        0 where not visible.
    peak_dn : array (k, m)
        Highest sample on the source, DN above the background.
    """

    visible: NDArray[np.bool_]
    snr: Float64
    peak_dn: Float64


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
        Noise: read, background frame, shot, and scatter of the ground within 15 px.
    """
    truth = visit.bands[band]
    radiance, ground = (
        np.asarray(to_host(a)) for a in (truth.rendered.radiance, truth.rendered.ground)
    )
    noise = np.asarray(sample_noise(radiance, truth.exposure_s, visit.camera))
    sigma = np.sqrt(noise**2 + _roughness(ground) ** 2).astype(np.float32)
    seen = truth.rendered.sources
    visible = seen.visible & ~_in_lost_packets(visit, band, truth)
    snr = matched_snr(
        visit.scene,
        truth.rendered,
        truth.cameras,
        BANDS[band],
        visit.camera.optics(BANDS[band]),
        truth.smear_px,
        sigma,
    )
    return BandView(visible, np.where(visible, snr, 0.0), _peaks(visit, truth, radiance, visible))


def _roughness(ground: NDArray[np.float32]) -> NDArray[np.float32]:
    """Local standard deviation of each frame of the ground, (k, lines, samples)."""
    size = (0, ROUGHNESS_PX, ROUGHNESS_PX)
    level = uniform_filter(ground, size)
    scatter = uniform_filter((ground - level) ** 2, size)
    return np.asarray(np.sqrt(np.maximum(scatter, 0.0)), dtype=np.float32)


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
    visit: SimulatedVisit,
    truth: BandTruth,
    radiance: NDArray[np.float32],
    visible: NDArray[np.bool_],
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
