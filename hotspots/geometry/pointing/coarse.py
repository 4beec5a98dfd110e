"""Frames that the sunlit disc locates by itself, over the whole search window."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.config import InstrumentSettings, PointingSettings
from hotspots.geometry.pointing.evidence import BandEvidence, FrameEvidence
from hotspots.geometry.pointing.search import BIN, correlation_scores, disc_canvas, shift_axes
from hotspots.geometry.pointing.shading import SUNLIT

__all__ = ["CoarseFix", "coarse_fixes"]

Float64 = NDArray[np.float64]

LEAST_SCORE = 400.0
"""Improvement of chi square below which a peak may be chance or a reflection."""

LIT_CAP = 0.06
"""Hot spots are cut off at this radiance, W m-2 sr-1: twice the brightest sunlit Io."""

BATCH = 16
"""Frames correlated in one go; bounds memory to some 200 MB."""


@dataclass(frozen=True)
class CoarseFix:
    """Best shift of one frame.

    Parameters
    ----------
    offset : array (2,) float64
        (rx, ry), px, on a grid of 2 px.
    correlation : float
        Pearson correlation there, in the band where it is best.
    score : float
        Summed `correlation_scores` of the bands.
    """

    offset: Float64
    correlation: float
    score: float


def coarse_fixes(
    frames: list[FrameEvidence], instrument: InstrumentSettings, settings: PointingSettings
) -> list[CoarseFix | None]:
    """Correlate every frame with the sunlit disc that it should show.

    Parameters
    ----------
    frames : list of FrameEvidence
    instrument : InstrumentSettings
        Pixel angle.
    settings : PointingSettings
        Search window and least correlation.

    Returns
    -------
    list of CoarseFix or None
        None where the disc is not found, or correlates too little, or where the best
        shift lies on the rim of the window and so is none.
    """
    rx, ry = shift_axes(settings)
    total = np.zeros((len(frames), len(ry), len(rx)), dtype=np.float32)
    best = np.zeros_like(total)
    for name in ("L", "M"):
        members = [
            i
            for i, frame in enumerate(frames)
            if name in frame.bands and not frame.bands[name].states.eclipsed[0]
        ]
        for start in range(0, len(members), BATCH):
            batch = members[start : start + BATCH]
            bands = [frames[i].bands[name] for i in batch]
            canvases = np.stack(
                [disc_canvas(b.states, instrument.ifov_rad, settings, SUNLIT[name]) for b in bands]
            ).astype(np.float32)
            images, usable = (
                np.stack(part) for part in zip(*(_binned(b) for b in bands), strict=True)
            )
            correlation, score = correlation_scores(images, usable, canvases)
            total[batch] += score
            best[batch] = np.maximum(best[batch], correlation)
    least = settings.minimum_correlation
    return [_peak(total[i], best[i], rx, ry, least) for i in range(len(frames))]


def _binned(band: BandEvidence) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Image with hot spots cut off, and usable mask, averaged over 2 x 2 samples."""
    floor = 4.0 * float(np.median(band.sigma))
    clipped = np.clip(band.values, -floor, max(LIT_CAP, floor)) * band.usable
    lines, samples = clipped.shape

    def average(array: NDArray[np.float32]) -> NDArray[np.float32]:
        blocks = array.reshape(lines // BIN, BIN, samples // BIN, BIN)
        return np.asarray(blocks.mean(axis=(1, 3)), dtype=np.float32)

    whole = average(band.usable.astype(np.float32)) > 0.99
    return average(clipped), whole.astype(np.float32)


def _peak(
    score: NDArray[np.float32],
    correlation: NDArray[np.float32],
    rx: Float64,
    ry: Float64,
    least_correlation: float,
) -> CoarseFix | None:
    row, column = np.unravel_index(int(np.argmax(score)), score.shape)
    on_rim = row in {0, 1, len(ry) - 1, len(ry) - 2} or column in {0, 1, len(rx) - 1, len(rx) - 2}
    weak = score[row, column] < LEAST_SCORE or correlation[row, column] < least_correlation
    if on_rim or weak:
        return None
    return CoarseFix(
        offset=np.array([rx[column], ry[row]]),
        correlation=float(correlation[row, column]),
        score=float(score[row, column]),
    )
