"""Errors that surroundings add: none where there is noise alone, the texture's where it is."""

import numpy as np
import pytest

from hotspots.retrieval.frames.excess import EmptyPlaces, excess_sigma, measure_empty, ring_places
from hotspots.retrieval.frames.extended import offsets_from
from hotspots.retrieval.frames.optics import BandOptics
from tests.retrieval.frames.made_scene import cameras, exposed, scene_of, spread_places

OPTICS = BandOptics(0.7, 1.05, 0.02, 3.0)


@pytest.fixture
def empty_frames():
    rng = np.random.default_rng(11)
    places = spread_places()
    swath = exposed("M", cameras(), places, np.zeros(len(places)), rng)
    frames = scene_of(swath).bands["M"]
    view = frames.stamps(places, 1)
    first = [int(np.flatnonzero(view.point == i)[0]) for i in range(len(places))]
    return frames, places, view.jacobian[first]


def test_rings_are_where_they_should_be(empty_frames):
    _, places, jacobian = empty_frames
    rings = ring_places(places, jacobian)
    pixels = offsets_from(places[0], rings[0]) @ jacobian[0].T
    distance = np.linalg.norm(pixels, axis=-1)
    assert set(np.round(distance, 1).tolist()) == {4.5, 7.0}


def test_noise_alone_scatters_as_it_says(empty_frames):
    frames, places, jacobian = empty_frames
    empty = measure_empty(frames, ring_places(places, jacobian), OPTICS)
    ratio = empty.power / empty.sigma
    assert np.nanstd(ratio) == pytest.approx(1.0, abs=0.1)
    assert np.median(excess_sigma(empty) / np.nanmedian(empty.sigma, axis=1)) < 0.5


def test_a_pattern_of_the_ground_is_found_whatever_the_number_of_frames(empty_frames):
    frames, places, jacobian = empty_frames
    rings = ring_places(places, jacobian)
    plain = measure_empty(frames, rings, OPTICS)
    pattern = np.random.default_rng(3).normal(0.0, 3.0, plain.power.shape) * plain.sigma
    rough = EmptyPlaces(plain.power + pattern, plain.sigma)
    ratio = excess_sigma(rough) / np.nanmedian(plain.sigma, axis=1)
    assert np.median(ratio) == pytest.approx(3.0, rel=0.25)


def test_sources_without_empty_places_take_what_is_usual():
    power = np.full((3, 16), 2.0) * np.resize([1.0, -1.0], 16)
    power[2] = np.nan
    sigma = np.where(np.isfinite(power), 1.0, np.nan)
    found = excess_sigma(EmptyPlaces(power, sigma))
    assert found[0] == found[1] > 2.0
    assert found[2] == 0.0  # nothing is known of its noise either
