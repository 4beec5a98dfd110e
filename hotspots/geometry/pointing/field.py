"""What a frame should show at a given pointing, and whether it does."""

import numpy as np
from numpy.typing import NDArray

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.geometry.cameras import corrected_rotation
from hotspots.geometry.host import cos_incidence, pixel_to_surface
from hotspots.geometry.pointing.evidence import BandEvidence, FrameEvidence
from hotspots.geometry.pointing.shading import SUNLIT

__all__ = ["body_fraction", "disc_contrast", "least_body_fraction"]

Float64 = NDArray[np.float64]

LEAST_FRACTION = 0.01
"""Part of the field that the body must cover where it is large."""

STEP = 4
"""Every fourth sample of every fourth line is looked at."""


def _points(band: BandEvidence, offset: Float64, ifov_rad: float, margin_px: float) -> Float64:
    rotation = corrected_rotation(band.states.rotation, offset[None], ifov_rad)[0]
    lines, samples = band.values.shape
    y = np.arange(STEP / 2 - margin_px, lines + margin_px, STEP)
    x = np.arange(STEP / 2, samples, STEP)
    line, sample = np.broadcast_arrays(y[:, None], x[None, :])
    return pixel_to_surface(
        sample, line, band.states.position_km[0], rotation, band.states.beta[0], ifov_rad
    )


def body_fraction(
    frame: FrameEvidence, offset: Float64, ifov_rad: float, *, margin_px: float = 0.0
) -> float:
    """Largest fraction of a band's field that the body covers.

    Parameters
    ----------
    frame : FrameEvidence
    offset : array (2,) float64
        Pointing (rx, ry), px.
    ifov_rad : float
        Angle of one pixel, rad.
    margin_px : float
        Lines by which the field is widened at top and bottom, for an unsure pointing.

    Returns
    -------
    float
        0 to 1.
    """
    fractions = [
        float(np.isfinite(_points(band, offset, ifov_rad, margin_px)[..., 0]).mean())
        for band in frame.bands.values()
    ]
    return max(fractions, default=0.0)


def least_body_fraction(frame: FrameEvidence, ifov_rad: float) -> float:
    """Fraction of the field below which a frame adds nothing.

    Parameters
    ----------
    frame : FrameEvidence
    ifov_rad : float
        Angle of one pixel, rad.

    Returns
    -------
    float
        One hundredth, or a quarter of the whole disc where that is smaller: seen from
        600,000 km Io fills less than a hundredth of the field.
    """
    band = next(iter(frame.bands.values()))
    radius_px = IO_MEAN_RADIUS_KM / band.km_per_pixel(ifov_rad)
    lines, samples = band.values.shape
    return float(min(LEAST_FRACTION, 0.25 * np.pi * radius_px**2 / (lines * samples)))


def disc_contrast(frame: FrameEvidence, offset: Float64, ifov_rad: float) -> float | None:
    """Brightness of the sunlit disc against the sky, found over expected.

    Parameters
    ----------
    frame : FrameEvidence
    offset : array (2,) float64
        Pointing (rx, ry), px.
    ifov_rad : float
        Angle of one pixel, rad.

    Returns
    -------
    float or None
        Median sunlit less median dark radiance over the same of the model, best of the
        bands; None where sunlit and dark samples are too few, the model too faint, or
        Io in Jupiter's shadow.
    """
    found = []
    for name, band in frame.bands.items():
        if band.states.eclipsed[0]:
            continue
        points = _points(band, offset, ifov_rad, 0.0)
        mu0 = np.nan_to_num(cos_incidence(points, band.states.sun[0]), nan=-1.0)
        values = band.values[STEP // 2 :: STEP, STEP // 2 :: STEP]
        usable = band.usable[STEP // 2 :: STEP, STEP // 2 :: STEP]
        lit, dark = usable & (mu0 > 0.3), usable & (mu0 < -0.1)
        if min(lit.sum(), dark.sum()) < 40:
            continue
        a, b = SUNLIT[name]
        expected = float(np.median(a * mu0[lit] + b))
        noise = float(np.median(band.sigma)) * 1.2533 * np.sqrt(1 / lit.sum() + 1 / dark.sum())
        if expected < 8 * noise:
            continue
        found.append(float(np.median(values[lit]) - np.median(values[dark])) / expected)
    return max(found) if found else None
