"""Backgrounds removed, hits and oblique samples flagged, sunlight modelled."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hotspots.config import GridSettings, InferSettings
from hotspots.gridding.illumination import sample_illumination
from hotspots.pipeline.cleaning import clean_swaths
from hotspots.swath import Flag
from tests.pipeline.frames import SIGMA, cameras_above, pointed_of, swath_of

SETTINGS = InferSettings(archive=Path("archive"), out=Path("out"))


def lit_swath(sun, radiance=0.02):
    """Frame of a disc lit from the direction ``sun``, brightness going as mu0."""
    swath = swath_of(cameras_above(1), seed=3)
    sun = np.asarray(sun, float)[None]
    swath = swath.replace(cameras=swath.cameras.replace(sun=sun / np.linalg.norm(sun)))
    mu0 = sample_illumination(swath, np.array([False])).mu0
    light = radiance * np.nan_to_num(np.maximum(mu0, 0))
    return swath.replace(values=(swath.values + light).astype(np.float32))


def test_columns_lose_their_background():
    swath = swath_of(cameras_above(2), seed=1)
    columns = np.random.default_rng(2).normal(0, 20 * SIGMA, 432).astype(np.float32)
    pointed = pointed_of(swath.replace(values=swath.values + columns))
    clean, _ = clean_swaths(pointed, SETTINGS)
    left = clean["M"].values.mean(axis=1)
    # the mean of 128 samples is known to 0.09 sigma, their robust middle a little worse
    assert left.std() < 0.3 * SIGMA


def test_sunlight_is_modelled_and_left_in_place():
    swath = lit_swath(swath_of(cameras_above(1)).cameras.position_km[0])
    clean, sunlight = clean_swaths(pointed_of(swath), SETTINGS)
    assert sunlight["M"].radiance(np.array([0.5]))[0] == pytest.approx(0.01, rel=0.1)
    on_body = (clean["M"].flags & Flag.OFF_BODY) == 0
    assert clean["M"].values[on_body].mean() > 0.5 * 0.02


def test_samples_off_the_body_and_oblique_ones_are_flagged():
    pointed = pointed_of(swath_of(cameras_above(1)))
    mu = sample_illumination(pointed.swaths["M"], np.array([False])).mu
    for angle in (85.0, 60.0):
        settings = replace(SETTINGS, grid=GridSettings(maximum_emission_deg=angle))
        clean, _ = clean_swaths(pointed, settings)
        flagged = (clean["M"].flags & Flag.OFF_BODY) != 0
        np.testing.assert_array_equal(flagged, ~(mu >= np.cos(np.radians(angle))))


def test_a_lone_hit_is_flagged_and_a_source_is_not():
    swath = swath_of(cameras_above(1), seed=4)
    swath.values[0, 60, 200] += 200 * SIGMA
    y, x = np.indices((128, 432))
    source = np.exp(-0.5 * ((y - 70) ** 2 + (x - 230) ** 2) / 0.7**2)
    swath.values[0] += (200 * SIGMA * source).astype(np.float32)
    clean, _ = clean_swaths(pointed_of(swath), SETTINGS)
    hit = (clean["M"].flags[0] & Flag.RADIATION) != 0
    assert hit[60, 200]
    assert not hit[70, 230]


def test_what_came_in_is_not_changed():
    swath = swath_of(cameras_above(1), seed=5)
    values, flags = swath.values.copy(), swath.flags.copy()
    clean_swaths(pointed_of(swath), SETTINGS)
    np.testing.assert_array_equal(swath.values, values)
    np.testing.assert_array_equal(swath.flags, flags)
