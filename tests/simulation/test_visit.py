from dataclasses import replace

import numpy as np
import pytest

from hotspots.archive.kernels import KernelPool
from hotspots.geometry.cameras import corrected_rotation
from hotspots.geometry.host import surface_to_pixel
from hotspots.geometry.state import frame_states
from hotspots.simulation.visit import FrameKind, simulate_visit

IFOV = 237.767e-6


def test_same_seed_gives_the_same_visit(small_settings, tmp_path):
    observing = replace(small_settings.observing, minimum_frames=4, maximum_frames=4)
    settings = replace(small_settings, observing=observing)
    first, second = (simulate_visit(settings, 3, tmp_path / name) for name in "ab")
    other = simulate_visit(settings, 4, tmp_path / "c", orbit=first.orbit)
    assert first.plan == second.plan
    for mine, again in zip(first.frames, second.frames, strict=True):
        assert mine.et == again.et
        np.testing.assert_array_equal(mine.image, again.image)
    assert first.offset_px == pytest.approx(second.offset_px)
    assert other.plan != first.plan
    assert {s.name for s in first.scene.sources} == {s.name for s in second.scene.sources}


def test_frames_are_in_order_and_of_their_level(rdr_visit, raw_visit):
    for visit, dtype in ((rdr_visit, np.float32), (raw_visit, np.int16)):
        assert (np.diff([frame.et for frame in visit.frames]) > 0).all()
        assert {frame.image.dtype for frame in visit.frames} == {np.dtype(dtype)}
        assert len(visit.kinds) == len(visit.offset_px) == len(visit.m_states) == len(visit.frames)


def test_bands_are_of_frames_of_io_that_hold_them(rdr_visit, raw_visit):
    for visit in (rdr_visit, raw_visit):
        for band, truth in visit.bands.items():
            for place in truth.frames:
                assert visit.kinds[place] is FrameKind.IO
                assert band in visit.frames[place].product.bands
            lines = len(truth.frames), 128, 432
            assert truth.rendered.radiance.shape == lines


def test_states_are_those_of_the_kernels(rdr_visit):
    with KernelPool(rdr_visit.metakernel):
        et = np.array([frame.et for frame in rdr_visit.frames])
        states = frame_states(et, "JUNO_JIRAM_I_MBAND")
    assert rdr_visit.m_states.rotation == pytest.approx(states.rotation, abs=1e-12)
    truth = rdr_visit.bands["L"]
    assert truth.states.et == pytest.approx(et[list(truth.frames)], abs=0)


def test_scene_smears_only_while_nothing_holds_it(rdr_visit, raw_visit):
    assert rdr_visit.plan.despun
    assert (rdr_visit.bands["M"].smear_px == 0).all()
    truth = raw_visit.bands["M"]
    rate = truth.smear_px / truth.exposure_s
    assert ((rate > 850) & (rate < 880)).all()  # 0.86 to 0.88 px per ms


@pytest.mark.parametrize("name", ["rdr_visit", "raw_visit"])
def test_bright_sources_are_where_the_true_pointing_puts_them(name, request):
    visit = request.getfixturevalue(name)
    truth = visit.bands["M"]
    seen = truth.rendered.sources
    k, i = np.unravel_index(np.argmax(np.where(seen.visible, seen.light, 0)), seen.light.shape)
    offset = visit.offset_px[[truth.frames[k]]]
    state = truth.states.select([int(k)])
    sample, line, _ = surface_to_pixel(
        visit.scene.source_points_km[[i]],
        state.position_km[0],
        corrected_rotation(state.rotation, offset, IFOV)[0],
        state.beta[0],
        IFOV,
    )
    assert (seen.sample[k, i], seen.line[k, i]) == pytest.approx((sample[0], line[0]), abs=0.01)
    image, _ = visit.frames[truth.frames[k]].half("M", 128)
    if visit.level == "EDR":
        empty = zip(visit.frames, visit.kinds, strict=True)
        dark = next(f for f, kind in empty if kind in {FrameKind.DARK, FrameKind.SKY})
        image = image - dark.half("M", 128)[0]
    row, column = round(float(line[0])), round(float(sample[0]))
    window = image[max(row - 2, 0) : row + 3, max(column - 2, 0) : column + 3]
    assert window.max() > np.percentile(image, 99)


def test_raw_visit_has_its_dark_frames(raw_visit):
    exposures = {frame.exposure_s for frame in raw_visit.plan.frames}
    darks = raw_visit.kinds.count(FrameKind.DARK)
    on_io = raw_visit.kinds.count(FrameKind.IO)
    assert darks == min(raw_visit.camera.dark_frames, on_io) * len(exposures)


def test_no_file_is_written_but_kernels(small_settings, tmp_path):
    simulate_visit(small_settings, 8, tmp_path, orbit=50)
    suffixes = {path.suffix for path in tmp_path.rglob("*") if path.is_file()}
    assert suffixes == {".tls", ".tsc", ".tpc", ".tf", ".ti", ".bsp", ".bc", ".tm"}
