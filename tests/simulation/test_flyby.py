import numpy as np
import pytest
import spiceypy

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.simulation.flyby import (
    IO_ORBIT_KM,
    Trajectory,
    assemble,
    io_state,
    middle_of_visit,
    random_flyby,
)
from hotspots.simulation.flyby_settings import FlybySettings
from hotspots.simulation.jupiter import jupiter_state
from hotspots.simulation.ranges import Range

DAY = 7.4e8


def sun_angle_deg(et):
    """Angle between the directions from Io to Jupiter and to the Sun."""
    io = io_state(et)[:3]
    sun = -(jupiter_state(et)[:3] + io)
    return np.degrees(np.arccos(-io @ sun / np.linalg.norm(io) / np.linalg.norm(sun)))


def test_jupiter_stands_over_the_prime_meridian(text_kernels):
    state = io_state(DAY)
    fixed = np.asarray(spiceypy.pxform("J2000", "IAU_IO", DAY)) @ -state[:3]
    assert fixed == pytest.approx([IO_ORBIT_KM, 0, 0], abs=1e-6)
    assert np.linalg.norm(state[3:]) == pytest.approx(17.33, abs=0.02)  # orbital speed, km/s


def test_drawn_pass_keeps_its_ranges(text_kernels):
    settings = FlybySettings(altitude_km=Range(5000, 6000), speed_km_s=Range(20, 21))
    for seed in range(5):
        track = random_flyby(settings, DAY, despun=False, rng=np.random.default_rng(seed))
        speed = np.linalg.norm(track.spacecraft[:, 3:], axis=1)
        assert np.ptp(speed) < 1e-9
        assert 20 <= speed[0] <= 21
        position, velocity = track.spacecraft[0, :3], track.spacecraft[0, 3:]
        along = -(position @ velocity) / speed[0] ** 2
        closest = np.linalg.norm(position + along * velocity)
        assert 5000 <= closest - IO_MEAN_RADIUS_KM <= 6000
        middle = np.linalg.norm(track.position(DAY))
        assert 1.0 - 1e-9 <= middle / closest <= 3.0


def test_far_pass_does_not_leave_the_largest_distance(text_kernels):
    settings = FlybySettings(altitude_km=Range.fixed(300_000.0), departure=Range(1.0, 3.0))
    distances = [
        np.linalg.norm(
            random_flyby(settings, DAY, despun=False, rng=np.random.default_rng(seed)).position(DAY)
        )
        for seed in range(20)
    ]
    assert max(distances) <= 450_000
    assert len(set(np.round(distances))) == 20


def test_passes_lean_towards_the_axis_of_io(text_kernels):
    pole = np.asarray(spiceypy.pxform("IAU_IO", "J2000", DAY))[:, 2]
    share = []
    for bias in (0.0, 4.0):
        settings = FlybySettings(polar_bias=bias)
        cosines = []
        for seed in range(30):
            rng = np.random.default_rng(seed)
            track = random_flyby(settings, DAY, despun=False, rng=rng)
            velocity = track.spacecraft[0, 3:]
            cosines.append(abs(velocity @ pole) / np.linalg.norm(velocity))
        share.append(np.mean(cosines))
    assert share[0] < 0.65
    assert share[1] > 0.85


def test_visit_in_eclipse_has_jupiter_before_the_sun(text_kernels):
    shadow_deg = np.degrees(np.arcsin(71492 / IO_ORBIT_KM))
    wanted = FlybySettings(eclipse_fraction=1.0)
    for seed in range(4):
        et = middle_of_visit(wanted, DAY, np.random.default_rng(seed))
        assert sun_angle_deg(et) < shadow_deg
        assert abs(et - DAY) < 2.5 * 86400


def test_visits_out_of_eclipse_are_at_any_phase(text_kernels):
    settings = FlybySettings(eclipse_fraction=0.0)
    angles = [
        sun_angle_deg(middle_of_visit(settings, DAY, np.random.default_rng(seed)))
        for seed in range(30)
    ]
    assert min(angles) < 45
    assert max(angles) > 135


def test_places_between_epochs_follow_a_cubic():
    et = np.array([0.0, 10.0, 20.0])
    place = np.stack([et**3, et**2, et], axis=1)
    speed = np.stack([3 * et**2, 2 * et, np.ones(3)], axis=1)
    states = np.hstack([place, speed])
    track = Trajectory(et, states, states, states)
    assert track.position(13.0) == pytest.approx([13.0**3, 13.0**2, 13.0])


def test_assembled_track_has_io_and_jupiter(text_kernels):
    track = assemble(np.array([DAY, DAY + 60]), np.zeros((2, 6)))
    assert track.io[1] == pytest.approx(io_state(DAY + 60))
    assert track.jupiter[0] == pytest.approx(jupiter_state(DAY))
