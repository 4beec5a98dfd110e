r"""Counts and band radiance, one into the other.

.. math:: R = \frac{\mathrm{DN} - \mathrm{dark}}{\mathrm{responsivity} \cdot t}

with R in W m-2 sr-1, the exposure t in s and one responsivity, 2e6 DN per
(W m-2 sr-1 s), for both bands and all pixels.  The archive's own RDRs since perijove 18
lie on that grid: 1 DN is 5e-4 W m-2 sr-1 at 1 ms.
"""

from typing import Any

from array_api_compat import array_namespace

from hotspots.config import InstrumentSettings
from hotspots.errors import CalibrationError

__all__ = ["counts_to_radiance", "radiance_to_counts", "sample_sigma"]


def _scale(exposure_s: float, instrument: InstrumentSettings) -> float:
    if not exposure_s > 0:
        msg = f"an exposure of {exposure_s} s: wanted a positive time; check the clock counts"
        raise CalibrationError(msg)
    return instrument.responsivity * exposure_s


def counts_to_radiance(counts: Any, exposure_s: float, instrument: InstrumentSettings) -> Any:
    """Band radiance of dark-subtracted counts.

    Parameters
    ----------
    counts : array
        DN above the dark.
    exposure_s : float
        Exposure time, s.
    instrument : InstrumentSettings
        Responsivity.

    Returns
    -------
    array
        Band radiance, W m-2 sr-1.

    Raises
    ------
    CalibrationError
        If the exposure is not positive.
    """
    return counts / _scale(exposure_s, instrument)


def radiance_to_counts(radiance: Any, exposure_s: float, instrument: InstrumentSettings) -> Any:
    """DN above the dark that a band radiance stands for; inverse of `counts_to_radiance`."""
    return radiance * _scale(exposure_s, instrument)


def sample_sigma(counts: Any, read_noise_dn: float, instrument: InstrumentSettings) -> Any:
    """Standard deviation of a sample, DN: read noise and shot noise in quadrature.

    Parameters
    ----------
    counts : array
        DN above the dark; negative ones count as zero light.
    read_noise_dn : float
        Noise of a dark sample, DN, including the subtracted background frame.
    instrument : InstrumentSettings
        Gain in electrons per DN: ``n`` electrons scatter by ``sqrt(n)``.

    Returns
    -------
    array
        DN, same shape as ``counts``.
    """
    xp = array_namespace(counts)
    light = xp.where(counts > 0, counts, xp.zeros_like(counts))
    return xp.sqrt(read_noise_dn**2 + light / instrument.electrons_per_dn)
