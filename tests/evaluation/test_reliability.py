import pytest

from hotspots.catalogue.records import FrameStatus
from hotspots.evaluation.reliability import covered_discs, reliability


def test_a_visit_by_hand(make):
    sources = [
        make.source(source_id="bright"),
        make.source(source_id="missed", lat_deg=10.0),
        make.source(source_id="also missed", lat_deg=15.0),
        make.source(source_id="faint", lat_deg=20.0, stacked_snr=4.0),
        make.source(source_id="lake", lat_deg=40.0, footprint_km=50.0),
        make.source(source_id="blended", lat_deg=60.0, blended=True),
        make.source(source_id="chance", lat_deg=-20.0, stacked_snr=0.5),
        make.source(source_id="behind", lat_deg=-60.0, m_frames=(), stacked_snr=0.0),
    ]
    detections = [
        make.detection(source_id=f"D{k}", lat_deg=lat, emission_deg=emission)
        for k, (lat, emission) in enumerate(
            [(0, 10), (20, 10), (40, 10), (40.2, 10), (60, 10), (-20, 10), (-40, 69.9), (-80, 70)]
        )
    ]
    figures = reliability([make.visit(sources, detections)])
    assert figures.n_detections == 8
    assert figures.n_asked_found == 3
    assert figures.n_neutral == 1
    assert figures.n_fragments == 1
    assert figures.n_false == 3
    assert figures.n_false_near_limb == 1
    assert figures.n_false_on_unseen == 1
    # SNR 5 up: bright and lake found, two missed; the faint one counts for nothing.
    assert figures.precision == pytest.approx(2 / 5)
    assert figures.recall == pytest.approx(2 / 4)
    assert figures.f1 == pytest.approx(2 * 2 / (5 + 4))
    # 7 of 8 sources in used frames: 1.75 hemispheres.
    assert figures.covered_discs == pytest.approx(1.75)
    assert figures.false_per_disc == pytest.approx(3.0)
    assert figures.false_per_covered_disc == pytest.approx(3 / 1.75)


def test_only_used_frames_cover_the_disc(make):
    sources = [
        make.source(source_id="S1", m_frames=("F1", "F2")),
        make.source(source_id="S2", m_frames=("F2",), lat_deg=10.0),
        make.source(source_id="S3", m_frames=("F3",), lat_deg=20.0),
        make.source(source_id="S4", m_frames=(), stacked_snr=0.0, lat_deg=30.0),
    ]
    frames = [make.frame(name) for name in ("F1", "F2", "F3")]
    records = [make.record("F1"), make.record("F2", status=FrameStatus.REJECTED)]
    assert covered_discs(make.visit(sources, [], frames, records)) == pytest.approx(0.5)


def test_a_visit_that_used_no_frame_of_io_is_no_disc(make):
    imaged = make.visit([], [make.detection()])
    sky = make.visit([], [], [make.frame(shows_io=False)])
    rejected = make.visit([], [], records=[make.record(status=FrameStatus.REJECTED)])
    figures = reliability([imaged, sky, rejected])
    assert figures.n_visits_imaged == 1
    assert figures.false_per_disc == pytest.approx(1.0)


def test_a_catalogue_without_a_list_of_frames_counts_as_imaged(make):
    figures = reliability([make.visit([make.source()], [make.detection(lat_deg=50.0)], records=[])])
    assert figures.false_per_disc == pytest.approx(1.0)
    assert figures.false_per_covered_disc is None


def test_nothing_found_has_recall_but_no_precision(make):
    figures = reliability([make.visit([make.source()], [])])
    assert figures.precision is None
    assert figures.recall == 0.0
    assert figures.f1 == 0.0
    assert figures.false_per_disc == 0.0


def test_a_false_detection_without_emission_is_not_near_the_limb(make):
    figures = reliability([make.visit([], [make.detection(emission_deg=None)])])
    assert (figures.n_false, figures.n_false_near_limb) == (1, 0)
