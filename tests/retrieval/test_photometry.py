"""From maps to powers: the definition, the errors, photutils, both sorts of array."""

import numpy as np
import pytest

from hotspots.config import PhotometrySettings
from hotspots.detection.detector import Region, make_detector
from hotspots.geometry.intersect import intersect
from hotspots.gridding.illumination import Sunlight
from hotspots.gridding.planes import group_map
from hotspots.gridding.spread import map_spread
from hotspots.gridding.view_grid import view_grid
from hotspots.planck import BANDS
from hotspots.retrieval.aperture import FAR_WINGS, USUAL, WINGS
from hotspots.retrieval.photometry import PLACE_FLOOR, measure
from hotspots.swath import Swath
from tests.detection.scenes import (
    FLUX_SIGMA,
    SPREAD,
    WIDTH,
    drawn,
    flux_of_power,
    map_of,
    noise_of,
    on_strict_device,
)
from tests.helpers.cameras import SHAPE as FRAME
from tests.helpers.cameras import direction, looking_at, make_camera

SHAPE = (150, 160)
NO_MODEL_ERROR = PhotometrySettings(model_fraction=0.0)


def point(x, y, snr=12.0):
    return Region(y, x, snr, ((y, x),), 0.95, 0.05)


def lattice(step=17):
    """Places far from each other, off the middles of cells."""
    x, y = np.meshgrid(np.arange(14.0, 150, step), np.arange(14.0, 140, step))
    rng = np.random.default_rng(0)
    return np.stack([x.ravel(), y.ravel()], axis=-1) + rng.uniform(-2, 2, (x.size, 2))


def test_nothing_to_measure_is_nothing_measured():
    assert measure(map_of({"M": np.zeros(SHAPE)}), (), NO_MODEL_ERROR) == ()
    assert measure(map_of({"L": np.zeros(SHAPE)}), (point(80, 70),), NO_MODEL_ERROR) == ()


def footprint_areas(cameras, shape):
    """True surface area of every sample of the first camera, km2, from its corners."""
    y, x = np.meshgrid(np.arange(shape[0] + 1) - 0.5, np.arange(shape[1] + 1) - 0.5, indexing="ij")
    _, _, corner = intersect(cameras, x[None].astype(np.float32), y[None].astype(np.float32))
    corner = corner[0].astype(np.float64)
    first = corner[1:, 1:] - corner[:-1, :-1]
    second = corner[1:, :-1] - corner[:-1, 1:]
    return 0.5 * np.linalg.norm(np.cross(first, second), axis=-1)


@pytest.mark.parametrize("emission_deg", [5.0, 50.0])
@pytest.mark.parametrize("band", ["L", "M"])
def test_power_is_pi_radiance_area_over_width(band, emission_deg):
    """A patch of even radiance, drawn sample by sample, drizzled and measured."""
    radiance = 0.05
    target = 1821.0 * direction(10.0, 200.0)
    position = 50000.0 * direction(10.0, 200.0 + emission_deg)
    cameras = make_camera(position, looking_at(position, target, 3.0))
    values = np.zeros((1, *FRAME), np.float32)
    block = (slice(55, 71), slice(206, 226))
    values[:, *block] = radiance
    swath = Swath(
        band=band,
        product_ids=("frame",),
        values=values,
        sigma=np.full_like(values, 1e-4),
        flags=np.zeros(values.shape, np.uint8),
        et=np.zeros(1),
        exposure_s=np.full(1, 0.002),
        cameras=cameras,
    )
    grid = view_grid(cameras)
    spread = map_spread(cameras, grid, np.full((1, 2), 0.5)).ravel().tolist()
    attributes = {"et": 0.0, "range_km": 5e4, "pointing_sigma_px": 0.1}
    attributes |= {"m_spread": spread, "l_spread": spread}
    swaths = {"M": swath.replace(band="M"), band: swath}
    laws = dict.fromkeys(swaths, Sunlight(0.0, 0.0, 1.0))
    grid_map = group_map(swaths, grid, laws, attributes)
    cells = np.nonzero(np.nan_to_num(grid_map["m_mean"]) > 0.5 * radiance)
    middle = tuple(float(axis.mean()) + 0.5 for axis in cells)
    region = Region(*middle, 100.0, (middle,), 0.03, 0.97, cells)
    (found,) = measure(grid_map, (region,), NO_MODEL_ERROR)
    area_m2 = 1e6 * footprint_areas(cameras, FRAME)[block].sum()
    expected = np.pi * radiance * area_m2 / BANDS[band].power_width_um / 1e9
    assert found.powers[band].value == pytest.approx(expected, rel=0.01)
    assert found.emission_deg == pytest.approx(emission_deg, abs=3.0)


def test_cells_seen_obliquely_cover_more_ground():
    """One flux at two places of a map: the powers differ by the cosines of the grid."""
    shape = (100, 300)
    places, flux = np.array([(150.5, 50.5), (250.5, 50.5)]), 12 * FLUX_SIGMA
    grid_map = map_of({"M": drawn(shape, places, [flux, flux])}, cell_km=10.0)
    found = measure(grid_map, tuple(point(*p) for p in places), NO_MODEL_ERROR)
    cosine = np.cos(np.arcsin(100 * 10.0 / 1821.0))
    powers = [one.powers["M"].value for one in found]
    assert powers[1] / powers[0] == pytest.approx(1 / cosine, rel=0.02)
    assert found[1].emission_deg == pytest.approx(np.degrees(np.arccos(cosine)), abs=1.0)


def test_intervals_hold_the_truth_two_times_of_three():
    places = lattice()
    rng = np.random.default_rng(5)
    fluxes = FLUX_SIGMA * rng.uniform(8.0, 14.0, len(places))
    grid_map = map_of({"M": drawn(SHAPE, places, fluxes) + noise_of(SHAPE, 6)})
    found = measure(grid_map, tuple(point(*p) for p in places), NO_MODEL_ERROR)
    exact = measure(
        map_of({"M": drawn(SHAPE, places, fluxes)}),
        tuple(point(*p) for p in places),
        NO_MODEL_ERROR,
    )
    off = [
        abs(one.powers["M"].value - true.powers["M"].value) / one.powers["M"].sigma
        for one, true in zip(found, exact, strict=True)
    ]
    assert len(off) >= 60
    # three standard deviations of the binomial on either side of 0.68
    assert abs(np.mean(np.array(off) < 1) - 0.683) < 3 * np.sqrt(0.68 * 0.32 / len(off))


def test_intervals_hold_what_the_model_does_not_know():
    places = lattice()
    rng = np.random.default_rng(7)
    scatter = rng.normal(1.0, 0.06, len(places))
    fluxes = 500 * FLUX_SIGMA * scatter
    grid_map = map_of({"M": drawn(SHAPE, places, fluxes) + noise_of(SHAPE, 8)})
    found = measure(grid_map, tuple(point(*p, snr=500.0) for p in places), PhotometrySettings())
    per_flux = np.median([one.powers["M"].value for one in found] / fluxes)
    covered = [
        abs(one.powers["M"].value - per_flux * 500 * FLUX_SIGMA) < one.powers["M"].sigma
        for one in found
    ]
    assert abs(np.mean(covered) - 0.683) < 3 * np.sqrt(0.68 * 0.32 / len(covered))


def test_positions_are_as_good_as_they_say():
    places = lattice()
    image = drawn(SHAPE, places, np.full(len(places), 40 * FLUX_SIGMA)) + noise_of(SHAPE, 9)
    grid_map = map_of({"M": image}, cell_km=1.0)
    found = make_detector("matched_filter", {"resolved_km": 0.1, "link_km": 1.0}).detect(grid_map)
    measured = measure(grid_map, found.regions, NO_MODEL_ERROR)
    assert len(measured) == len(places)
    off = [
        np.linalg.norm(np.array([r.column, r.row]) - places, axis=-1).min() for r in found.regions
    ]
    # nothing moved these frames and the model is exact: those two shares are taken off
    extra = np.hypot(0.1 / 0.6, PLACE_FLOOR)
    sigma = [np.sqrt(m.sigma_km**2 - extra**2) for m in measured]
    # a plane vector is within 1.52 sigma of an axis in 68 % of trials
    assert 0.5 < np.mean(np.array(off) < 1.52 * np.array(sigma)) < 0.9


def test_the_light_in_an_aperture_of_photutils():
    from photutils.aperture import CircularAperture, aperture_photometry

    places = lattice(30)
    light = FLUX_SIGMA * np.linspace(300, 3000, len(places))
    image = drawn(SHAPE, places, light) + drawn(SHAPE, places, 0.04 * light, 4 * SPREAD)
    image = image + noise_of(SHAPE, 10)
    found = measure(
        map_of({"M": image}), tuple(point(*p, snr=300.0) for p in places), NO_MODEL_ERROR
    )
    apertures = CircularAperture(places - 0.5, r=WINGS * WIDTH)
    theirs = np.array(aperture_photometry(image, apertures)["aperture_sum"])
    area = 4.0**2 / np.cos(np.radians([one.emission_deg for one in found]))
    ours = np.array([flux_of_power(one.powers["M"].value, "M", 1.0) for one in found]) / area
    np.testing.assert_allclose(ours, FAR_WINGS * theirs, rtol=0.02)


def test_a_map_elsewhere_is_measured_alike():
    places = lattice(40)
    images = {
        b: drawn(SHAPE, places, np.full(len(places), 1.0)) + noise_of(SHAPE, 11) for b in "LM"
    }
    regions = tuple(point(*p, snr=100.0) for p in places)
    grid_map = map_of(images)
    here = measure(grid_map, regions, PhotometrySettings())
    assert measure(on_strict_device(grid_map), regions, PhotometrySettings()) == here
    assert {len(one.powers) for one in here} == {2}


def test_ground_in_sunlight_is_left_out_and_lava_is_not():
    places = np.array([(40.5, 40.5), (110.5, 100.5)])
    widths = {band: BANDS[band].power_width_um for band in "LM"}
    # the first has 4.4 times the power in L, the second half of it
    m_flux = np.full(2, 20 * FLUX_SIGMA)
    l_flux = m_flux * np.array([4.4, 0.5]) * widths["L"] / widths["M"]
    images = {"M": drawn(SHAPE, places, m_flux), "L": drawn(SHAPE, places, l_flux)}
    images = {band: image + noise_of(SHAPE, 12) for band, image in images.items()}
    regions = tuple(point(*p, snr=20.0) for p in places)
    by_day = measure(map_of(images, cos_incidence=0.6), regions, NO_MODEL_ERROR)
    assert len(by_day) == 1
    assert by_day[0].powers["L"].value < by_day[0].powers["M"].value
    assert len(measure(map_of(images, cos_incidence=-0.6), regions, NO_MODEL_ERROR)) == 2


def test_a_source_that_m_does_not_see_is_left_out_and_l_alone_may_be_missing():
    places = np.array([(40.5, 40.5), (110.5, 100.5)])
    image = drawn(SHAPE, places, np.full(2, 50 * FLUX_SIGMA))
    here = np.ones(SHAPE, np.int32)
    left, right = here.copy(), here.copy()
    left[:, 80:], right[:, :80] = 0, 0
    grid_map = map_of({"M": image, "L": image}, m_frames=left, l_frames=right)
    (found,) = measure(grid_map, tuple(point(*p) for p in places), NO_MODEL_ERROR)
    assert set(found.powers) == {"M"}
    assert found.n_frames == 1


def test_what_is_told_of_a_source():
    image = drawn(SHAPE, [(80.5, 75.5)], [12 * FLUX_SIGMA])
    saturated = np.zeros(SHAPE)
    saturated[75, 80] = 1.0
    grid_map = map_of({"M": image}, m_saturated=saturated, frames=7)
    (found,) = measure(grid_map, (point(80.5, 75.5),), NO_MODEL_ERROR)
    assert found.powers["M"].saturated
    expected = flux_of_power(1.0, "M", 4.0**2)
    assert found.powers["M"].value == pytest.approx(
        FAR_WINGS * USUAL * 12 * FLUX_SIGMA / expected, rel=0.02
    )
    assert (found.n_frames, found.range_km, found.snr) == (7, 30000.0, 12.0)
    assert found.diameter_km is None
    assert (found.p_hotspot, found.p_lava_lake) == (0.95, 0.05)
    # fit, floor and pointing
    parts = np.hypot(np.hypot(np.sqrt(2) * WIDTH / 12 * 4.0, 0.05 * 4.0), 0.1 * 4.0 / 0.6)
    assert found.sigma_km == pytest.approx(parts, rel=0.05)


def test_the_diameter_of_a_ring_of_points_and_of_a_disc():
    angle = np.arange(24) * np.pi / 12
    ring = np.stack([80 + 6 * np.cos(angle), 75 + 6 * np.sin(angle)], axis=-1)
    image = drawn(SHAPE, ring, np.full(24, 20 * FLUX_SIGMA))
    parts = Region(75.0, 80.0, 20.0, tuple((y, x) for x, y in ring[::2]), 0.1, 0.9)
    (found,) = measure(map_of({"M": image}), (parts,), NO_MODEL_ERROR)
    # of the even disc with the ring's mean square radius
    assert found.diameter_km == pytest.approx(2 * np.sqrt(2) * 6 * 4.0, rel=0.02)
    row, column = np.indices(SHAPE) + 0.5
    cells = np.nonzero(np.hypot(row - 75, column - 80) < 20)
    lake = Region(75.0, 80.0, 20.0, ((75.0, 80.0),), 0.03, 0.97, cells)
    (found,) = measure(map_of({"M": image}), (lake,), NO_MODEL_ERROR)
    assert found.diameter_km == pytest.approx(2 * 20 * 4.0, rel=0.02)
