"""Made-up sources: as sharp as those seen, and hits told from them where frames are few."""

from dataclasses import replace

import numpy as np
import pytest

from hotspots.config import InstrumentSettings
from hotspots.gridding.locate import surface_at
from hotspots.pipeline.made_up_sources import as_sharp_as_seen, with_sources
from hotspots.retrieval.limits.stamps import Injected
from hotspots.swath import Flag
from tests.pipeline.made_search import first_look, made_search


@pytest.fixture(scope="module")
def noise():
    search, group = made_search(8.0)
    return search, group, first_look(search, group).grid_map


def test_optics_become_as_wide_as_bright_sources_are(noise):
    search, group, _ = noise
    spread = 1.5 * np.eye(2)  # cells of 0.6 px: 0.54 squared px
    wide = as_sharp_as_seen(group, search.pointed, 1.2, spread, 0.6)
    wanted = np.sqrt(0.6**2 + (1.2**2 - 1) * 1.5 * 0.6**2)
    np.testing.assert_allclose(wide["M"], wanted)
    same = as_sharp_as_seen(group, search.pointed, 1.0, spread, 0.6)
    np.testing.assert_allclose(same["M"], 0.6)


def test_errors_of_the_pointing_are_not_counted_twice(noise):
    search, group, _ = noise
    shaky = replace(
        search.pointed, covariance_px={n: 0.3**2 * np.eye(2) for n in group.product_ids}
    )
    blur = as_sharp_as_seen(group, shaky, 1.0, np.eye(2), 0.6)["M"]
    np.testing.assert_allclose(blur, np.sqrt(0.6**2 - 0.3**2))
    sharp = as_sharp_as_seen(group, shaky, 0.6, np.eye(2), 0.6)["M"]
    np.testing.assert_allclose(sharp, 0.2)  # no sharper than diffraction allows


@pytest.mark.parametrize(("frames", "blur", "flagged"), [(6, 0.2, 0), (1, 0.2, 1), (1, 0.6, 0)])
def test_only_single_frames_take_a_sharp_source_for_a_hit(frames, blur, flagged):
    """Hits are judged by the blur that the visit believes in, 0.6 px."""
    search, group = made_search(8.0, frames=frames)
    grid = first_look(search, group).grid_map.grid
    rows, columns = grid.shape
    across = np.linspace(0.3, 0.7, 12)  # some of them in the middle of a sample
    places = surface_at(grid, columns * across, rows * across)
    sources = Injected(places, {"M": np.full(12, 40.0)})
    lit = with_sources(
        group,
        sources,
        {"M": np.full((frames, 2), blur)},
        search.pointed,
        InstrumentSettings(),
        np.random.default_rng(1),
    )
    hits = (lit.swaths["M"].flags & Flag.RADIATION) != 0
    assert hits.any() == flagged


def test_every_frame_has_an_error_of_its_own_and_both_bands_share_it(noise):
    search, group, grid_map = noise
    rows, columns = grid_map.grid.shape
    places = surface_at(grid_map.grid, np.array([columns / 2]), np.array([rows / 2]))
    sources = Injected(places, {"M": np.array([400.0]), "L": np.array([400.0])})
    shaky = replace(
        search.pointed, covariance_px={n: np.diag([2.0, 1.0]) for n in group.product_ids}
    )
    quiet = group.swaths["M"].replace(values=np.zeros_like(group.swaths["M"].values))
    both = replace(
        group,
        swaths={"M": quiet, "L": quiet.replace(band="L")},
        blur_px={"M": group.blur_px["M"], "L": group.blur_px["M"]},
    )
    exact = InstrumentSettings(electrons_per_dn=1e12, saturation_dn=1e9, linear_dn=1e9)
    blur = both.blur_px
    lit = with_sources(both, sources, blur, shaky, exact, np.random.default_rng(3)).swaths
    sample = np.arange(432)
    centre = {
        band: (s.values.sum(axis=1) @ sample) / s.values.sum(axis=(1, 2)) for band, s in lit.items()
    }
    np.testing.assert_allclose(centre["M"], centre["L"], atol=1e-3)
    expected = 3.0 * np.arange(6)  # how the frames are laid
    off = centre["M"] - centre["M"].mean() - (expected - expected.mean())
    assert 0.3 < off.std() < 4.0
