from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.ndimage import gaussian_filter, uniform_filter

from hotspots.planck import BANDS, L_BAND, M_BAND, exitance_gw_um_km2
from hotspots.simulation.source import Source
from hotspots.simulation.source_response import sample_noise, source_response
from hotspots.simulation.source_views import BandView, band_view
from hotspots.simulation.tangent import east_north, surface_point_km
from hotspots.simulation.truth_sources import colour, flux_centre, source_rows
from tests.simulation.outlined import square_lake


@given(st.floats(200, 1800), st.floats(1e-3, 100))
def test_colour_of_a_black_body_is_its_temperature(temperature, area):
    power = [
        area * float(exitance_gw_um_km2(band, np.array([temperature]))[0])
        for band in (M_BAND, L_BAND)
    ]
    found, found_area = colour(*power)
    assert found == pytest.approx(temperature, rel=1e-3)
    assert found_area == pytest.approx(area, rel=0.01)


def test_light_of_a_spot_is_at_its_place():
    spot = Source("a", 10.0, 20.0, "hotspot", ((500.0, 1.0),))
    point = surface_point_km(10.0, 20.0)
    assert flux_centre(spot, point) == pytest.approx(point)


def test_light_of_a_lake_leans_to_where_its_ring_is_whole():
    point = surface_point_km(10.0, 20.0)
    whole = Source.lava_lake("a", 10.0, 20.0, square_lake(intact=(True,) * 4))
    assert np.linalg.norm(flux_centre(whole, point) - point) < 0.05
    # The west edge of the square has no ring: its light lies to the east.
    broken = Source.lava_lake("a", 10.0, 20.0, square_lake())
    east, north = east_north(point) @ (flux_centre(broken, point) - point)
    # three edges of a thin ring on a square of 10 km: 5 km x 1 / 3, the crust adds little
    assert east == pytest.approx(5 / 3, abs=0.3)
    assert north == pytest.approx(0, abs=0.05)


def test_signal_to_noise_is_that_of_the_true_image(rdr_visit):
    truth = rdr_visit.bands["M"]
    view = band_view(rdr_visit, "M")
    frame, source = np.unravel_index(np.argmax(view.noise_snr), view.snr.shape)
    image = source_response(
        rdr_visit.scene,
        truth.cameras,
        BANDS["M"],
        rdr_visit.camera.optics(BANDS["M"]),
        truth.smear_px,
        int(source),
    )[frame]
    noise = sample_noise(truth.rendered.radiance, truth.exposure_s, rdr_visit.camera)[frame]
    wanted = np.sqrt(np.sum((image / noise) ** 2))
    assert view.noise_snr[frame, source] == pytest.approx(wanted, rel=0.01)
    assert view.snr[frame, source] <= view.noise_snr[frame, source]


def test_frames_help_against_noise_and_not_against_the_ground():
    shape = (4, 1)
    seen, zero = np.ones(shape, bool), np.zeros(shape)
    dark = BandView(seen, np.full(shape, 5.0), np.full(shape, np.inf), zero)
    assert dark.snr[0, 0] == pytest.approx(5)
    assert dark.stacked_snr[0] == pytest.approx(10)
    rough = BandView(seen, np.full(shape, 1e6), np.full(shape, 5.0), zero)
    assert rough.snr[0, 0] == pytest.approx(5)
    assert rough.stacked_snr[0] == pytest.approx(5)
    unseen = BandView(~seen, zero, zero, zero)
    assert unseen.stacked_snr[0] == 0


def test_ground_that_saturates_hides_everything(rdr_visit):
    truth = rdr_visit.bands["M"]
    bright = replace(truth.rendered, ground=np.ones_like(truth.rendered.ground))
    visit = replace(rdr_visit, bands={"M": replace(truth, rendered=bright)})
    assert truth.exposure_s.min() * 2e6 > rdr_visit.camera.saturation_dn
    assert band_view(visit, "M").noise_snr.max() < 1
    assert band_view(rdr_visit, "M").noise_snr.max() > 100


def test_ground_ratio_is_that_of_filtered_images(rdr_visit):
    truth = rdr_visit.bands["M"]
    optics = rdr_visit.camera.optics(BANDS["M"])
    view = band_view(rdr_visit, "M")
    seen = truth.rendered.sources
    steep = view.visible & (seen.cos_emission > 0.6) & (seen.diameter_px < 0.3)
    near_end = (np.abs(seen.line - 63.5) > 50) | (np.abs(seen.sample - 215.5) > 200)
    frame, source = np.unravel_index(
        np.argmax(np.where(steep & ~near_end, seen.light, 0)), seen.light.shape
    )
    image = source_response(
        rdr_visit.scene, truth.cameras, BANDS["M"], optics, truth.smear_px, int(source)
    )[frame]
    sigma = optics.core_sigma_px
    height = gaussian_filter(np.asarray(image), np.sqrt(sigma**2 + 1 / 12)).max()
    line, sample = round(seen.line[frame, source]), round(seen.sample[frame, source])
    ground = np.asarray(truth.rendered.ground[frame])
    level = ground - uniform_filter(ground, 7)
    box = gaussian_filter(level, sigma)[line - 7 : line + 8, sample - 7 : sample + 8]
    # wings, elongation and the place within a pixel make the difference
    assert view.ground_ratio[frame, source] == pytest.approx(height / box.std(), rel=0.35)


def test_peak_is_the_brightest_sample_of_the_source(rdr_visit):
    truth = rdr_visit.bands["M"]
    view = band_view(rdr_visit, "M")
    seen = truth.rendered.sources
    for frame, source in np.argwhere(view.visible)[:20]:
        counts = truth.rendered.radiance[frame] * 2e6 * truth.exposure_s[frame]
        line, sample = round(seen.line[frame, source]), round(seen.sample[frame, source])
        assert counts[line, sample] <= view.peak_dn[frame, source] * 1.0001
        assert view.peak_dn[frame, source] <= counts.max() * 1.0001


def test_weaker_of_close_sources_is_blended_and_the_stronger_is_not(rdr_visit):
    rows = {row["source_id"]: row for row in source_rows(rdr_visit)}
    blended = {name: row for name, row in rows.items() if row["blended_with"]}
    assert blended
    for name, row in blended.items():
        partner = rows[row["blended_with"]]
        assert float(partner["S_M"]) > float(row["S_M"])
        assert partner["blended_with"] != name


def test_lakes_tell_their_width_in_pixels(rdr_visit):
    for row, source in zip(source_rows(rdr_visit), rdr_visit.scene.sources, strict=True):
        lake = 0.0 if source.outline is None else source.outline.diameter_km
        assert float(row["patera_diameter_km"]) == pytest.approx(lake, abs=0.01)
        if float(row["km_per_px"]) > 0:
            assert float(row["lake_px"]) == pytest.approx(lake / float(row["km_per_px"]), abs=0.01)
            assert row["resolvable"] == str(int(float(row["lake_px"]) > 3))
        assert float(row["footprint_km"]) == pytest.approx(lake or source.diameter_km, abs=0.01)


def test_lost_packets_show_nothing(rdr_visit):
    truth = rdr_visit.bands["M"]
    view = band_view(rdr_visit, "M")
    seen = truth.rendered.sources
    for k, place in enumerate(truth.frames):
        _, missing = rdr_visit.frames[place].half("M", 128)
        inside = np.flatnonzero(seen.visible[k])
        lost = missing[
            np.rint(seen.line[k, inside]).astype(int), np.rint(seen.sample[k, inside]).astype(int)
        ]
        np.testing.assert_array_equal(view.visible[k, inside], ~lost)
        assert (view.snr[k, inside][lost] == 0).all()
