"""The command that sets detectors side by side, as a user meets it."""

import json

import pytest

from hotspots.compare import main

SOURCES = """\
source_id,lat,lon_east,geo_lat,geo_lon_east,class,S_M,S_L,footprint_km,n_visible,n_visible_L,\
visible_frames,best_snr_emission_deg,km_per_px,stacked_snr,saturated,resolvable,blended_with
A,10,0.2,10,0.2,hotspot,4.0,2.0,1,1,0,F1,30,20,50,0,0,
B,-30,100,-30,100,lava_lake,0.5,0.1,80,1,0,F1,40,20,12,0,1,
"""
FRAMES = "product,kind,defect,is_io,dx,dy,expected\nF1,io,,1,2.5,-530.0,used\n"
HEADING = (
    "source_id,lat_deg,lon_east_deg,class,saturated,emission_deg,m_power_gw_um,m_power_lo_gw_um,"
    "m_power_hi_gw_um,l_power_gw_um,l_power_lo_gw_um,l_power_hi_gw_um,snr,p_hotspot,p_lava_lake\n"
)
FOUND = {
    "classical": "1,10,0.2,hotspot,0,30,4.4,4.1,4.8,,,,50,0.9,0.1\n",
    "network": (
        "1,10,0.2,hotspot,0,30,4.0,3.9,4.1,,,,50,0.9,0.0\n"
        "2,-30,100,lava_lake,0,30,0.5,0.4,0.6,,,,12,0.2,0.6\n"
        "3,60,200,hotspot,0,75,0.1,0.05,0.2,,,,4,0.3,0.1\n"
    ),
}
PRODUCTS = "product_id,status,reason,dx_px,dy_px,sigma_px\nF1,used,,2.3,-530.4,0.3\n"


@pytest.fixture
def words(tmp_path):
    (tmp_path / "truth").mkdir()
    (tmp_path / "truth" / "PJ01_sources.csv").write_text(SOURCES)
    (tmp_path / "truth" / "PJ01_frames.csv").write_text(FRAMES)
    for name, rows in FOUND.items():
        folder = tmp_path / name / "PJ01"
        folder.mkdir(parents=True)
        (folder / "hotspots.csv").write_text(HEADING + rows)
        (folder / "frames.csv").write_text(PRODUCTS)
    return [str(tmp_path / "truth"), *(f"{name}={tmp_path / name}" for name in FOUND)]


def test_detectors_stand_side_by_side_with_figures_worked_by_hand(words, capsys, tmp_path):
    assert main([*words, "--json", str(tmp_path / "x.json")]) == 0
    assert "classical" in capsys.readouterr().out
    figures = json.loads((tmp_path / "x.json").read_text())
    assert list(figures) == ["classical", "network"]
    network = figures["network"]
    assert figures["classical"]["lakes"]["score"]["f1"] == 0.0
    assert network["lakes"]["score"]["f1"] == 1.0
    assert network["false"]["total"]["per_visit"] == 1.0
    assert network["false"]["by_snr"]["3-5"]["n_false"] == 1
    assert network["completeness"][">20"]["10-30"]["fraction"] == 1.0
    assert network["overall"]["f1"] == pytest.approx(0.8)
    # Probabilities 0.9 and 0.8 of real ones and 0.4 of a false one, each alone in its bin.
    assert network["probability"]["expected_calibration_error"] == pytest.approx(0.7 / 3)
    assert network["probability"]["brier"] == pytest.approx((0.01 + 0.04 + 0.16) / 3)


def test_further_truths_are_pooled(words, tmp_path):
    path = tmp_path / "x.json"
    assert main([*words, "--also", *words, "--also", *words, "--json", str(path)]) == 0
    network = json.loads(path.read_text())["network"]
    assert network["n_visits"] == 3
    assert network["false"]["total"]["n_false"] == 3
    assert network["false"]["total"]["per_visit"] == 1.0


def test_markdown_goes_to_a_file(words, tmp_path):
    path = tmp_path / "x.md"
    assert main([*words, "--markdown", str(path)]) == 0
    assert path.read_text().startswith("| | classical | network |\n")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda words: words[:1], "nothing to compare with it"),
        (lambda words: [*words, "loose"], "loose: wanted NAME=OUT"),
        (lambda words: [*words, "=x"], "=x: wanted NAME=OUT"),
        (lambda words: [*words, "network=x"], "network names"),
        (lambda words: [*words, "third=absent"], "absent: no such folder"),
        (lambda words: [*words, "--also", *words[:2]], "to compare like with like"),
        (lambda words: [*words, "--picture", "x.png"], "no map of any of these visits"),
        (lambda words: [*words, "--json", "absent/x.json"], "x.json: cannot be written"),
    ],
)
def test_what_cannot_be_compared_is_one_line_and_status_2(words, capsys, change, complaint):
    assert main(change(words)) == 2
    output, errors = capsys.readouterr()
    assert output == ""
    assert errors.startswith("compare: ")
    assert complaint in errors
    assert errors.count("\n") == 1


def test_wrong_arguments_end_with_2_and_help_with_0(capsys):
    with pytest.raises(SystemExit) as caught:
        main([])
    assert caught.value.code == 2
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    assert "--also" in capsys.readouterr().out
