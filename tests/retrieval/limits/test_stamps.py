"""Light put into frames: its sum by the definition of power, its shape by the simulator's."""

import math

import numpy as np
import pytest

from hotspots.body import surface_normal
from hotspots.config import InstrumentSettings
from hotspots.geometry.projection import project_points
from hotspots.planck import M_BAND
from hotspots.retrieval.limits.known import surface_of, unit_vectors
from hotspots.retrieval.limits.stamps import CORE_LIGHT, Injected, inject
from hotspots.simulation.optics import Optics
from hotspots.simulation.point_images import point_image
from hotspots.swath import Flag, Swath
from tests.helpers.cameras import IFOV_RAD, SHAPE, camera_above, stack_cameras

CAMERAS = stack_cameras(
    [camera_above(10, 40, 40_000.0, shift_px=(3.3, 1.7)), camera_above(12, 45, 60_000.0)]
)
NOISELESS = InstrumentSettings(electrons_per_dn=1e12)
EXPOSURE_S = 1e-3


def dark(level=0.0):
    shape = (2, *SHAPE)
    return Swath(
        band="M",
        product_ids=("one", "two"),
        values=np.full(shape, level, dtype=np.float32),
        sigma=np.full(shape, 1e-3, dtype=np.float32),
        flags=np.zeros(shape, dtype=np.uint8),
        et=np.zeros(2),
        exposure_s=np.full(2, EXPOSURE_S),
        cameras=CAMERAS,
    )


def source(power=3.0, latitude=18.0, longitude=33.0):
    place = surface_of(unit_vectors(np.array([latitude]), np.array([longitude])))
    return Injected(place, {"M": np.array([power])})


def put(sources, *, blur=0.6, lines_blur=None, offset=(0.0, 0.0), swath=None, instrument=NOISELESS):
    px = np.full((2, 2), blur)
    px[:, 0] = blur if lines_blur is None else lines_blur
    random = np.random.default_rng(1)
    swath = swath or dark()
    return inject(swath, sources, px, np.full((2, 2), offset), instrument, random)


def test_the_sum_is_the_power_turned_round():
    """S = pi R dA / W with the true ground dA of a sample: by hand, for each frame."""
    where = source()
    lit = put(where)
    for i in range(2):
        towards = CAMERAS.position_km[i] - where.surface_km[0]
        distance = np.linalg.norm(towards)
        normal = surface_normal(where.surface_km, np.asarray(CAMERAS.radii_km))[0]
        cosine = normal @ towards / distance
        ground_m2 = (IFOV_RAD * distance * 1e3) ** 2 / cosine
        wanted = CORE_LIGHT * 3.0e9 * M_BAND.power_width_um / (math.pi * ground_m2)
        # pixels off the axis are smaller by a part in a thousand
        assert lit.values[i].sum() == pytest.approx(wanted, rel=5e-3)


@pytest.mark.parametrize("smear", [0.0, 1.74])
def test_the_shape_is_that_of_the_simulator(smear):
    where = source()
    lines_blur = math.sqrt(0.6**2 + smear**2 / 12)
    lit = put(where, lines_blur=lines_blur, offset=(0.3, -0.2))
    seen = project_points(CAMERAS, where.surface_km)
    for i in range(2):
        image = point_image(
            seen.sample[i] + 0.3,
            seen.line[i] - 0.2,
            np.array([float(lit.values[i].sum())]),
            np.zeros(1),
            Optics(0.6),
            smear,
        )
        np.testing.assert_allclose(lit.values[i], image, atol=2e-4 * image.max())


def test_what_the_sum_drives_out_of_range_is_flagged_and_flat():
    lit = put(source(power=3e4))
    plateau = NOISELESS.saturation_dn / NOISELESS.responsivity / EXPOSURE_S
    assert lit.values.max() == pytest.approx(plateau)
    assert (lit.flags[lit.values >= plateau] & Flag.SATURATED).all()
    bright = lit.values > NOISELESS.linear_dn / NOISELESS.responsivity / EXPOSURE_S
    assert (lit.flags[bright] & Flag.NONLINEAR).all()
    assert not lit.flags[~bright].any()


def test_light_comes_with_its_shot_noise():
    """A thousand electrons scatter by about thirty."""
    few = InstrumentSettings(electrons_per_dn=1.0)
    places = surface_of(unit_vectors(np.full(200, 10.0), np.linspace(20, 60, 200)))
    many = Injected(places, {"M": np.full(200, 0.5)})
    quiet, noisy = put(many), put(many, instrument=few)
    scale = few.responsivity * EXPOSURE_S
    electrons = quiet.values * scale * few.electrons_per_dn
    lit = electrons > 5
    scatter = (noisy.values - quiet.values)[lit] * scale * few.electrons_per_dn
    assert np.std(scatter / np.sqrt(electrons[lit])) == pytest.approx(1.0, abs=0.05)


def test_the_far_side_stays_dark_and_nothing_changes_the_input():
    before = dark(0.01)
    after = put(source(latitude=-18.0, longitude=213.0), swath=before)
    np.testing.assert_array_equal(after.values, before.values)
    put(source(), swath=before)
    assert (before.values == np.float32(0.01)).all()
