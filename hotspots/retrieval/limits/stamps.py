r"""Light of made-up sources added to the frames of a visit.

A source of spectral power :math:`S` in a frame that sees it under the cosine :math:`\mu`
from the distance :math:`r` adds up, over all samples, to

.. math:: \sum R = \frac{S\,W\,\mu}{\pi\,\Omega\,r^2}

with the band's width :math:`W` and the solid angle :math:`\Omega` of a sample: the
definition of the power turned round (`hotspots.planck.hemispheric_power_gw_um`).  The
light is spread as the frame's blur spreads it, with its own shot noise, and a sample that
the sum drives beyond the linear range is flagged as the calibration would flag it.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from hotspots.config import InstrumentSettings
from hotspots.geometry.projection import pixel_solid_angle, project_points
from hotspots.gridding.planes import cameras_of
from hotspots.planck import BANDS, hemispheric_power_gw_um
from hotspots.swath import Flag, Swath

__all__ = ["CORE_LIGHT", "Injected", "inject"]

Float64 = NDArray[np.float64]

CORE_LIGHT = 0.955
"""Part of a source's light in the Gaussian core; the optics' wings, which do not help to
find it, have the rest.  None is published: bright lone sources of simulated visits of two
simulators stood out by 0.94 to 0.98 of what a Gaussian of all their light would."""

REACH = 4.0
"""Standard deviations of the blur at which a stamp ends."""

SHORTEST_SMEAR_PX = 1e-3
"""Stands for none: the formula of a smeared Gaussian divides by the smear."""


@dataclass(frozen=True)
class Injected:
    """k sources to be put into frames.

    Parameters
    ----------
    surface_km : array (k, 3) float64
        Body-fixed places, km.
    power_gw_um : dict of str to array (k,) float64
        Spectral power of each by band, GW/um.
    """

    surface_km: Float64
    power_gw_um: dict[str, Float64]


def inject(
    swath: Swath,
    sources: Injected,
    blur_px: Float64,
    offset_px: Float64,
    instrument: InstrumentSettings,
    random: np.random.Generator,
) -> Swath:
    """Add sources to the frames of one band.

    Parameters
    ----------
    swath : Swath
        On the host, with cameras.
    sources : Injected
    blur_px : array (n, 2) float64
        Blur of every frame before the sample integrates it, (lines, samples), px.
    offset_px : array (n, 2) float64
        (sample, line) by which each frame shows the sources off the place where its
        camera expects them: an error of its pointing, px.
    instrument : InstrumentSettings
        Responsivity, gain and linear range.
    random : numpy.random.Generator
        Of the shot noise.

    Returns
    -------
    Swath
        New values and flags.
    """
    stamps = _stamps(swath, sources, blur_px, offset_px)
    n, lines, samples = swath.values.shape
    scale = instrument.responsivity * np.asarray(swath.exposure_s)[:, None, None]
    total = np.bincount(stamps[0], weights=stamps[1], minlength=n * lines * samples)
    # counting nothing gives whole numbers
    light = np.asarray(total, dtype=np.float64).reshape(n, lines, samples)
    touched = light > 0
    shot = np.sqrt(light * scale / instrument.electrons_per_dn) / scale
    light[touched] += shot[touched] * random.standard_normal(np.count_nonzero(touched))
    plateau = instrument.saturation_dn / scale
    values = np.where(touched, np.minimum(swath.values + light, plateau), swath.values)
    flags = swath.flags.copy()
    flags[touched & (values > instrument.linear_dn / scale)] |= np.uint8(Flag.NONLINEAR)
    flags[touched & (values >= plateau)] |= np.uint8(Flag.SATURATED)
    return swath.replace(values=values.astype(np.float32), flags=flags)


def _stamps(
    swath: Swath, sources: Injected, blur_px: Float64, offset_px: Float64
) -> tuple[NDArray[np.int64], Float64]:
    """Flat index and light (W m-2 sr-1) of all samples that the sources reach."""
    cameras = cameras_of(swath)
    seen = project_points(cameras, sources.surface_km)
    power = sources.power_gw_um[swath.band]
    frame, which = np.nonzero(seen.facing)
    sample = seen.sample[frame, which] + offset_px[frame, 0]
    line = seen.line[frame, which] + offset_px[frame, 1]
    footprint = pixel_solid_angle(sample, line, cameras.ifov_rad)
    footprint = footprint * seen.range_km[frame, which] ** 2 / seen.cos_emission[frame, which]
    total = CORE_LIGHT * power[which] / hemispheric_power_gw_um(BANDS[swath.band], footprint)
    optics = blur_px[:, 1]
    # what the blur along the lines has more than that along the samples is the smear of a box
    smear = np.sqrt(12.0 * np.maximum(blur_px[:, 0] ** 2 - optics**2, SHORTEST_SMEAR_PX**2))
    first_sample, across = _responses(sample, optics[frame], np.full(len(frame), SHORTEST_SMEAR_PX))
    first_line, along = _responses(line, optics[frame], smear[frame])
    _, lines, samples = swath.values.shape
    rows = first_line[:, None] + np.arange(along.shape[1])
    columns = first_sample[:, None] + np.arange(across.shape[1])
    light = total[:, None, None] * along[:, :, None] * across[:, None, :]
    index = (frame[:, None, None] * lines + rows[:, :, None]) * samples + columns[:, None, :]
    inside = ((rows >= 0) & (rows < lines))[:, :, None]
    inside = inside & ((columns >= 0) & (columns < samples))[:, None, :] & (light > 0)
    return index[inside], light[inside]


def _responses(place: Float64, sigma: Float64, smear: Float64) -> tuple[NDArray[np.int64], Float64]:
    """First sample of each stamp along one axis, and the part of the light in each sample."""
    reach = REACH * sigma + 0.5 * smear
    half = math.ceil(float(reach.max(initial=0.5))) + 1
    first = np.rint(place).astype(np.int64) - half
    edges = first[:, None] + np.arange(2 * half + 2) - 0.5 - place[:, None]
    above = _integral(edges + 0.5 * smear[:, None], sigma[:, None])
    below = _integral(edges - 0.5 * smear[:, None], sigma[:, None])
    return first, np.maximum(np.diff((above - below) / smear[:, None], axis=1), 0.0)


def _integral(distance: Float64, sigma: Float64) -> Float64:
    """Integral of the distribution function of a Gaussian."""
    scaled = distance / sigma
    density = np.exp(-0.5 * scaled**2) / math.sqrt(2 * math.pi)
    return np.asarray(distance * ndtr(scaled) + sigma * density)
