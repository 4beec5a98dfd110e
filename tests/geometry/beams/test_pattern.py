import array_api_strict
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.errors import GeometryError
from hotspots.geometry.beams.known_patterns import measured_patterns, shipped_patterns
from hotspots.geometry.beams.pattern import (
    Pattern,
    pattern_from_profile,
    stretched,
    with_pedestal,
)
from hotspots.radiometer import CHANNELS


def at_angle(theta_deg, azimuth_deg=0.0):
    theta, azimuth = np.broadcast_arrays(np.radians(theta_deg), np.radians(azimuth_deg))
    sine = np.sin(theta)
    return np.stack([sine * np.cos(azimuth), sine * np.sin(azimuth), np.cos(theta)], axis=-1)


def test_even_antenna_has_gain_one_everywhere():
    pattern = Pattern(np.full((1, 65), 7.0))
    np.testing.assert_allclose(pattern.towards(at_angle(np.array([0.0, 40.0, 180.0]))), 1.0)


@given(st.floats(5.0, 25.0))
def test_gaussian_lobe_has_the_gain_of_its_solid_angle(width):
    theta = np.linspace(0.0, 90.0, 2000)
    pattern = pattern_from_profile(theta, 0.5 ** ((2 * theta / width) ** 2))
    # small lobes: 4 pi / (pi width^2 / (4 ln 2)), theta for sin(theta) costs a per cent
    expected = 16.0 * np.log(2.0) / np.radians(width) ** 2
    assert float(pattern.towards(at_angle(0.0))) == pytest.approx(expected, rel=0.02)
    assert pattern.beamwidth_deg == pytest.approx(width, rel=1e-3)


def test_mean_over_the_sphere_is_one_for_a_pattern_with_azimuth():
    rng = np.random.default_rng(1)
    pattern = Pattern(rng.uniform(0.0, 3.0, (8, 33)))
    cosine = np.linspace(-1, 1, 801)[:-1] + 1 / 800
    theta, azimuth = np.degrees(np.arccos(cosine)), np.arange(0.5, 360.0, 1.0)
    gain = pattern.towards(at_angle(theta[:, None], azimuth))
    assert gain.mean() == pytest.approx(1.0, rel=2e-3)


def test_gain_follows_azimuth_from_x_towards_y_and_around():
    table = np.ones((4, 9))
    table[1] = 3.0
    gain = Pattern(table).towards(at_angle(90.0, np.array([90.0, 45.0, 0.0, 270.0, 359.999])))
    np.testing.assert_allclose(gain / gain[2], [3.0, 2.0, 1.0, 1.0, 1.0], atol=1e-4)


@pytest.mark.parametrize("azimuths", [1, 5])
def test_strict_arrays_get_what_numpy_gets(azimuths):
    pattern = Pattern(np.random.default_rng(3).uniform(0.0, 1.0, (azimuths, 33)))
    where = at_angle(np.linspace(0, 180, 50), np.linspace(-170, 170, 50))
    strict = array_api_strict.asarray(where, device=array_api_strict.Device("device1"))
    found = pattern.towards(strict)
    assert found.device == strict.device
    host = np.from_dlpack(
        array_api_strict.asarray(found, device=array_api_strict.Device("CPU_DEVICE"))
    )
    np.testing.assert_allclose(host, pattern.towards(where), rtol=1e-12)


def test_stretched_pattern_is_wider_and_keeps_its_power():
    pattern = shipped_patterns()[3]
    wide = stretched(pattern, 1.05)
    assert wide.beamwidth_deg == pytest.approx(1.05 * pattern.beamwidth_deg, rel=1e-3)
    assert wide.gain[0, 0] == pytest.approx(pattern.gain[0, 0] / 1.05**2, rel=5e-3)


def test_pedestal_takes_from_the_lobe_and_gives_to_the_far_side():
    pattern = shipped_patterns()[5]
    raised = with_pedestal(pattern, 0.02)
    assert raised.gain[0, -1] == pytest.approx(0.02)
    assert raised.gain[0, 0] == pytest.approx(0.98 * pattern.gain[0, 0] + 0.02)
    with pytest.raises(GeometryError, match="sidelobes"):
        with_pedestal(pattern, 1.0)


def test_shipped_patterns_have_the_widths_of_the_channels():
    for channel, pattern in zip(CHANNELS, shipped_patterns(), strict=True):
        assert pattern.beamwidth_deg == pytest.approx(channel.beamwidth_deg, rel=0.01)
        far = pattern.towards(at_angle(np.array([0.0, 30.0, 120.0])))
        assert far[1] < 2e-3 * far[0]
        assert far[2] == 0.0


@pytest.mark.parametrize(
    "table", [np.zeros((1, 9)), -np.ones((1, 9)), np.full((1, 9), np.nan), np.ones((1, 1))]
)
def test_table_that_is_no_pattern_is_refused(table):
    with pytest.raises(GeometryError, match="pattern"):
        Pattern(table)


def test_measured_tables_are_read_and_a_bad_one_is_named(tmp_path):
    theta = np.arange(181.0)
    decibel = np.tile(-3.0 * (theta / 5.0) ** 2, (360, 1))
    for channel in CHANNELS:
        np.savetxt(tmp_path / f"antenna{channel.number}.txt", decibel, fmt="%.4f")
    patterns = measured_patterns(tmp_path)
    assert len(patterns) == 6
    assert patterns[0].beamwidth_deg == pytest.approx(10.0, rel=0.02)
    np.savetxt(tmp_path / "antenna4.txt", decibel[:-1], fmt="%.4f")
    with pytest.raises(GeometryError, match=r"antenna4\.txt.*359"):
        measured_patterns(tmp_path)
    (tmp_path / "antenna4.txt").unlink()
    with pytest.raises(GeometryError, match=r"antenna4\.txt"):
        measured_patterns(tmp_path)
