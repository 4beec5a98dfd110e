"""Drawn grounds: patterns, lava, and what facets radiate."""

import numpy as np
import pytest

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.gridding.radiometer.cells import cell_centres
from hotspots.simulation.radiometer.ground import draw_ground
from hotspots.simulation.radiometer.ground_ranges import GroundRanges, LavaRanges
from hotspots.simulation.radiometer.lava_fields import draw_lava
from hotspots.simulation.radiometer.random_field import random_field
from hotspots.simulation.ranges import Range

NONE = LavaRanges(none_fraction=1.0)
STILL = GroundRanges(
    equator_k=Range.fixed(100.0),
    pole_drop_k=Range.fixed(0.0),
    diurnal_amplitude_k=Range.fixed(0.0),
    geotherm_k_m=Range.fixed(0.0),
    temperature_scatter_k=Range.fixed(0.0),
    permittivity=Range.fixed(4.0),
    permittivity_scatter=Range.fixed(0.0),
)
SUN = np.array([1.0, 0.0, 0.0])


def test_random_field_is_alike_nearby_and_strange_far_away() -> None:
    rng = np.random.default_rng(3)
    places = cell_centres(16)
    fields = np.array([random_field(places, 0.2, rng) for _ in range(60)])
    assert abs(fields.mean()) < 0.05
    assert fields.std() == pytest.approx(1.0, abs=0.05)
    chord = np.linalg.norm(places - places[0], axis=1)
    near, far = np.argmin(abs(chord - 0.2)), np.argmax(chord)
    likeness = [np.corrcoef(fields[:, 0], fields[:, i])[0, 1] for i in (near, far)]
    assert likeness[0] == pytest.approx(np.exp(-0.5), abs=0.2)
    assert abs(likeness[1]) < 0.35


def test_lava_covers_what_was_drawn_and_no_facet_twice() -> None:
    ranges = LavaRanges(none_fraction=0.0, covered_fraction=Range.fixed(0.3))
    cover = draw_lava(ranges, cell_centres(16), np.random.default_rng(5))
    total = cover.total()
    assert 0.3 <= total.mean() < 0.35
    assert total.max() <= 1.0 + 1e-12
    areas = sum(field.area_km2 for field in cover.fields)
    assert areas == pytest.approx(total.mean() * 4 * np.pi * IO_MEAN_RADIUS_KM**2)


def test_globe_without_lava_has_none() -> None:
    cover = draw_lava(NONE, cell_centres(4), np.random.default_rng(5))
    assert cover.fields == ()
    assert not cover.total().any()


def test_isothermal_ground_shines_with_its_emissivity() -> None:
    ground, _ = draw_ground(STILL, NONE, 4, np.random.default_rng(1))
    facets = np.arange(len(ground))
    vertical, horizontal = ground.polarised_k(SUN, np.ones(len(ground)), facets)
    # Permittivity 4: 8/9 emitted, 1/9 of the sky mirrored.
    sky = 2.725 + 24.1 * (0.6 / 0.31) ** -2.599
    np.testing.assert_allclose(vertical[:, 0], 800 / 9 + sky / 9, rtol=1e-9)
    np.testing.assert_allclose(horizontal, vertical)


def test_area_is_that_of_the_ellipsoid_at_every_level() -> None:
    ground, _ = draw_ground(STILL, NONE, 16, np.random.default_rng(1))
    # Thomsen's formula of the area of a triaxial ellipsoid, good to 1 %.
    a, b, c = 1829.4, 1819.4, 1815.7
    p = 1.6075
    mean = (((a * b) ** p + (a * c) ** p + (b * c) ** p) / 3) ** (1 / p)
    assert ground.area_km2.sum() == pytest.approx(4 * np.pi * mean, rel=1e-3)
    assert ground.coarser().area_km2.sum() == pytest.approx(ground.area_km2.sum())
    assert len(ground.coarser()) == len(ground) // 4


def test_afternoon_is_warmer_than_morning_where_short_waves_come_from() -> None:
    drawn = GroundRanges(
        diurnal_amplitude_k=Range.fixed(20.0),
        diurnal_lag_deg=Range.fixed(40.0),
        temperature_scatter_k=Range.fixed(0.0),
        second_harmonic=Range.fixed(0.0),
    )
    ground, _ = draw_ground(drawn, NONE, 8, np.random.default_rng(1))
    seen = ground.seen_k(SUN, np.ones(len(ground)), np.arange(len(ground)))[:, 5]
    longitude = np.arctan2(ground.point_km[:, 1], ground.point_km[:, 0])
    equator = abs(ground.point_km[:, 2]) < 200
    afternoon = equator & (longitude > 0.3) & (longitude < 1.2)
    morning = equator & (longitude < -0.3) & (longitude > -1.2)
    assert seen[afternoon].mean() > seen[morning].mean() + 1.0


def test_lava_is_warmest_in_the_longest_waves() -> None:
    lava = LavaRanges(none_fraction=0.0)
    ground, cover = draw_ground(GroundRanges(), lava, 16, np.random.default_rng(2))
    mean = ground.lava_k.mean(axis=0)
    assert np.all(np.diff(mean) < 0)
    assert not ground.lava_k[cover.total() == 0].any()
    assert not ground.without_lava().lava_k.any()
