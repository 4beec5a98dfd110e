import csv

import pytest

from hotspots.errors import ProductError
from hotspots.evaluation.matches_table import MATCH_COLUMNS, write_matches


def test_every_outcome_has_its_row(make, tmp_path):
    sources = [
        make.source(source_id="lake", footprint_km=50.0),
        make.source(source_id="missed", lat_deg=20.0),
        make.source(source_id="blended", lat_deg=40.0, blended=True),
        make.source(source_id="chance", lat_deg=60.0, stacked_snr=0.5),
    ]
    detections = [
        make.detection(source_id=f"D{k}", lat_deg=lat)
        for k, lat in enumerate([0.0, 0.3, 40.0, 60.0, -40.0])
    ]
    path = tmp_path / "matches.csv"
    write_matches([make.visit(sources, detections)], path)
    with path.open(newline="") as stream:
        reader = csv.DictReader(stream)
        rows = list(reader)
        assert tuple(reader.fieldnames) == MATCH_COLUMNS
    assert [(row["outcome"], row["truth_id"], row["detection_id"]) for row in rows] == [
        ("found", "lake", "D0"),
        ("missed", "missed", ""),
        ("neutral", "blended", "D2"),
        ("fragment", "lake", "D1"),
        ("false", "chance", "D3"),
        ("false", "", "D4"),
    ]
    assert rows[3]["separation_px"] == "0.954"  # 0.3 degrees at 10 km a pixel
    assert rows[0]["m_power_hi_gw_um"] == "3.0"
    assert rows[1]["truth_m_power_gw_um"] == "2.0"


def test_a_folder_that_is_not_there_is_named(make, tmp_path):
    with pytest.raises(ProductError, match=r"matches\.csv: cannot be written"):
        write_matches([make.visit()], tmp_path / "absent" / "matches.csv")
