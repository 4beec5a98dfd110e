"""One visit through all stages, on the shipped example and on what can be made of it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hotspots.archive.find import find_products
from hotspots.archive.kernels import KernelPool
from hotspots.archive.metakernel import find_metakernel
from hotspots.archive.visits import group_visits
from hotspots.catalogue.records import FrameStatus
from hotspots.config import (
    BackendChoice,
    CalibrationSettings,
    DetectorSettings,
    InferSettings,
    LimitSettings,
    ProductSettings,
)
from hotspots.errors import ConfigurationError
from hotspots.observer import SilentObserver
from hotspots.pipeline import run_visit
from tests.helpers.example import EXAMPLE_ARCHIVE, GOOD_FRAMES, image_of, label_of, seal


class Listener(SilentObserver):
    """Writes down the stages that it is told of."""

    def __init__(self):
        self.stages = []

    def stage(self, name):
        self.stages.append(name)


def settings_for(archive, **changes):
    plain = InferSettings(
        archive=archive,
        out=Path("out"),
        backend=BackendChoice.cpu,
        limits=LimitSettings(enabled=False),
        products=ProductSettings(cogs=True, equirectangular_cell_deg=4.0),
    )
    return replace(plain, **changes)


def run(archive, *, change=None, observer=None, **settings):
    """Run the one visit of an archive, its `Visit` changed first if wanted."""
    (visit,) = group_visits(find_products(archive))
    visit = change(visit) if change else visit
    with KernelPool(find_metakernel(archive)):
        return run_visit(visit, settings_for(archive, **settings), observer or SilentObserver())


def keep(*times):
    """Reduce a visit to the products with these times in their names."""

    def change(visit):
        chosen = tuple(p for p in visit.products if p.product_id[-10:-4] in times)
        return replace(visit, products=chosen, issues=())

    return change


@pytest.fixture(scope="module")
def whole():
    observer = Listener()
    return run(EXAMPLE_ARCHIVE, observer=observer), observer.stages


def test_stages_are_told_in_order(whole):
    _, stages = whole
    first = list(dict.fromkeys(stages))
    assert first == [
        "reading",
        "calibrating",
        "pointing",
        "gridding",
        "detecting",
        "measuring",
        "limits",
        "mapping",
    ]


def test_every_product_has_a_row_in_order_of_name(whole):
    outcome, _ = whole
    names = [frame.product_id for frame in outcome.frames]
    assert names == sorted(names)
    used = {f.product_id[-10:-4] for f in outcome.frames if f.status is FrameStatus.USED}
    assert used == set(GOOD_FRAMES)
    assert all(f.sigma_px > 0 for f in outcome.frames if f.status is FrameStatus.USED)


def test_sources_are_whole_rows(whole):
    outcome, _ = whole
    assert outcome.name == "PJ53"
    assert len(outcome.sources) > 10
    assert len({source.source_id for source in outcome.sources}) == len(outcome.sources)
    for source in outcome.sources:
        assert source.time_utc.startswith("2023-07-31T04:4")
        assert source.time_utc.endswith("Z")
        assert source.m_power_lo_gw_um < source.m_power_gw_um
        assert source.emission_deg < 90
    powers = [source.m_power_gw_um for source in outcome.sources]
    assert powers == sorted(powers, reverse=True)


def test_maps_have_the_detector_s_planes_and_products_are_in_place(whole):
    outcome, _ = whole
    assert all({"m_snr", "p_hotspot", "m_residual"} <= set(m.planes) for m in outcome.maps)
    assert outcome.product_maps[0].attributes["name"] == "equirectangular"
    assert outcome.notes["sunlight"]["M"]["a"] >= 0
    shift = outcome.notes["pointing_shift_px_median"]
    assert shift[1] == pytest.approx(-540, abs=10)


def test_a_single_frame_is_enough(whole):
    outcome = run(EXAMPLE_ARCHIVE, change=keep("044416"))
    assert [frame.status for frame in outcome.frames] == [FrameStatus.USED]
    assert len(outcome.maps) == 1
    assert outcome.sources
    strongest = max(outcome.sources, key=lambda source: source.snr)
    places = np.array([(s.lat_deg, s.lon_east_deg) for s in whole[0].sources])
    off = np.hypot(*(places - (strongest.lat_deg, strongest.lon_east_deg)).T)
    assert off.min() < 0.5
    assert {source.n_frames for source in outcome.sources} == {1}


def test_nothing_but_sky_is_a_result(example_archive):
    rng = np.random.default_rng(1)
    for time in ("044112", "044213"):
        image = image_of(example_archive, time)
        sky = rng.normal(0, 1e-3, image.stat().st_size // 4).astype("<f4")
        sky.tofile(image)
        seal(label_of(example_archive, time))
    outcome = run(example_archive, change=keep("044112", "044213"))
    assert outcome.sources == ()
    assert outcome.maps == outcome.product_maps == ()
    assert {frame.status for frame in outcome.frames} == {FrameStatus.REJECTED}
    assert all(frame.reason for frame in outcome.frames)


def test_no_readable_product_is_a_result():
    outcome = run(EXAMPLE_ARCHIVE, change=keep())
    assert (outcome.sources, outcome.frames, outcome.maps) == ((), (), ())


def test_frames_of_the_l_band_alone_give_maps_and_no_source(example_archive):
    def change(visit):
        """Cut the frames that hold both bands to their upper half."""
        halves = []
        for product in keep("044112", "044416", "044517")(visit).products:
            product.image_path.write_bytes(product.image_path.read_bytes()[: 128 * 432 * 4])
            halves.append(replace(product, bands=("L",), lines=128))
        return replace(visit, products=tuple(halves), issues=())

    unchecked = CalibrationSettings(verify_checksums=False)
    outcome = run(example_archive, change=change, calibration=unchecked)
    assert outcome.sources == ()
    assert {frame.status for frame in outcome.frames} == {FrameStatus.USED}
    for grid_map in outcome.maps:
        assert "l_residual" in grid_map
        assert not any(name.startswith("m_") for name in grid_map.planes)


def test_a_run_repeats_itself(whole):
    assert run(EXAMPLE_ARCHIVE).sources == whole[0].sources


def test_an_unknown_detector_ends_before_anything_is_read():
    observer = Listener()
    with pytest.raises(ConfigurationError, match="astrologer"):
        run(EXAMPLE_ARCHIVE, observer=observer, detector=DetectorSettings(name="astrologer"))
    assert observer.stages == []
