import numpy as np
import pytest

from hotspots.archive.radiometer.rows import RadiometerRows
from hotspots.errors import ArchiveError


def made(n=3, start=0.0, **changes):
    fields = {
        "et": start + np.arange(n, dtype=float),
        "antenna_count": np.zeros((n, 8)),
        "load_count": np.zeros((n, 8)),
        "diode_count": np.zeros((n, 8, 3, 2)),
        "diode_k": np.zeros((n, 8, 3, 2)),
        "load_k": np.zeros((n, 8)),
        "archived_k": np.zeros((n, 8)),
        "flags": np.zeros((n, 8), np.uint16),
        "boresight": np.zeros((n, 6, 3)),
        "juno_from_jupiter_km": np.zeros((n, 3)),
        "jupiter_angle_deg": np.zeros((n, 6)),
        "jupiter_intercept_deg": np.zeros((n, 6, 2)),
    }
    return RadiometerRows(**(fields | changes))


def test_files_follow_each_other():
    both = RadiometerRows.concatenate([made(3), made(2, start=3.0)])
    np.testing.assert_array_equal(both.et, np.arange(5))
    assert both.select(both.et > 2.5).diode_count.shape == (2, 8, 3, 2)


def test_overlapping_files_are_refused():
    with pytest.raises(ArchiveError, match="do not increase"):
        RadiometerRows.concatenate([made(3), made(2, start=1.5)])


def test_shapes_are_checked():
    with pytest.raises(ArchiveError, match="load_k"):
        made(load_k=np.zeros((3, 6)))
