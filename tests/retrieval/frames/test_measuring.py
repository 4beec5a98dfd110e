"""Photometry of frames that another code drew: powers, places, saturation, lakes."""

import numpy as np
import pytest

from hotspots.config import PhotometrySettings
from hotspots.retrieval.frames.fit import fit_optics
from hotspots.retrieval.frames.ground import local_axes, moved
from hotspots.retrieval.frames.measuring import measure_in_frames
from hotspots.retrieval.frames.modelled import modelled_sources
from tests.retrieval.frames.made_scene import (
    OPTICS,
    cameras,
    exposed,
    found,
    scene_of,
    spread_places,
    surface,
)

EXACT = PhotometrySettings(calibration_fraction=1e-6, sample_fraction=1e-3)


@pytest.fixture(scope="module")
def field():
    """A field of 33 sources in both bands, and what is measured of it."""
    rng = np.random.default_rng(3)
    places = spread_places()
    m_power = np.exp(rng.uniform(np.log(0.05), np.log(2.0), len(places)))
    l_power = 0.6 * m_power
    view = cameras()
    shift = (0.04, -0.03)
    m = exposed("M", view, places, m_power, rng, pointing_px=shift)
    l_ = exposed("L", view, places, l_power, rng, pointing_px=shift)
    scene = scene_of(m, l_)
    guessed = moved(places, rng.normal(0.0, 2.5, (len(places), 2)))
    maps = [
        found(point, {"M": 0.8 * one, "L": 0.7 * other})
        for point, one, other in zip(guessed, m_power, l_power, strict=True)
    ]
    measured, fit = measure_in_frames(scene, maps, EXACT)
    return scene, places, {"M": m_power, "L": l_power}, measured, fit, maps


@pytest.mark.parametrize("band", ["M", "L"])
def test_powers_are_right_and_their_intervals_honest(field, band):
    _, _, truth, measured, _, _ = field
    powers = [one.powers[band] for one in measured]
    ratio = np.array([p.value for p in powers]) / truth[band]
    bright = truth[band] > 0.3
    assert np.median(ratio[bright]) == pytest.approx(1.0, abs=0.015)
    inside = [p.lo95 <= t <= p.hi95 for p, t in zip(powers, truth[band], strict=True)]
    assert np.mean(inside) > 0.85
    inner = [p.lo <= t <= p.hi for p, t in zip(powers, truth[band], strict=True)]
    assert 0.5 < np.mean(inner) < 0.95


def test_places_are_found_to_a_fraction_of_a_pixel(field):
    _, places, _, measured, _, _ = field
    apart = []
    for true, one in zip(places, measured, strict=True):
        here = surface(one.lat_deg, one.lon_east_deg)
        apart.append(np.linalg.norm(here - true) / one.km_per_px)
    assert np.median(apart) < 0.12
    honest = [
        d * one.km_per_px <= 3.5 * one.ellipse.major_km
        for d, one in zip(apart, measured, strict=True)
    ]
    assert np.mean(honest) > 0.9


def test_the_optics_come_out_of_the_same_fit(field):
    _, _, _, _, fit, _ = field
    optics = fit.adjusted.optics("M")
    assert optics.core_sigma_px == pytest.approx(OPTICS.core_sigma_px, rel=0.02)
    assert optics.elongation == pytest.approx(OPTICS.elongation, rel=0.03)
    assert optics.wing_fraction == pytest.approx(0.02, abs=0.012)


def test_optics_of_bright_sources_alone(field):
    scene, _, truth, _, _, maps = field
    bright = [m for m, s in zip(maps, truth["M"], strict=True) if s > 0.8]
    sources = [s for s in modelled_sources(scene, bright) if s is not None]
    optics, covariance = fit_optics(scene, sources, sample_fraction=1e-3)["M"]
    assert optics.core_sigma_px == pytest.approx(OPTICS.core_sigma_px, rel=0.03)
    assert abs(np.log(optics.core_sigma_px / 0.7)) < 5 * np.sqrt(covariance[0, 0]) + 0.01


def test_a_band_without_frames_is_not_measured():
    rng = np.random.default_rng(4)
    place = surface(3.0, 5.0)[None]
    scene = scene_of(exposed("M", cameras(3), place, np.array([1.0]), rng))
    (one,), fit = measure_in_frames(scene, [found(place[0], {"M": 0.9})], EXACT)
    assert set(one.powers) == {"M"}
    assert one.power_correlation == 0.0
    assert fit is not None


def test_what_no_frame_shows_stays_as_it_was_on_the_map():
    rng = np.random.default_rng(4)
    place = surface(3.0, 5.0)[None]
    scene = scene_of(exposed("M", cameras(3), place, np.array([1.0]), rng))
    behind = found(surface(0.0, 180.0), {"M": 2.0})
    measured, fit = measure_in_frames(scene, [behind], EXACT)
    assert measured == (behind,)
    assert fit is None
    assert measure_in_frames(scene, [], EXACT) == ((), None)


@pytest.mark.parametrize(("power", "is_open"), [(20.0, False), (60.0, False)])
def test_a_saturated_source_is_bracketed_by_its_wings(power, is_open):
    rng = np.random.default_rng(6)
    places = np.concatenate([spread_places(16.0), surface(5.0, 6.0)[None]])
    powers = np.append(np.full(len(places) - 1, 0.8), power)
    swath = exposed("M", cameras(), places, powers, rng)
    assert (swath.flags == 1).any()
    maps = [found(point, {"M": 0.8}) for point in places[:-1]]
    maps.append(found(places[-1], {"M": 0.4 * power}, saturated=True))
    measured, _ = measure_in_frames(scene_of(swath), maps, PhotometrySettings())
    bright = measured[-1].powers["M"]
    assert bright.saturated
    assert bright.lo95 < power
    assert (bright.hi95 is None) is is_open
    assert bright.hi95 > power
    assert bright.value == pytest.approx(power, rel=0.3)


def test_a_lake_of_several_pixels_is_summed_whole():
    rng = np.random.default_rng(8)
    centre = surface(2.0, 4.0)
    turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    rings = [r * np.stack([np.cos(turn), np.sin(turn)], axis=-1) for r in (6.0, 12.0, 18.0)]
    offsets = np.concatenate(rings)
    lake = moved(np.tile(centre, (len(offsets), 1)), offsets)
    stars = spread_places(16.0)
    stars = stars[np.linalg.norm(stars - centre, axis=-1) > 200.0]
    places = np.concatenate([stars, lake])
    powers = np.append(np.full(len(stars), 0.8), np.full(len(lake), 3.0 / len(lake)))
    scene = scene_of(exposed("M", cameras(), places, powers, rng))
    maps = [found(point, {"M": 0.8}) for point in stars]
    maps.append(found(centre, {"M": 2.0}, points_km=lake[40:80]))
    measured, fit = measure_in_frames(scene, maps, PhotometrySettings())
    assert fit.sources[-1].extended
    power = measured[-1].powers["M"]
    assert power.value == pytest.approx(3.0, rel=0.05)
    assert power.lo95 < 3.0 < power.hi95
    here = surface(measured[-1].lat_deg, measured[-1].lon_east_deg)
    east, north = local_axes(centre[None])
    assert abs((here - centre) @ east[0]) < 2.0
    assert abs((here - centre) @ north[0]) < 2.0
