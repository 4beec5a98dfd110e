"""Scores of the radiometer's maps on made-up maps whose errors are known."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotspots.body import latitude_longitude
from hotspots.catalogue.radiometer_records import RadiometerRecord
from hotspots.errors import TruthError
from hotspots.evaluation.radiometer import area_under_curve, score_channels, score_lava
from hotspots.evaluation.radiometer_truth import RadiometerTruth, read_radiometer_truth
from hotspots.gridding.radiometer.cells import cell_centres

CELLS = cell_centres(8)
LATITUDE, LONGITUDE = latitude_longitude(CELLS)


def write_truth(folder: Path, lava: np.ndarray) -> Path:
    tb = np.tile(100.0 + 10.0 * CELLS[:, 2:], (1, 6))
    np.savez(
        folder / "maps.npz",
        lat=LATITUDE,
        lon=LONGITUDE,
        tb=tb,
        lava_fraction=lava,
        lava_eq10=1.5 * lava,
    )
    (folder / "bad_rows.csv").write_text("t_utc_doy,kind\na,blank\nb,blank\nc,dup\n")
    return folder


def records(truth: RadiometerTruth, error_k: float, fraction: np.ndarray) -> list[RadiometerRecord]:
    return [
        RadiometerRecord(
            lat_deg=float(LATITUDE[i]),
            lon_east_deg=float(LONGITUDE[i]),
            channel=channel,
            tb_k=float(truth.tb_k[i, 0]) + error_k * (-1) ** i + 1.0,
            tb_sigma_k=2.5,
            resolution_km=50.0,
            lava_fraction=float(fraction[i]),
            lava_fraction_sigma=0.02,
        )
        for i in range(len(CELLS))
        for channel in (1, 4)
    ]


def test_bias_rms_and_coverage_of_known_errors(tmp_path: Path) -> None:
    truth = read_radiometer_truth(write_truth(tmp_path, np.zeros(len(CELLS))))
    scores = score_channels(records(truth, 2.0, np.zeros(len(CELLS))), truth)
    # Errors of 3 and -1 K by turns: bias 1, rms sqrt(5), half of them within 2.5 K.
    assert [score.cells for score in scores] == [768, 0, 0, 768, 0, 0]
    assert scores[0].bias_k == pytest.approx(1.0, abs=1e-9)
    assert scores[0].rms_k == pytest.approx(np.sqrt(5.0))
    assert scores[3].coverage == pytest.approx(0.5)
    assert scores[3].finest_km == 50.0
    assert scores[1].bias_k is None


def test_truth_is_smoothed_to_the_stated_width(tmp_path: Path) -> None:
    truth = read_radiometer_truth(write_truth(tmp_path, np.zeros(len(CELLS))))
    wide = [
        RadiometerRecord(
            lat_deg=89.0,
            lon_east_deg=10.0,
            channel=2,
            tb_k=110.0,
            tb_sigma_k=1.0,
            resolution_km=3000.0,
        )
    ]
    # At the pole the temperature is highest; its mean over 3,000 km is lower.
    assert score_channels(wide, truth)[1].bias_k > 2.0


def test_lava_in_the_right_order_is_a_perfect_curve(tmp_path: Path) -> None:
    lava = np.clip(CELLS[:, 0], 0.0, 1.0) * 0.3
    truth = read_radiometer_truth(write_truth(tmp_path, lava))
    score = score_lava(records(truth, 0.0, lava), truth)
    assert score.cells == 768
    assert score.area_under_curve == pytest.approx(1.0, abs=0.01)
    assert score.coverage > 0.99
    assert score.true_fraction == pytest.approx(score.fraction, abs=0.002)
    reverse = score_lava(records(truth, 0.0, 0.3 - lava), truth)
    assert reverse.area_under_curve == pytest.approx(0.0, abs=0.01)


def test_globe_without_lava_has_no_curve_but_a_warm_area(tmp_path: Path) -> None:
    truth = read_radiometer_truth(write_truth(tmp_path, np.zeros(len(CELLS))))
    fraction = np.zeros(len(CELLS))
    fraction[:77] = 0.05
    score = score_lava(records(truth, 0.0, fraction), truth)
    assert not truth.has_lava
    assert score.area_under_curve is None
    assert score.called_warm_2_sigma == pytest.approx(77 / 768)
    assert score.called_warm_3_sigma == 0.0
    assert score_lava([], truth).cells == 0


def test_bad_rows_are_counted(tmp_path: Path) -> None:
    truth = read_radiometer_truth(write_truth(tmp_path, np.zeros(len(CELLS))))
    assert truth.bad_rows == {"blank": 2, "dup": 1}


def test_truth_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(TruthError, match=r"maps\.npz"):
        read_radiometer_truth(tmp_path)
    (tmp_path / "maps.npz").write_bytes(b"no array")
    with pytest.raises(TruthError, match=r"maps\.npz"):
        read_radiometer_truth(tmp_path)
    write_truth(tmp_path, np.zeros(len(CELLS)))
    (tmp_path / "bad_rows.csv").unlink()
    with pytest.raises(TruthError, match=r"bad_rows\.csv"):
        read_radiometer_truth(tmp_path)


@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=20),
    st.lists(st.integers(0, 5), min_size=1, max_size=20),
)
def test_curve_is_the_count_of_pairs(high: list[int], low: list[int]) -> None:
    pairs = [(a > b) + 0.5 * (a == b) for a in high for b in low]
    scores = np.array([*high, *low], np.float64)
    positive = np.arange(len(scores)) < len(high)
    assert area_under_curve(scores, positive) == pytest.approx(float(np.mean(pairs)))
