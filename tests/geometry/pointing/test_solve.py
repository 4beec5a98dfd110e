"""Pointing of drawn visits: by the limb, by hot spots, in eclipse, by nothing at all."""

import numpy as np
import pytest

from hotspots.config import InstrumentSettings, PointingSettings
from hotspots.geometry.host import ellipsoid_point
from hotspots.geometry.known_hotspots import known_hotspots
from hotspots.geometry.pointing.prior import visit_prior
from hotspots.geometry.pointing.solve import solve_pointing
from tests.geometry.drawn import SHAPE, Scene, frame_of
from tests.geometry.made_states import camera_axes, direction

FAR_KM = 60_000.0
"""Io is 256 px wide: the limb is in the field."""

NEAR_KM = 12_000.0
"""A pixel is 2.4 km: the disc fills the field."""

PARKED = np.array([2.6, -535.2])
RECOVERED_PX = 0.3


def solved(frames, orbit=53):
    return solve_pointing(frames, visit_prior(orbit), InstrumentSettings(), PointingSettings())


def known_spots(rng, light=(0.3, 3.0)):
    """A third of the known places are hot, with powers over a decade."""
    table = known_hotspots()
    points = ellipsoid_point(table.latitude_deg, table.longitude_east_deg)
    hot = rng.random(len(points)) < 0.33
    return points[hot], np.exp(rng.uniform(*np.log(light), hot.sum()))


def scattered_spots(rng, towards, radius_deg, count):
    """Hot places that no table knows, about a direction."""
    axis = np.array(
        [towards + np.radians(radius_deg) * rng.uniform(-1, 1, 3) for _ in range(count)]
    )
    axis /= np.linalg.norm(axis, axis=1, keepdims=True)
    latitude, longitude = np.degrees([np.arcsin(axis[:, 2]), np.arctan2(axis[:, 1], axis[:, 0])])
    return ellipsoid_point(latitude, longitude), np.exp(rng.uniform(np.log(0.2), np.log(2), count))


def visit(rng, *, n, longitude, range_km, spots, sun, offset, jitter, **scene_settings):
    """Frames of one visit and their true offsets."""
    frames, truth = [], []
    for i in range(n):
        position = range_km * direction(8, longitude + 0.7 * i)
        pixel = rng.uniform([170, 50], [260, 80])
        scene = Scene(position, camera_axes(position, centre_pixel=pixel), sun, *spots)
        scene = Scene(**{**scene.__dict__, **scene_settings})
        truth.append(offset + rng.normal(0, jitter))
        frames.append(frame_of(f"FRAME_{i}", scene, truth[-1], rng))
    return frames, np.array(truth)


def errors(pointings, truth):
    assert all(p.offset is not None for p in pointings), [p.reason for p in pointings]
    return np.array([p.offset for p in pointings]) - truth


def test_limb_of_a_sunlit_disc():
    rng = np.random.default_rng(11)
    frames, truth = visit(
        rng,
        n=4,
        longitude=200,
        range_km=FAR_KM,
        spots=(np.zeros((0, 3)), np.zeros(0)),
        sun=direction(2, 240),
        offset=PARKED,
        jitter=(0.5, 1.5),
    )
    found = solved(frames)
    assert np.abs(errors(found, truth)).max() < RECOVERED_PX
    assert {p.reason for p in found} == {"pointed by the sunlit limb"}
    for p in found:
        assert (np.linalg.eigvalsh(p.covariance) > 0).all()
        assert np.sqrt(np.diag(p.covariance)).max() < RECOVERED_PX


@pytest.mark.parametrize(("orbit", "offset"), [(25, (2.0, -4.5)), (53, (2.6, -535.2))])
def test_known_hot_spots_in_eclipse(orbit, offset):
    rng = np.random.default_rng(orbit)
    frames, truth = visit(
        rng,
        n=5,
        longitude=310,
        range_km=2 * FAR_KM,
        spots=known_spots(rng),
        sun=direction(0, 310),
        offset=np.array(offset),
        jitter=(0.4, 0.8),
        eclipsed=True,
        sigma=5e-3,
    )
    found = solved(frames, orbit)
    assert np.abs(errors(found, truth)).max() < RECOVERED_PX
    assert {p.reason for p in found} == {"pointed by hot spots shared with other frames"}


def test_frames_without_a_limb_are_tied_by_hot_spots_to_one_that_has_it():
    rng = np.random.default_rng(3)
    spots = scattered_spots(rng, direction(8, 101), 25, 160)
    sun = direction(0, 60)
    common = {"spots": spots, "sun": sun, "offset": PARKED, "jitter": (0.5, 1.5)}
    lit, truth_lit = visit(rng, n=3, longitude=100, range_km=FAR_KM, **common)
    close, truth_close = visit(rng, n=3, longitude=101, range_km=NEAR_KM, **common)
    found = solved(lit + close)
    error = errors(found, np.concatenate([truth_lit, truth_close]))
    assert np.abs(error[:3]).max() < RECOVERED_PX
    # the same places, five times larger in the close frames
    assert np.abs(error[3:]).max() < 5 * RECOVERED_PX
    assert {p.reason for p in found[3:]} == {"pointed by hot spots shared with other frames"}
    together = error[3:] - error[3:].mean(axis=0)
    assert np.abs(together).max() < RECOVERED_PX


def test_nothing_but_the_prior():
    rng = np.random.default_rng(5)
    prior = visit_prior(53)
    frames, _ = visit(
        rng,
        n=2,
        longitude=150,
        range_km=FAR_KM,
        spots=(np.zeros((0, 3)), np.zeros(0)),
        sun=direction(0, 150),
        offset=prior.offset,
        jitter=(0.5, 1.0),
        eclipsed=True,
    )
    for p in solved(frames):
        np.testing.assert_allclose(p.offset, prior.offset, atol=1e-6)
        expected = prior.sigma_px**2 + prior.jitter_px**2
        np.testing.assert_allclose(np.diag(p.covariance), expected, rtol=0.01)
        assert p.reason == "pointed by the offset that the visit shares"


def test_frames_that_show_no_io_are_rejected():
    rng = np.random.default_rng(8)
    common = {
        "spots": (np.zeros((0, 3)), np.zeros(0)),
        "sun": direction(2, 240),
        "offset": PARKED,
        "jitter": (0.3, 0.8),
    }
    good, truth = visit(rng, n=3, longitude=200, range_km=FAR_KM, **common)
    position = FAR_KM * direction(8, 203)
    looks_away = Scene(
        position,
        camera_axes(position, centre_pixel=(215, 900)),
        direction(2, 240),
        *common["spots"],
    )
    sky = frame_of("SKY", looks_away, PARKED, rng)
    bands = 0.02 * (1 + np.sin(np.arange(SHAPE[0]) / 6))[:, None] + rng.normal(0, 2e-3, SHAPE)
    jupiter = frame_of("JUPITER", looks_away, PARKED, rng, image=bands.astype(np.float32))
    aimed = Scene(position, camera_axes(position), direction(2, 240), *common["spots"])
    dark = rng.normal(0, 2e-3, SHAPE).astype(np.float32)
    empty = frame_of("EMPTY", aimed, PARKED, rng, image=dark)
    found = {p.product_id: p for p in solved([good[0], sky, good[1], jupiter, empty, good[2]])}
    assert np.abs(errors([found[f"FRAME_{i}"] for i in range(3)], truth)).max() < RECOVERED_PX
    for name in ("SKY", "JUPITER"):
        assert found[name].offset is None
        assert found[name].covariance is None
        assert "Io is outside the field of view" in found[name].reason
    assert found["EMPTY"].offset is None
    assert "does not show the sunlit disc where it must be" in found["EMPTY"].reason


def test_covariance_is_honest():
    """Misses in units of their own covariance: a limb frame should be off by about one."""
    rng = np.random.default_rng(21)
    misses, sizes = [], []
    for _ in range(5):
        frames, truth = visit(
            rng,
            n=4,
            longitude=rng.uniform(0, 360),
            range_km=rng.uniform(30_000, 90_000),
            spots=scattered_spots(rng, direction(8, 200), 60, 30),
            sun=direction(rng.uniform(-3, 3), rng.uniform(0, 360)),
            offset=PARKED,
            jitter=(0.5, 1.5),
            sigma=10 ** rng.uniform(-3.3, -2.3),
        )
        for p, true in zip(solved(frames), truth, strict=True):
            assert p.offset is not None, p.reason
            miss = p.offset - true
            misses.append(miss @ np.linalg.solve(p.covariance, miss))
            sizes.append(np.sqrt(np.trace(p.covariance) / 2))
    # two degrees of freedom a frame: mean 2, and 20 frames hardly ever exceed twice that
    assert np.mean(misses) < 4.0
    assert max(misses) < 16.0
    # nor is it so wide that it says nothing
    assert np.mean(misses) > 0.1
    assert len(sizes) == 20


def test_a_short_arc_leaves_the_other_coordinate_to_the_prior():
    """Limbs in a corner know one direction; the covariance must not claim the other."""
    rng = np.random.default_rng(33)
    frames, truth = [], []
    for i in range(4):
        position = NEAR_KM * direction(8, 200 + 0.7 * i)
        # the limb crosses the last samples of the field, nearly along the lines
        scene = Scene(
            position,
            camera_axes(position, centre_pixel=(-235, 63)),
            direction(2, 240),
            np.zeros((0, 3)),
            np.zeros(0),
        )
        truth.append(PARKED + rng.normal(0, (0.5, 1.5)))
        frames.append(frame_of(f"FRAME_{i}", scene, truth[-1], rng))
    found = solved(frames)
    miss = errors(found, np.array(truth))
    for p, off in zip(found, miss, strict=True):
        assert off @ np.linalg.solve(p.covariance, off) < 12.0
        along_samples, along_lines = np.sqrt(np.diag(p.covariance))
        assert along_lines > 3 * along_samples


def test_no_frames_no_pointing():
    assert solved([]) == ()
