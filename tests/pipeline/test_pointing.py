"""What the pointing stage knows of frames before it looks at them."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from hotspots.archive.find import find_products
from hotspots.pipeline.pointing import scene_moves
from tests.helpers.example import EXAMPLE_ARCHIVE


@pytest.fixture(scope="module")
def product():
    return replace(find_products(EXAMPLE_ARCHIVE).products[0], log=None)


@pytest.mark.parametrize(("orbit", "moves"), [(43, False), (44, True), (62, True), (None, True)])
def test_the_mirror_held_the_scene_until_orbit_43(product, orbit, moves):
    assert scene_moves(replace(product, orbit=orbit)) is moves


@pytest.mark.parametrize("despinning", [True, False])
def test_housekeeping_knows_better(product, despinning):
    log = SimpleNamespace(motor_despinning=despinning)
    for orbit in (20, 60):
        assert scene_moves(replace(product, orbit=orbit, log=log)) is not despinning
