"""Simulated spectra through the reader, the slit's geometry and the fits."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hotspots.archive.kernels import KernelPool
from hotspots.archive.spectrometer.labels import read_spectrum_label
from hotspots.archive.visits import Visit
from hotspots.catalogue.records import FrameStatus, SourceClass, SourceRecord
from hotspots.catalogue.spectrum_records import SpectrumStatus
from hotspots.config import InferSettings
from hotspots.geometry.slit import SLIT_FRAME, slit_cameras, slit_footprints
from hotspots.geometry.state import frame_states
from hotspots.pipeline.pointing import Pointed
from hotspots.pipeline.spectra import measure_spectra
from hotspots.planck import L_BAND, M_BAND
from hotspots.simulation.aiming import FrameKind
from hotspots.simulation.ranges import Range
from hotspots.simulation.scene import Scene, Source
from hotspots.simulation.settings import FlybySettings, ObservingSettings, SimulationSettings
from hotspots.simulation.spectrometer import write_spectrum
from hotspots.simulation.visit import simulate_visit

SETTINGS = InferSettings(archive=Path("archive"), out=Path("out"))
IFOV = SETTINGS.instrument.ifov_rad
ROW = 120


@pytest.fixture(scope="module")
def flyby(tmp_path_factory):
    """A visit with the mirror in use."""
    settings = SimulationSettings(
        flyby=FlybySettings(
            altitude_km=Range(50_000, 80_000),
            altitude_despun_km=Range(90_000, 120_000),
            eclipse_fraction=0.0,
            departure=Range(1.0, 1.2),
        ),
        observing=ObservingSettings(
            minimum_frames=4,
            maximum_frames=5,
            raw_fraction=0.0,
            second_turn_fraction=0.0,
            both_bands=1.0,
            m_band_only=0.0,
        ),
    )
    return simulate_visit(settings, 11, tmp_path_factory.mktemp("flyby"), orbit=25)


def footprints_of(visit, frame):
    with KernelPool(visit.metakernel):
        state = frame_states(np.array([visit.frames[frame].et]), SLIT_FRAME)
    return slit_footprints(slit_cameras(state, visit.offset_px[frame], 1.0, IFOV))


@pytest.fixture(scope="module")
def in_slit(flyby):
    """The visit with one lava flow in the middle of a slit, and that slit's image."""
    for frame, kind in enumerate(flyby.kinds):
        seen = np.isfinite(footprints_of(flyby, frame).lat_deg)
        if kind is FrameKind.IO and seen[ROW - 20 : ROW + 20].all():
            break
    else:
        pytest.fail("no slit of this visit lies on the body")
    place = footprints_of(flyby, frame)
    flow = Source("flow", place.lat_deg[ROW], place.lon_east_deg[ROW], "hotspot", ((520.0, 60.0),))
    return replace(flyby, scene=Scene((flow,), flyby.scene.ground)), frame


def record_of(source, *, m_error=0.05):
    m_power, l_power = (source.power_gw_um(band) for band in (M_BAND, L_BAND))
    return SourceRecord(
        visit="PJ25",
        source_id="PJ25_001",
        time_utc="2020-02-17T17:00:00Z",
        lat_deg=source.lat_deg,
        lon_east_deg=source.lon_east_deg,
        sigma_km=1.0,
        source_class=SourceClass.HOTSPOT,
        snr=50.0,
        m_power_gw_um=m_power,
        m_power_lo_gw_um=m_power * (1 - m_error),
        m_power_hi_gw_um=m_power * (1 + m_error),
        l_power_gw_um=l_power,
        n_frames=4,
        range_km=1e5,
        km_per_px=24.0,
        emission_deg=20.0,
        incidence_deg=120.0,
    )


def pointed_like(visit):
    """Pointing of all images as it truly was."""
    truth = visit.bands["M"]
    names = tuple(visit.frames[place].product.product_id for place in truth.frames)
    swath = _Times(names, truth.states.et)
    offsets = dict(zip(names, visit.offset_px[list(truth.frames)], strict=True))
    return Pointed({"M": swath}, {}, {}, dict.fromkeys(names, 0.05), (), offset_px=offsets)


class _Times:
    """As much of a swath as the slit's pointing asks for."""

    def __init__(self, product_ids, et):
        self.product_ids, self.et = product_ids, et


def measure(visit, spectra, sources, pointed=None, orbit=25):
    spectra = tuple(replace(read_spectrum_label(one.label_path), orbit=orbit) for one in spectra)
    images = tuple(replace(frame.product, log=None) for frame in visit.frames)
    with KernelPool(visit.metakernel):
        return measure_spectra(
            Visit("PJ25", orbit, images, (), spectra=spectra),
            sources,
            pointed_like(visit) if pointed is None else pointed,
            SETTINGS,
        )


@pytest.mark.parametrize("rows", [256, 64])
def test_source_in_the_slit_has_its_power_and_temperature(in_slit, tmp_path, rows):
    visit, frame = in_slit
    written = write_spectrum(visit, frame, tmp_path, np.random.default_rng(2), rows=rows)
    source = visit.scene.sources[0]
    outcome = measure(visit, [written], [record_of(source)])
    (frame_record,) = outcome.frames
    assert frame_record.status is FrameStatus.USED
    (found,) = outcome.products.spectra
    assert found.status is SpectrumStatus.MEASURED
    assert found.row == pytest.approx(ROW, abs=0.5)
    for letter, band in (("m", M_BAND), ("l", L_BAND)):
        truth = source.power_gw_um(band)
        power, sigma = (getattr(found, f"{letter}_power_{end}gw_um") for end in ("", "sigma_"))
        assert abs(power - truth) < 3 * sigma
        assert sigma < 0.5 * truth
        assert getattr(found, f"{letter}_over_imager") == pytest.approx(power / truth)
    assert abs(found.m_difference_sigma) < 3
    assert found.l_difference_sigma is None  # the imager gave no interval
    assert found.temperature_lo_k - 15 < 520 < found.temperature_hi_k + 15
    assert found.temperature_hi_k - found.temperature_lo_k < 60


def test_slit_is_on_the_map(in_slit, tmp_path):
    visit, frame = in_slit
    written = write_spectrum(visit, frame, tmp_path, np.random.default_rng(2))
    outcome = measure(visit, [written], [])
    (frame_record,) = outcome.frames
    assert "no source" in frame_record.reason
    seen = footprints_of(visit, frame)
    assert len(outcome.products.slits) == np.isfinite(seen.lat_deg).sum()
    brightest = max(outcome.products.slits, key=lambda pixel: pixel.m_radiance_w_m2_sr_um)
    assert brightest.slit_row == ROW
    assert brightest.lat_deg == pytest.approx(visit.scene.sources[0].lat_deg, abs=1e-4)


def test_source_beside_the_slit_is_not_in_it(in_slit, tmp_path):
    visit, frame = in_slit
    written = write_spectrum(visit, frame, tmp_path, np.random.default_rng(2))
    source = replace(visit.scene.sources[0], lat_deg=visit.scene.sources[0].lat_deg - 20.0)
    assert not measure(visit, [written], [record_of(source)]).products.spectra


def test_slit_without_the_mirror_is_refused(in_slit, tmp_path):
    visit, frame = in_slit
    written = write_spectrum(visit, frame, tmp_path, np.random.default_rng(2))
    outcome = measure(visit, [written], [record_of(visit.scene.sources[0])], orbit=51)
    assert outcome.frames[0].status is FrameStatus.REJECTED
    (row,) = outcome.products.spectra
    assert row.status is SpectrumStatus.UNUSABLE
    assert "870 px" in row.reason


def test_spectrum_without_pointing_or_data_has_a_reason(in_slit, tmp_path):
    visit, frame = in_slit
    written = write_spectrum(visit, frame, tmp_path, np.random.default_rng(2))
    nowhere = Pointed({}, {}, {}, {}, ())
    (lost,) = measure(visit, [written], [], nowhere).frames
    assert lost.status is FrameStatus.REJECTED
    assert "pointing" in lost.reason
    written.data_path.write_bytes(b"\x00" * 10)
    (damaged,) = measure(visit, [written], []).frames
    assert damaged.status is FrameStatus.FAILED
    assert damaged.reason.startswith("truncated")


def test_no_spectra_no_products(in_slit):
    visit, _ = in_slit
    outcome = measure(visit, [], [])
    assert outcome.products is None
    assert outcome.frames == ()
