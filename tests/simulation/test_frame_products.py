import numpy as np
import pytest
import spiceypy
from hypothesis import given
from hypothesis import strategies as st

from hotspots.simulation.frame_products import (
    Clock,
    clock_at,
    image_bytes,
    image_folder,
    name_lags,
)


@given(st.integers(0, 10**9), st.integers(0, 65535), st.floats(0, 1e4))
def test_later_counts_are_that_much_later(seconds, subcounts, delay):
    later = Clock(seconds, subcounts).later(delay)
    assert 0 <= later.subcounts < 65536
    passed = (later.seconds - seconds) + (later.subcounts - subcounts) / 65536
    assert passed == pytest.approx(delay, abs=0.51 / 65536)


def test_clock_and_ephemeris_time_go_back_and_forth(text_kernels):
    for et in (5.4e8, 6.63e8 + 0.123456, 8.1e8 + 0.987654):
        clock = clock_at(et)
        assert clock.et == pytest.approx(et, abs=1.1 * 0.5 / 65536)
        assert clock_at(clock.et) == clock
        assert Clock.of_label(clock.label(57)) == clock
        assert Clock.of_label(clock.label(5)) == clock


def test_partition_changes_as_it_does_in_the_archive():
    assert Clock(5, 6).label(25) == "1/5:00006"
    assert Clock(5, 6).label(53) == "5/5:00006"


def test_folders_are_those_of_the_archive():
    assert image_folder(57, "RDR").as_posix() == "jnojir_2057/DATA"
    assert image_folder(5, "EDR").as_posix() == "jnojir_1005/DATA"


def test_images_are_little_endian():
    assert image_bytes(np.array([[1.0]], np.float32), "RDR") == b"\x00\x00\x80\x3f"
    assert image_bytes(np.array([[-2]], np.int16), "EDR") == b"\xfe\xff"


def test_names_lag_as_published():
    rng = np.random.default_rng(0)
    lags = name_lags("RDR", rng)
    assert {next(lags) for _ in range(50)} == {2, 3}
    assert next(name_lags("EDR", rng)) == 15


def test_products_state_their_frame(rdr_visit, raw_visit):
    for visit in (rdr_visit, raw_visit):
        for frame in visit.frames:
            product = frame.product
            assert product.lines == 128 * len(product.bands) == frame.image.shape[0]
            assert product.orbit == visit.orbit
            assert product.level == visit.level
    assert {frame.product.software_version for frame in rdr_visit.frames} == {"PDS_RDR_v9"}
    assert {frame.product.software_version for frame in raw_visit.frames} == {"PDS_EDR_V7"}
    assert all(frame.product.log is not None for frame in raw_visit.frames)
    assert not any(frame.product.background_subtracted for frame in raw_visit.frames)


def test_start_time_is_the_clock_to_a_millisecond(rdr_visit, text_kernels):
    for frame in rdr_visit.frames:
        label = spiceypy.str2et(frame.product.start_time_label)
        assert label == pytest.approx(frame.et, abs=0.6e-3)
        assert Clock.of_label(frame.product.start_clock).et == frame.et
