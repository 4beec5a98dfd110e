"""Links against the truth: every kind of pair, right and wrong, by hand."""

import dataclasses

import pytest

from hotspots.evaluation.links import LinkedDetection, read_links, score_links
from hotspots.products.tables import write_sources
from tests.catalogue.made_sources import made_source
from tests.evaluation.conftest import SOURCE_HEADING, make_source

DEG_KM = 31.79


def linked(visit, name, volcano_id, lat_deg=0.0, **changes):
    given = {
        "visit": f"PJ{visit}",
        "name": name,
        "volcano_id": volcano_id,
        "source": make_source(lat_deg=lat_deg),
        "record": made_source(visit),
        "alone": True,
        "blend": False,
    }
    return LinkedDetection(**given | changes)


def test_right_links_have_no_faults():
    links = [linked(1, "Loki", "a"), linked(2, "Loki", "a"), linked(2, "Pele", "b", lat_deg=9.0)]
    score = score_links(links)
    assert (score.same, score.same_split) == (1, 0)
    assert (score.apart, score.apart_merged) == (1, 0)
    assert score.detections == 3
    assert score.faults == ()


def test_a_split_and_a_merge():
    score = score_links([linked(1, "Loki", "a"), linked(2, "Loki", "b")])
    assert (score.same, score.same_split) == (1, 1)
    score = score_links([linked(1, "Loki", "a"), linked(2, "Pele", "a", lat_deg=1.0)])
    assert (score.apart, score.apart_merged) == (1, 1)
    (fault,) = score.faults
    assert fault.names == ("Loki", "Pele")
    assert fault.source_ids == ("PJ1_001", "PJ2_001")
    assert fault.distance_km == pytest.approx(DEG_KM, abs=0.1)
    assert fault.distance_px == pytest.approx(DEG_KM / 10.0, abs=0.01)


def test_what_is_nearer_than_three_pixels_of_the_coarser_visit_may_be_merged():
    coarse = make_source(lat_deg=1.0, km_per_px=11.0)
    links = [linked(1, "Loki", "a"), linked(2, "Pele", "a", source=coarse)]
    assert score_links(links).apart == 0


def test_a_crowded_volcano_is_counted_apart():
    score = score_links([linked(1, "Loki", "a"), linked(2, "Loki", "b", alone=False)])
    assert (score.same, score.crowded, score.crowded_split) == (0, 1, 1)


def test_a_blend_is_counted_apart():
    blend = linked(2, "Loki", "b", blend=True)
    score = score_links([linked(1, "Loki", "a"), blend])
    assert (score.blends, score.blends_wrong, score.same) == (1, 1, 0)
    assert score.detections == 1
    merged = score_links([linked(1, "Pele", "b", lat_deg=9.0), blend])
    assert (merged.blends, merged.blends_wrong, merged.apart) == (1, 1, 0)


def test_sources_of_one_visit_are_no_pair():
    score = score_links([linked(1, "Loki", "a"), linked(1, "Pele", "a", lat_deg=9.0)])
    assert (score.same, score.apart, score.faults) == (0, 0, ())


@pytest.fixture
def folders(tmp_path):
    """Two visits with Loki, a lake over two sources, and two sources of one name."""
    frames = "product,kind,defect,is_io,dx,dy,expected\n"
    truth, out = tmp_path / "truth", tmp_path / "out"
    truth.mkdir()
    places = {"Loki": 0.0, "A": 10.0, "B": 11.0, "twin": 20.0, "no": 30.0}
    catalogue = []
    for visit in (1, 2):
        name = f"PJ{visit}"
        rows = []
        for number, (source, lat) in enumerate([*places.items(), ("twin", 25.0), ("", 40.0)]):
            values = dict.fromkeys(SOURCE_HEADING, "0") | {
                "visit": name,
                "source_id": f"S{number}",
                "name": source,
                "lat": lat,
                "lon_east": 5.0,
                "geo_lat": lat,
                "geo_lon_east": 5.0,
                "class": "hotspot",
                "S_M": 1.0,
                "S_L": 1.0,
                "footprint_km": 0.5,
                "n_visible": 1,
                "visible_frames": "F",
                "best_snr_emission_deg": 20.0,
                "km_per_px": 10.0,
                "stacked_snr": 20.0,
                "blended_with": "",
                "components": "",
            }
            rows.append(",".join(str(values[column]) for column in SOURCE_HEADING))
        (truth / f"{name}_sources.csv").write_text("\n".join([",".join(SOURCE_HEADING), *rows]))
        (truth / f"{name}_frames.csv").write_text(frames)
        found = [
            made_source(visit, 1, lat_deg=0.1, lon_east_deg=5.0),
            made_source(visit, 2, lat_deg=10.0, lon_east_deg=5.0, diameter_km=70.0),
            made_source(visit, 3, lat_deg=20.0, lon_east_deg=5.0),
            made_source(visit, 4, lat_deg=40.0, lon_east_deg=5.0),
        ]
        (out / name).mkdir(parents=True)
        write_sources(out / name / "hotspots.csv", found)
        catalogue += [dataclasses.replace(one, volcano_id=f"v{one.source_id[-1]}") for one in found]
    write_sources(out / "catalogue.csv", catalogue)
    return truth, out


def test_links_are_read_from_the_folders(folders):
    links = read_links(*folders)
    assert [(one.visit, one.name, one.volcano_id) for one in links] == [
        ("PJ1", "Loki", "v1"),
        ("PJ1", "A", "v2"),
        ("PJ2", "Loki", "v1"),
        ("PJ2", "A", "v2"),
    ]
    assert [one.blend for one in links] == [False, True, False, True]
    assert all(one.alone for one in links)
    assert score_links(links).same == 1
