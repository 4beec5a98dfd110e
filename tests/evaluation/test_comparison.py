import json

import pytest

from hotspots.errors import TruthError
from hotspots.evaluation.comparison import (
    ComparedFolders,
    compare,
    comparison_json,
    match_detectors,
)
from hotspots.evaluation.outputs import VisitOutput
from hotspots.evaluation.summary import score
from hotspots.evaluation.truth import VisitTruth


def write_set(make, folder, visit):
    """A truth of two sources, an output that has both and one that has the first."""
    sources = (make.source(), make.source(source_id="S2", lat_deg=30.0))
    make.write_truth(folder / "truth", VisitTruth(visit, sources, (make.frame(),)))
    for name, lats in (("both", (0.0, 30.0)), ("one", (0.0,))):
        detections = tuple(make.detection(lat_deg=lat, p_source=1.0) for lat in lats)
        output = VisitOutput(visit, exists=True, detections=detections, frames=(make.record(),))
        make.write_output(folder / name, output)
    return ComparedFolders(folder / "truth", {n: folder / n for n in ("both", "one")})


def test_visits_of_all_truths_are_pooled_also_those_of_one_name(make, tmp_path):
    groups = [write_set(make, tmp_path / part, "PJ07") for part in ("a", "b")]
    scores = {name: compare(visits) for name, visits in match_detectors(groups).items()}
    assert list(scores) == ["both", "one"]
    assert [one.n_visits for one in scores.values()] == [2, 2]
    both, one = (scores[n].completeness["all"]["10-30"] for n in ("both", "one"))
    assert (both.found, both.asked) == (4, 4)
    assert (one.found, one.asked) == (2, 4)
    assert scores["one"].overall.recall.fraction == 0.5
    assert scores["one"].overall.precision.fraction == 1.0
    assert scores["one"].probability.expected_calibration_error == 0.0


def test_overall_figures_are_those_of_the_evaluation(make):
    sources = [
        make.source(source_id=f"S{k}", lat_deg=10.0 * k, stacked_snr=snr)
        for k, snr in enumerate((4.0, 6.0, 20.0, 40.0))
    ]
    detections = [make.detection(lat_deg=lat) for lat in (0.0, 10.0, 30.0, -40.0, -50.0)]
    visits = [make.visit(sources, detections), make.visit(sources, [], name="PJ02")]
    here, there = compare(visits), score(visits)
    assert here.overall.precision.fraction == there.reliability.precision == 0.5
    assert here.overall.recall.fraction == there.reliability.recall == pytest.approx(2 / 6)
    assert here.overall.f1 == there.reliability.f1
    assert here.false.total.per_visit == there.reliability.false_per_disc
    assert here.false.total.per_covered_disc == there.reliability.false_per_covered_disc
    assert here.bright == there.bright
    for name, tally in there.completeness.by_snr.items():
        column = [here.completeness[scale][name] for scale in ("<2", "2-20", ">20")]
        assert sum(one.found for one in column) == here.completeness["all"][name].found
        assert here.completeness["all"][name].asked == tally.asked
        assert here.completeness["all"][name].fraction == tally.fraction


def test_a_detector_that_lacks_a_truth_is_no_fair_comparison(make, tmp_path):
    first = write_set(make, tmp_path, "PJ07")
    second = ComparedFolders(tmp_path / "more", {"both": tmp_path / "both"})
    with pytest.raises(TruthError, match="more: compared with outputs of both; wanted both, one"):
        match_detectors([first, second])


def test_a_visit_without_output_is_missed_and_named(make, tmp_path):
    group = write_set(make, tmp_path, "PJ07")
    make.write_truth(tmp_path / "truth", VisitTruth("PJ08", (make.source(),), (make.frame(),)))
    scores = compare(match_detectors([group])["both"])
    assert scores.visits_without_output == ("PJ08",)
    assert scores.completeness["all"]["10-30"].asked == 3
    assert scores.false.total.n_visits_imaged == 1


def test_json_holds_counts_and_null_for_what_was_not_asked(make):
    scores = compare([make.visit([make.source()], [make.detection()])])
    figures = json.loads(comparison_json({"mine": scores}))["mine"]
    assert figures["completeness"]["2-20"]["10-30"]["found"] == 1
    assert figures["completeness"]["<2"]["10-30"]["fraction"] is None
    assert figures["lakes"]["score"]["f1"] is None
    assert figures["probability"]["expected_calibration_error"] is None
    assert len(figures["probability"]["bins"]) == 15
