"""What a simulated visit tells of its sources."""

from dataclasses import replace

import numpy as np
import pytest

from hotspots.planck import BANDS
from hotspots.simulation.visit import FrameKind
from hotspots.training.known_sources import (
    RESOLVED_PX,
    expected_snr,
    ground_pattern,
    known_sources,
    product_ids,
)
from hotspots.training.samples import HOTSPOT, LAVA_LAKE


@pytest.fixture(scope="module")
def snr(tiny_visit):
    return expected_snr(tiny_visit)


def test_there_is_a_number_for_each_frame_and_source(tiny_visit, snr):
    assert snr.shape == (len(product_ids(tiny_visit)), len(tiny_visit.scene.sources))
    assert np.isfinite(snr).all()
    assert (snr >= 0).all()
    on_io = [
        frame.product.product_id
        for frame, kind in zip(tiny_visit.frames, tiny_visit.kinds, strict=True)
        if kind is FrameKind.IO
    ]
    assert list(product_ids(tiny_visit)) == on_io


def test_sources_on_the_far_side_have_none(tiny_visit, snr):
    points = tiny_visit.scene.source_points_km
    towards = tiny_visit.bands["M"].states.position_km
    behind = (towards @ points.T < 0).all(axis=0)
    assert behind.any()
    assert (snr[:, behind] == 0).all()
    assert (snr[:, ~behind] > 0).any()


def test_stronger_sources_stand_out_more(tiny_visit, snr):
    power = np.array([source.power_gw_um(BANDS["M"]) for source in tiny_visit.scene.sources])
    best = snr.max(axis=0)
    seen = best > 0
    rank = np.corrcoef(*(np.argsort(np.argsort(v[seen])) for v in (power, best)))[0, 1]
    assert rank > 0.7


def test_an_even_ground_has_no_pattern():
    even = np.full((1, 40, 50), 3.0, np.float32)
    assert ground_pattern(even) == pytest.approx(np.zeros((1, 40, 50)), abs=1e-6)
    noise = np.random.default_rng(1).normal(0, 0.5, (1, 128, 432)).astype(np.float32)
    assert np.median(ground_pattern(noise + even[0, 0, 0])) == pytest.approx(0.5, rel=0.1)


def test_a_lake_that_cannot_be_resolved_is_a_hot_spot(tiny_visit):
    scene = tiny_visit.scene
    snr = np.ones(len(scene.sources))
    lakes = [i for i, source in enumerate(scene.sources) if source.outline is not None]
    assert lakes
    diameters = {i: scene.sources[i].outline.diameter_km for i in lakes}
    near = known_sources(scene, snr, 0.5)
    for i in lakes:
        assert (near[i].kind == LAVA_LAKE) == (diameters[i] >= RESOLVED_PX * 0.5)
        assert bool(near[i].outline_deg) == (near[i].kind == LAVA_LAKE)
    far = known_sources(scene, snr, 1000.0)
    assert {one.kind for one in far} == {HOTSPOT}


def test_rims_are_around_their_lakes(tiny_visit):
    scene = tiny_visit.scene
    close = known_sources(scene, np.ones(len(scene.sources)), 0.1)
    for known, source in zip(close, scene.sources, strict=True):
        if not known.outline_deg or abs(source.lat_deg) > 80:
            continue
        rim = np.array(known.outline_deg)
        degree_km = np.pi / 180 * 1821.5
        east = (rim[:, 1] - source.lon_east_deg + 180) % 360 - 180
        east *= np.cos(np.radians(source.lat_deg)) * degree_km
        north = (rim[:, 0] - source.lat_deg) * degree_km
        area = 0.5 * abs(np.sum(east * np.roll(north, 1) - north * np.roll(east, 1)))
        assert 2 * np.sqrt(area / np.pi) == pytest.approx(source.outline.diameter_km, rel=0.05)


def test_a_scene_without_sources_is_no_trouble(tiny_visit):
    assert known_sources(replace(tiny_visit.scene, sources=()), np.zeros(0), 1.0) == []
