import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.archive import quirks
from hotspots.errors import LabelError


def test_sub_counts_are_65536ths_of_a_second():
    # Label JIR_IMG_RDR_2017033T114006_V02: START 40:03.870, STOP 40:03.882, 12 ms apart.
    start = quirks.clock_counts("1/539307798:00786")
    stop = quirks.clock_counts("1/539307798:01572")
    assert start == (539307798, 786)
    assert (stop[1] - start[1]) / quirks.SUBCOUNTS_PER_SECOND == pytest.approx(0.012, abs=1.6e-5)


@given(st.integers(0, 9), st.integers(0, 2**32 - 1), st.integers(0, 65535))
def test_partition_never_reaches_spice(partition, seconds, subcounts):
    assert quirks.clock_for_spice(f"{partition}/{seconds}:{subcounts:05d}") == (
        f"{seconds}:{subcounts}"
    )


@pytest.mark.parametrize("text", ["", "5/771566085", "5/771566085:65536", "5/x:1", "N/A", "1:2:3"])
def test_what_is_no_clock_count_is_an_error(text):
    with pytest.raises(LabelError, match="clock count"):
        quirks.clock_counts(text)


def test_words_of_log_seconds_are_low_first_unless_the_label_says_otherwise():
    seconds = 0x25DCA29C
    low, high = seconds & 0xFFFF, seconds >> 16
    assert quirks.log_seconds(low, high) == seconds
    assert quirks.log_seconds(low, high, start_seconds=seconds) == seconds
    assert quirks.log_seconds(high, low, start_seconds=seconds + 2) == seconds
