r"""Reflected sunlight and column background of calibrated frames that know where they look.

Sunlit Io is modelled as :math:`R = a \mu_0^k + b \min(1, 10 \mu_0)` (a Minnaert-like law
in the cosine of incidence :math:`\mu_0` on a pedestal that sets in without a step), fitted
once a visit and band to the medians of what its own frames show; the albedo pattern that is
left belongs to the detector's local background.  The model lets column backgrounds be taken
from columns that the disc fills.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from array_api_compat import array_namespace
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation

from hotspots.calibration.columns import ENOUGH, column_background, without_broad_sources
from hotspots.config import CalibrationSettings
from hotspots.errors import GriddingError
from hotspots.geometry.intersect import intersect
from hotspots.swath import Flag, Swath

__all__ = ["Illumination", "Sunlight", "fit_sunlight", "remove_background", "sample_illumination"]

Float32 = NDArray[np.float32]

DARK_MU0 = -0.05
"""Below this cosine of incidence (3 degrees past the terminator) the surface is dark."""

LIMB_MARGIN_PX = 4
"""Samples this near to the limb are not taken for sky: blur and the halo reach there."""

RAMP_MU0 = 0.1
"""Cosine of incidence at which the pedestal of the sunlight model is fully there."""

BINS = 24
LEAST_SAMPLES = 40


@dataclass(frozen=True)
class Illumination:
    """Angles of every sample of n frames.

    Parameters
    ----------
    mu0 : array (n, lines, samples) float32
        Cosine of incidence; NaN off the body.
    mu : array (n, lines, samples) float32
        Cosine of emission; NaN off the body.
    """

    mu0: Float32
    mu: Float32


@dataclass(frozen=True)
class Sunlight:
    """Coefficients of ``a mu0**k + b min(1, 10 mu0)``, W m-2 sr-1; zero if nothing is lit."""

    a: float
    b: float
    k: float

    def radiance(self, mu0: Any) -> Any:
        """Model radiance, zero at night and off the body (NaN), on either backend."""
        xp = array_namespace(mu0)
        lit = xp.where(xp.isfinite(mu0) & (mu0 > 0), mu0, xp.zeros_like(mu0))
        ramp = xp.where(lit < RAMP_MU0, lit / RAMP_MU0, xp.ones_like(lit))
        return self.a * lit**self.k + self.b * ramp


def sample_illumination(swath: Swath, eclipsed: NDArray[np.bool_]) -> Illumination:
    """Cosines of incidence and emission of every sample.

    Parameters
    ----------
    swath : Swath
        With cameras, on the host.
    eclipsed : array (n,) bool
        Frames with the body in Jupiter's shadow: incidence is set to -1 there.

    Returns
    -------
    Illumination

    Raises
    ------
    GriddingError
        If the swath has no cameras.
    """
    if swath.cameras is None:
        msg = f"band {swath.band}: no cameras; solve the pointing first"
        raise GriddingError(msg)
    cameras = swath.cameras
    _, lines, samples = swath.values.shape
    x = np.arange(samples, dtype=np.float32)[None, None, :]
    y = np.arange(lines, dtype=np.float32)[None, :, None]
    hit, _, surface = intersect(cameras, x, y)
    radii = np.asarray(cameras.radii_km, dtype=np.float32)
    normal = surface / radii**2
    normal /= np.sqrt(np.sum(normal**2, axis=-1, keepdims=True))
    towards = cameras.position_km[:, None, None, :].astype(np.float32) - surface
    towards /= np.sqrt(np.sum(towards**2, axis=-1, keepdims=True))
    mu = np.sum(normal * towards, axis=-1)
    mu0 = np.einsum("nijk,nk->nij", normal, cameras.sun.astype(np.float32))
    mu0 = np.where(hit & eclipsed[:, None, None], np.float32(-1.0), mu0)
    return Illumination(mu0.astype(np.float32), mu.astype(np.float32))


def fit_sunlight(swath: Swath, illumination: Illumination) -> Sunlight:
    """Fit the photometric law to a visit's sunlit samples.

    Parameters
    ----------
    swath : Swath
    illumination : Illumination
        Of the same frames.

    Returns
    -------
    Sunlight
        From the medians of 24 bins of cosine of incidence (so hot spots do not count),
        least squares over a and b for k from 0.5 to 1.5, both bounded to be positive.
    """
    usable = (swath.flags & (Flag.unusable() | Flag.SATURATED | Flag.NONLINEAR)) == 0
    chosen = usable & (illumination.mu0 > 0.02) & (illumination.mu > 0.2)
    cosine, value = illumination.mu0[chosen], swath.values[chosen]
    edges = np.linspace(0.0, 1.0, BINS + 1)
    which = np.digitize(cosine, edges) - 1
    x, y, weight = [], [], []
    for i in range(BINS):
        inside = value[which == i]
        if len(inside) >= LEAST_SAMPLES:
            x.append(float(np.median(cosine[which == i])))
            y.append(float(np.median(inside)))
            weight.append(np.sqrt(len(inside)))
    if len(x) < 4:
        return Sunlight(0.0, 0.0, 1.0)
    best, best_cost = Sunlight(0.0, 0.0, 1.0), np.inf
    target, root = np.array(y), np.sqrt(np.array(weight))
    for k in np.arange(0.5, 1.51, 0.1):
        design = np.stack([np.array(x) ** k, np.clip(np.array(x) / RAMP_MU0, 0, 1)], axis=1)
        solution = np.linalg.lstsq(design * root[:, None], target * root, rcond=None)[0]
        a, b = max(float(solution[0]), 0.0), max(float(solution[1]), 0.0)
        cost = float(np.sum((root * (design @ np.array([a, b]) - target)) ** 2))
        if cost < best_cost:
            best, best_cost = Sunlight(a, b, float(k)), cost
    return best


def remove_background(
    swath: Swath,
    illumination: Illumination,
    sunlight: Sunlight,
    settings: CalibrationSettings,
) -> Swath:
    """Subtract every frame's column background and flag samples off the body.

    Parameters
    ----------
    swath : Swath
    illumination : Illumination
    sunlight : Sunlight
        Model that is taken off before columns are looked at (and left in the result).
    settings : CalibrationSettings
        ``column_background`` and ``clip_sigma``.

    Returns
    -------
    Swath
        New values and flags.
    """
    values, flags = swath.values.copy(), swath.flags.copy()
    off_body = np.isnan(illumination.mu0)
    flags[off_body] |= np.uint8(Flag.OFF_BODY)
    if settings.column_background:
        around = np.ones((2 * LIMB_MARGIN_PX + 1,) * 2, dtype=bool)
        model = sunlight.radiance(illumination.mu0)
        columns = np.zeros((len(swath), values.shape[2]), dtype=np.float32)
        sees_sky = np.zeros(columns.shape, dtype=bool)
        for i in range(len(swath)):
            sky = ~binary_dilation(~off_body[i], structure=around)
            dark = sky | (np.nan_to_num(illumination.mu0[i], nan=1.0) < DARK_MU0)
            usable = (flags[i] & Flag.unusable()) == 0
            columns[i] = column_background(
                values[i] - model[i], usable, dark, swath.sigma[i], settings.clip_sigma
            )
            sees_sky[i] = (sky & usable).sum(axis=0) >= ENOUGH
        values -= without_broad_sources(columns, sees_sky)[:, None, :]
    return swath.replace(values=values, flags=flags)
