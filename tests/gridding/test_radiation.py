"""Particle hits are found; sources are not, though they are narrow and move a little."""

import numpy as np
import pytest
from scipy.special import erf

from hotspots.errors import ConfigurationError, GriddingError
from hotspots.geometry.intersect import intersect
from hotspots.gridding.drizzle import drizzle
from hotspots.gridding.radiation import RadiationSettings, flag_radiation, robust_middle
from hotspots.gridding.tiles import cut_tiles, frames_on_tiles
from hotspots.gridding.view_grid import view_grid
from hotspots.swath import Flag, Swath
from tests.helpers.cameras import IFOV_RAD, direction, looking_at, make_camera, stack_cameras

SHAPE = (64, 120)
PLACE = (10.0, 50.0)
RANGE_KM = 40000.0
PSF_PX = 0.65
POINTING_PX = 0.3
HITS = 25


def spot(place, image_plane):
    """Unit power of a narrow source, integrated over samples."""
    parts = []
    for at, count in zip(place, image_plane[::-1], strict=True):
        edges = (np.arange(count + 1) - 0.5 - at) / (PSF_PX * np.sqrt(2))
        parts.append(np.diff(0.5 * erf(edges)))
    return np.outer(parts[1], parts[0])


def scene(n, seed=1, *, sources=25, hits=HITS):
    """Frames of sources, noise of sigma 1 and hits; masks of the samples near sources and hit."""
    random = np.random.default_rng(seed)
    places = [
        1821 * direction(PLACE[0] + a, PLACE[1] + b)
        for a, b in random.uniform(-20, 20, (sources, 2))
    ]
    powers = np.exp(random.uniform(np.log(5), np.log(2000), sources))
    position = RANGE_KM * direction(*PLACE)
    cameras, images, near, struck = [], [], [], []
    for index in range(n):
        rotation = looking_at(position, np.zeros(3), 4.0 * index)
        step = rotation[:, :2] @ random.uniform(-3, 3, 2) * IFOV_RAD
        rotation = looking_at(position, position + RANGE_KM * (rotation[:, 2] + step), 4.0 * index)
        cameras.append(make_camera(position, rotation, shape=SHAPE))
        jitter = random.normal(0, POINTING_PX, 2)
        image = random.normal(0, 1, SHAPE)
        mask = np.zeros(SHAPE, bool)
        for place, power in zip(places, powers, strict=True):
            seen = rotation.T @ (place - position)
            middle = np.array([(SHAPE[1] - 1) / 2, (SHAPE[0] - 1) / 2])
            at = seen[:2] / seen[2] / IFOV_RAD + middle + jitter
            image += power * spot(at, SHAPE)
            mask |= np.hypot(*(np.indices(SHAPE)[::-1] - at[:, None, None])) < 3
        hit = np.zeros(SHAPE, bool)
        hit.flat[random.choice(hit.size, hits, replace=False)] = True
        image[hit] += np.exp(random.uniform(np.log(12), np.log(500), hits))
        images.append(image)
        near.append(mask)
        struck.append(hit)
    values = np.asarray(images, np.float32)
    swath = Swath(
        band="M",
        product_ids=tuple(str(i) for i in range(n)),
        values=values,
        sigma=np.ones_like(values),
        flags=np.zeros(values.shape, np.uint8),
        et=np.arange(n, dtype=float),
        exposure_s=np.ones(n),
        cameras=stack_cameras(cameras),
    )
    return swath, np.asarray(near), np.asarray(struck)


def on_body(swath):
    x = np.arange(SHAPE[1], dtype=np.float32)[None, None, :]
    y = np.arange(SHAPE[0], dtype=np.float32)[None, :, None]
    return intersect(swath.cameras, x, y)[0]


@pytest.mark.parametrize("frames", [2, 3, 6])
def test_hits_are_flagged_and_sources_are_not(frames):
    swath, near, struck = scene(frames)
    grid = view_grid(swath.cameras, SHAPE)
    flagged = (flag_radiation(swath, grid) & Flag.RADIATION) != 0
    clear = struck & ~near & on_body(swath)
    # A strip along the edges is seen by one frame only.
    clear[:, [0, 1, 2, 3, 4, -5, -4, -3, -2, -1], :] = False
    clear[:, :, [0, 1, 2, 3, 4, -5, -4, -3, -2, -1]] = False
    assert clear.sum() > 10 * frames
    assert flagged[clear].mean() > 0.9
    assert (flagged & near & ~struck).sum() <= 1
    beside = np.zeros_like(struck)
    for frame, line, sample in np.argwhere(struck):
        beside[frame, max(line - 1, 0) : line + 2, max(sample - 1, 0) : sample + 2] = True
    assert (flagged & ~near & ~beside).sum() <= 1


def test_one_frame_is_left_alone():
    swath, _, _ = scene(1)
    flags = flag_radiation(swath, view_grid(swath.cameras, SHAPE))
    assert not flags.any()


def test_other_flags_stay_and_unusable_samples_neither_vote_nor_are_judged():
    swath, _, struck = scene(3, sources=0)
    flags = np.where(struck, np.uint8(Flag.MISSING), np.uint8(Flag.SATURATED))
    values = np.where(struck, np.float32(np.nan), swath.values)
    marked = swath.replace(flags=flags, values=values)
    np.testing.assert_array_equal(flag_radiation(marked, view_grid(swath.cameras, SHAPE)), flags)


def test_a_frame_that_lies_wrongly_is_not_flagged_away():
    swath, _, _ = scene(4, hits=0)
    values = swath.values.copy()
    values[2] += 100.0
    shifted = swath.replace(values=values)
    assert not flag_radiation(shifted, view_grid(swath.cameras, SHAPE)).any()


def test_tiles_do_not_change_the_middle():
    swath, _, _ = scene(3)
    grid = view_grid(swath.cameras, SHAPE)
    usable = np.ones(swath.values.shape, bool)
    whole = robust_middle(swath, usable, grid, RadiationSettings())
    tiled = robust_middle(swath, usable, grid, RadiationSettings(memory_bytes=1))
    assert np.isfinite(whole).mean() > 0.3
    np.testing.assert_allclose(tiled, whole, atol=1e-3 * np.nanmax(whole))


def test_the_middle_is_the_median_of_three_and_the_smaller_of_two():
    camera = stack_cameras([scene(1)[0].cameras] * 3)
    values = np.ones((3, *SHAPE), np.float32) * np.array([1, 5, 3], np.float32)[:, None, None]
    usable = np.ones(values.shape, bool)
    usable[2, :, 60:] = usable[1:, :, 90:] = False
    swath = scene(3)[0].replace(values=values, cameras=camera)
    grid = view_grid(camera, SHAPE)
    middle = robust_middle(swath, usable, grid, RadiationSettings())
    sums = drizzle(values, usable.astype(np.float32), camera, grid)
    assert np.nanmax(np.abs(middle[sums.frames == 3] - 3)) < 2.01
    assert np.nanmedian(middle[sums.frames == 3]) == pytest.approx(3.0)
    assert np.nanmedian(middle[sums.frames == 2]) == pytest.approx(1.0)
    assert np.isnan(middle[sums.frames == 1]).all()


def test_tiles_cover_the_grid_once_and_know_their_frames():
    swath, _, _ = scene(2)
    grid = view_grid(swath.cameras, SHAPE)
    tiles = cut_tiles(grid, 40)
    count = np.zeros(grid.shape, int)
    ones = np.ones(swath.values.shape, np.float32)
    coverage = drizzle(ones, ones, swath.cameras, grid, per_frame=True).coverage
    for tile, frames in zip(tiles, frames_on_tiles(swath.cameras, SHAPE, grid, tiles), strict=True):
        count[tile.rows, tile.columns] += 1
        part = coverage[:, tile.rows, tile.columns]
        own = drizzle(ones, ones, swath.cameras, tile.grid, per_frame=True).coverage
        np.testing.assert_allclose(own, part, atol=1e-3)
        for index in set(range(2)) - set(frames):
            assert part[index].sum() == 0
    assert (count == 1).all()


def test_settings_and_swaths_that_make_no_sense_are_refused():
    swath, _, _ = scene(2)
    grid = view_grid(swath.cameras, SHAPE)
    with pytest.raises(GriddingError, match="no cameras"):
        flag_radiation(swath.replace(cameras=None), grid)
    with pytest.raises(ConfigurationError, match="snr must be positive"):
        RadiationSettings(snr=0.0)
    with pytest.raises(ConfigurationError, match="lie in"):
        RadiationSettings(least_coverage=0.0)
