"""From the raw frames of a visit to one calibrated `Swath` a band.

Both processing levels end in the same place: band radiance, its standard deviation, and
flags that are judged in counts, where saturation and non-linearity live.  What needs
geometry (the column background, the limb) or neighbours in time (particle hits) comes
later.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.archive.products import Product
from hotspots.calibration.dark import Dark, agreeing_frames, master_dark, percentile_dark
from hotspots.calibration.defects import flag_counts, hot_pixels, measured_noise
from hotspots.calibration.radiance import (
    counts_to_radiance,
    radiance_to_counts,
    sample_sigma,
)
from hotspots.config import CalibrationSettings, InstrumentSettings
from hotspots.swath import Flag, Swath

__all__ = ["RawFrame", "calibrate", "dark_frames"]

Float32 = NDArray[np.float32]


@dataclass(frozen=True)
class RawFrame:
    """One product as it was read.

    Parameters
    ----------
    product : Product
        Label facts.
    image : array (lines, samples) float32 or int16
        Radiance (RDR) or counts (EDR), native byte order.
    missing : array (lines, samples) bool
        Samples of lost telemetry packets.
    et : float
        Start of exposure, TDB seconds past J2000.
    """

    product: Product
    image: NDArray[np.generic]
    missing: NDArray[np.bool_]
    et: float

    def half(self, band: str, lines: int) -> tuple[Float32, NDArray[np.bool_]]:
        """Image and missing mask of one band (L comes first in frames that hold both)."""
        first = self.product.bands.index(band) * lines
        part = slice(first, first + lines)
        return self.image[part].astype(np.float32), self.missing[part]


def dark_frames(frames: Sequence[RawFrame], instrument: InstrumentSettings) -> dict[str, str]:
    """Raw (EDR) frames that show nothing but the dark, judged in the M half.

    Parameters
    ----------
    frames : sequence of RawFrame
        All readable frames of a visit.
    instrument : InstrumentSettings

    Returns
    -------
    dict of str to str
        PRODUCT_ID of each dark frame, and the reason to report.
    """
    found: dict[str, str] = {}
    for exposure in sorted({f.product.exposure_s for f in frames if f.product.level == "EDR"}):
        group = [
            f
            for f in frames
            if f.product.level == "EDR"
            and f.product.exposure_s == exposure
            and "M" in f.product.bands
            and not f.missing.any()
        ]
        if len(group) < 2:
            continue
        stack = np.stack([f.half("M", instrument.lines)[0] for f in group])
        for i in agreeing_frames(stack, instrument.read_noise_dn):
            found[group[i].product.product_id] = "dark sky: used for the dark of the visit"
    return found


def calibrate(
    frames: Sequence[RawFrame],
    instrument: InstrumentSettings,
    settings: CalibrationSettings,
) -> dict[str, Swath]:
    """Calibrate all frames of a visit.

    Parameters
    ----------
    frames : sequence of RawFrame
        Readable frames in time order.
    instrument : InstrumentSettings
        Responsivity, plateau, linear range, read noise and gain.
    settings : CalibrationSettings
        Threshold of hot pixels.

    Returns
    -------
    dict of str to Swath
        By band; a band that no frame holds is left out.

    Raises
    ------
    CalibrationError
        If a frame's exposure is not a positive time.
    """
    darks = _darks(frames, instrument)
    swaths: dict[str, Swath] = {}
    for band in ("L", "M"):
        members = [f for f in frames if band in f.product.bands]
        if not members:
            continue
        parts = [_calibrated(f, band, darks, instrument) for f in members]
        values, sigma, flags = (np.stack(column) for column in zip(*parts, strict=True))
        defects = hot_pixels(values, sigma, flags, settings.hot_pixel_sigma)
        flags[:, defects] |= np.uint8(Flag.HOT_PIXEL)
        swaths[band] = Swath(
            band=band,
            product_ids=tuple(f.product.product_id for f in members),
            values=values,
            sigma=sigma,
            flags=flags,
            et=np.array([f.et for f in members]),
            exposure_s=np.array([f.product.exposure_s for f in members]),
        )
    return swaths


def _darks(
    frames: Sequence[RawFrame], instrument: InstrumentSettings
) -> dict[tuple[str, float], Dark]:
    """Dark of every band and exposure time of the raw frames."""
    raw = [f for f in frames if f.product.level == "EDR"]
    empty = dark_frames(frames, instrument)
    darks: dict[tuple[str, float], Dark] = {}
    for band in ("L", "M"):
        for exposure in sorted({f.product.exposure_s for f in raw if band in f.product.bands}):
            group = [f for f in raw if band in f.product.bands and f.product.exposure_s == exposure]
            black = [f for f in group if f.product.product_id in empty]
            chosen = black or group
            stack = np.stack([f.half(band, instrument.lines)[0] for f in chosen])
            darks[band, exposure] = master_dark(stack) if black else percentile_dark(stack)
    return darks


def _calibrated(
    frame: RawFrame,
    band: str,
    darks: dict[tuple[str, float], Dark],
    instrument: InstrumentSettings,
) -> tuple[Float32, Float32, NDArray[np.uint8]]:
    """Radiance, sigma and flags of one band of one frame."""
    image, missing = frame.half(band, instrument.lines)
    exposure = frame.product.exposure_s
    if not np.isfinite(image[~missing]).all():
        missing = missing | ~np.isfinite(image)
        image = np.where(missing, np.float32(0), image)
    if frame.product.level == "EDR":
        dark = darks[band, exposure]
        counts = image - dark.counts
        extra = 1.0 + 1.0 / max(dark.n_frames, 1)
        hot = dark.counts > instrument.hot_pixel_dn
    else:
        counts = radiance_to_counts(image, exposure, instrument)
        extra = 2.0 if frame.product.background_subtracted else 1.0
        hot = np.zeros_like(missing)
    expected = instrument.read_noise_dn * np.sqrt(extra)
    measured = measured_noise(counts, ~missing & ~hot)
    noise = float(np.clip(np.nan_to_num(measured), 0.5 * expected, 4.0 * expected))
    flags = flag_counts(counts, missing, instrument)
    flags[hot] |= np.uint8(Flag.HOT_PIXEL)
    sigma = counts_to_radiance(sample_sigma(counts, noise, instrument), exposure, instrument)
    values = counts_to_radiance(counts, exposure, instrument)
    values = np.where(missing, np.float32(0), values)
    return values.astype(np.float32), sigma.astype(np.float32), flags
