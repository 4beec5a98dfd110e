"""The camera of a visit: drawn within its ranges, the same from the same seed."""

from dataclasses import fields

import numpy as np
import pytest

from hotspots.errors import ConfigurationError
from hotspots.planck import L_BAND, M_BAND
from hotspots.simulation.camera_ranges import CameraRanges, DefectRanges, OpticsRanges
from hotspots.simulation.camera_state import draw_camera
from hotspots.simulation.ranges import Range
from tests.simulation.made_cameras import silent_ranges


def drawn(seed=0, level="RDR", ranges=None):
    return draw_camera(ranges or CameraRanges(), np.random.default_rng(seed), level)


def test_the_same_seed_is_the_same_camera():
    one, two, other = drawn(1), drawn(1), drawn(2)
    assert one.optics(M_BAND) == two.optics(M_BAND) != other.optics(M_BAND)
    for name in ("L", "M"):
        for f in ("response", "background_noise_dn"):
            np.testing.assert_array_equal(
                getattr(one.halves[name], f), getattr(two.halves[name], f)
            )
    assert one.particles == two.particles != other.particles


def test_optics_stay_within_their_ranges_and_halves_differ():
    cores = []
    for seed in range(60):
        camera = drawn(seed)
        for band in (L_BAND, M_BAND):
            optics = camera.optics(band)
            assert 0.4 <= optics.core_sigma_px <= 1.0
            assert sum(optics.wing_fractions) <= 0.04
            cores.append(optics.core_sigma_px)
    assert min(cores) < 0.45
    assert max(cores) > 0.95
    assert len(set(cores)) > 100


def test_backgrounds_are_subtracted_as_often_as_they_should_be():
    cameras = [drawn(seed) for seed in range(100)]
    subtracted = [c for c in cameras if c.background_subtracted]
    shared = [c for c in subtracted if c.background_shared]
    assert 65 < len(subtracted) < 95
    assert 0.3 < len(shared) / len(subtracted) < 0.7
    for camera in cameras:
        pattern = camera.halves["M"].background_noise_dn
        if camera.background_shared:
            assert camera.background_subtracted
            assert 0.9 < np.median(np.abs(pattern)) * 1.4826 / camera.read_noise_dn < 1.1
        else:
            assert not pattern.any()


def test_raw_cameras_have_a_bias_and_subtract_nothing():
    cameras = [drawn(seed, "EDR") for seed in range(30)]
    assert not any(c.background_subtracted for c in cameras)
    assert all(c.halves["L"].bias is not None for c in cameras)
    assert {c.dark_frames for c in cameras} == {0, 1, 2, 3, 4}
    assert drawn(0).halves["L"].bias is None
    assert drawn(0).dark_frames == 0


def test_ranges_of_one_value_make_the_camera_that_they_say():
    camera = drawn(3, ranges=silent_ranges())
    assert camera.optics(L_BAND).core_sigma_px == pytest.approx(0.6)
    np.testing.assert_array_equal(camera.halves["L"].response, 1.0)
    assert not camera.halves["L"].defects.dark_dn.any()
    assert camera.read_noise_dn == 0.0


def test_every_nuisance_may_be_twice_its_maximum():
    defects = DefectRanges()
    doubled = DefectRanges(
        **{
            f.name: Range.fixed(2 * getattr(defects, f.name).high)
            for f in fields(defects)
            if f.name != "warm_noise"
        }
    )
    ranges = CameraRanges(defects=doubled, optics=OpticsRanges(core_sigma_px=Range.fixed(2.0)))
    camera = drawn(1, ranges=ranges)
    assert camera.optics(M_BAND).core_sigma_px == pytest.approx(2.0)
    assert camera.particles.rate == pytest.approx(600.0)


def test_levels_are_two():
    with pytest.raises(ConfigurationError, match="choose RDR or EDR"):
        drawn(level="L1b")
