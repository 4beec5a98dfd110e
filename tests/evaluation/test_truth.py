import pytest

from hotspots.catalogue.records import SourceClass
from hotspots.errors import TruthError
from hotspots.evaluation.truth import Expectation, VisitTruth, read_visit_truth, truth_visits


def test_what_was_written_is_read(make, tmp_path):
    truth = VisitTruth(
        "PJ07",
        (
            make.source(
                lat_deg=-12.5,
                lon_east_deg=359.75,
                centre_lat_deg=-12.25,
                centre_lon_east_deg=0.25,
                source_class=SourceClass.LAVA_LAKE,
                footprint_km=42.0,
                m_frames=("F1", "F2"),
                n_l_frames=3,
                saturated=True,
                resolvable=True,
                blended=True,
            ),
            make.source(source_id="S2", m_frames=(), km_per_px=0.0, emission_deg=-1.0),
            make.source(source_id="S3", colour_temperature_k=512.5),
        ),
        (
            make.frame(km_per_px=12.5),
            make.frame("F2", defect="md5", shows_io=False, expected=Expectation.BAD),
        ),
    )
    make.write_truth(tmp_path, truth)
    assert read_visit_truth(tmp_path, "PJ07") == truth


def test_totals_are_the_sums_of_components(make, tmp_path):
    make.write_truth(tmp_path, VisitTruth("PJ07", (make.source(total_power_gw=12.0),), ()))
    (source,) = read_visit_truth(tmp_path, "PJ07").sources
    assert source.total_power_gw == pytest.approx(12.0)
    table = tmp_path / "PJ07_sources.csv"
    table.write_text(table.read_text().replace("500K", "hot"))
    with pytest.raises(TruthError, match="components is 'hot"):
        read_visit_truth(tmp_path, "PJ07")


def test_visits_are_named_by_their_source_tables(make, tmp_path):
    for visit in ("PJ53", "PJ07"):
        make.write_truth(tmp_path, VisitTruth(visit, (), ()))
    assert truth_visits(tmp_path) == ("PJ07", "PJ53")


def test_a_folder_without_truth_is_named(tmp_path):
    with pytest.raises(TruthError, match=r"absent: no such folder"):
        truth_visits(tmp_path / "absent")
    with pytest.raises(TruthError, match=r"no PJnn_sources\.csv in it"):
        truth_visits(tmp_path)


def test_a_missing_frames_table_is_named(make, tmp_path):
    make.write_truth(tmp_path, VisitTruth("PJ07", (), ()))
    (tmp_path / "PJ07_frames.csv").unlink()
    with pytest.raises(TruthError, match=r"PJ07_frames\.csv: cannot be read"):
        read_visit_truth(tmp_path, "PJ07")


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"lat_deg": 91.0}, "lat is '91.0'"),
        ({"lon_east_deg": -1.0}, "lon_east is '-1.0'"),
        ({"m_power_gw_um": 0.0}, "S_M is '0.0'"),
        ({"km_per_px": 0.0}, "km_per_px is '0.0'; wanted more than 0"),
        ({"stacked_snr": -3.0}, "stacked_snr is '-3.0'"),
    ],
)
def test_impossible_sources_are_refused(make, tmp_path, changes, complaint):
    make.write_truth(tmp_path, VisitTruth("PJ07", (make.source(**changes),), ()))
    with pytest.raises(TruthError, match=r"PJ07_sources\.csv line 2") as caught:
        read_visit_truth(tmp_path, "PJ07")
    assert complaint in str(caught.value)


def test_the_count_of_frames_must_agree_with_their_list(make, tmp_path):
    make.write_truth(tmp_path, VisitTruth("PJ07", (make.source(),), ()))
    path = tmp_path / "PJ07_sources.csv"
    path.write_text(path.read_text().replace(",F1,", ",F1;F2,"))
    with pytest.raises(TruthError, match="n_visible is '1'; wanted 2, as many as"):
        read_visit_truth(tmp_path, "PJ07")


def test_one_name_for_two_sources_is_refused(make, tmp_path):
    make.write_truth(tmp_path, VisitTruth("PJ07", (make.source(), make.source(lat_deg=5.0)), ()))
    with pytest.raises(TruthError, match="line 3: source_id is 'S1'"):
        read_visit_truth(tmp_path, "PJ07")


def test_extended_means_wider_than_a_pixel(make):
    assert not make.source(footprint_km=10.0, km_per_px=10.0).is_extended
    assert make.source(footprint_km=10.1, km_per_px=10.0).is_extended
