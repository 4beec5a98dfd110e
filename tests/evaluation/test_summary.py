import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.catalogue.records import FrameStatus, SourceClass
from hotspots.errors import TruthError
from hotspots.evaluation.matching import match_visit
from hotspots.evaluation.outputs import VisitOutput
from hotspots.evaluation.rule import SourceRole, role_of
from hotspots.evaluation.statistics import Tally
from hotspots.evaluation.summary import evaluate, json_line, match_folders
from hotspots.evaluation.truth import (
    Expectation,
    VisitTruth,
    read_visit_truth,
    truth_visits,
)


def perfect_output(make, truth, roles):
    """The catalogue of a program that knows the truth of the sources of some roles."""
    return VisitOutput(
        truth.visit,
        exists=True,
        detections=tuple(make.perfect_detection(s) for s in truth.sources if role_of(s) in roles),
        frames=tuple(make.perfect_record(frame) for frame in truth.frames),
    )


def assert_perfect(evaluation):
    head = evaluation.headline
    assert head.completeness in {1.0, None}
    assert head.false_per_disc == 0.0
    assert head.n_products_wrong == 0
    assert head.good_frames_used == 1.0
    assert head.pointing_dx_p90_px == head.pointing_dy_p90_px == 0.0
    assert all(t.found == t.asked for t in evaluation.pooled.completeness.by_snr.values())
    assert all(t.found == t.asked for t in evaluation.pooled.completeness.by_power.values())
    reliability = evaluation.pooled.reliability
    assert reliability.n_false == reliability.n_fragments == 0
    assert {reliability.precision, reliability.recall, reliability.f1} <= {1.0, None}
    for scores in (evaluation.pooled.bright, evaluation.pooled.asked):
        assert (scores.position.p90_px or 0.0) == pytest.approx(0.0, abs=1e-6)
        for power in (scores.m_power, scores.l_power):
            assert {power.median_ratio, power.p16_ratio, power.p84_ratio} <= {1.0, None}
            assert power.interval.found == power.interval.asked == power.n
        for tally in (
            *(scores.saturated_interval, scores.saturated_flag),
            *(scores.lakes, scores.hotspots),
        ):
            assert tally.found == tally.asked


@st.composite
def truths(draw, make):
    """Truths of one visit whose sources lie anywhere, also on top of each other."""
    places = st.tuples(st.integers(-89, 89), st.integers(0, 359))
    sources = tuple(
        make.source(
            source_id=f"S{k}",
            lat_deg=float(lat),
            lon_east_deg=float(lon),
            source_class=draw(st.sampled_from(SourceClass)),
            m_power_gw_um=draw(st.floats(1e-3, 1e4)),
            l_power_gw_um=draw(st.floats(1e-4, 1e4)),
            footprint_km=draw(st.sampled_from([0.0, 5.0, 300.0])),
            m_frames=draw(st.sampled_from([(), ("F1",), ("F1", "F2")])),
            n_l_frames=draw(st.integers(0, 2)),
            km_per_px=draw(st.sampled_from([0.5, 9.0, 49.0])),
            stacked_snr=draw(st.floats(0, 1000)),
            emission_deg=draw(st.floats(0, 89)),
            saturated=draw(st.booleans()),
            resolvable=draw(st.booleans()),
            blended=draw(st.booleans()),
        )
        for k, (lat, lon) in enumerate(draw(st.lists(places, max_size=12, unique=True)))
    )
    frames = (
        make.frame(),
        make.frame("F2", dx_px=draw(st.floats(-30, 30)), dy_px=draw(st.floats(-700, 700))),
        make.frame("F3", shows_io=False, expected=Expectation.REJECTED),
        make.frame("F4", shows_io=False, defect="md5", expected=Expectation.BAD),
        make.frame("F5", expected=Expectation.ANY),
    )
    return VisitTruth("PJ01", sources, frames)


@given(data=st.data(), neutral_too=st.booleans())
def test_the_truth_written_as_a_catalogue_is_perfect(make, data, neutral_too):
    truth = data.draw(truths(make))
    roles = {SourceRole.ASKED} | ({SourceRole.NEUTRAL} if neutral_too else set())
    assert_perfect(evaluate([match_visit(truth, perfect_output(make, truth, roles))]))


@pytest.mark.parametrize("roles", [{SourceRole.ASKED}, {SourceRole.ASKED, SourceRole.NEUTRAL}])
def test_the_truth_of_the_sample_written_as_a_catalogue_is_perfect(
    make, sample_truth, tmp_path, roles
):
    for visit in truth_visits(sample_truth):
        make.write_output(
            tmp_path, perfect_output(make, read_visit_truth(sample_truth, visit), roles)
        )
    matched, without_truth = match_folders(sample_truth, tmp_path)
    evaluation = evaluate(matched, without_truth)
    assert_perfect(evaluation)
    assert evaluation.headline.completeness == 1.0
    assert evaluation.headline.n_asked > 400
    assert len(evaluation.visits) == 6


@pytest.fixture
def folders(make, tmp_path):
    """Two visits with truth, PJ01 with a perfect output and PJ02 without any."""
    source = make.source()
    for visit in ("PJ01", "PJ02"):
        truth = VisitTruth(visit, (source,), (make.frame(),))
        make.write_truth(tmp_path / "truth", truth)
    output = VisitOutput(
        "PJ01", exists=True, detections=(make.detection(),), frames=(make.record(),)
    )
    make.write_output(tmp_path / "out", output)
    make.write_output(tmp_path / "out", replace(output, visit="PJ99"))
    return tmp_path / "truth", tmp_path / "out"


def test_a_visit_without_output_has_missed_everything(folders):
    evaluation = evaluate(*match_folders(*folders))
    assert evaluation.visits_without_output == ("PJ02",)
    assert evaluation.visits_without_truth == ("PJ99",)
    assert evaluation.visits["PJ02"].completeness.bright == Tally(0, 1, 0.0)
    assert evaluation.pooled.completeness.bright == Tally(1, 2, 0.5)
    assert evaluation.pooled.pointing.good_frames == Tally(1, 2, 0.5)
    assert [fate.visit for fate in evaluation.good_frames_not_used] == ["PJ02"]
    # Its frames were not used, so it is no disc on which nothing false was found.
    assert evaluation.pooled.reliability.n_visits_imaged == 1


def test_some_visits_only(folders):
    matched, without_truth = match_folders(*folders, ["PJ01"])
    assert [visit.truth.visit for visit in matched] == ["PJ01"]
    assert without_truth == ()


def test_a_visit_without_truth_cannot_be_asked_for(folders):
    with pytest.raises(TruthError, match="no truth for PJ99; it holds PJ01, PJ02"):
        match_folders(*folders, ["PJ01", "PJ99"])


def test_products_treated_wrongly_are_counted(make):
    frames = [
        make.frame(),
        make.frame("bad", shows_io=False, expected=Expectation.BAD),
        make.frame("sky", shows_io=False, expected=Expectation.REJECTED),
        make.frame("part", expected=Expectation.ANY),
    ]
    records = [
        make.record(),
        make.record("bad"),
        make.record("sky", status=FrameStatus.REJECTED),
    ]
    evaluation = evaluate([make.visit([], [], frames, records)])
    assert evaluation.headline.n_products_wrong == 2  # the bad one used, the part unmentioned
    assert [fate.product_id for fate in evaluation.products] == ["bad", "sky", "part"]
    assert evaluation.good_frames_not_used == ()


def test_the_line_of_json_holds_every_figure_and_no_nan(folders, make):
    line = json_line(evaluate(*match_folders(*folders)))
    assert "\n" not in line
    figures = json.loads(line)
    assert figures["headline"]["completeness"] == 0.5
    assert figures["visits"]["PJ01"]["bright"]["m_power"]["median_ratio"] == 1.0
    assert figures["visits"]["PJ02"]["bright"]["m_power"]["median_ratio"] is None
    assert figures["visits_without_truth"] == ["PJ99"]
    empty = json.loads(json_line(evaluate([make.visit([], [], [], [])])))
    assert set(empty["headline"].values()) <= {None, 0}
