"""Rows of the spectrometer's tables: sources in spectra, pixels of the slit."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["SlitPixelRecord", "SpectrumRecord", "SpectrumStatus"]


class SpectrumStatus(StrEnum):
    """What a spectrum could say of a source."""

    MEASURED = "measured"
    """Power and temperature."""
    POWER_ONLY = "power_only"
    """Too faint for a temperature."""
    UNUSABLE = "unusable"
    """No number; the reason says why."""


@dataclass(frozen=True, kw_only=True)
class SpectrumRecord:
    """One source in one spectrum, a row of ``spectra.csv``.

    ``row`` is where the source lies along the slit, in pixels from 0, and
    ``lat_deg``, ``lon_east_deg`` where that pixel looks.  ``light_share`` is the part of
    the source's light that falls into the slit.  Powers are hemispheric spectral powers
    of a Lambertian emitter, with one standard deviation; ``m_over_imager`` is that power
    over the imager's and ``m_difference_sigma`` their difference over its standard
    deviation.  ``temperature_k`` is that of a grey body with the ends of its 68 %
    interval, and ``spectrum_chi2`` the reduced chi-square of it.  ``source_id`` is None
    where a spectrum has no source.
    """

    product_id: str
    source_id: str | None
    status: SpectrumStatus
    reason: str = ""
    row: float | None = None
    lat_deg: float | None = None
    lon_east_deg: float | None = None
    light_share: float | None = None
    light_share_sigma: float | None = None
    m_power_gw_um: float | None = None
    m_power_sigma_gw_um: float | None = None
    m_over_imager: float | None = None
    m_difference_sigma: float | None = None
    l_power_gw_um: float | None = None
    l_power_sigma_gw_um: float | None = None
    l_over_imager: float | None = None
    l_difference_sigma: float | None = None
    temperature_k: float | None = None
    temperature_lo_k: float | None = None
    temperature_hi_k: float | None = None
    spectrum_chi2: float | None = None


@dataclass(frozen=True, kw_only=True)
class SlitPixelRecord:
    """One row of a slit on the ground, a row of ``slits.csv``.

    ``slit_row`` counts the rows of the file from 0; the place is that of the middle of the
    row.  The radiances are means over the bands of the imager; None where nothing was
    received.
    """

    product_id: str
    slit_row: int
    lat_deg: float
    lon_east_deg: float
    l_radiance_w_m2_sr_um: float | None
    m_radiance_w_m2_sr_um: float | None
