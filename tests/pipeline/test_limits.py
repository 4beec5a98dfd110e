"""Limits of the shipped example's visit: sources put into its frames and looked for."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hotspots.archive.find import find_products
from hotspots.archive.kernels import KernelPool
from hotspots.archive.metakernel import find_metakernel
from hotspots.archive.visits import group_visits
from hotspots.catalogue.limit_records import LimitStatus
from hotspots.config import (
    BackendChoice,
    DetectorSettings,
    GridSettings,
    InferSettings,
    LimitSettings,
    ProductSettings,
)
from hotspots.observer import SilentObserver
from hotspots.pipeline import run_visit
from tests.helpers.example import EXAMPLE_ARCHIVE, GOOD_FRAMES

FRAMES = GOOD_FRAMES[:4]
"""Four of the example's frames are enough, and their maps may be coarse."""


@pytest.fixture(scope="module")
def outcome():
    settings = InferSettings(
        archive=EXAMPLE_ARCHIVE,
        out=Path("out"),
        backend=BackendChoice.cpu,
        grid=GridSettings(cell_fraction=1.2),
        detector=DetectorSettings("matched_filter"),
        limits=LimitSettings(injections=1),
        products=ProductSettings(cogs=True, equirectangular_cell_deg=1.0),
    )
    (visit,) = group_visits(find_products(EXAMPLE_ARCHIVE))
    chosen = tuple(p for p in visit.products if p.product_id[-10:-4] in FRAMES)
    with KernelPool(find_metakernel(EXAMPLE_ARCHIVE)):
        return run_visit(replace(visit, products=chosen, issues=()), settings, SilentObserver())


def test_faint_sources_are_lost_and_bright_ones_found(outcome):
    group = outcome.limits.notes["groups"]["group_1"]
    assert group["injections"] > 100
    assert 3.0 < group["snr_of_half"] < 12.0
    assert group["loss"] < 0.1
    assert group["share_on_blends"] < 0.1


def test_nine_tenths_take_more_power_than_half_and_neighbours_never_help(outcome):
    limits = outcome.limits.limit_map
    half, most, alone = (
        limits[name] for name in ("m_limit50_gw_um", "m_limit90_gw_um", "m_limit50_alone_gw_um")
    )
    seen = np.isfinite(half)
    assert 0.05 < seen.mean() < 0.6  # one side of the globe
    np.testing.assert_array_equal(np.isfinite(most), seen)
    assert (most[seen] > half[seen]).all()
    assert (alone[seen] <= half[seen] * 1.0001).all()
    assert (limits["cos_emission"][seen] > 0).all()
    assert (limits["frames"][seen] >= 1).all()


def test_every_volcano_in_view_is_seen_or_has_a_limit(outcome):
    records = outcome.limits.records
    assert {record.status for record in records} >= {LimitStatus.SEEN, LimitStatus.NOT_SEEN}
    known = {source.source_id for source in outcome.sources}
    told = [record.source_id for record in records if record.source_id]
    assert set(told) <= known
    assert len(set(told)) == len(told)  # one source is one volcano
    assert all(record.m_limit50_gw_um > 0 for record in records if record.emission_deg < 60)


def test_false_alarms_are_counted_on_three_kinds_of_data(outcome):
    alarms = outcome.limits.notes["false_alarms"]
    assert set(alarms) == {"sky", "sign", "shuffled"}
    for kind in alarms.values():
        if kind["per_disc"] is not None:
            assert kind["low95"] <= kind["per_disc"] <= kind["high95"]
