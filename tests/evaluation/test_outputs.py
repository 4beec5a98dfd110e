import pytest

from hotspots.catalogue.records import FrameStatus, SourceClass
from hotspots.errors import TruthError
from hotspots.evaluation.outputs import (
    MeasuredPower,
    MeasuredQuantity,
    PlaceError,
    VisitOutput,
    output_visits,
    read_visit_output,
)


def test_what_was_written_is_read(make, tmp_path):
    output = VisitOutput(
        "PJ07",
        exists=True,
        detections=(
            make.detection(
                source_class=SourceClass.LAVA_LAKE,
                saturated=True,
                snr=12.5,
                km_per_px=0.75,
                p_source=0.625,
                temperature_k=MeasuredQuantity(500.0, 480.0, None),
                total_power_gw=MeasuredQuantity(None, 10.0, 30.0),
                place_error=PlaceError(2.0, 4.0, 1.0, 30.0),
            ),
            make.detection(
                source_id="D2", emission_deg=None, m_power=MeasuredPower(5.0, 4.0, None, 3.0, None)
            ),
        ),
        frames=(
            make.record(),
            make.record(
                "F2",
                status=FrameStatus.FAILED,
                reason="truncated, 3 lines",
                dx_px=None,
                dy_px=None,
                sigma_px=None,
            ),
        ),
    )
    make.write_output(tmp_path, output)
    assert read_visit_output(tmp_path, "PJ07") == output


def with_columns(folder, **cells):
    """A catalogue of one row: the columns that must be there, and some more."""
    plain = {
        **dict.fromkeys(("source_id", "lat_deg", "lon_east_deg", "saturated"), "0"),
        "class": "hotspot",
        "emission_deg": "",
        **{f"{band}_power{end}_gw_um": "" for band in "ml" for end in ("", "_lo", "_hi")},
        **cells,
    }
    (folder / "PJ07").mkdir()
    text = f"{','.join(plain)}\n{','.join(plain.values())}\n"
    (folder / "PJ07" / "hotspots.csv").write_text(text)
    return folder


def test_other_programs_need_not_give_snr_scale_and_probabilities(tmp_path):
    (found,) = read_visit_output(with_columns(tmp_path), "PJ07").detections
    assert found.snr is found.km_per_px is found.p_source is None


@pytest.mark.parametrize(
    ("hotspot", "lava_lake", "p_source"),
    [("0.25", "0.5", 0.75), ("0.5001", "0.5", 1.0), ("0.5", "", None)],
)
def test_the_classes_probabilities_are_added(tmp_path, hotspot, lava_lake, p_source):
    folder = with_columns(tmp_path, p_hotspot=hotspot, p_lava_lake=lava_lake)
    (found,) = read_visit_output(folder, "PJ07").detections
    assert found.p_source == p_source


@pytest.mark.parametrize(("hotspot", "lava_lake"), [("0.7", "0.5"), ("-0.1", "0.5")])
def test_what_is_no_pair_of_probabilities_is_refused(tmp_path, hotspot, lava_lake):
    folder = with_columns(tmp_path, p_hotspot=hotspot, p_lava_lake=lava_lake)
    with pytest.raises(TruthError, match=f"line 2: p_hotspot is '{hotspot}'.*p_lava_lake is 0.5"):
        read_visit_output(folder, "PJ07")


def test_a_heading_alone_is_a_catalogue_in_which_nothing_was_found(make, tmp_path):
    make.write_output(tmp_path, VisitOutput("PJ07", exists=True))
    assert read_visit_output(tmp_path, "PJ07") == VisitOutput("PJ07", exists=True)


def test_a_visit_without_tables_does_not_exist(tmp_path):
    assert read_visit_output(tmp_path, "PJ07") == VisitOutput("PJ07", exists=False)


def test_visits_are_folders_with_a_table(make, tmp_path):
    make.write_output(tmp_path, VisitOutput("PJ53", exists=True))
    make.write_output(tmp_path, VisitOutput("PJ07", exists=True))
    (tmp_path / "PJ07" / "hotspots.csv").unlink()
    (tmp_path / "PJ99").mkdir()
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "frames.csv").touch()
    assert output_visits(tmp_path) == ("PJ07", "PJ53")


def test_a_folder_without_output_is_named(tmp_path):
    with pytest.raises(TruthError, match="absent: no such folder"):
        output_visits(tmp_path / "absent")
    with pytest.raises(TruthError, match=r"no PJnn/hotspots\.csv in it"):
        output_visits(tmp_path)


def test_an_unknown_status_is_refused(make, tmp_path):
    make.write_output(tmp_path, VisitOutput("PJ07", exists=True, frames=(make.record(),)))
    path = tmp_path / "PJ07" / "frames.csv"
    path.write_text(path.read_text().replace("used", "good"))
    with pytest.raises(TruthError, match=r"frames\.csv line 2: status is 'good'; wanted used or"):
        read_visit_output(tmp_path, "PJ07")


def test_a_product_listed_twice_is_refused(make, tmp_path):
    twice = VisitOutput("PJ07", exists=True, frames=(make.record(), make.record()))
    make.write_output(tmp_path, twice)
    with pytest.raises(TruthError, match="line 3: product_id is 'F1'; wanted one row for each"):
        read_visit_output(tmp_path, "PJ07")


def test_columns_that_are_not_judged_may_be_missing(tmp_path):
    heading = "source_id,lat_deg,lon_east_deg,class,saturated,emission_deg,m_power_gw_um,"
    rest = "m_power_lo_gw_um,m_power_hi_gw_um,l_power_gw_um,l_power_lo_gw_um,l_power_hi_gw_um"
    (tmp_path / "PJ07").mkdir()
    table = tmp_path / "PJ07" / "hotspots.csv"
    table.write_text(f"{heading}{rest}\nX,1,360,hotspot,0,,,,,,,\n")
    (only,) = read_visit_output(tmp_path, "PJ07").detections
    assert (only.lat_deg, only.lon_east_deg, only.m_power.value) == (1.0, 360.0, None)
    table.write_text(table.read_text().replace("lat_deg", "latitude"))
    with pytest.raises(TruthError, match=r"column\(s\) lat_deg missing"):
        read_visit_output(tmp_path, "PJ07")
