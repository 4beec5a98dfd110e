import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.evaluation.probabilities import probability_score


def visit_of(make, answers):
    """A visit with a detection of each probability, on a source where it is real."""
    lats = np.linspace(-85.0, 85.0, len(answers))
    sources = [
        make.source(source_id=f"S{k}", lat_deg=float(lat))
        for k, (lat, (_, real)) in enumerate(zip(lats, answers, strict=True))
        if real
    ]
    detections = [
        make.detection(lat_deg=float(lat), p_source=p)
        for lat, (p, _) in zip(lats, answers, strict=True)
    ]
    return make.visit(sources, detections)


def test_error_and_brier_score_worked_by_hand(make):
    # 0.95 and 1.0 share the last bin: mean 0.975, one of two real, gap 0.475.
    # 0.5 and 0.52 share bin 7 (0.4667 to 0.5333): mean 0.51, both real, gap 0.49.
    # 0.1 is alone in bin 1: none real, gap 0.1.
    answers = [(0.95, True), (1.0, False), (0.5, True), (0.52, True), (0.1, False)]
    figures = probability_score([visit_of(make, answers)])
    assert figures.n == 5
    assert figures.expected_calibration_error == pytest.approx((2 * 0.475 + 2 * 0.49 + 0.1) / 5)
    brier = (0.05**2 + 1.0 + 0.25 + 0.48**2 + 0.01) / 5
    assert figures.brier == pytest.approx(brier)
    assert [(k, b.real.found, b.real.asked) for k, b in enumerate(figures.bins) if b.mean] == [
        (1, 0, 1),
        (7, 2, 2),
        (14, 1, 2),
    ]
    assert len(figures.bins) == 15
    assert (figures.bins[0].low, figures.bins[14].high) == (0.0, 1.0)


def test_neutral_pairs_are_real_and_fragments_are_not_judged(make):
    wide = make.source(footprint_km=400.0, resolvable=True)
    faint = make.source(source_id="S2", lat_deg=40.0, stacked_snr=2.0)
    detections = [
        make.detection(p_source=0.9),
        make.detection(lat_deg=3.0, p_source=0.2),  # a fragment: 95 km from the middle
        make.detection(lat_deg=40.0, p_source=0.9),
        make.detection(lat_deg=-60.0),  # gives no probability
    ]
    figures = probability_score([make.visit([wide, faint], detections)])
    assert (figures.n, figures.n_without) == (2, 1)
    assert figures.expected_calibration_error == pytest.approx(0.1)
    assert figures.brier == pytest.approx(0.01)


def test_no_detections_have_no_error(make):
    figures = probability_score([make.visit([make.source()], [])])
    assert figures.expected_calibration_error is figures.brier is None
    assert all(one.mean is None for one in figures.bins)


@given(
    answers=st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=12),
)
def test_the_error_is_no_more_than_the_mean_distance(make, answers):
    figures = probability_score([visit_of(make, answers)])
    distance = np.mean([abs(p - real) for p, real in answers])
    assert figures.n == len(answers)
    assert 0 <= figures.expected_calibration_error <= distance + 1e-12
    assert figures.brier == pytest.approx(np.mean([(p - real) ** 2 for p, real in answers]))
