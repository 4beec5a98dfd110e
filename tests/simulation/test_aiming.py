import numpy as np
import pytest

from hotspots.archive.kernels import KernelPool
from hotspots.geometry.cameras import build_cameras, corrected_rotation, pixel_of_centre
from hotspots.geometry.intersect import faces_body
from hotspots.geometry.projection import project_points
from hotspots.geometry.state import frame_states
from hotspots.simulation.aiming import FrameKind, aim
from hotspots.simulation.flyby import random_flyby
from hotspots.simulation.flyby_settings import FlybySettings
from hotspots.simulation.kernels import (
    attitude_kernel,
    trajectory_kernel,
    write_attitude,
    write_metakernel,
    write_trajectory,
)
from hotspots.simulation.observing_settings import ObservingSettings
from hotspots.simulation.plan import draw_plan
from hotspots.simulation.ranges import Range

IFOV = 237.767e-6
ET = 7.4e8


def aimed(folder, altitude_km, seed, *, points=None, dark_frames=0, **changes):
    """Frames of a drawn visit, and their M-band states from the kernels."""
    rng = np.random.default_rng(seed)
    settings = ObservingSettings(**changes)
    plan = draw_plan(settings, 60, rng)
    flyby = FlybySettings(altitude_km=Range.fixed(altitude_km), departure=Range(1.0, 1.3))
    track = random_flyby(flyby, ET, despun=False, rng=rng)
    points = np.zeros((0, 3)) if points is None else points
    spin, frames = aim(
        plan, track, ET, points, settings, dark_frames=dark_frames, ifov_rad=IFOV, rng=rng
    )
    write_trajectory(folder / trajectory_kernel("PJ60"), track)
    first, last = frames[0].et - 60, frames[-1].et + 60
    write_attitude(folder / attitude_kernel("PJ60"), spin, first, last)
    with KernelPool(write_metakernel(folder, ["PJ60"])):
        et = np.array([frame.et for frame in frames])
        states = {band: frame_states(et, f"JUNO_JIRAM_I_{band}BAND") for band in ("L", "M")}
    return plan, frames, states


def centre_pixels(frames, states, *, predicted=False):
    offset = np.array([frame.offset_px for frame in frames]) * (not predicted)
    return pixel_of_centre(states, corrected_rotation(states.rotation, offset, IFOV), IFOV)


@pytest.fixture
def folder(text_kernels, tmp_path):
    return tmp_path / "kernels"


@pytest.mark.parametrize("seed", range(4))
def test_distant_io_falls_on_the_half_it_is_aimed_at(folder, seed):
    _, frames, states = aimed(folder, 200_000.0, seed)
    for i, frame in enumerate(frames):
        if frame.kind is FrameKind.IO:
            band = states[frame.plan.aimed_band].select([i])
            sample, line = centre_pixels([frame], band)[0]
            assert -30 < line < 157
            assert 0 < sample < 431


@pytest.mark.parametrize("seed", range(4))
def test_frames_are_a_turn_apart_or_more_and_in_order(folder, seed):
    plan, frames, _ = aimed(folder, 5000.0, seed, points=fibonacci_points(300))
    times = [frame.et for frame in frames if frame.kind is FrameKind.IO]
    assert len(times) == len(plan.frames)
    assert min(np.diff(times)) > 0.5 * plan.spin_period_s
    assert (np.diff([frame.et for frame in frames]) > 0).all()


def fibonacci_points(count):
    """Evenly spread places on Io, km."""
    i = np.arange(count) + 0.5
    polar, turn = np.arccos(1 - 2 * i / count), np.pi * (1 + 5**0.5) * i
    return 1819.0 * np.stack(
        [np.cos(turn) * np.sin(polar), np.sin(turn) * np.sin(polar), np.cos(polar)], axis=1
    )


def test_close_frames_show_places_and_dwell_on_them(folder):
    points = fibonacci_points(300)
    changes = {"aim_at_sources": 1.0, "both_bands": 0.0, "m_band_only": 1.0, "minimum_frames": 12}
    showing = {}
    for dwell in (0.0, 1.0):
        _, frames, states = aimed(folder, 3000.0, 2, points=points, dwell=dwell, **changes)
        on_io = [i for i, frame in enumerate(frames) if frame.kind is FrameKind.IO]
        offset = np.array([frames[i].offset_px for i in on_io])
        cameras = build_cameras(states["M"].select(on_io), IFOV, offset=offset)
        seen = project_points(cameras, points)
        inside = seen.facing & (np.abs(seen.line - 63.5) < 64) & (np.abs(seen.sample - 215.5) < 216)
        assert inside.any(axis=1).mean() > 0.8
        showing[dwell] = inside.sum(axis=0).max()
    assert showing[1.0] > showing[0.0]


def test_empty_frames_look_away_from_io(folder):
    plan, frames, states = aimed(
        folder, 60_000.0, 1, dark_frames=2, raw_fraction=1.0, second_exposure_fraction=0.0
    )
    kinds = [frame.kind for frame in frames]
    assert plan.level == "EDR"
    assert kinds.count(FrameKind.DARK) == 2
    assert kinds.count(FrameKind.SKY) == 1
    away = [i for i, kind in enumerate(kinds) if kind in {FrameKind.DARK, FrameKind.SKY}]
    cameras = build_cameras(states["M"].select(away), IFOV)
    assert not faces_body(cameras).any()
    darks = [frame for frame in frames if frame.kind is FrameKind.DARK]
    assert {frame.plan.exposure_s for frame in darks} == {plan.frames[0].exposure_s}


def test_frame_of_predicted_io_shows_sky(folder):
    _, frames, states = aimed(folder, 100_000.0, 3)
    i = next(i for i, f in enumerate(frames) if f.kind is FrameKind.SKY_PREDICTED_IO)
    state = states["M"].select([i])
    predicted = centre_pixels([frames[i]], state, predicted=True)[0]
    true = centre_pixels([frames[i]], state)[0]
    assert abs(predicted[1] - 63.5) < 3
    assert true[1] < -400


def test_visit_with_mirror_in_use_has_no_such_frame(folder):
    settings = ObservingSettings()
    rng = np.random.default_rng(0)
    plan = draw_plan(settings, 30, rng)
    track = random_flyby(FlybySettings(), ET, despun=True, rng=rng)
    _, frames = aim(
        plan, track, ET, np.zeros((0, 3)), settings, dark_frames=0, ifov_rad=IFOV, rng=rng
    )
    assert FrameKind.SKY_PREDICTED_IO not in {frame.kind for frame in frames}


def test_visit_without_empty_frames_can_be_asked_for(folder):
    _, frames, _ = aimed(folder, 100_000.0, 3, sky_frames=0)
    assert {frame.kind for frame in frames} == {FrameKind.IO}
