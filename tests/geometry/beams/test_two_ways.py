"""Beams from kernels and from columns: against SPICE, each other, and Jupiter."""

import numpy as np
import pytest
import spiceypy

from hotspots.archive.kernels import KernelPool
from hotspots.errors import KernelError
from hotspots.geometry.beams.agreement import beam_agreement, jupiter_intercepts
from hotspots.geometry.beams.attitude import angles_from_axes, axes_from_angles
from hotspots.geometry.beams.from_columns import beams_from_columns, completed
from hotspots.geometry.beams.from_kernels import beams_from_kernels
from hotspots.radiometer import CHANNELS

AGREE_DEG = 0.05


@pytest.fixture(scope="module")
def both(flown):
    with KernelPool(flown.metakernel):
        return beams_from_kernels(flown.swath.et), beams_from_columns(flown.swath)


def test_kernels_way_is_what_spice_says(flown, both):
    beams = both[0]
    with KernelPool(flown.metakernel):
        for i in range(0, len(beams), 29):
            et = beams.et[i]
            place, _ = spiceypy.spkpos("JUNO", et, "IAU_IO", "NONE", "IO")
            np.testing.assert_allclose(beams.juno_km[i], place, atol=1e-5)
            jupiter, _ = spiceypy.spkpos("JUPITER", et, "IAU_IO", "NONE", "JUNO")
            np.testing.assert_allclose(beams.jupiter_km[i], jupiter, atol=1e-4)
            turn = spiceypy.pxform("IAU_IO", "IAU_JUPITER", et)
            np.testing.assert_allclose(beams.jupiter_axes[i], turn, atol=1e-12)
            for k, channel in enumerate(CHANNELS):
                axes = spiceypy.pxform("IAU_IO", channel.frame, et)
                np.testing.assert_allclose(beams.axes[i, k], axes, atol=1e-12)


def test_two_ways_agree_in_boresight_roll_and_place(both):
    agreement = beam_agreement(*both)
    assert agreement.worst_deg.shape == (6,)
    assert agreement.worst_deg.max() < AGREE_DEG
    assert agreement.place_km.max() < 1.0


def test_a_turned_antenna_shows_in_the_roll_and_not_in_the_boresight(both):
    one, other = both
    angles = angles_from_axes(other.axes)
    angles[..., 2] += 1.0
    rolled = beam_agreement(one, other.replace(axes=axes_from_angles(angles)))
    np.testing.assert_allclose(rolled.roll_deg, 1.0, atol=0.01)
    assert rolled.boresight_deg.max() < AGREE_DEG
    np.testing.assert_allclose(rolled.worst_deg, 1.0, atol=0.01)


def test_angle_to_jupiter_is_that_of_the_archive(flown, both):
    for beams in both:
        difference = beams.jupiter_angle_deg - flown.swath.jupiter_angle_deg
        assert np.abs(difference).max() < AGREE_DEG


def test_intercepts_on_jupiter_are_where_spice_puts_them(flown, both):
    # antennas turned to look at Jupiter, one a little beside its middle, one past it
    beams = both[0].select(np.arange(0, len(both[0]), 31))
    towards = beams.jupiter_km / np.linalg.norm(beams.jupiter_km, axis=1, keepdims=True)
    across = np.cross(towards, [0.0, 0.0, 1.0])
    axes = beams.axes.copy()
    for k, beside in enumerate((0.0, 0.05, 0.1, -0.05, -0.1, 0.4)):
        z = towards + beside * across
        axes[:, k, 2] = z / np.linalg.norm(z, axis=1, keepdims=True)
    found = jupiter_intercepts(beams.replace(axes=axes))
    assert np.isnan(found[:, 5]).all()
    with KernelPool(flown.metakernel):
        radii = spiceypy.bodvrd("JUPITER", "RADII", 3)[1]
        for i in range(len(beams)):
            place = -beams.jupiter_axes[i] @ beams.jupiter_km[i]
            for k in range(5):
                point = spiceypy.surfpt(place, beams.jupiter_axes[i] @ axes[i, k, 2], *radii)
                _, longitude, latitude = spiceypy.reclat(point)
                expected = np.degrees(longitude) % 360, np.degrees(latitude)
                np.testing.assert_allclose(found[i, k], expected, atol=1e-6)


def test_intercepts_agree_with_the_columns_where_there_are_any(flown, both):
    columns, ours = flown.swath.jupiter_intercept_deg, jupiter_intercepts(both[0])
    np.testing.assert_array_equal(np.isnan(ours[..., 0]), np.isnan(columns[..., 0]))
    met = np.isfinite(columns[..., 0])
    if met.any():
        np.testing.assert_allclose(ours[met], columns[met], atol=0.5)


def test_rows_without_columns_are_taken_from_the_kernels(flown, both):
    kernels, columns = both
    boresight = flown.swath.boresight.copy()
    boresight[3] = np.nan
    with KernelPool(flown.metakernel):
        gap = beams_from_columns(flown.swath.replace(boresight=boresight))
    assert not gap.known[3].any()
    assert gap.known[4].all()
    whole = completed(gap, kernels)
    assert whole.known.all()
    np.testing.assert_array_equal(whole.axes[3], kernels.axes[3])
    np.testing.assert_array_equal(whole.axes[4], columns.axes[4])


def test_times_without_kernels_are_an_error_that_says_what_to_do(flown):
    with KernelPool(flown.metakernel), pytest.raises(KernelError, match="metakernel"):
        beams_from_kernels(flown.swath.et + 4e8)
