from dataclasses import replace

import pytest

from hotspots.archive.metakernel import kernels_of_metakernel
from hotspots.errors import ConfigurationError
from hotspots.observer import SilentObserver
from hotspots.simulation.archive import orders, simulate_archive
from hotspots.simulation.settings import SimulateSettings


@pytest.fixture
def settings(small_settings, tmp_path):
    observing = replace(small_settings.observing, maximum_frames=4, m_band_only=1.0, both_bands=0.0)
    return SimulateSettings(
        out=tmp_path / "sim",
        visits=2,
        flyby=small_settings.flyby,
        observing=observing,
    )


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix not in {".bsp", ".bc"}  # SPICE notes when it wrote
    }


def test_visits_have_orbits_of_their_own_and_more_keep_the_first(settings):
    few, many = orders(replace(settings, visits=5)), orders(replace(settings, visits=30))
    assert len({order.orbit for order in many}) == 30
    assert set(few) <= set(many)
    assert [order.orbit for order in many] == sorted(order.orbit for order in many)
    assert orders(replace(settings, seed=8)) != orders(settings)


def test_archive_is_resumed_and_then_left_alone(settings):
    made = simulate_archive(replace(settings, visits=1), SilentObserver())
    assert (len(made.made), made.skipped, made.failed) == (1, (), {})
    whole = simulate_archive(settings, SilentObserver())
    assert whole.skipped == made.made
    assert len(whole.made) == 1
    before = contents(settings.out)
    again = simulate_archive(settings, SilentObserver())
    assert (again.made, len(again.skipped)) == ((), 2)
    assert contents(settings.out) == before
    kernels = kernels_of_metakernel(settings.out / "archive" / "kernels" / "juno_io.tm")
    assert sum(path.suffix == ".bc" for path in kernels) == 2


def test_interrupted_visit_is_made_again(settings):
    settings = replace(settings, visits=1)
    (name,) = simulate_archive(settings, SilentObserver()).made
    before = contents(settings.out)
    (settings.out / "visits" / f"{name}.json").unlink()  # the last thing that is written
    next((settings.out / "archive").rglob("*.IMG")).unlink()
    assert simulate_archive(settings, SilentObserver()).made == (name,)
    assert contents(settings.out) == before


def test_processes_make_the_same_files(settings):
    simulate_archive(settings, SilentObserver())
    other = replace(settings, out=settings.out.with_name("other"), jobs=2)
    simulate_archive(other, SilentObserver())
    assert contents(settings.out) == contents(other.out)


def test_visits_of_another_run_are_not_mixed_in(settings):
    settings = replace(settings, visits=1)
    simulate_archive(settings, SilentObserver())
    other = replace(settings, observing=replace(settings.observing, sky_frames=0))
    with pytest.raises(ConfigurationError, match=r"another run .*overwrite=true"):
        simulate_archive(other, SilentObserver())
    made = simulate_archive(replace(other, overwrite=True), SilentObserver())
    assert len(made.made) == 1
    strangers = replace(settings, seed=8, overwrite=True)
    with pytest.raises(ConfigurationError, match="another run"):
        simulate_archive(strangers, SilentObserver())


def test_visit_that_fails_is_reported_and_others_go_on(settings, tmp_path):
    (settings.out / "truth").parent.mkdir(parents=True)
    (settings.out / "truth").write_text("in the way")
    made = simulate_archive(replace(settings, visits=1), SilentObserver())
    assert made.made == ()
    assert "truth" in next(iter(made.failed.values()))
