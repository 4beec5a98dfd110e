import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.archive.log_table import LOG_ROW_BYTES, parse_log_row
from hotspots.simulation.log_rows import encode_log_row, make_log_row

words = st.integers(0, 65535)


@given(
    clock=st.tuples(st.integers(0, 2**32 - 1), words),
    steps=st.integers(1, 5000),
    subtracted=st.booleans(),
    despun=st.booleans(),
)
def test_row_is_read_back(clock, steps, subtracted, despun):
    row = make_log_row(
        clock=clock, exposure_s=steps * 0.2e-3, background_subtracted=subtracted, despun=despun
    )
    content = encode_log_row(row)
    assert len(content) == LOG_ROW_BYTES
    assert parse_log_row(content, start_seconds=clock[0]) == row
    assert (row.seconds, row.subseconds) == clock
    assert row.texpo_s == pytest.approx(steps * 0.2e-3)
    assert row.background_subtracted is subtracted
    assert row.motor_despinning is despun


@given(content=st.binary(min_size=LOG_ROW_BYTES, max_size=LOG_ROW_BYTES))
def test_any_row_keeps_what_it_says(content):
    row = parse_log_row(content)
    again = parse_log_row(encode_log_row(row))
    assert again == row


def test_mirror_is_parked_at_zero():
    row = make_log_row(clock=(1, 2), exposure_s=0.002, background_subtracted=False, despun=False)
    assert row.mirror_angle_deg == pytest.approx(0, abs=1e-3)
