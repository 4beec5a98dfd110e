"""Spectra of a simulated visit: what the slit saw while an image was taken.

The scene is that of the images, but smooth: points of light on ground that reflects the
Sun by Lambert's law.  The attitude is that of the image's start, which the mirror holds;
Juno flies on and Io turns, so the slit looks at one scene from several places.
"""

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import spiceypy
from numpy.typing import NDArray

from hotspots.archive import quirks
from hotspots.archive.kernels import KernelPool
from hotspots.archive.spectrometer.layout import CHANNELS, SLIT_PIXELS, channel_wavelengths_um
from hotspots.archive.spectrometer.products import SpectrumProduct
from hotspots.body import IO_FRAME, SPEED_OF_LIGHT_KM_S
from hotspots.camera import Cameras
from hotspots.errors import ProductError
from hotspots.geometry.cameras import ARRAY_MIDDLE, build_cameras
from hotspots.geometry.host import cos_incidence
from hotspots.geometry.intersect import intersect
from hotspots.geometry.projection import project_points
from hotspots.geometry.slit import FIRST_SAMPLE, SLIT_FRAME
from hotspots.geometry.state import frame_states
from hotspots.planck import L_BAND, M_BAND, spectral_radiance
from hotspots.simulation.frame_products import Clock
from hotspots.simulation.optics import axis_response
from hotspots.simulation.spectrum_labels import spectrum_label
from hotspots.simulation.visit import SimulatedVisit

__all__ = ["slit_radiance", "write_spectrum"]

Float64 = NDArray[np.float64]

EXPOSURE_S = 1.0
"""Of all spectra (JIRAM archive SIS)."""

MOMENTS = 12
"""Of an exposure: the scene moves by less than a fifth of a pixel between them."""

SUNLIT_L = 0.0251 / 0.29
"""Spectral radiance of ground below the Sun at 3.46 um, W m-2 sr-1 um-1 (band radiance of
the day side in calibrated images, Perry)."""

SUN_K = 5772.0

NOISE = 1e-3
"""W m-2 sr-1 um-1: none is published; the scatter between channels of a public spectrum."""

NAME_LAG_S = 3


def slit_radiance(visit: SimulatedVisit, frame: int) -> Float64:
    """Noiseless spectra of the slit that was open with one image.

    Parameters
    ----------
    visit : SimulatedVisit
        With the mirror in use; its kernels must be loaded.
    frame : int
        Place of the image in ``visit.frames``.

    Returns
    -------
    array (256, 336) float64
        Spectral radiance, W m-2 sr-1 um-1.
    """
    sun = _spectrum(SUN_K)
    sun = SUNLIT_L * sun / np.interp(L_BAND.centre_um, channel_wavelengths_um(), sun)
    emitted = np.stack(
        [
            np.sum([area * _spectrum(kelvin) for kelvin, area in source.components], axis=0)
            for source in visit.scene.sources
        ]
    )
    total = np.zeros((SLIT_PIXELS, CHANNELS))
    for cameras in _moments(visit, frame):
        profile = _profiles(visit, cameras)
        total += profile @ emitted + np.outer(_sunlit(cameras), sun)
    return total / MOMENTS


def write_spectrum(
    visit: SimulatedVisit,
    frame: int,
    folder: Path,
    rng: np.random.Generator,
    *,
    rows: int = SLIT_PIXELS,
    noise: float = NOISE,
) -> SpectrumProduct:
    """Write the spectrum that was taken with one image: data and label.

    Parameters
    ----------
    visit : SimulatedVisit
        With the mirror in use.
    frame : int
        Place of the image in ``visit.frames``; the two start together.
    folder : Path
        Made where it does not exist.
    rng : numpy.random.Generator
        Of the noise.
    rows : int
        256, 64 or 16: rows are means of neighbouring pixels.
    noise : float
        Standard deviation of a row, W m-2 sr-1 um-1.

    Returns
    -------
    SpectrumProduct

    Raises
    ------
    ProductError
        If a file cannot be written.
    """
    with KernelPool(visit.metakernel):
        radiance = slit_radiance(visit, frame)
        image = visit.frames[frame].product
        stop = Clock.of_label(image.start_clock).later(EXPOSURE_S)
        stop_time = str(spiceypy.et2utc(stop.et, "ISOC", 3))
    means = radiance.reshape(rows, -1, CHANNELS).mean(axis=1)
    values = means + noise * rng.standard_normal(means.shape)
    content = values.astype(quirks.stored_dtype("RDR")).tobytes()
    named = quirks.observation_time(image.start_time_label) + timedelta(seconds=NAME_LAG_S)
    product_id = f"JIR_SPE_RDR_{named:%Y%jT%H%M%S}_V01"
    product = SpectrumProduct(
        product_id=product_id,
        label_path=folder / f"{product_id}.LBL",
        data_path=folder / f"{product_id}.DAT",
        rows=rows,
        channels=CHANNELS,
        start_clock=image.start_clock,
        start_time_label=image.start_time_label,
        exposure_s=EXPOSURE_S,
        orbit=visit.orbit,
        md5=hashlib.md5(content, usedforsecurity=False).hexdigest(),
        frame_type="SCIENCE",
    )
    label = spectrum_label(product, stop_clock=stop.label(visit.orbit), stop_time=stop_time)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        product.data_path.write_bytes(content)
        product.label_path.write_bytes(label)
    except OSError as error:
        msg = f"{folder}: cannot be written ({error.strerror}); choose another folder"
        raise ProductError(msg) from error
    return product


def _spectrum(kelvin: float) -> Float64:
    """Planck's law at all channels, W m-2 sr-1 um-1."""
    wavelengths = channel_wavelengths_um()
    return np.array([spectral_radiance(float(um), np.array([kelvin]))[0] for um in wavelengths])


def _moments(visit: SimulatedVisit, frame: int) -> list[Cameras]:
    """Cameras whose line through the middle is the slit, at moments of the exposure."""
    start = visit.frames[frame].et
    attitude = spiceypy.pxform(SLIT_FRAME, "J2000", start)
    cameras = []
    for moment in start + (np.arange(MOMENTS) + 0.5) / MOMENTS * EXPOSURE_S:
        state = frame_states(np.array([moment]), SLIT_FRAME)
        seen = moment - np.linalg.norm(state.position_km[0]) / SPEED_OF_LIGHT_KM_S
        held = spiceypy.pxform("J2000", IO_FRAME, float(seen)) @ attitude
        state = replace(state, rotation=held[None])
        offset = visit.offset_px[frame][None]
        cameras.append(build_cameras(state, visit.instrument.ifov_rad, offset=offset))
    return cameras


def _profiles(visit: SimulatedVisit, cameras: Cameras) -> Float64:
    """Radiance of every pixel per km2 and radiance of every source, (256, sources)."""
    seen = project_points(cameras, visit.scene.source_points_km)
    facing = seen.facing[0]
    along = np.where(facing, seen.sample[0] - FIRST_SAMPLE, -1e6)
    across = np.where(facing, seen.line[0] - ARRAY_MIDDLE[1], 1e6)
    share = np.zeros((len(along), SLIT_PIXELS))
    for weight, sigma_sample, sigma_line in visit.camera.optics(M_BAND).components:
        in_slit = axis_response(across, 1, sigma_line)
        share += weight * axis_response(along, SLIT_PIXELS, sigma_sample) * in_slit
    light = np.clip(seen.cos_emission[0], 0, None) / (seen.range_km[0] * cameras.ifov_rad) ** 2
    return np.asarray((share * light[:, None]).T)


def _sunlit(cameras: Cameras) -> Float64:
    """Cosine of incidence at every pixel, 0 at night and off the body."""
    sample = np.arange(SLIT_PIXELS, dtype=np.float32)[None] + np.float32(FIRST_SAMPLE)
    line = np.full_like(sample, ARRAY_MIDDLE[1])
    _, _, surface = intersect(cameras, sample, line)
    mu = cos_incidence(np.asarray(surface[0], np.float64), np.asarray(cameras.sun[0]))
    return np.clip(np.nan_to_num(mu), 0.0, None)
