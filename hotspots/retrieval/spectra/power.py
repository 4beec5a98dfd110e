r"""Power in the bands of the imager from a spectrum.

A Lambertian source of spectral power ``P`` at the distance ``r``, seen at the angle ``e``,
adds :math:`P \cos e / (\pi r^2 \Omega)` to the sum over pixels of solid angle
:math:`\Omega`.  The power in a band is the mean of ``P`` over the band times the band's
width over the width ``W`` by which the field divides (`hotspots.planck.Band`), so that it
can stand beside that of the imager.  The spectrometer ends at 5.023 um, 12 nm inside the M
band; the mean over the rest is taken for that of the band (0.3 % at 400 K).
"""

from math import pi, sqrt

import numpy as np
from numpy.typing import NDArray

from hotspots.planck import Band
from hotspots.retrieval.measurement import Power
from hotspots.retrieval.spectra.extraction import SourceSpectrum

__all__ = ["band_power", "gigawatts_per_light"]

Float64 = NDArray[np.float64]


def gigawatts_per_light(range_km: float, cos_emission: float, ifov_rad: float) -> float:
    """Spectral power that one unit of light in the slit amounts to.

    Parameters
    ----------
    range_km : float
        Distance of the source.
    cos_emission : float
        Cosine of the angle of emission.
    ifov_rad : float
        Angle of one pixel, rad; pixels of the slit are square.

    Returns
    -------
    float
        GW um-1 per W m-2 sr-1 um-1 px.
    """
    return 1e-3 * pi * (range_km * ifov_rad) ** 2 / cos_emission


def band_power(
    spectrum: SourceSpectrum,
    wavelength_um: Float64,
    band: Band,
    scale: float,
    share_sigma: float,
) -> Power:
    """Power of a source in one band of the imager.

    Parameters
    ----------
    spectrum : SourceSpectrum
    wavelength_um : array (channels,) float64
        Centres of the channels.
    band : Band
    scale : float
        From `gigawatts_per_light`.
    share_sigma : float
        Relative error of the share of light that falls into the slit.

    Returns
    -------
    Power
        Gaussian; its error is that of noise, ground and share.  Noise is taken from the
        rows' means over the band, so what neighbouring channels have in common counts.
    """
    inside = (wavelength_um >= band.short_um) & (wavelength_um <= band.long_um)
    factor = scale * band.width_um / band.power_width_um
    value = factor * float(np.mean(spectrum.light[inside]))
    rows = np.mean(spectrum.residuals[:, inside], axis=1)
    noise = factor * sqrt(spectrum.gain * float(rows @ rows) / spectrum.free)
    return Power.gaussian(value, float(np.hypot(noise, value * share_sigma)))
