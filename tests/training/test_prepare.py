"""Samples of simulated visits: the same for the same seed, and never of two kinds."""

from dataclasses import replace

import numpy as np
import pytest

from hotspots.config import BackendChoice, MappingSettings
from hotspots.errors import ConfigurationError
from hotspots.observer import SilentObserver
from hotspots.simulation.ranges import Range
from hotspots.training.prepare import prepare, simulated_digests
from hotspots.training.prepare_run import run_preparation
from hotspots.training.prepare_settings import PrepareSettings
from hotspots.training.samples import load_sample

MAPPING = MappingSettings(backend=BackendChoice.cpu)


@pytest.fixture
def settings(tiny_simulation, tmp_path):
    return PrepareSettings(
        out=tmp_path / "samples",
        visits=1,
        seed=5,
        simulation=tiny_simulation,
        mapping=MAPPING,
        solved_fraction=0.0,
    )


def test_a_seed_gives_its_visit_in_any_run(settings, tmp_path):
    (mine,) = prepare(tmp_path / "a", range(5, 6), settings)
    assert (mine.name, mine.problem) == ("000005", "")
    assert mine.samples
    done = run_preparation(settings, SilentObserver())
    assert (done.visits, done.skipped) == ((mine,), 0)
    for name in mine.samples:
        first, second = (load_sample(folder / name) for folder in (tmp_path / "a", settings.out))
        assert first.visit.startswith("000005_PJ")
        np.testing.assert_array_equal(first.labels, second.labels)
        np.testing.assert_array_equal(first.planes["m_snr"], second.planes["m_snr"])
    assert run_preparation(settings, SilentObserver()).skipped == 1
    softer = replace(settings, shared_error_px=Range(0.5, 1.0))
    with pytest.raises(ConfigurationError, match="1 visits of other settings"):
        run_preparation(softer, SilentObserver())


def test_where_samples_go_is_no_part_of_what_they_are(settings, tmp_path):
    seeds = range(2)
    digests = simulated_digests(seeds, settings)
    elsewhere = replace(settings, out=tmp_path / "b", jobs=3, visits=9, seed=0)
    assert simulated_digests(seeds, elsewhere) == digests
    assert simulated_digests(seeds, replace(settings, solved_fraction=0.5)) != digests
    assert list(digests) == ["000000", "000001"]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"solved_fraction": 1.5}, "solved_fraction"),
        ({"jobs": 0}, "jobs"),
        ({"visits": 0}, "visits"),
        ({"seed": -1}, "seed"),
        ({"table_snr": 1.0}, "table_snr"),
    ],
)
def test_settings_are_checked(settings, changes, complaint):
    with pytest.raises(ConfigurationError, match=complaint):
        replace(settings, **changes)
