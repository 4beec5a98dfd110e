"""Samples of a simulated visit: planes, classes and objects belong together."""

import numpy as np
import pytest

from hotspots.config import BackendChoice, MappingSettings
from hotspots.detection.candidates import find_candidates
from hotspots.detection.network_settings import NetworkSettings
from hotspots.nets.inputs import PLANES, SCALES
from hotspots.training.drawn_pointing import PointingError
from hotspots.training.labels import KnownSource
from hotspots.training.peak_places import place_of
from hotspots.training.preparation import map_sample, searched_sample, visit_samples
from hotspots.training.samples import BACKGROUND, HOTSPOT, IGNORED
from tests.detection.scenes import drawn, flux_of_power, map_of, noise_of

NETWORK = NetworkSettings()


@pytest.fixture(scope="module")
def samples(tiny_visit):
    mapping = MappingSettings(backend=BackendChoice.cpu)
    rng = np.random.default_rng(3)
    return list(visit_samples(tiny_visit, mapping, NETWORK, PointingError(0.05, 0.05), rng))


def test_every_group_gives_a_sample_with_all_inputs(samples, tiny_visit):
    assert samples
    assert {sample.visit for sample in samples} == {f"000005_{tiny_visit.name}"}
    for sample in samples:
        assert set(sample.planes) == set(PLANES)
        assert set(sample.scales) == set(SCALES)


def test_sources_stand_out_where_they_are_labelled(samples):
    for sample in samples:
        bright = sample.objects[sample.objects["snr"] > 30]
        assert len(bright)
        peaks = sample.planes["m_snr"]
        for one in bright:
            row, column = int(one["row"]), int(one["column"])
            near = peaks[max(row - 3, 0) : row + 4, max(column - 3, 0) : column + 4]
            assert near.max() > np.arcsinh(5.0) / 2
        assert (sample.labels == BACKGROUND).any()
        assert (sample.labels == HOTSPOT).any()
        assert (sample.labels[sample.planes["m_frames"] == 0] == IGNORED).all()


def made_map():
    shape = (70, 80)
    flux = flux_of_power(2.0, "M", 16.0)
    image = drawn(shape, [(40.5, 30.5)], [flux]) + noise_of(shape, 1)
    return map_of({"M": image})


def test_a_map_without_second_band_lacks_its_planes():
    grid_map = made_map()
    sample = map_sample("PJ01/a", grid_map, [], NETWORK)
    assert set(sample.planes) == {name for name in PLANES if not name.startswith("l_")}
    assert (sample.labels == BACKGROUND).any()
    assert not len(sample.objects)


def test_cells_that_are_not_judged_are_ignored():
    grid_map = made_map()
    known = [KnownSource(*place_of(grid_map.grid, 30.5, 40.5), HOTSPOT, 50.0)]
    candidates = find_candidates(grid_map, NETWORK.search(), NETWORK.least_snr)
    judged = np.zeros(grid_map.grid.shape, bool)
    judged[:, :60] = True
    sample = searched_sample("PJ01/a", grid_map, candidates, known, judged, NETWORK)
    assert (sample.labels[:, 60:] == IGNORED).all()
    whole = map_sample("PJ01/a", grid_map, known, NETWORK)
    assert (sample.labels[:, :60] == whole.labels[:, :60]).all()
    assert whole.labels[40, 30] == HOTSPOT
