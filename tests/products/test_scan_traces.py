import numpy as np
import pytest
from matplotlib.image import imread

from hotspots.errors import ProductError
from hotspots.products.scan_traces import ScanTraces, write_scan_traces


def traces(n=400, **changes):
    minutes = np.linspace(-3, 3, n)
    angle = np.tile((np.abs((np.arange(n) % 100) - 50) * 3.6)[:, None], (1, 6))
    model = 4 + 90 * np.exp(-((angle / 25) ** 2))
    fields = {
        "title": "PJ57",
        "minutes": minutes,
        "antenna_k": model + np.random.default_rng(0).normal(0, 0.5, model.shape),
        "model_k": model,
        "background_k": np.full_like(model, 4.0),
        "sigma_k": np.full_like(model, 0.5),
        "io_angle_deg": angle,
        "io_radius_deg": 30.0,
    }
    return ScanTraces(**(fields | changes))


def test_picture_has_ink_in_every_panel(tmp_path):
    path = tmp_path / "scan_traces.png"
    write_scan_traces(path, traces())
    picture = imread(path)[..., :3]
    height, width = picture.shape[:2]
    for row in range(6):
        panel = picture[row * height // 6 : (row + 1) * height // 6]
        assert panel[:, : width // 2].std() > 0.02
        assert panel[:, width // 2 :].std() > 0.02


def test_missing_rows_are_left_out(tmp_path):
    made = traces()
    antenna = made.antenna_k.copy()
    antenna[:, 2] = np.nan
    antenna[50:80] = np.nan
    write_scan_traces(tmp_path / "scan_traces.png", traces(antenna_k=antenna))
    assert (tmp_path / "scan_traces.png").stat().st_size > 10_000


def test_shapes_must_agree():
    with pytest.raises(ProductError, match="background_k"):
        traces(background_k=np.zeros((3, 6)))
