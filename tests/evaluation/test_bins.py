import pytest

from hotspots.evaluation.bins import ANY_SCALE, SCALE_BINS, SNR_BINS


@pytest.mark.parametrize(
    ("bins", "value", "names"),
    [
        (SNR_BINS, 2.999, []),
        (SNR_BINS, 3.0, ["3-5"]),
        (SNR_BINS, 5.0, ["5-10"]),
        (SNR_BINS, 29.9, ["10-30"]),
        (SNR_BINS, 30.0, [">30"]),
        (SCALE_BINS, 0.26, ["<2"]),
        (SCALE_BINS, 2.0, ["2-20"]),
        (SCALE_BINS, 20.0, [">20"]),
        (SNR_BINS, None, []),
        ((ANY_SCALE,), None, []),
        ((ANY_SCALE,), 0.0, ["all"]),
    ],
)
def test_the_lower_edge_belongs_to_the_bin(bins, value, names):
    assert [one.name for one in bins if one.holds(value)] == names
