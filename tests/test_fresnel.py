"""Fresnel's equations against their limits, hand-worked numbers and a complex wave calculation."""

import array_api_strict
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.fresnel import emissivity, reflectivity, transmitted_cosine, vertical_share

PERMITTIVITY = st.floats(1.0, 12.0)
COSINE = st.floats(1e-3, 1.0)


def wave_amplitudes(permittivity: float, cos_emission: float) -> tuple[float, float]:
    """Reflected power from the fields on both sides of the surface: an independent way."""
    sine = np.sqrt(1 - cos_emission**2)
    outside = cos_emission + 0j
    inside = np.sqrt(permittivity - sine**2 + 0j)
    horizontal = abs((outside - inside) / (outside + inside)) ** 2
    vertical = abs((permittivity * outside - inside) / (permittivity * outside + inside)) ** 2
    return vertical, horizontal


def test_nadir_of_permittivity_four() -> None:
    # Index 2: ((2 - 1) / (2 + 1))**2 = 1/9 in both polarisations.
    vertical, horizontal = reflectivity(4.0, np.array([1.0]))
    np.testing.assert_allclose([vertical[0], horizontal[0]], 1 / 9, rtol=1e-12)
    np.testing.assert_allclose(emissivity(4.0, np.array([1.0]), 0.3), 8 / 9, rtol=1e-12)


def test_brewster_angle_reflects_no_vertical_wave() -> None:
    permittivity = np.array([1.5, 2.8, 6.0])
    brewster = np.cos(np.arctan(np.sqrt(permittivity)))
    vertical, horizontal = reflectivity(permittivity, brewster)
    np.testing.assert_allclose(vertical, 0.0, atol=1e-15)
    assert np.all(horizontal > 0.03)


@given(PERMITTIVITY, COSINE)
def test_reflectivity_is_that_of_the_waves(permittivity: float, cosine: float) -> None:
    vertical, horizontal = reflectivity(permittivity, np.array([cosine]))
    expected = wave_amplitudes(permittivity, cosine)
    np.testing.assert_allclose([vertical[0], horizontal[0]], expected, rtol=1e-6, atol=1e-10)


@given(PERMITTIVITY, COSINE, st.floats(0, 1))
def test_what_is_not_reflected_is_emitted(permittivity: float, cosine: float, share: float) -> None:
    view = np.array([cosine])
    vertical, horizontal = reflectivity(permittivity, view)
    emitted = emissivity(permittivity, view, share)
    total = emitted + share * vertical + (1 - share) * horizontal
    np.testing.assert_allclose(total, 1.0, rtol=1e-12)
    assert 0 <= emitted[0] <= 1
    assert vertical[0] <= horizontal[0] + 1e-12


def test_grazing_reflects_everything_and_vacuum_nothing() -> None:
    np.testing.assert_allclose(reflectivity(3.0, np.array([0.0])), 1.0)
    np.testing.assert_allclose(reflectivity(1.0, np.array([0.3, 1.0])), 0.0, atol=1e-20)


def test_snell() -> None:
    # 60 degrees outside, index 2: sine inside 0.4330.
    inside = transmitted_cosine(4.0, np.array([0.5]))
    np.testing.assert_allclose(inside, np.sqrt(1 - 0.1875))


def test_share_of_fields_along_and_across_the_plane_of_emission() -> None:
    normal = np.array([0.0, 0.0, 1.0])
    view = np.array([0.6, 0.0, 0.8])
    in_plane, across = np.array([0.8, 0.0, -0.6]), np.array([0.0, 1.0, 0.0])
    assert vertical_share(in_plane, view, normal) == pytest.approx(1.0)
    assert vertical_share(across, view, normal) == pytest.approx(0.0)
    assert vertical_share(in_plane + across, view, normal) == pytest.approx(0.5)
    # What points along the line of sight is not seen, and adds nothing.
    assert vertical_share(in_plane + 5 * view, view, normal) == pytest.approx(1.0)
    assert vertical_share(across, normal, normal) == 0.5
    assert vertical_share(view, view, normal) == 0.5


@given(st.integers(0, 2**32 - 1))
def test_two_antennas_across_each_other_share_all_power(seed: int) -> None:
    rng = np.random.default_rng(seed)
    view = rng.normal(size=(20, 3))
    view /= np.linalg.norm(view, axis=1, keepdims=True)
    normal = rng.normal(size=(20, 3))
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    first = np.cross(view, rng.normal(size=3))
    second = np.cross(view, first)
    total = vertical_share(first, view, normal) + vertical_share(second, view, normal)
    np.testing.assert_allclose(total, 1.0, atol=1e-9)


def test_runs_on_any_namespace_and_device() -> None:
    device = array_api_strict.Device("device1")
    cosine = array_api_strict.asarray([0.2, 0.7, 1.0], device=device)
    share = array_api_strict.asarray([0.1, 0.5, 0.9], device=device)
    host = np.array([0.2, 0.7, 1.0])
    result = emissivity(2.8, cosine, share)
    assert result.device == device
    expected = emissivity(2.8, host, np.array([0.1, 0.5, 0.9]))
    back = array_api_strict.asarray(result, device=array_api_strict.Device("CPU_DEVICE"))
    np.testing.assert_allclose(np.asarray(back), expected)
    unit = array_api_strict.asarray([[0.6, 0.0, 0.8]], device=device)
    up = array_api_strict.asarray([[0.0, 0.0, 1.0]], device=device)
    assert vertical_share(unit, up, up).device == device
