"""Patterns, surroundings and antenna temperatures against closed formulas."""

import numpy as np
import pytest

from hotspots.simulation.radiometer.patterns import (
    Pattern,
    PatternRanges,
    directions_in_antenna,
    draw_patterns,
)
from hotspots.simulation.radiometer.surroundings import SurroundingsRanges, draw_surroundings
from hotspots.simulation.radiometer.visit import SimulatedFlyby
from hotspots.simulation.ranges import Range

GAUSSIAN = Pattern(3.0, 0.0, 0.0, -90.0, 30.0)


def test_power_is_half_at_half_the_width() -> None:
    for pattern in draw_patterns(PatternRanges(), np.random.default_rng(1)):
        round_about = np.cos(2 * np.linspace(0, np.pi, 181))
        half = pattern.relative_gain(np.array(pattern.half_width_deg), round_about)
        assert half.mean() == pytest.approx(0.5, abs=0.005)
        assert pattern.relative_gain(np.array(0.0), np.array(1.0)) == pytest.approx(1.0)


def test_solid_angle_of_a_narrow_gaussian() -> None:
    # pi h**2 / ln 2 on a plane.
    assert GAUSSIAN.solid_angle() == pytest.approx(np.pi * np.radians(3) ** 2 / np.log(2), rel=2e-3)


def test_lobe_falls_as_the_measured_one() -> None:
    # Legendre fit of antenna 3 (half width 6.08 degrees): 0.1405 at 10, 0.0074 at 15 degrees.
    pattern = Pattern(6.08, 0.0, 0.03, -90.0, 30.0)
    gain = pattern.relative_gain(np.array([10.0, 15.0]), np.zeros(2))
    np.testing.assert_allclose(gain, [0.1405, 0.0074], rtol=0.06)


def test_positive_ellipticity_is_wide_along_x() -> None:
    pattern = Pattern(6.0, 0.02, 0.03, -40.0, 30.0)
    along, across = np.array([0.1, 0.0, 1.0]), np.array([0.0, 0.1, 1.0])
    directions = np.stack([along, across]) / np.linalg.norm(along)
    gain = pattern.relative_gain(*directions_in_antenna(np.eye(3), directions))
    assert gain[0] > gain[1]


def test_discs_and_belts_have_the_right_size() -> None:
    ranges = SurroundingsRanges(
        jupiter_factor=Range.fixed(1.0), belts_jy=Range.fixed(5.0), belts_index=Range.fixed(0.0)
    )
    drawn = draw_surroundings(ranges, np.random.default_rng(4))
    directions, weight = drawn.disc(np.array([4.2e5, 0.0, 0.0]))
    # Channel 6 is hardly darker at the limb: 141 K times the solid angle of the disc.
    solid = np.pi * 71492.0 * 66854.0 / 4.2e5**2
    assert weight[:, 5].sum() == pytest.approx(141.0 * solid, rel=0.04)
    np.testing.assert_allclose(np.linalg.norm(directions, axis=1), 1.0)
    assert directions[:, 0].max() < -np.cos(np.arcsin(71492 / 4.2e5)) + 1e-3
    # 5 Jy from 4.04 au, from where Jupiter hides little.
    far = 4.04 * 149_597_870.7
    _, weight = drawn.belts(np.array([0.0, far, 0.0]))
    flux = 2 * 1.380649e-23 * weight[:, 0].sum() / (299_792_458.0 / 0.6e9) ** 2
    assert 3.5e-26 < flux < 5.01e-26


def test_galactic_plane_is_bright_and_its_poles_are_not() -> None:
    drawn = draw_surroundings(SurroundingsRanges(), np.random.default_rng(4))
    # Centre of the Galaxy and its north pole, J2000 (17h45.6m -28.94, 12h51.4m +27.13).
    places = []
    for longitude, latitude in np.radians([[266.40, -28.94], [192.86, 27.13]]):
        along = np.cos(latitude)
        places.append([along * np.cos(longitude), along * np.sin(longitude), np.sin(latitude)])
    centre, pole = drawn.sky_k(np.array(places))
    assert centre[0] > 30
    assert pole[0] == pytest.approx(2.725 + 24.1 * (0.6 / 0.31) ** -2.599, abs=1e-3)
    assert centre[5] == pytest.approx(2.73, abs=0.02)


def test_parts_add_up_and_io_fills_the_narrow_beams(flyby: SimulatedFlyby) -> None:
    antenna = flyby.antenna
    assert antenna.fill.max() < 1.0
    # At 2,000 km Io's radius is 28 degrees: all but the side lobes.
    assert antenna.fill[:, 2:].max() > 0.95
    ratio = antenna.io.max(axis=0) / antenna.fill.max(axis=0)
    assert np.all((ratio > 60) & (ratio < 300))
    away = antenna.fill < 1e-3
    quiet = away & (antenna.belts < 0.05) & (antenna.jupiter < 0.05)
    assert np.all(antenna.total[:, 5][quiet[:, 5]] < 3.5)
    assert antenna.total.min() > 2.0


def test_io_fills_what_its_solid_angle_says(flyby: SimulatedFlyby) -> None:
    # Sum of gain over a disc much smaller than the lobe is gain times solid angle.
    rows, pattern = flyby.rows, flyby.patterns[0]
    distance = np.linalg.norm(rows.juno, axis=1)
    towards = -rows.juno / distance[:, None]
    cosine = np.sum(rows.antennas[:, 0, 2] * towards, axis=1)
    i = int(np.argmax(cosine - (distance < 3900)))
    limb = np.arcsin(1821.5 / distance[i])
    theta = np.linspace(0, limb, 400)
    off = np.arccos(cosine[i])
    phi = np.linspace(0, 2 * np.pi, 721)[:-1]
    cos_angle = np.cos(off) * np.cos(theta)[:, None] + np.sin(off) * np.outer(
        np.sin(theta), np.cos(phi)
    )
    gain = pattern.relative_gain(np.degrees(np.arccos(np.clip(cos_angle, -1, 1))), np.zeros(720))
    ring = np.trapezoid(gain.mean(axis=1) * 2 * np.pi * np.sin(theta), theta)
    assert flyby.antenna.fill[i, 0] == pytest.approx(ring / pattern.solid_angle(), rel=0.02)
