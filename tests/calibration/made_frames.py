"""Raw frames made by hand: a bias with odd-even columns, noise, and light where wanted."""

from pathlib import Path

import numpy as np

from hotspots.archive.products import Product
from hotspots.calibration.swaths import RawFrame

LINES, SAMPLES = 128, 432


def bias(seed=1, odd_even=342.0):
    """Counts without light: a level, odd-even columns, and a fixed pattern of 70 DN."""
    rng = np.random.default_rng(seed)
    columns = 1230.0 + odd_even * (np.arange(SAMPLES) % 2)
    return (columns[None, :] + rng.normal(0, 70, (LINES, SAMPLES))).astype(np.float32)


def raw_frame(name, image, *, level="EDR", bands=("M",), exposure_s=1e-3, missing=None, **facts):
    """A product as it would have been read."""
    image = np.asarray(image)
    product = Product(
        product_id=name,
        label_path=Path(f"{name}.LBL"),
        image_path=Path(f"{name}.IMG"),
        level=level,
        bands=bands,
        lines=LINES * len(bands),
        samples=SAMPLES,
        start_clock="",
        stop_clock="",
        start_time_label="2024-06-13T15:46:55.000",
        stop_time_label="2024-06-13T15:46:55.001",
        exposure_s=exposure_s,
        **facts,
    )
    lost = np.zeros(image.shape, bool) if missing is None else missing
    return RawFrame(product, image, lost, et=float(len(name)))


def counts(rng, *, dark=None, light=0.0, noise=17.5):
    """Counts as telemetry has them: whole numbers in int16."""
    level = bias() if dark is None else dark
    return np.rint(level + light + rng.normal(0, noise, (LINES, SAMPLES))).astype(np.int16)


def disc(x, y, radius, height):
    """A round source of ``height`` DN."""
    column, line = np.arange(SAMPLES)[None, :], np.arange(LINES)[:, None]
    return height * (np.hypot(column - x, line - y) < radius)
