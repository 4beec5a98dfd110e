"""The command as a user meets it, on tables written out by hand."""

import json

import pytest

from hotspots.evaluate import main

SOURCES = """\
source_id,lat,lon_east,geo_lat,geo_lon_east,class,S_M,S_L,footprint_km,n_visible,n_visible_L,\
visible_frames,best_snr_emission_deg,km_per_px,stacked_snr,saturated,resolvable,blended_with
A,10,0.2,10,0.2,hotspot,4.0,2.0,1,1,0,F1,30,20,50,0,0,
B,-30,100,-30,100,hotspot,0.5,0.1,1,1,0,F1,40,20,12,0,0,
C,-30,101,-30,101,hotspot,0.2,0.1,1,1,0,F1,40,20,8,0,0,B
"""
FRAMES = """\
product,kind,defect,is_io,dx,dy,expected
F1,io,,1,2.5,-530.0,used
F2,io,md5,0,2.5,-530.0,bad
"""
FOUND = """\
visit,source_id,lat_deg,lon_east_deg,class,saturated,emission_deg,m_power_gw_um,\
m_power_lo_gw_um,m_power_hi_gw_um,l_power_gw_um,l_power_lo_gw_um,l_power_hi_gw_um
PJ01,1,10,359.9,hotspot,0,30,4.4,4.1,4.8,,,
PJ01,2,60,200,hotspot,0,75,0.1,0.05,0.2,,,
"""
PRODUCTS = """\
product_id,status,reason,dx_px,dy_px,sigma_px
F1,used,,2.3,-530.4,0.3
F2,failed,MD5 sum differs,,,
"""


@pytest.fixture
def folders(tmp_path):
    truth, out = tmp_path / "truth", tmp_path / "out"
    truth.mkdir()
    (out / "PJ01").mkdir(parents=True)
    (truth / "PJ01_sources.csv").write_text(SOURCES)
    (truth / "PJ01_frames.csv").write_text(FRAMES)
    (out / "PJ01" / "hotspots.csv").write_text(FOUND)
    (out / "PJ01" / "frames.csv").write_text(PRODUCTS)
    return truth, out


def run(capsys, *arguments):
    status = main([str(argument) for argument in arguments])
    return status, *capsys.readouterr()


def test_the_last_line_is_json_with_the_figures_worked_by_hand(folders, capsys):
    status, output, errors = run(capsys, *folders)
    head = json.loads(output.splitlines()[-1])["headline"]
    assert (status, errors) == (0, "")
    assert (head["n_found"], head["n_asked"], head["completeness"]) == (1, 2, 0.5)
    assert head["false_per_disc"] == 1.0
    # 0.3 degrees of longitude at 10 degrees north: 0.3 x 31.791 x cos 10 = 9.3924 km of 20 a px.
    assert head["position_median_px"] == pytest.approx(0.46962, abs=1e-4)
    assert head["m_power_median_ratio"] == pytest.approx(1.1)
    assert head["m_power_interval_coverage"] == 0.0
    assert head["pointing_dx_p90_px"] == pytest.approx(0.2)
    assert head["pointing_dy_p90_px"] == pytest.approx(0.4)
    assert head["n_products_wrong"] == 0


def test_json_and_matches_go_to_files(folders, capsys, tmp_path):
    json_path, matches_path = tmp_path / "figures.json", tmp_path / "matches.csv"
    status, output, _ = run(capsys, *folders, "--json", json_path, "--matches", matches_path)
    assert status == 0
    assert json_path.read_text() == output.splitlines()[-1] + "\n"
    outcomes = [line.split(",")[1] for line in matches_path.read_text().splitlines()]
    assert outcomes == ["outcome", "found", "missed", "false"]


def test_a_run_that_found_nothing_is_compared(folders, capsys):
    truth, out = folders
    (out / "PJ01" / "hotspots.csv").write_text(FOUND.splitlines()[0] + "\n")
    status, output, _ = run(capsys, truth, out)
    head = json.loads(output.splitlines()[-1])["headline"]
    assert status == 0
    assert (head["completeness"], head["false_per_disc"]) == (0.0, 0.0)
    assert head["position_median_px"] is None


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda truth, out: (truth / "PJ01_frames.csv").unlink(), "PJ01_frames.csv: cannot"),
        (lambda truth, out: (truth / "PJ01_sources.csv").unlink(), "truth: no PJnn_sources.csv"),
        (
            lambda truth, out: (out / "PJ01" / "hotspots.csv").write_text("a,b\n1,2\n"),
            "hotspots.csv: column(s) source_id",
        ),
        (lambda truth, out: out.rename(out.with_name("moved")), "out: no such folder"),
    ],
)
def test_what_cannot_be_compared_is_one_line_and_status_2(folders, capsys, spoil, complaint):
    spoil(*folders)
    status, output, errors = run(capsys, *folders)
    assert (status, output) == (2, "")
    assert errors.startswith("evaluate: ")
    assert complaint in errors
    assert errors.count("\n") == 1


def test_a_visit_without_truth_is_a_wrong_argument(folders, capsys):
    status, _, errors = run(capsys, *folders, "--visits", "PJ77")
    assert status == 2
    assert "no truth for PJ77; it holds PJ01" in errors


def test_a_file_that_cannot_be_written_is_named(folders, capsys, tmp_path):
    status, _, errors = run(capsys, *folders, "--json", tmp_path / "absent" / "x.json")
    assert status == 2
    assert "x.json: cannot be written" in errors


def test_wrong_arguments_end_with_2_and_help_with_0(capsys):
    with pytest.raises(SystemExit) as caught:
        main([])
    assert caught.value.code == 2
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    assert "Exit status" in capsys.readouterr().out
