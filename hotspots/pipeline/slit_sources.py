"""Sources in one slit: powers and temperatures, beside what the imager says."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotspots.archive.spectrometer.layout import SLIT_PIXELS, channel_wavelengths_um
from hotspots.archive.spectrometer.products import SpectrumProduct
from hotspots.camera import Cameras
from hotspots.catalogue.records import SourceRecord
from hotspots.catalogue.spectrum_records import SpectrumRecord, SpectrumStatus
from hotspots.config import InstrumentSettings
from hotspots.geometry.host import ellipsoid_point
from hotspots.geometry.slit import Footprints, PointsInSlit, slit_positions
from hotspots.planck import BANDS
from hotspots.retrieval.measurement import Power
from hotspots.retrieval.spectra.extraction import SourceSpectrum, extract_spectrum
from hotspots.retrieval.spectra.power import band_power, gigawatts_per_light
from hotspots.retrieval.spectra.share import SlitOptics, SlitShare, slit_share
from hotspots.retrieval.spectra.temperature import spectral_temperature

__all__ = ["SlitScene", "records_of_sources"]

SMALLEST_SHARE = 0.1
"""Below it a source's light in the slit is known to no better than a factor of two."""

SEEN_SIGMA = 5.0
"""Signal over noise in M above which a temperature is fitted."""


@dataclass(frozen=True)
class SlitScene:
    """One slit with its radiances and places.

    Parameters
    ----------
    product : SpectrumProduct
    values : array (rows, channels) float64
        Spectral radiance, W m-2 sr-1 um-1, NaN where nothing was received.
    cameras : Cameras
        From `hotspots.geometry.slit.slit_cameras`.
    footprints : Footprints
    sigma_px : float
        Standard deviation of the pointing along one axis, px.
    image : SlitOptics
        Of a point.
    instrument : InstrumentSettings
    """

    product: SpectrumProduct
    values: NDArray[np.float64]
    cameras: Cameras
    footprints: Footprints
    sigma_px: float
    image: SlitOptics
    instrument: InstrumentSettings


def records_of_sources(scene: SlitScene, sources: Sequence[SourceRecord]) -> list[SpectrumRecord]:
    """Measure the sources that fall into a slit.

    Parameters
    ----------
    scene : SlitScene
    sources : sequence of SourceRecord
        All of the visit.

    Returns
    -------
    list of SpectrumRecord
        One for each source with enough of its light in the slit, in the order given.
    """
    if not sources:
        return []
    places = slit_positions(
        scene.cameras,
        ellipsoid_point(
            np.array([s.lat_deg for s in sources]), np.array([s.lon_east_deg for s in sources])
        ),
    )
    share = _share(scene, sources, places)
    row_of_pixel = (scene.product.rows, scene.product.pixels_of_row, len(sources))
    profiles = np.mean(share.profile.reshape(row_of_pixel), axis=1)
    on_body = np.isfinite(scene.footprints.lat_deg).reshape(row_of_pixel[:2])
    usable = np.asarray(on_body.all(axis=1) & np.isfinite(scene.values).all(axis=1))
    return [
        _record(
            scene, source, share, places, k, extract_spectrum(scene.values, profiles, k, usable)
        )
        for k, source in enumerate(sources)
        if share.total[k] >= SMALLEST_SHARE
    ]


def _share(scene: SlitScene, sources: Sequence[SourceRecord], places: PointsInSlit) -> SlitShare:
    instrument = scene.instrument
    km_per_px = np.maximum(places.range_km * instrument.ifov_rad, 1e-6)
    diameter_px = np.array([s.diameter_km or 0.0 for s in sources]) / km_per_px
    extent = diameter_px / 4  # a disc of diameter d has the variance d^2 / 16 along an axis
    place = np.hypot(scene.sigma_px, np.array([s.sigma_km for s in sources]) / km_per_px)
    return slit_share(places.along_px, places.across_px, scene.image, extent, place)


def _record(
    scene: SlitScene,
    source: SourceRecord,
    share: SlitShare,
    places: PointsInSlit,
    k: int,
    spectrum: SourceSpectrum | None,
) -> SpectrumRecord:
    row = float(np.nanmean(places.along_px[:, k]))
    pixel = int(np.clip(round(row), 0, SLIT_PIXELS - 1))
    facts: dict[str, Any] = {
        "product_id": scene.product.product_id,
        "source_id": source.source_id,
        "row": row,
        "lat_deg": float(scene.footprints.lat_deg[pixel]),
        "lon_east_deg": float(scene.footprints.lon_east_deg[pixel]),
        "light_share": float(share.total[k]),
        "light_share_sigma": float(share.sigma[k]),
    }
    if spectrum is None:
        reason = "too few rows on the body beside the source"
        return SpectrumRecord(**facts, status=SpectrumStatus.UNUSABLE, reason=reason)
    wavelength = channel_wavelengths_um()
    scale = gigawatts_per_light(
        float(places.range_km[k]), float(places.cos_emission[k]), scene.instrument.ifov_rad
    )
    relative = float(share.sigma[k] / share.total[k])
    powers = {
        name: band_power(spectrum, wavelength, band, scale, relative)
        for name, band in BANDS.items()
    }
    for name, power in powers.items():
        facts |= _beside_imager(name.lower(), power, source)
    noise = band_power(spectrum, wavelength, BANDS["M"], scale, 0.0)
    if not noise.value > SEEN_SIGMA * noise.sigma:
        reason = f"below {SEEN_SIGMA:g} times the noise in M: no temperature"
        return SpectrumRecord(**facts, status=SpectrumStatus.POWER_ONLY, reason=reason)
    temperature = spectral_temperature(spectrum, wavelength, scale)
    return SpectrumRecord(
        **facts,
        status=SpectrumStatus.MEASURED,
        temperature_k=temperature.value,
        temperature_lo_k=temperature.lo,
        temperature_hi_k=temperature.hi,
        spectrum_chi2=temperature.chi2,
    )


def _beside_imager(letter: str, power: Power, source: SourceRecord) -> dict[str, float | None]:
    """Power in one band and how it compares with the imager's."""
    value, lo, hi = (getattr(source, f"{letter}_power_{end}gw_um") for end in ("", "lo_", "hi_"))
    ratio = difference = None
    if value:
        ratio = power.value / value
        end = hi if power.value > value else lo
        if end is not None and end != value:
            difference = (power.value - value) / hypot(power.sigma, abs(end - value))
    return {
        f"{letter}_power_gw_um": power.value,
        f"{letter}_power_sigma_gw_um": power.sigma,
        f"{letter}_over_imager": ratio,
        f"{letter}_difference_sigma": difference,
    }
