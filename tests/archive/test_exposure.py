import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.archive.exposure import settle_exposure
from hotspots.errors import LabelError


def test_texpo_confirmed_by_the_clock_wins():
    assert settle_exposure(texpo_s=0.015, clock_s=983 / 65536, times_s=0.015) == 0.015


@given(st.integers(1, 65535), st.floats(0, 1), st.floats(0, 1))
def test_clock_counts_give_back_the_commanded_exposure(steps, start, jitter):
    true = steps * 0.2e-3
    clock = (round((start + true) * 65536) - round(start * 65536)) / 65536
    times = round(start + jitter + true, 3) - round(start + jitter, 3)
    assert settle_exposure(clock_s=clock, times_s=times) == pytest.approx(true, abs=1e-9)


def test_exposure_between_the_steps_is_left_alone():
    assert settle_exposure(clock_s=0.0021, times_s=0.002) == 0.0021


def test_two_witnesses_overrule_a_third():
    clock_s = 131 / 65536
    # A LOG table of another frame, then a label in another unit.
    for wrong in ({"texpo_s": 0.1, "label_s": 0.002}, {"texpo_s": 0.002, "label_s": 2.0}):
        assert settle_exposure(clock_s=clock_s, times_s=0.002, **wrong) == 0.002


def test_sharp_witnesses_go_before_those_that_agree_with_anything():
    settled = settle_exposure(texpo_s=0.001, label_s=0.002, clock_s=131 / 65536, times_s=0.002)
    assert settled == 0.002


def test_times_alone_are_better_than_nothing():
    assert settle_exposure(times_s=0.015) == 0.015
    assert settle_exposure(texpo_s=0.0, times_s=0.015) == 0.015


@pytest.mark.parametrize(
    "witnesses", [{}, {"times_s": 0.0}, {"clock_s": 0.1, "times_s": 0.002}, {"label_s": -1.0}]
)
def test_no_witness_or_no_agreement_is_an_error(witnesses):
    with pytest.raises(LabelError, match="cannot be settled"):
        settle_exposure(**witnesses)
