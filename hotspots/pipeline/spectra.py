"""Stage 7: spectra of a visit, laid on the sources that its images showed."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from hotspots.archive.clock import start_et
from hotspots.archive.coverage import kernels_cover
from hotspots.archive.spectrometer.layout import channel_wavelengths_um
from hotspots.archive.spectrometer.products import SpectrumProduct
from hotspots.archive.spectrometer.read import read_spectra
from hotspots.archive.visits import Visit
from hotspots.catalogue.records import FrameRecord, FrameStatus, SourceRecord
from hotspots.catalogue.spectrum_records import SlitPixelRecord, SpectrumRecord, SpectrumStatus
from hotspots.config import InferSettings
from hotspots.errors import ArchiveError, KernelError
from hotspots.geometry.slit import SLIT_FRAME, slit_cameras, slit_footprints
from hotspots.geometry.state import frame_states
from hotspots.pipeline.pointing import Pointed
from hotspots.pipeline.slit_pointing import slit_pointing, slit_sweeps
from hotspots.pipeline.slit_sources import SlitScene, records_of_sources
from hotspots.planck import BANDS
from hotspots.products.spectra import SpectraProducts
from hotspots.retrieval.frames.solution import FrameFit
from hotspots.retrieval.spectra.extraction import without_spikes
from hotspots.retrieval.spectra.share import SlitOptics

__all__ = ["SpectraOutcome", "measure_spectra", "slit_optics"]

SWEPT = (
    "no mirror held the slit: the spin drew it over {pixels:.0f} px in {seconds:g} s, and its "
    "spectra are of all that ground, not of single sources"
)


@dataclass(frozen=True)
class SpectraOutcome:
    """Result of the spectrometer in one visit.

    Parameters
    ----------
    products : SpectraProducts or None
        None where the visit has no spectra.
    frames : tuple of FrameRecord
        What became of each spectrum.
    """

    products: SpectraProducts | None = None
    frames: tuple[FrameRecord, ...] = ()


def measure_spectra(
    visit: Visit,
    sources: Sequence[SourceRecord],
    pointed: Pointed,
    settings: InferSettings,
    fit: FrameFit | None = None,
) -> SpectraOutcome:
    """Measure the sources of a visit in its spectra.

    Parameters
    ----------
    visit : Visit
        A kernel pool must be open.
    sources : sequence of SourceRecord
        That the images showed.
    pointed : Pointed
        Of the images.
    settings : InferSettings
        Instrument, and whether checksums are verified.
    fit : FrameFit, optional
        Photometry of the images, which knows how wide the image of a point is.

    Returns
    -------
    SpectraOutcome
        A spectrum that cannot be used is a record with its reason; the others go on.
    """
    if not visit.spectra:
        return SpectraOutcome()
    image = slit_optics(fit)
    frames, spectra, slits = [], [], []
    for product in visit.spectra:
        record, rows, pixels = _measure(product, visit, sources, pointed, image, settings)
        frames.append(record)
        spectra.extend(rows)
        slits.extend(pixels)
    return SpectraOutcome(SpectraProducts(tuple(spectra), tuple(slits)), tuple(frames))


def slit_optics(fit: FrameFit | None) -> SlitOptics:
    """Image of a point at the slit, as the M half of the camera shows it in this visit."""
    if fit is None or "M" not in fit.adjusted.unknowns.bands:
        return SlitOptics.unmeasured()
    first = fit.adjusted.unknowns.optics("M").start  # ln core, whose error is relative
    variance = float(fit.adjusted.covariance[first, first])
    return SlitOptics.of_camera(fit.adjusted.optics("M"), sqrt(max(variance, 0.0)))


_Measured = tuple[FrameRecord, list[SpectrumRecord], list[SlitPixelRecord]]


def _measure(
    product: SpectrumProduct,
    visit: Visit,
    sources: Sequence[SourceRecord],
    pointed: Pointed,
    image: SlitOptics,
    settings: InferSettings,
) -> _Measured:
    try:
        scene = _scene(product, visit, pointed, image, settings)
    except ArchiveError as error:
        reason = str(error).removeprefix(f"{product.data_path}: ")
        return _unusable(product, FrameStatus.FAILED, reason)
    except KernelError as error:
        return _unusable(product, FrameStatus.REJECTED, str(error))
    if isinstance(scene, str):
        return _unusable(product, FrameStatus.REJECTED, scene)
    found = records_of_sources(scene, sources)
    reason = "" if found else "no source falls into the slit"
    record = FrameRecord(product_id=product.product_id, status=FrameStatus.USED, reason=reason)
    return record, found, _pixels(scene)


def _scene(
    product: SpectrumProduct,
    visit: Visit,
    pointed: Pointed,
    image: SlitOptics,
    settings: InferSettings,
) -> SlitScene | str:
    """Radiances and places of a slit, or why it is of no use."""
    instrument = settings.instrument
    values = read_spectra(product, verify_checksum=settings.calibration.verify_checksums)
    et = start_et(product)
    gap = kernels_cover(et)
    if gap is not None:
        return gap
    if slit_sweeps(product, visit.products):
        pixels = instrument.smear_px_per_s * product.exposure_s
        return SWEPT.format(pixels=pixels, seconds=product.exposure_s)
    pointing = slit_pointing(et, pointed)
    if pointing is None:
        return "no image of the visit has a pointing that the slit could share"
    state = frame_states(np.array([et]), SLIT_FRAME)
    cameras = slit_cameras(state, pointing.offset_px, product.exposure_s, instrument.ifov_rad)
    footprints = slit_footprints(cameras)
    if not np.isfinite(footprints.lat_deg).any():
        return "the slit misses Io"
    clean = without_spikes(values.astype(np.float64))
    return SlitScene(product, clean, cameras, footprints, pointing.sigma_px, image, instrument)


def _unusable(product: SpectrumProduct, status: FrameStatus, reason: str) -> _Measured:
    name = product.product_id
    row = SpectrumRecord(
        product_id=name, source_id=None, status=SpectrumStatus.UNUSABLE, reason=reason
    )
    return FrameRecord(product_id=name, status=status, reason=reason), [row], []


def _pixels(scene: SlitScene) -> list[SlitPixelRecord]:
    wavelength = channel_wavelengths_um()
    level = {}
    for name, band in BANDS.items():
        inside = (wavelength >= band.short_um) & (wavelength <= band.long_um)
        level[name] = np.mean(scene.values[:, inside], axis=1)
    rows = scene.product.rows
    middle = (np.arange(rows) + 0.5) * scene.product.pixels_of_row
    lat, lon = (
        places[np.floor(middle).astype(int)]
        for places in (scene.footprints.lat_deg, scene.footprints.lon_east_deg)
    )
    return [
        SlitPixelRecord(
            product_id=scene.product.product_id,
            slit_row=row,
            lat_deg=float(lat[row]),
            lon_east_deg=float(lon[row]),
            l_radiance_w_m2_sr_um=_number(level["L"][row]),
            m_radiance_w_m2_sr_um=_number(level["M"][row]),
        )
        for row in range(rows)
        if np.isfinite(lat[row])
    ]


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
