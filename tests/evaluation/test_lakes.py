import pytest

from hotspots.catalogue.records import SourceClass
from hotspots.evaluation.lakes import lake_score

LAKE = SourceClass.LAVA_LAKE


def test_every_kind_of_answer_counts_where_it_belongs(make):
    def lake(name, lat, **changes):
        plain = {"source_class": LAKE, "resolvable": True}
        return make.source(source_id=name, lat_deg=lat, **{**plain, **changes})

    sources = [
        lake("called so", 0.0),
        lake("called so too", 10.0),
        lake("called hot spot", 20.0),
        lake("not found", 30.0),
        lake("narrow, called hot spot", 40.0, resolvable=False),
        lake("narrow, called lake", 50.0, resolvable=False),
        lake("near the limb, called hot spot", 60.0, emission_deg=75.0),
        make.source(source_id="hot spot called lake", lat_deg=-10.0),
        make.source(source_id="hot spot", lat_deg=-20.0),
        make.source(source_id="blended, called lake", lat_deg=-30.0, blended=True),
    ]
    called_lakes = (0.0, 10.0, 50.0, -10.0, -30.0, -70.0)  # nothing is at 70 degrees south
    called_hotspots = (20.0, 40.0, 60.0, -20.0, -80.0)  # nor at 80
    detections = [
        *(make.detection(lat_deg=lat, source_class=LAKE) for lat in called_lakes),
        *(make.detection(lat_deg=lat) for lat in called_hotspots),
    ]
    figures = lake_score([make.visit(sources, detections)])
    assert figures.n_hotspots_called_lakes == 1
    assert figures.n_false_called_lakes == 1
    assert figures.n_lakes_not_found == 1
    precision, recall = figures.score.precision, figures.score.recall
    assert (precision.found, precision.asked) == (2, 4)
    assert (recall.found, recall.asked) == (2, 4)
    assert figures.score.f1 == pytest.approx(0.5)


def test_without_lakes_there_is_no_score(make):
    figures = lake_score([make.visit([make.source()], [make.detection()])])
    assert figures.score.f1 is None
    assert figures.score.precision.fraction is figures.score.recall.fraction is None
